// Terms by hand: opening, closing (after a look at what that does, and by the program's name), and the terms
// of a program beside each other in numbers.
#pragma once

#include "handlers/registry.hpp"

namespace rapport {

result<answer> open_term_command(desk &at);  // /program open [program]
result<answer> close_term_command(desk &at); // /program close [program]
result<answer> report_terms(desk &at);       // /program report [program]

inline constexpr std::string_view open_term_form = "term.open", close_term_form = "term.close";
result<answer> open_term_sent(desk &at);
result<answer> close_term_sent(desk &at);

inline constexpr std::string_view opened_term_act = "term.opened", closed_term_act = "term.closed";
result<surface::mrkdwn> undo_opened_term(desk &at, const storage::undo_offer &offer);
result<surface::mrkdwn> undo_closed_term(desk &at, const storage::undo_offer &offer);

// Which phases run and what comes next and when, in a line; empty for a program without phases and dates.
surface::mrkdwn phase_line(desk &at, const program_slug &slug);

} // namespace rapport
