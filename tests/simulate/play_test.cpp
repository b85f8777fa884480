// A whole term of each shipped policy, played: every promise holds, and the same seed plays the same term.
#include "tests/simulate/played_terms.hpp"

using namespace rapport;
using namespace rapport::tests;

namespace {

void keeps_every_promise(const simulate::played &made) {
    if (made.broken)
        FAIL(text_of(made.broken->which) << ": " << text_of(made.broken->on) << ", " << made.broken->person
                                         << ", seed " << made.broken->seed << ": " << made.broken->says);
    CHECK(made.outbox.planned > 0);
}

} // namespace

TEST_CASE("a term of E-MAP keeps every promise") {
    keeps_every_promise(simulate::play(term_of("emap", 12)));
}

TEST_CASE("a term of Sloan keeps every promise") {
    keeps_every_promise(simulate::play(term_of("sloan", 12)));
}

TEST_CASE("a year of the starter program keeps every promise") {
    keeps_every_promise(simulate::play(term_of("starter", 12)));
}
