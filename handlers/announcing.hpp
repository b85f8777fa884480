// A coordinator's words to everybody of a program, or to one side: shown with the numbers first, sent when
// the program's name is written, each reader in their next good hour. It is no reminder and counts as none.
#pragma once

#include "handlers/registry.hpp"
#include "storage/outbox.hpp"

#include <optional>

namespace rapport {

result<answer> announce(desk &at);      // /program announce [PROGRAM]: opens the form
result<answer> announce_sent(desk &at); // the form
result<surface::mrkdwn> undo_announcement(desk &at, const storage::undo_offer &offer);

inline constexpr std::string_view announce_form = "announce", announce_act = "announce";

inline constexpr std::string_view announcement_kind = "announcement";
std::optional<surface::message> announced(storage::records &on_file, const house &here,
                                          const storage::outbox_row &row);

} // namespace rapport
