// The home page over real sockets: published when it is opened and when it changed, for those who look at it,
// and not once more than that. Counted at the workspace's own journal of calls.
#include "tests/scenarios/town.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <thread>

using namespace rapport::tests;

namespace {

constexpr auto publish = "views.publish";

// Waits until so many calls were made; fails with the number there is.
void publishes(town &t, std::size_t count) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (t.calls(publish) < count && std::chrono::steady_clock::now() < give_up)
        std::this_thread::yield();
    CHECK(t.calls(publish) == count);
}

void opens_home(town &t, const std::string &who) {
    t.place.with([&](workspace::platform &on) { workspace::hands(on).open_home(who); });
}

std::string home_of(town &t, const std::string &who) {
    std::string shown;
    t.place.with([&](workspace::platform &on) {
        const auto found = on.state.homes.find(who);
        if (found != on.state.homes.end())
            shown = on.state.find_view(found->second)->body.dump();
    });
    return shown;
}

} // namespace

TEST_CASE("home pages are published on open and on change, and never when they would read the same") {
    town t;
    t.serve();
    for (const auto *line :
         {"/program enrol @priya mentor", "/program enrol @ana protege", "/program pair @priya @ana"})
        CHECK(t.types("U0COORD", line).good());
    CHECK(t.calls(publish) == 0); // nobody looked yet
    opens_home(t, "U0ANA");
    publishes(t, 1);
    CHECK(home_of(t, "U0ANA").find("None are open") != std::string::npos);

    CHECK(t.types("U0ANA", "/milestone add Draft the poster").good());
    publishes(t, 2); // hers at once
    CHECK(home_of(t, "U0ANA").find("Draft the poster") != std::string::npos);
    CHECK(t.types("U0ANA", "/milestone").good()); // looking changes nothing
    CHECK(t.types("U0ANA", "/mentoring").good());

    opens_home(t, "U0PRIYA");
    publishes(t, 3);
    CHECK(t.types("U0ANA", "/milestone add Visit the lab").good());
    publishes(t, 4);
    CHECK(home_of(t, "U0PRIYA").find("Visit the lab") == std::string::npos); // the minute of the undo
    t.pass(std::chrono::minutes(2));
    publishes(t, 5);
    CHECK(home_of(t, "U0PRIYA").find("Visit the lab") != std::string::npos);

    t.pass(std::chrono::minutes(30));
    CHECK(t.types("U0ANA", "/mentoring").good()); // a round trip later still none
    CHECK(t.calls(publish) == 5);
    CHECK(t.end(SIGTERM) == 0);
}
