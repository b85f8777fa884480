// How a policy's values are said to the people in the program: a ladder as what happens on which day, a word
// of the file as what it means. What the file itself says is policy_values'.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rapport::config {

// The whole sentence for a key that has this value, where the word alone would not be understood; an empty
// one: nothing is said. None: the key's own sentence holds, with the value as `spoken` says it.
std::optional<std::string_view> sentence_for(std::string_view key, std::string_view shown);

// A value as people hear it: "day 3: nudge, day 7: queue" as "after 3 days a reminder; after 7 days a
// coordinator is asked to lend a hand".
std::string spoken(std::string_view key, const std::string &shown);

} // namespace rapport::config
