// What people were told against what is on file: the reckoning after force was used. The workspace says what
// they were told, `rapport export` what is on file; nobody's own tables are asked.
#pragma once

#include "tests/scenarios/crowd.hpp"

#include <map>
#include <string>
#include <vector>

namespace rapport::tests {

// How often each title is on file in this person's pairs. Throws if the program gives no facts.
std::map<std::string, int> titles_on_file(town &t, const std::string &person);

struct reckoned {
    std::size_t typed = 0, acknowledged = 0;
    std::size_t told_later = 0;    // not acknowledged, saved, and told by another way
    std::size_t never_saved = 0;   // not acknowledged, and not on file: the person saw that it failed
    std::vector<std::string> lost; // told it is done, and not on file
    std::vector<std::string> doubled;
    std::vector<std::string> untold; // on file, and nobody ever heard of it

    bool clean() const {
        return lost.empty() && doubled.empty() && untold.empty();
    }
    std::string story() const; // what is wrong, and the counts
};

// Compares what is known now.
reckoned reckon(town &t, const std::vector<typed_line> &lines);

// Waits for whatever was left to be told after a crash, at the pace the platform allows, and compares then.
reckoned settle_and_reckon(town &t, const std::vector<typed_line> &lines,
                           std::chrono::seconds patience = std::chrono::minutes(4));

} // namespace rapport::tests
