// The line somebody typed, written as they would type it again with one word put right: for the "Try:" of a
// refusal that knows what they meant.
#pragma once

#include "handlers/desk.hpp"

#include <string>
#include <string_view>

namespace rapport {

// "@priya": a person as one types them.
std::string at_name(const storage::person &who);

// What was typed, with people as @name, on one line: "pair @priya @ana". Empty where nothing was typed (a
// button, a form).
std::string words_again(const desk &at);

// The whole line with `last` at its end, in place of `wrong` where it ended so; `example` where nothing was
// typed.
std::string line_again(const desk &at, std::string_view wrong, std::string_view last,
                       const std::string &example);

} // namespace rapport
