// The project's own source files, read for the checks that look at text rather than behaviour.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rapport::checks {

struct source_file {
    std::string path;   // from the project's root: "bot/slack/link.cpp"
    std::string folder; // the folder the walls are about: "bot", "bot/slack", "tests"
    std::string text;
};

// Every .hpp and .cpp of the project, sorted by path. The working directory is the project's root.
std::vector<source_file> source_files();

// The text with comments and the insides of string and character literals blanked out; line breaks stay.
std::string code_only(std::string_view text);

// 1-based line of an offset.
std::size_t line_at(std::string_view text, std::size_t offset);

} // namespace rapport::checks
