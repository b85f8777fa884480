// A town with Ana and Priya enrolled, paired and introduced, as every story of a pair begins.
#pragma once

#include "tests/scenarios/town.hpp"

namespace rapport::tests {

struct pair_in_town : town {
    std::string conversation; // of the two and the bot

    // On this database ("postgres:..."), else on a file of its own.
    explicit pair_in_town(const std::string &database = {});

    // Moves on in steps of four hours, at most so many, until this person's direct conversation holds such a
    // message.
    std::optional<json> pass_until(const std::string &who, const std::string &text, int steps);
};

// Whether a form that holds this text comes up on top of a person's screen; waits for it.
bool has_form(town &t, const std::string &who, const std::string &text);
// Sends it, the fields that are not named as they stand.
workspace::outcome sends(town &t, const std::string &who, const json &values);

bool holds(const json &message, const std::string &text);
// The action id in a message that begins with this; empty where there is none.
std::string action_in(const json &message, const std::string &begins);

} // namespace rapport::tests
