// A TOML text as plain values that know where they stand. The TOML library stays behind this; what the keys
// mean is left to settings and policy_file.
#pragma once

#include "config/problem.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rapport::config {

enum class node_kind { text, number, real, boolean, date, list, table };

// One value. Which member holds it follows from the kind; a TOML date or time stands in `text` as written.
struct node {
    node_kind kind = node_kind::table;
    place at;
    place until; // just behind its last character
    std::string text;
    std::int64_t number = 0;
    double real = 0;
    bool boolean = false;
    std::vector<node> items;                           // of a list
    std::vector<std::pair<std::string, node>> entries; // of a table, in the order of the file
    std::vector<place> entry_at;                       // where each entry's key stands

    const node *find(std::string_view key) const;
    // The place of a key of a table; the table's own where there is no such key.
    place place_of(std::string_view key) const;
    // As it would be written, shortened to one line: what a message says was read.
    std::string shown() const;
};

// The kind in words: "a text", "a list".
std::string_view name_of(node_kind kind);

// The tree of a text, or the problem of its first syntax error.
struct document {
    node root;
    std::optional<problem> broken;
};
document read_document(std::string_view toml, const std::string &source);

} // namespace rapport::config
