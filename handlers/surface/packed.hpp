// Small sets of named texts as one opaque text for a column or a button, and references of a few words apart
// again.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::surface {

// A JSON object of texts. Read back equal.
std::string packed(const std::map<std::string, std::string> &names);
// What packed() made; texts of any other making give an empty map, members that are no texts are left out.
std::map<std::string, std::string> unpacked(std::string_view text);

// "pair 2026-11 mentor 2" as its words; runs of blanks count as one.
std::vector<std::string> split_words(std::string_view text);

} // namespace rapport::surface
