// "The same one?": an act said again with the same words within five minutes asks before it counts twice
// (settled 17). A redelivered request never gets here: the inbox answers it as before.
#pragma once

#include "handlers/registry.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rapport {

inline constexpr minutes same_one_within{5};

// What makes two lines the same: the verb, the words whatever their case and blanks, the pair or else the
// conversation.
// Says nothing about the words to whoever reads it in the database.
std::string fingerprint(const desk &at, const command_row &row, std::string_view words);

// The question, if this was done lately; nothing was done then.
std::optional<answer> same_one(desk &at, const command_row &row, std::string_view words,
                               const std::string &print);

// The act stands: from now on the same words ask.
void remember(desk &at, const std::string &print);

// Its two buttons.
inline constexpr std::string_view again_yes = "again.yes", again_no = "again.no";
// `again.yes` runs the line it carries (carried_line.hpp).
result<answer> leave_it_once(desk &at);

} // namespace rapport
