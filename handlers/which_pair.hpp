// Which pair a command is about: in a pair's conversation that pair, else the one with the person who is
// named, else the caller's only one; else a menu asks, keeping what was typed.
#pragma once

#include "handlers/carried_line.hpp"
#include "handlers/registry.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace rapport {

// The pairs it could be about, given the row's permission (a mentor's verb is about pairs they mentor), the
// conversation and the person named in the words. Never empty where the permission holds.
std::vector<storage::pair> pairs_meant(desk &at, const command_row &row);

// The question, a button a pair by the partner's name; pressing one runs the line for that pair.
answer which_pair(desk &at, const std::vector<storage::pair> &among, const carried_line &line);

inline constexpr std::string_view pair_chosen = "pair.chosen";

} // namespace rapport
