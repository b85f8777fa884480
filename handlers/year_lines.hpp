// Buttons under the lines about a pair's year: its plan, a goal nothing was done about, a time to meet. Each
// carries the nudge's id, and only its own person may press.
#pragma once

#include "handlers/registry.hpp"

namespace rapport {

result<answer> plan_from_line(desk &at);
result<answer> goal_goes_on(desk &at);
result<answer> meetings_from_line(desk &at);
result<answer> met_from_line(desk &at);
result<answer> not_met_from_line(desk &at);

} // namespace rapport
