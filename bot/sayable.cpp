// The shapes that are let through, and the one-way hash behind a reference; see sayable.hpp.
#include "bot/sayable.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <array>

namespace rapport::bot {
namespace {

bool small(char c) {
    return c >= 'a' && c <= 'z';
}

bool part_of_a_word(char c) {
    return small(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

} // namespace

checked_word::checked_word(std::string_view text)
    : text_(!text.empty() && text.size() <= 64 && small(text.front()) &&
                    std::all_of(text.begin(), text.end(), part_of_a_word)
                ? text
                : std::string_view("unreadable")) {}

reference::reference(std::string_view delivery_key) {
    // letters that are read out over a telephone without mistakes
    static constexpr std::string_view letters = "0123456789abcdefghjkmnpqrstvwxyz";
    std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
    SHA256(reinterpret_cast<const unsigned char *>(delivery_key.data()), delivery_key.size(), hash.data());
    for (std::size_t i = 0; i < 10; ++i)
        text_ += letters[hash[i] & 31U];
}

} // namespace rapport::bot
