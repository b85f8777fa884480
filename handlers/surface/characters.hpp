// UTF-8 one code point at a time, in the measures the platform and our limits use. Bad bytes read as U+FFFD,
// so nothing here can fail.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rapport::surface {

// The code point at `at`, which moves past it. A byte that begins no well-formed sequence is U+FFFD, one byte
// on. Needs at < text.size().
char32_t next_point(std::string_view text, std::size_t &at);

void append_point(std::string &out, char32_t point);

// White space of any script, line breaks included.
constexpr bool is_blank(char32_t c) {
    return c == ' ' || (c >= 0x09 && c <= 0x0d) || c == 0x85 || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
           c == 0x3000;
}

// Our limits on what people write count code points (settled 18); the platform's are taken as UTF-16 units.
std::size_t code_points(std::string_view text);
std::size_t utf16_units(std::string_view text);

// The longest beginning of `text` of at most `most` code points, with an ellipsis in place of the last if
// anything was cut.
std::string shortened(std::string_view text, std::size_t most);

} // namespace rapport::surface
