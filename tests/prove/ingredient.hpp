// What the rig is made of: ingredients, each a kind of force, run in pieces that a seed repeats, each first
// shown to catch a bug that was planted for it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::prove {

// One piece of proving: so many trials of an ingredient from one seed, on the real program or on the one with
// a bug in it.
struct piece {
    std::uint64_t seed = 0;
    std::int64_t trials_wanted = 1;
    std::string planted; // which bug; empty: the real program

    std::mt19937_64 chance{};

    // What was found.
    std::int64_t trials = 0;
    std::int64_t hits = 0;                       // faults that really struck
    std::map<std::string, std::int64_t> counted; // what else there was, by name
    std::vector<std::string> broken;             // promises, in a sentence each

    std::int64_t between(std::int64_t least, std::int64_t most) {
        return std::uniform_int_distribution<std::int64_t>(least, most)(chance);
    }
    void breaks(std::string what) {
        broken.push_back(std::move(what));
    }
};

struct ingredient {
    std::string_view name;
    std::string_view promises; // of docs/promises.md, "P1 P2"
    std::string_view force;    // what is done, in a sentence
    std::string_view planted;  // the bug it must catch
    std::string_view bug;      // that bug, in a few words
    std::int64_t in_tests;     // trials of the short form
    std::int64_t to_catch;     // trials within which the bug is seen
    std::int64_t in_a_piece;   // trials of a piece of the long one
    void (*run)(piece &);
};

// In the order they are run.
const std::vector<ingredient> &ingredients();

// One piece of an ingredient. Faults that never struck are broken promises too: of the rig.
piece run_piece(const ingredient &what, std::uint64_t seed, std::int64_t trials,
                const std::string &planted = {});

} // namespace rapport::prove
