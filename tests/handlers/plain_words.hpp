// How a text reads: its words, its grade by Flesch and Kincaid, and what no text of Rapport's may hold.
#pragma once

#include <catch2/catch.hpp>

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rapport::tests {

inline std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> out;
    std::string word;
    for (const char c : text) {
        if (std::isalpha(static_cast<unsigned char>(c)) || c == '\'' || (c & 0x80))
            word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        else if (!word.empty())
            out.push_back(std::exchange(word, {}));
    }
    if (!word.empty())
        out.push_back(word);
    return out;
}

inline int syllables(const std::string &word) {
    int n = 0;
    bool was_vowel = false;
    for (const char c : word) {
        const bool vowel = std::string_view("aeiouy").find(c) != std::string_view::npos;
        n += vowel && !was_vowel ? 1 : 0;
        was_vowel = vowel;
    }
    if (word.size() > 2 && word.ends_with('e') && !word.ends_with("le") && n > 1)
        --n;
    return std::max(n, 1);
}

// Flesch and Kincaid's grade of a text: 0.39 words a sentence + 11.8 syllables a word - 15.59. As Flesch
// counted, a colon or semicolon ends a unit like a full stop; so does the end of a line.
inline double grade(std::string_view text) {
    const auto words = words_of(text);
    int sentences = 0, sounds = 0;
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((text[i] == '.' || text[i] == '?' || text[i] == ':' || text[i] == ';' || text[i] == '\n') &&
            (i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n'))
            ++sentences;
    for (const auto &word : words)
        sounds += syllables(word);
    const auto n = static_cast<double>(words.size());
    return 0.39 * n / std::max(sentences, 1) + 11.8 * sounds / n - 15.59;
}

// A sentence said unasked: short, plain, kind.
inline void lint(const std::string &text) {
    INFO(text);
    const auto words = words_of(text);
    for (const auto *banned :
         {"overdue", "late", "unreachable", "orphan", "streak", "failed", "ignored", "guilty"})
        CHECK(std::find(words.begin(), words.end(), banned) == words.end());
    std::string lower;
    for (const auto &word : words)
        lower += word + " ";
    for (const auto *banned : {"at risk", "you should have", "still not", "disappoint"})
        CHECK(lower.find(banned) == std::string::npos);
    CHECK(std::count(text.begin(), text.end(), '!') <= 1);
    CHECK(text.find("!!") == std::string::npos);
    CHECK(text.find(':' + std::string("warning") + ':') == std::string::npos);
    CHECK(text.size() <= 3000);
    CHECK(text.find("{}") == std::string::npos);
    CHECK(text.find("  ") == std::string::npos);
    const auto shouts = std::count_if(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    CHECK(static_cast<double>(shouts) < 0.3 * static_cast<double>(text.size()));
    CHECK(grade(text) <= 8.0);
}

} // namespace rapport::tests
