// Anybody's own program: a short form that asks who is mentored first, a draft that is previewed at once, and
// an owner's word by button, after which it is live. Its founder coordinates it.
#pragma once

#include "handlers/registry.hpp"
#include "storage/drafts.hpp"
#include "storage/outbox.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rapport {

result<answer> new_program(desk &at); // /program new, and the button "Start your own"
inline constexpr std::string_view founding_start = "founding.start", founding_form = "founding";
result<answer> founding_sent(desk &at);

// Under what owners are asked, and under the founder's own preview.
inline constexpr std::string_view founding_approve = "founding.approve",
                                  founding_decline = "founding.decline",
                                  founding_withdraw = "founding.withdraw";
result<answer> approve_program(desk &at);
result<answer> decline_program(desk &at);
result<answer> withdraw_program(desk &at);

// What owners are asked, and the founder told; the rows' params are the draft's id.
inline constexpr std::string_view founding_asked = "founding.asked", founding_decided = "founding.decided";
std::optional<surface::message> question_to_owner(storage::records &on_file, const house &here,
                                                  const storage::outbox_row &row);
std::optional<surface::message> word_to_founder(storage::records &on_file, const house &here,
                                                const storage::outbox_row &row);

// Two days without a word: owners are asked once more. The turning's subject is the draft's id.
inline constexpr std::string_view owners_asked_turning = "asks";
inline constexpr days owners_asked_after{2};
void ask_owners_again(storage::records &on_file, const house &here, const std::string &draft, instant now);

} // namespace rapport
