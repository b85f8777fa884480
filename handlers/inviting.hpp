// You may be a mentor already without knowing it: either side asks the other to be on record as their mentor
// or protégé, in a program that takes informal pairs. The other answers by a button; a no is kind.
#pragma once

#include "handlers/registry.hpp"
#include "storage/outbox.hpp"

#include <optional>
#include <string_view>

namespace rapport {

result<answer> invite(desk &at); // /mentoring invite @x as my mentor|my protege [program]

inline constexpr std::string_view invite_yes = "invite.yes", invite_no = "invite.no",
                                  invite_withdraw = "invite.withdraw";
result<answer> accept_invitation(desk &at);
result<answer> decline_invitation(desk &at);
result<answer> withdraw_invitation(desk &at);

inline constexpr std::string_view invited_act = "invited", no_act = "invite.no";
result<surface::mrkdwn> undo_invitation(desk &at, const storage::undo_offer &offer);
result<surface::mrkdwn> undo_decline(desk &at, const storage::undo_offer &offer);

// What the invited read, and the one who asked; the rows' params are the invitation's id.
inline constexpr std::string_view invitation_kind = "invite.asked",
                                  invitation_answer_kind = "invite.answered";
std::optional<surface::message> invitation_message(storage::records &on_file, const house &here,
                                                   const storage::outbox_row &row);
std::optional<surface::message> invitation_answer(storage::records &on_file, const house &here,
                                                  const storage::outbox_row &row);

} // namespace rapport
