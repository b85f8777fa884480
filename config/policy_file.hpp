// Policy files: TOML text to a `program`, all problems at once; a policy told in plain sentences; what
// changes between two, for whom. Loops over the table in policy_keys.hpp.
#pragma once

#include "config/problem.hpp"
#include "mentoring/program.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::config {

struct policy_reading {
    std::optional<program> value;  // where nothing is wrong
    std::vector<problem> problems; // in the order of the file
};

// Reads and proves a policy. `source` names it in problems: a path, or "policy" for a text from elsewhere. A
// syntax error is the only problem of its text, for nothing else could be read.
policy_reading read_policy(std::string_view toml, const std::string &source);
// The values of a text as far as they can be read, without proofs: of one that was in force under an older
// Rapport. None where it is no policy at all.
std::optional<program> recall_policy(std::string_view toml);
// What read_policy says of a file, with its text for those who keep it; its slug must be the name of the
// file.
struct policy_file {
    policy_reading reading;
    std::string text;
};
policy_file load_policy(const std::filesystem::path &file);

// The policy as people are told it, a sentence each, under headings by table ("Reply").
struct explained {
    std::string heading;
    std::vector<std::string> sentences;

    bool operator==(const explained &) const = default;
};
std::vector<explained> explain(const program &rules);
std::string text_of(const std::vector<explained> &all);

// One key that differs. Empty values: not promised.
struct change {
    std::string key;
    std::string before, after;
    std::string whom; // "everyone", "mentors", ...

    bool operator==(const change &) const = default;
};
std::vector<change> differences(const program &before, const program &after);
// "reply.target: 3 days becomes 2 days (everyone)", a line each; "Nothing changes." where there is none.
std::string text_of(const std::vector<change> &all);

} // namespace rapport::config
