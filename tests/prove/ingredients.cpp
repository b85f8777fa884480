// The table of ingredients, and how a piece of one is run.
#include "tests/prove/ingredient.hpp"
#include "tests/prove/kills.hpp"

namespace rapport::prove {

const std::vector<ingredient> &ingredients() {
    static const std::vector<ingredient> all{
        {.name = "exact kills",
         .promises = "P1",
         .force = "SIGKILL at a place between a command and its acknowledgement: before, while and after the "
                  "commit "
                  "is written, before and after the acknowledgement is sent",
         .planted = "ack_before_commit",
         .bug = "acknowledges before the commit",
         .in_tests = 6,
         .to_catch = 2,
         .in_a_piece = 60,
         .run = exact_kills},
        {.name = "kills under load",
         .promises = "P1",
         .force = "SIGKILL before or after the n-th write, sync or send with eight commands under way",
         .planted = "ack_before_commit",
         .bug = "acknowledges before the commit",
         .in_tests = 4,
         .to_catch = 4,
         .in_a_piece = 30,
         .run = kills_under_load},
    };
    return all;
}

piece run_piece(const ingredient &what, std::uint64_t seed, std::int64_t trials, const std::string &planted) {
    piece made;
    made.seed = seed;
    made.trials_wanted = trials;
    made.planted = planted;
    made.chance.seed(seed);
    what.run(made);
    if (made.hits == 0)
        made.breaks("the rig: no fault ever struck");
    return made;
}

} // namespace rapport::prove
