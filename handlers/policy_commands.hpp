// A coordinator looks at the policy of a program that runs and changes it: key by key on a line, or by a form
// of the dozen keys that are changed most. Every change is a draft first, then a dry run, then applied by
// name. Whole files come by `rapport policy apply`.
#pragma once

#include "handlers/registry.hpp"

namespace rapport {

result<answer> policy_command(desk &at); // /program policy [show|diff|dryrun|apply|change|drop] [...]
result<answer> open_settings(desk &at);  // /program settings [program]

// The form of settings, its draft's dry run with the question for the program's name, and its buttons.
inline constexpr std::string_view settings_form = "program.settings", policy_apply_form = "policy.apply";
result<answer> settings_sent(desk &at);
result<answer> apply_sent(desk &at);
inline constexpr std::string_view policy_apply_button = "policy.apply", policy_drop_button = "policy.drop";
result<answer> press_apply(desk &at);
result<answer> press_drop(desk &at);

inline constexpr std::string_view policy_act = "policy";
result<surface::mrkdwn> undo_policy(desk &at, const storage::undo_offer &offer);

// The policy as people are told it, a paragraph a chapter; `only`: the chapter of that name. Empty: none is.
std::vector<surface::block> chapters_of(const desk &at, const program &rules, std::string_view only = {});

} // namespace rapport
