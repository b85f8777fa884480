// What is wrong with a configuration: where, what was read, why it cannot stand, what to write instead. All
// of a file's problems are reported at once.
#pragma once

#include <string>
#include <vector>

namespace rapport::config {

// Line and column count from 1; 0 where there is none (the environment, a file that is missing).
struct place {
    int line = 0, column = 0;

    bool operator==(const place &) const = default;
};

struct problem {
    std::string source; // the file as it was named, or a variable of the environment
    place at;
    std::string read;  // the value as it stands there; empty where there is none, or it is a secret
    std::string wrong; // a whole sentence
    std::string mend;  // what to write instead

    bool operator==(const problem &) const = default;
};

// "starter.toml:12:9: reply.target is no duration. Read: soon. Write target = \"3 days\"."
std::string text_of(const problem &what);
// One a line, in the order of the file.
std::string text_of(const std::vector<problem> &all);

} // namespace rapport::config
