// Somebody who asks to be forgotten, over real sockets: no file holds them any more, what was written to them
// alone is taken back, and who comes again is somebody new.
#include "tests/scenarios/pair_in_town.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <thread>

using namespace rapport::tests;

TEST_CASE("forget-me: no file holds them, my messages to them are taken back, they may come again as new") {
    pair_in_town t;
    const auto mine = t.direct("U0ANA");
    REQUIRE(t.message("U0ANA", mine, [](const json &one) { return holds(one, "Starter"); }));
    REQUIRE(t.types("U0ANA", "/checkin Zephyrs found our rhythm", t.conversation).good());
    REQUIRE(t.types("U0ANA", "/milestone add Harpsichord poster", t.conversation).good());

    REQUIRE(t.types("U0ANA", "/mentoring forget-me").good());
    REQUIRE(has_form(t, "U0ANA", "\"forget\""));
    CHECK(sends(t, "U0ANA", json{{"sure", "forget me"}}).good());
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (t.calls("chat.delete") == 0 && std::chrono::steady_clock::now() < give_up)
        std::this_thread::yield();
    CHECK(t.calls("chat.delete") > 0);
    REQUIRE(
        t.message("U0PRIYA", t.conversation, [](const json &one) { return holds(one, "This pairing in"); }));
    CHECK(words_of(t.types("U0PRIYA", "/milestone")).find("Harpsichord") == std::string::npos);
    CHECK(t.end(SIGTERM) == 0);
    for (const auto *word : {"Zephyrs", "Harpsichord", "U0ANA"}) {
        INFO(word);
        CHECK(t.where_found(word).empty());
    }

    t.serve();
    const auto again = words_of(t.types("U0ANA", "/mentoring mydata"));
    INFO(again);
    CHECK(again.find("Pair") == std::string::npos);
    CHECK(again.find("Enrolled") == std::string::npos);
}
