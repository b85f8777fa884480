// Check-ins: this period's form, a note in one line, what one filed before. Both sides file their own;
// neither ever sees the other's (product 5).
#pragma once

#include "handlers/registry.hpp"

namespace rapport {

result<answer> check_in(desk &at);         // /checkin and /checkin TEXT
result<answer> check_in_history(desk &at); // /checkin history
result<answer> open_check_in(desk &at);    // a button: its value is a pair, or a pair and a period
result<answer> file_check_in(desk &at);    // the form
result<answer> page_check_ins(desk &at);   // Back and Next under the history
result<surface::mrkdwn> undo_check_in(desk &at, const storage::undo_offer &offer);

inline constexpr std::string_view check_in_form = "checkin", check_in_button = "checkin.open",
                                  check_in_act = "checkin", check_in_page = "checkin.page";

} // namespace rapport
