// Making pairs and ending them, by a coordinator. What the two are told is introductions' and this file's
// notice.
#pragma once

#include "handlers/registry.hpp"
#include "storage/outbox.hpp"

namespace rapport {

result<answer> make_pair_of(desk &at); // /program pair @mentor @protege [program]
result<answer> end_pair(desk &at);     // /program end @mentor @protege [program]
result<surface::mrkdwn> undo_pairing(desk &at, const storage::undo_offer &offer);
result<surface::mrkdwn> undo_ending(desk &at, const storage::undo_offer &offer);

// Ends a pair that runs: its clocks stop, what coordinators were to see of it is cleared, and its
// conversation reads of it from `heard_at` on. Gives the key of that notice, for an undo.
std::string end_running_pair(storage::records &on_file, const house &here, const storage::pair &pair,
                             const std::optional<person_id> &by, instant heard_at, instant now);

// The key of the notice of a pair that ended then.
std::string ending_key(const pair_id &pair, instant ended_at);

inline constexpr std::string_view pairing_act = "pairing", ending_act = "ending";

// What a pair's conversation reads when the pair has ended; none if it goes on after all.
inline constexpr std::string_view ending_notice_kind = "pair.ended";
std::optional<surface::message> ending_notice(storage::records &on_file, const house &here,
                                              const storage::outbox_row &row);

} // namespace rapport
