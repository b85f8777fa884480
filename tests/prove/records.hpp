// Records of what was run: a line of JSON each, committed, never edited; docs/promises.md is made from them
// and from nothing else.
#pragma once

#include "tests/prove/ingredient.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace rapport::prove {

inline constexpr char records_folder[] = "tests/prove/records";
inline constexpr char promises_page[] = "docs/promises.md";

struct record {
    std::string on;         // the day, as 2026-11-21
    std::string commit;     // the tree that was run; with "+" where it was changed since
    std::string ingredient; // by name
    std::uint64_t seed = 0;
    bool planted = false; // the program had the bug in it
    std::int64_t trials = 0, hits = 0, broken = 0;
    std::map<std::string, std::int64_t> counted;
};

record record_of(const ingredient &what, const piece &made, const std::string &on, const std::string &commit);
std::string line_of(const record &one);
record read_record(const std::string &line); // throws std::runtime_error where a field is missing

// Every record of the folder, in the order of their files' names and lines.
std::vector<record> read_records(const std::filesystem::path &folder);

// The page: a row an ingredient, with what was counted, what broke, and what that bounds. Records of
// ingredients that are not in the table any more are counted under their name.
std::string page_of(const std::vector<ingredient> &all, const std::vector<record> &records);

} // namespace rapport::prove
