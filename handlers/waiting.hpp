// For whoever runs a program: who waits for whom, since when; and one more reminder, in Rapport's words, for
// somebody with something open. Dates and counts, never words.
#pragma once

#include "handlers/registry.hpp"

namespace rapport {

result<answer> show_waiting(desk &at);  // /program waiting [PROGRAM]
result<answer> page_waiting(desk &at);  // Back and Next
result<answer> remind_person(desk &at); // /program remind @x
result<surface::mrkdwn> undo_remind(desk &at, const storage::undo_offer &offer);

inline constexpr std::string_view waiting_page = "waiting.page", remind_act = "remind";

// A coordinator's reminder and the one before it keep at least so long apart.
inline constexpr days between_reminds{7};

} // namespace rapport
