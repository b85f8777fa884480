// The table of ingredients, and how a piece of one is run.
#include "tests/prove/boundaries.hpp"
#include "tests/prove/canary.hpp"
#include "tests/prove/ingredient.hpp"
#include "tests/prove/kills.hpp"
#include "tests/prove/redelivery.hpp"

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
        {.name = "redelivery",
         .promises = "P9",
         .force = "every command two to four times in envelopes of its own, in any order, on two links, and "
                  "again after a restart",
         .planted = "no_dedupe",
         .bug = "takes every delivery for the first",
         .in_tests = 20,
         .to_catch = 3,
         .in_a_piece = 200,
         .run = redelivery},
        {.name = "canaries",
         .promises = "P32 P33",
         .force = "words said in a pair's conversation in six ways, every level of the log on, and a crash; "
                  "they and the tokens are looked for in every file, line and page",
         .planted = "logs_what_comes_in",
         .bug = "prints what comes in",
         .in_tests = 12,
         .to_catch = 1,
         .in_a_piece = 60,
         .run = canaries},
        {.name = "every boundary",
         .promises = "P3",
         .force =
             "SIGKILL before each call of a command's transaction in turn, before each after its commit, and "
             "before random calls of a life from start to end",
         .planted = "forgets_answers",
         .bug = "does not keep the answer with the act",
         .in_tests = 8,
         .to_catch = 7,
         .in_a_piece = 64,
         .run = boundaries},
        {.name = "disk trouble",
         .promises = "P5",
         .force =
             "the disk is full, a sync or a write fails, a write is cut short, a sync is slow, under load",
         .planted = "deaf_to_the_disk",
         .bug = "does not listen to what the disk says",
         .in_tests = 5,
         .to_catch = 2,
         .in_a_piece = 50,
         .run = disk_trouble},
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
