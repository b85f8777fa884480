// Small plays of shipped policies, for the tests of the simulator.
#pragma once

#include "bot/simulate/play.hpp"
#include "config/policy_file.hpp"

#include <catch2/catch.hpp>

namespace rapport::tests {

inline simulate::playing term_of(const std::string &slug, int people = 20, std::uint64_t seed = 1) {
    const auto file = config::load_policy("config/programs/" + slug + ".toml");
    REQUIRE(file.reading.value);
    simulate::playing how;
    how.policy = file.text;
    how.rules = *file.reading.value;
    const day_range otherwise{day{date::year{2026} / 9 / 1}, day{date::year{2027} / 5 / 31}};
    const auto term = how.rules.term.value_or(otherwise);
    how.from = term.from;
    how.until = term.until;
    how.people = people;
    how.seed = seed;
    return how;
}

} // namespace rapport::tests
