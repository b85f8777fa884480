// Links that people keep their plans behind: what is taken as one, and why another is not.
#pragma once

#include "mentoring/result.hpp"

#include <string>
#include <string_view>

namespace rapport {

inline constexpr std::size_t longest_link = 300; // bytes

// An http or https address with a host that has a dot; blanks around it and the marks of a pasted link go.
// Refused, in what is wrong: another scheme, a name or password before the host, blanks, quotes or control
// characters inside, more than 300 bytes.
result<std::string> web_address(std::string_view typed);

} // namespace rapport
