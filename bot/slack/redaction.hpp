// Takes secrets out of text before an operator reads it: tokens, socket tickets, response addresses, triggers
// and e-mail addresses. For error texts that quote what a peer or a library said.
#pragma once

#include <string>
#include <string_view>

namespace rapport::slack {

// The text with every secret-looking part replaced by a word in brackets, such as [token]. Control characters
// become blanks, so that one error stays one line.
std::string redacted(std::string_view text);

} // namespace rapport::slack
