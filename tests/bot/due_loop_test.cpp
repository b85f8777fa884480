// The loop around planner and courier: sleeps exactly as told, never runs twice at once, stops when idle.
#include "bot/due_loop.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <catch2/catch.hpp>

#include <vector>

using namespace rapport;
using namespace rapport::bot;

namespace {

struct manual_clock final : wall_clock {
    instant at{milliseconds{1'000'000}};
    instant now() const override {
        return at;
    }
};

struct bench {
    boost::asio::io_context io{1};
    manual_clock clock;
    int runs = 0;
    std::optional<instant> next; // what the step answers at once, unless `held`
    bool hold = false;
    std::vector<due_loop::told> held;
    due_loop loop{io.get_executor(), clock, [this](due_loop::told told) {
                      ++runs;
                      if (hold)
                          held.push_back(std::move(told));
                      else
                          told(next);
                  }};

    // Runs what is ready now, waiting for no timer.
    void poll() {
        io.restart();
        io.poll();
    }
};

} // namespace

TEST_CASE("a loop does nothing until woken, and then sleeps with nothing due") {
    bench b;
    b.poll();
    CHECK(b.runs == 0);
    b.loop.wake();
    b.poll();
    CHECK(b.runs == 1);
    b.poll();
    CHECK(b.runs == 1);
}

TEST_CASE("many wakings are one run, and one during a run is one more after it") {
    bench b;
    for (int i = 0; i < 100; ++i)
        b.loop.wake();
    b.poll();
    CHECK(b.runs == 1);

    b.hold = true;
    b.loop.wake();
    b.poll();
    REQUIRE(b.held.size() == 1);
    b.loop.wake();
    b.loop.wake();
    b.poll();
    CHECK(b.runs == 2); // never two at once
    b.hold = false;
    b.held.front()(std::nullopt);
    b.poll();
    CHECK(b.runs == 3);
}

TEST_CASE("an instant that has passed runs the step again at once, letting others on the thread go first") {
    bench b;
    int others = 0;
    b.next = b.clock.at - milliseconds{1};
    b.loop.wake();
    boost::asio::post(b.io, [&] {
        boost::asio::post(b.io, [&] {
            ++others;
            b.next.reset();
        });
    });
    b.poll();
    CHECK(others == 1);
    CHECK(b.runs >= 2);
    CHECK(b.runs < 10);
}

TEST_CASE("the step runs when its instant has come, and a moved clock is seen at the next waking") {
    bench b;
    b.next = b.clock.at + hours{24 * 3};
    b.loop.wake();
    b.poll();
    CHECK(b.runs == 1);
    b.clock.at += hours{24 * 3};
    b.next.reset();
    b.loop.wake();
    b.poll();
    CHECK(b.runs == 2);

    b.next = b.clock.at + milliseconds{5};
    b.loop.wake();
    b.poll();
    b.clock.at += milliseconds{5};
    b.next.reset();
    b.io.restart();
    b.io.run(); // until no timer is left
    CHECK(b.runs == 4);
}

TEST_CASE("stopping waits for the step that runs and starts no other") {
    bench b;
    b.hold = true;
    b.loop.wake();
    b.poll();
    bool idle = false;
    b.loop.stop([&] { idle = true; });
    b.loop.wake();
    b.poll();
    CHECK_FALSE(idle);
    b.held.front()(b.clock.at);
    b.poll();
    CHECK(idle);
    CHECK(b.runs == 1);
}

TEST_CASE("stopping an idle loop says so, and a step that ends after the loop is gone harms nothing") {
    bool idle = false;
    std::vector<due_loop::told> held;
    boost::asio::io_context io{1};
    manual_clock clock;
    {
        due_loop loop(io.get_executor(), clock, [&](due_loop::told told) { held.push_back(told); });
        loop.wake();
        io.poll();
    }
    REQUIRE(held.size() == 1);
    held.front()(clock.at);
    due_loop other(io.get_executor(), clock, [](due_loop::told told) { told({}); });
    other.stop([&] { idle = true; });
    io.restart();
    io.poll();
    CHECK(idle);
}
