// The town with the meddler between the program and the system; the program is the real one, or the one with
// a bug in it.
#pragma once

#include "tests/prove/ingredient.hpp"
#include "tests/prove/meddling.hpp"
#include "tests/scenarios/reckoning.hpp"

#include <chrono>

namespace rapport::prove {

struct stage {
    tests::town t;
    meddling hand;

    // How long answers that were left over are waited for: the real program tells all of them in the end.
    std::chrono::seconds patience = std::chrono::minutes(4);

    explicit stage(const std::string &planted) : hand(t.folder) {
        hand.into(t.environment);
        if (planted.empty())
            return;
        patience = std::chrono::seconds(6);
        t.executable = RAPPORT_PLANTED_PROGRAM;
        t.environment["RAPPORT_PLANTED"] = planted;
    }

    // Waits until what was left to be told has been told, reckons, and ends the program.
    tests::reckoned settle(const std::vector<tests::typed_line> &lines);
};

// Enters what the reckoning found.
void enter(piece &into, const tests::reckoned &found);

} // namespace rapport::prove
