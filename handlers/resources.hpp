// What a program can point people to, and a mentor pointing there: which resource is kept, never why
// (rules 23, 61).
#pragma once

#include "handlers/registry.hpp"
#include "storage/outbox.hpp"

namespace rapport {

result<answer> list_resources(desk &at);
result<answer> refer(desk &at);
result<surface::mrkdwn> undo_referral(desk &at, const storage::undo_offer &offer);

inline constexpr std::string_view referral_act = "referral", referral_notice_kind = "referral";
std::optional<surface::message> referral_notice(storage::records &on_file, const house &here,
                                                const storage::outbox_row &row);

} // namespace rapport
