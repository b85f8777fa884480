// Text from people, before anything else sees it: characters that hide or turn things, lengths, matching of
// words and names. Escaping for the platform is left to where messages are rendered.
#pragma once

#include "mentoring/result.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rapport {

// Limits in code points (settled 18).
inline constexpr std::size_t longest_title = 200;
inline constexpr std::size_t longest_note = 2000;

// Code points of a text; a byte that begins no well-formed UTF-8 sequence counts as one.
std::size_t length_of(std::string_view text);

// Free of what nobody typed on purpose: NUL and control characters, bidirectional overrides, isolates and
// marks, byte order marks and zero-width spaces are dropped; bad UTF-8 becomes U+FFFD; line ends become \n;
// blanks of any script become a plain space. Line breaks and tabs stay (a tab as a space).
std::string cleaned(std::string_view text);

// A title or name: cleaned, on one line, trimmed, runs of blanks as one. Refused when empty or longer than
// `longest`; `what` names it ("The title").
result<std::string> one_line(std::string_view text, std::string_view what,
                             std::size_t longest = longest_title);
// A note: cleaned and trimmed, at most one empty line in a row. May be empty; refused when longer.
result<std::string> note_text(std::string_view text, std::string_view what,
                              std::size_t longest = longest_note);

// With straight quotes and plain hyphens for the smart ones that phones put in: for command words and dates.
std::string with_plain_quotes(std::string_view text);

// Lower case of Latin, Greek and Cyrillic letters, for comparing; other scripts stay as they are.
std::string folded(std::string_view text);
// The same without the accents of Latin letters, "ß" as "ss", one space between words: "José  Núñez" matches
// "jose nunez".
std::string folded_name(std::string_view text);

// How many letters must be changed, added, dropped or swapped with a neighbour to make one from the other.
std::size_t letters_apart(std::string_view one, std::string_view other);
// The word most like a misspelt one, ignoring case; nothing when none is near (a third of its letters, one at
// least). Of several as near, the first.
std::optional<std::string_view> nearest_word(std::string_view misspelt,
                                             std::span<const std::string_view> words);

// "1 day", "2 days"; with its own plural where one is given: counted(2, "check-in is", "check-ins are").
std::string counted(long long count, std::string_view one, std::string_view many = {});
// "a", "a and b", "a, b and c".
std::string listed(const std::vector<std::string> &all, std::string_view last_join = "and");
// What a person is called to their face: the first word of their name, or the whole of it.
std::string first_name(std::string_view name);

} // namespace rapport
