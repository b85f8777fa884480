// What one may say here: at most eight verbs that fit where the caller stands, or all they may, the contact
// card last. Works for everybody, enrolled or not.
#pragma once

#include "handlers/registry.hpp"

#include <string_view>

namespace rapport {

enum class help { none, fitting, all };

// "help", "?", "help all" and nothing else.
help help_wanted(std::string_view words);

answer help_for(const desk &at, command_name command, help how);

// Whom to ask: the contacts of the caller's programs, or of all programs here for somebody enrolled nowhere;
// three at most. Empty where no program names one.
surface::mrkdwn whom_to_ask(const desk &at);

// The verb `contact`: the card alone.
result<answer> show_contact(desk &at);

inline constexpr std::size_t most_verbs_in_help = 8;

} // namespace rapport
