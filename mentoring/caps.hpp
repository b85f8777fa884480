// How often a person hears from Rapport, and what one message holds: at most so many a day and a week, the
// most urgent lines first, nothing dropped. Rendering the lines is left to handlers.
#pragma once

#include "mentoring/obligations.hpp"

#include <span>

namespace rapport {

// A message of the day lists at most so many lines; the rest is held back and listed next time.
inline constexpr std::size_t most_lines = 7;

// The caps that satisfy every program of a person: the least of each; the digest day of the first.
message_caps strictest(std::span<const message_caps> all);

// Whether a nudge or digest may go out now, given when the earlier ones were delivered (exempt messages are
// none): fewer than `per_day` on this local day, fewer than `per_week` on this and the six days before.
bool may_write(const message_caps &caps, const good_hours &person, std::span<const instant> delivered,
               instant now);

// The first good moment from now on at which the caps allow a message.
instant next_write(const message_caps &caps, const good_hours &person, std::span<const instant> delivered,
                   instant now);

// Whether what is owed is told at once, whatever the caps: a meeting within the day.
bool is_exempt(const obligation &what);

// What one message to a person says, as positions in what was offered.
struct message_plan {
    std::vector<std::size_t> lines; // most urgent first
    std::vector<std::size_t> held;  // for the next time
    bool goes_out = false;          // false: nothing deserves a message today

    bool operator==(const message_plan &) const = default;
};

// Plans the one message of a day from all a person owes, over every pair and program. It goes out if
// something is due, or if it is the digest day and something is listed; it then holds all that is due or
// listed, due before listed, firm before soft, the nearest deadline first.
message_plan plan_message(const std::vector<obligation> &owed, const message_caps &caps, const zone &where,
                          instant now);

} // namespace rapport
