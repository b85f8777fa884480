// A pair from its first day to a nudge that is settled, as its people see it, with both clocks moved on.
#include "tests/scenarios/pair_in_town.hpp"

#include <catch2/catch.hpp>

#include <csignal>

using namespace rapport::tests;

TEST_CASE("two people are enrolled and paired, and are introduced in a conversation of their own") {
    pair_in_town t;
    CHECK(t.message("U0ANA", t.conversation, [](const json &one) { return holds(one, "U0PRIYA"); }));
    const auto again = t.types("U0COORD", "/program pair @priya @ana");
    CHECK(again.good());
    const auto nobody = t.types("U0COORD", "/program enrol @standup mentor");
    CHECK(words_of(nobody).find("Nothing was saved") != std::string::npos);
}

TEST_CASE("a check-in and a milestone are there after the program was killed") {
    pair_in_town t;
    REQUIRE(t.types("U0ANA", "/checkin All well").good());
    REQUIRE(t.types("U0ANA", "/milestone add Draft resume by 1 Dec 2027").good());
    t.program().kill();
    t.serve();
    CHECK(t.types("U0ANA", "/milestone").seen.dump().find("Draft resume") != std::string::npos);
    CHECK(t.types("U0ANA", "/checkin history").good());
    CHECK(t.end(SIGTERM) == 0);
    child_process asking({RAPPORT_PROGRAM, "export", "--json", "--person", "U0ANA"}, t.environment);
    REQUIRE(asking.wait() == 0);
    const auto facts = json::parse(asking.output());
    CHECK(facts["pairs"][0]["milestones"][0]["title"] == "Draft resume");
    CHECK(facts["pairs"][0]["check_ins"].size() == 1);
}

TEST_CASE("a message that waits is nudged for on day three, and one press settles it") {
    const std::string said = "zanzibar-canary-4713";
    pair_in_town t;
    REQUIRE(t.says("U0ANA", t.conversation, said).good());
    const auto nudge = t.pass_until("U0PRIYA", "Ana has been waiting", 42);
    json seen;
    t.place.with([&](workspace::platform &on) {
        seen = workspace::messages_seen(on, "U0PRIYA", on.state.direct("U0PRIYA", on.time.now()).id);
    });
    INFO(t.program().output());
    REQUIRE(nudge);
    CHECK_FALSE(holds(*nudge, said));
    const auto settle = action_in(*nudge, "nudge.elsewhere");
    INFO(nudge->dump(2));
    REQUIRE_FALSE(settle.empty());

    workspace::spot where;
    where.channel = t.direct("U0PRIYA");
    where.ts = (*nudge)["ts"];
    CHECK(t.presses("U0PRIYA", where, settle).good());
    const auto ts = where.ts;
    CHECK(t.message("U0PRIYA", where.channel, [&](const json &one) {
        return one.value("ts", "") == ts && action_in(one, "nudge.elsewhere").empty();
    }));
    t.program().kill();
    CHECK(t.where_found(said) == "");
}

TEST_CASE("a reminder waits until its reader may be disturbed again") {
    pair_in_town t;
    t.place.with([](workspace::platform &on) {
        auto *priya = on.state.find_person("U0PRIYA");
        REQUIRE(priya);
        priya->dnd_enabled = true;
        priya->dnd_start = workspace::seconds_of(on.time.now()) - 60;
        priya->dnd_end = priya->dnd_start + 6LL * 24 * 3600;
    });
    REQUIRE(t.says("U0ANA", t.conversation, "hello").good());
    for (int step = 0; step < 36 && t.calls("dnd.teamInfo") == 0; ++step) {
        t.pass(std::chrono::hours(4));
        REQUIRE(t.types("U0BEN", "/mentoring help").good());
    }
    REQUIRE(t.calls("dnd.teamInfo") > 0);
    json seen;
    t.place.with([&](workspace::platform &on) {
        seen = workspace::messages_seen(on, "U0PRIYA", on.state.direct("U0PRIYA", on.time.now()).id);
    });
    CHECK_FALSE(holds(seen, "Ana has been waiting"));
    INFO(t.program().output());
    CHECK(t.pass_until("U0PRIYA", "Ana has been waiting", 42));
}
