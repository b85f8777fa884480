// Being away: from a day to a day nothing is sent, clocks rest as the policy has it, partners hear only that
// one is away, and only if one wants that. Whoever runs the program sees it.
#pragma once

#include "handlers/registry.hpp"

namespace rapport {

result<answer> away(desk &at);      // /mentoring away [[from DATE] until DATE|off]: without words, the form
result<answer> open_away(desk &at); // a button or a menu's entry; opens the form
result<answer> stay_away(desk &at); // the form
result<answer> tell_partners_away(desk &at); // a button: they hear that one is away, no more
result<answer> come_back(desk &at);          // a button
result<surface::mrkdwn> back_from_away(desk &at, const storage::undo_offer &offer);

inline constexpr std::string_view away_form = "away.until", away_open = "away.open", away_tell = "away.tell",
                                  away_back = "away.back";

} // namespace rapport
