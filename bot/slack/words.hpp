// Closed choices and their words for this folder, which includes nothing outside itself: a table for each
// enum, read by the two functions here.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace rapport::slack {

template <class E, std::size_t N>
using choices = std::array<std::pair<E, std::string_view>, N>;

// The word of a value; a value missing from its own table is a bug and gives "?".
template <class E, std::size_t N>
constexpr std::string_view word_of(const choices<E, N> &table, E value) {
    for (const auto &[each, word] : table)
        if (each == value)
            return word;
    return "?";
}

// The value of a word, exact match; `otherwise` for every other word: the platform adds new ones at will.
template <class E, std::size_t N>
constexpr E value_of(const choices<E, N> &table, std::string_view word, E otherwise) {
    for (const auto &[each, text] : table)
        if (text == word)
            return each;
    return otherwise;
}

} // namespace rapport::slack
