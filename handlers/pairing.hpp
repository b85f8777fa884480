// Making pairs and ending them, by a coordinator. What the two are told is introductions' and this file's
// notice.
#pragma once

#include "handlers/registry.hpp"
#include "storage/outbox.hpp"

namespace rapport {

result<answer> make_pair_of(desk &at); // /program pair @mentor @protege [program]
// /program end @mentor @protege [completed|cancelled] [program]: called off where nothing else is said.
result<answer> end_pair(desk &at);
result<answer> say_completed(desk &at); // the button of one called off: it was completed, early
result<surface::mrkdwn> undo_pairing(desk &at, const storage::undo_offer &offer);
result<surface::mrkdwn> undo_ending(desk &at, const storage::undo_offer &offer);

inline constexpr std::string_view pairing_act = "pairing", ending_act = "ending";
inline constexpr std::string_view completed_button = "pair.completed";

// What a pair's conversation reads when the pair has ended; none if it goes on after all.
inline constexpr std::string_view ending_notice_kind = "pair.ended";
std::optional<surface::message> ending_notice(storage::records &on_file, const house &here,
                                              const storage::outbox_row &row);

} // namespace rapport
