// Putting reminders off for a while: three times worked out for the person, or one of their own, two weeks at
// most. What is owed keeps its date, and what keeps it is said; a meeting's reminder comes all the same.
#pragma once

#include "handlers/registry.hpp"

#include <array>
#include <vector>

namespace rapport {

result<answer> snooze(desk &at);       // /mentoring snooze [WHEN]; "off" ends it
result<answer> offer_snooze(desk &at); // a button; its value is a nudge's id, or nothing
result<answer> take_snooze(desk &at);  // a button; its value is the moment, in milliseconds
result<answer> end_snooze(desk &at);   // a button
result<surface::mrkdwn> undo_snooze(desk &at, const storage::undo_offer &offer);

inline constexpr std::string_view snooze_open = "snooze.open", snooze_take = "snooze.take",
                                  snooze_end = "snooze.end", snooze_act = "snooze";

// The longest that reminders are put off: for longer one is away.
inline constexpr days longest_snooze{14};

// Three moments, each a good one of the person's, in order: tomorrow; the beginning of the next week, or the
// end of days off that come first; a week from now, or two.
std::vector<instant> snooze_choices(const good_hours &person, instant now);

} // namespace rapport
