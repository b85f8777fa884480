// What was asked for on the command line, as values. Parsing only: what the verbs do is in verbs.hpp.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace rapport::bot {

namespace verb {
struct serve {};
struct check {
    bool json = false;
};
struct manifest {};
struct policy_check {
    std::vector<std::string> files;
};
struct policy_explain {
    std::string file;
};
struct policy_diff {
    std::string before, after;
};
struct policy_apply {
    std::string file, from; // a day, or empty: now
    bool dry = false;       // only says what it would do
};
struct export_facts {
    std::string person;  // a platform id or an e-mail address; empty if a program is asked for
    std::string program; // a slug; empty if a person is asked for
};
struct backup {
    std::string file;
};
struct simulate {
    std::string policy;               // a file; empty where two are compared
    std::vector<std::string> compare; // two files, or none
    std::string from, to;             // days; empty: the policy's term
    std::string seed = "1", people = "100";
    std::string html, numbers;               // files to write; empty: not
    std::string transcript, transcript_file; // a person's name or "all"; where to write it, else on `out`
    bool faults = false, json = false;
};
// A list of people into a program; or, with `profile` (a member id or an address), the files of that person's
// own LinkedIn export for them to look through.
struct import_people {
    std::vector<std::string> files;
    std::string program, profile; // one of the two
    bool dry_run = false;
};
} // namespace verb

using asked_verb = std::variant<verb::serve, verb::check, verb::manifest, verb::policy_check,
                                verb::policy_explain, verb::policy_diff, verb::policy_apply,
                                verb::export_facts, verb::backup, verb::import_people, verb::simulate>;

struct asked_for {
    std::string config; // the settings file; empty: RAPPORT_CONFIG, else rapport.toml
    asked_verb what;
};

// Exit statuses (product 8).
inline constexpr int done_status = 0;
inline constexpr int refused_status = 1;
inline constexpr int usage_status = 2;

// What the arguments ask for; none where nothing is left to do: help or the version was printed on `out`, or
// the usage was wrong and `err` says how it is right. `status` is then the exit status.
std::optional<asked_for> read_command_line(int argc, const char *const *argv, std::ostream &out,
                                           std::ostream &err, int &status);

} // namespace rapport::bot
