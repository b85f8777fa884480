// How long a played year of E-MAP takes with 500 pairs, on one core: seconds, and what was played in them.
#include "bot/simulate/play.hpp"
#include "config/policy_file.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

using namespace rapport;

int main(int argc, char **argv) {
    const auto file = config::load_policy("config/programs/emap.toml");
    if (!file.reading.value || !file.reading.value->term) {
        fmt::print("run it from the root of the repository\n");
        return EXIT_FAILURE;
    }
    simulate::playing how;
    how.policy = file.text;
    how.rules = *file.reading.value;
    how.from = how.rules.term->from;
    how.until = how.rules.term->until;
    how.people = argc > 1 ? std::atoi(argv[1]) : 1000;
    const auto from = std::chrono::steady_clock::now();
    const auto made = simulate::play(how);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - from;
    fmt::print(
        "a played year of E-MAP, {} pairs: {:.1f} s; {} deliveries, {} reminders planned, {} instants\n",
        made.pairs, took.count(), made.deliveries, made.outbox.planned, made.instants);
    return made.broken ? EXIT_FAILURE : EXIT_SUCCESS;
}
