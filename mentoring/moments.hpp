// Which month of a pair is its first, its middle and its last: when the outcome questions are asked (rule
// 21); and which thought is a month's (rules 15, 24, 92).
#pragma once

#include "mentoring/program.hpp"

#include <optional>
#include <vector>

namespace rapport {

// Whether a check-in period is the start, the middle or the end of what the pair has: from its first owed
// period to the program's last one, or the last month of its term. Of two periods there is no middle, of one
// no end; without an end in sight there is a start only.
std::optional<feedback_time> moment_of(const program &rules, instant began_at, calendar_month period);

// The thought for one side in a month: one that names the month, else one after the other of those that name
// none. None where the policy has none.
const prompt *thought_of(const program &rules, side reader, calendar_month month);

} // namespace rapport
