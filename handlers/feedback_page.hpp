// What coordinators read of what people told them by form: feedback, and check-ins of a month (product 5).
// Pairs that a coordinator is in are not shown to them.
#pragma once

#include "handlers/registry.hpp"

namespace rapport {

result<answer> read_feedback(desk &at); // /program feedback [program]
result<answer> page_feedback(desk &at);
result<answer> read_check_ins(desk &at); // /program check-ins [program]
result<answer> page_read_check_ins(desk &at);

inline constexpr std::string_view feedback_page = "feedback.page", check_ins_read_page = "checkins.page";

} // namespace rapport
