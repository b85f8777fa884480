// Reading and writing UTF-8; see characters.hpp.
#include "handlers/surface/characters.hpp"

namespace rapport::surface {
namespace {

constexpr char32_t bad = 0xfffd;

struct lead {
    std::size_t length;
    char32_t bits;
    char32_t least; // below it the sequence would be longer than needed
};

constexpr lead lead_of(unsigned char c) {
    if (c < 0x80)
        return {1, c, 0};
    if ((c & 0xe0U) == 0xc0)
        return {2, c & 0x1fU, 0x80};
    if ((c & 0xf0U) == 0xe0)
        return {3, c & 0x0fU, 0x800};
    if ((c & 0xf8U) == 0xf0)
        return {4, c & 0x07U, 0x10000};
    return {0, 0, 0};
}

} // namespace

char32_t next_point(std::string_view text, std::size_t &at) {
    const auto start = at++;
    const auto [length, bits, least] = lead_of(static_cast<unsigned char>(text[start]));
    if (length == 0 || start + length > text.size())
        return bad;
    auto point = bits;
    for (std::size_t i = 1; i < length; ++i) {
        const auto c = static_cast<unsigned char>(text[start + i]);
        if ((c & 0xc0U) != 0x80)
            return bad;
        point = (point << 6U) | (c & 0x3fU);
    }
    if (point < least || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
        return bad;
    at = start + length;
    return point;
}

void append_point(std::string &out, char32_t point) {
    auto put = [&out](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xc0U | (point >> 6U));
        put(0x80U | (point & 0x3fU));
    } else if (point < 0x10000) {
        put(0xe0U | (point >> 12U));
        put(0x80U | ((point >> 6U) & 0x3fU));
        put(0x80U | (point & 0x3fU));
    } else {
        put(0xf0U | (point >> 18U));
        put(0x80U | ((point >> 12U) & 0x3fU));
        put(0x80U | ((point >> 6U) & 0x3fU));
        put(0x80U | (point & 0x3fU));
    }
}

std::size_t code_points(std::string_view text) {
    std::size_t n = 0;
    for (std::size_t at = 0; at < text.size(); ++n)
        next_point(text, at);
    return n;
}

std::size_t utf16_units(std::string_view text) {
    std::size_t n = 0;
    for (std::size_t at = 0; at < text.size();)
        n += next_point(text, at) >= 0x10000 ? 2 : 1;
    return n;
}

std::string shortened(std::string_view text, std::size_t most) {
    if (code_points(text) <= most)
        return std::string(text);
    std::size_t at = 0;
    for (std::size_t n = 1; n < most; ++n)
        next_point(text, at);
    return std::string(text.substr(0, at)) + "…";
}

} // namespace rapport::surface
