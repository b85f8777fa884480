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

TEST_CASE("a term of E-MAP, from its first day to a week after its last, keeps every promise") {
    keeps_every_promise(simulate::play(term_of("emap", 4)));
}

TEST_CASE("the last weeks of Sloan and what comes after them keep every promise") {
    auto how = term_of("sloan", 6);
    how.from = plus_days(how.until, -40);
    keeps_every_promise(simulate::play(how));
}

TEST_CASE("the first months of the starter program keep every promise") {
    auto how = term_of("starter", 8);
    how.until = plus_days(how.from, 75);
    keeps_every_promise(simulate::play(how));
}

TEST_CASE("a program that does not listen keeps every promise, and nudges for no reply") {
    auto how = term_of("emap", 6);
    how.until = plus_days(how.from, 70);
    const auto key = std::string("listening = \"conversation\"");
    how.policy.replace(how.policy.find(key), key.size(), "listening = \"none\"");
    how.rules = *config::read_policy(how.policy, "policy").value;
    const auto made = simulate::play(how);
    keeps_every_promise(made);
    CHECK(made.replies.nudges == 0);
}
