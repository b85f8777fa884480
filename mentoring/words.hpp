// Closed choices and their words: each enum has one constexpr table of text forms, and the two functions that
// read it. Storage, commands and policy files all use the same words.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace rapport {

template <class E, std::size_t N>
using word_table = std::array<std::pair<E, std::string_view>, N>;

// The word of a value; a value missing from its own table is a bug and gives "?".
template <class E, std::size_t N>
constexpr std::string_view word_in(const word_table<E, N> &table, E value) {
    for (const auto &[each, word] : table)
        if (each == value)
            return word;
    return "?";
}

// The value of a word, exact match; false if it is none of them.
template <class E, std::size_t N>
constexpr bool read_word(const word_table<E, N> &table, std::string_view word, E &out) {
    for (const auto &[each, text] : table)
        if (text == word) {
            out = each;
            return true;
        }
    return false;
}

} // namespace rapport

// Declares the pair of functions that storage and the policy reader find by argument-dependent lookup.
// Use: RAPPORT_WORDS(side, 2, {{side::mentor, "mentor"}, {side::protege, "protege"}})
#define RAPPORT_WORDS(Enum, Count, ...)                                                                      \
    inline constexpr ::rapport::word_table<Enum, Count> Enum##_words{__VA_ARGS__};                           \
    constexpr std::string_view text_of(Enum one) {                                                           \
        return ::rapport::word_in(Enum##_words, one);                                                        \
    }                                                                                                        \
    constexpr bool parse_text(std::string_view word, Enum &out) {                                            \
        return ::rapport::read_word(Enum##_words, word, out);                                                \
    }
