// Words that profiles are compared by: "Machine  Learning" and "ML" are one tag where the policy says so. A
// tag is a person's own words in one form; nothing here knows what they mean.
#pragma once

#include "mentoring/result.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rapport {

// Sorted, each once. Equal sets are equal values.
using tag_set = std::vector<std::string>;

inline constexpr std::size_t longest_tag = 60; // bytes
inline constexpr std::size_t most_tags = 20;   // of one field

// The one form of a word: small letters (ASCII and Latin-1), single blanks, nothing at its ends, a closing
// full stop gone. Empty for words that hold nothing.
std::string folded_tag(std::string_view words);

// What a policy says about tags: which words mean the same.
class tag_words {
    std::map<std::string, std::string, std::less<>> meant_; // folded word -> the first of its line

  public:
    tag_words() = default;
    // Each line is words that mean the same, with commas between: "machine learning, ml". The first stands
    // for all; a word that is on two lines joins them.
    explicit tag_words(const std::vector<std::string> &lines);

    // The one form of a word, through the synonyms.
    std::string meant(std::string_view words) const;
    // What somebody typed, with commas, semicolons or line breaks between. Refused: a tag over 60 bytes, more
    // than 20 of them.
    result<tag_set> read(std::string_view typed) const;
};

// In the order of the set, with commas: "robotics, sailing".
std::string text_of(const tag_set &tags);

} // namespace rapport
