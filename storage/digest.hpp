// The SHA-256 of a text, in hexadecimal: for seals and for telling whether something is still the same.
#pragma once

#include <string>
#include <string_view>

namespace rapport::storage {

// 64 characters of 0-9a-f.
std::string sha256_of(std::string_view text);

} // namespace rapport::storage
