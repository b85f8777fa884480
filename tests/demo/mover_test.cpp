// The mover against an app made of a list of instants: everything due on the way is visited, in order, once.
#include "workspace/mover.hpp"

#include <catch2/catch.hpp>

#include <deque>
#include <map>
#include <vector>

namespace {

using workspace::instant;
using minutes = std::chrono::minutes;

constexpr instant start{std::chrono::hours(1'000'000)};

// Does each duty when the time is there, `work` looks later; a duty that waits for its own reasons is never
// done.
struct small_app {
    instant time = start;
    std::map<instant, std::string> duties;
    std::vector<std::pair<instant, std::string>> done;
    std::vector<instant> visited;
    std::deque<std::function<void()>> later;
    int busy = 0;
    int work = 3;
    bool stubborn = false;

    workspace::mover_hooks hooks() {
        return {
            [this] { return time; },
            [this](instant to) {
                time = to;
                visited.push_back(to);
                busy = work;
            },
            [this] { return busy == 0; },
            [this](auto then) { then(duties.empty() ? std::nullopt : std::optional(duties.begin()->first)); },
            [this](auto then) { later.push_back(std::move(then)); }};
    }

    void run() {
        while (!later.empty()) {
            const auto next = std::move(later.front());
            later.pop_front();
            if (busy > 0 && --busy == 0 && !stubborn)
                while (!duties.empty() && duties.begin()->first <= time) {
                    done.emplace_back(time, duties.begin()->second);
                    duties.erase(duties.begin());
                }
            next();
        }
    }
};

} // namespace

TEST_CASE("every due instant on the way is visited in order, and none beyond") {
    small_app app;
    app.duties = {{start + minutes(30), "a"},
                  {start + minutes(10), "b"},
                  {start + minutes(59), "c"},
                  {start + minutes(61), "d"}};
    workspace::mover moves(app.hooks());
    int ended = 0;
    moves.move_to(start + minutes(60), [&](const std::string &wrong) {
        CHECK(wrong.empty());
        ++ended;
    });
    app.run();
    CHECK(ended == 1);
    CHECK(app.time == start + minutes(60));
    CHECK(app.done == std::vector<std::pair<instant, std::string>>{{start + minutes(10), "b"},
                                                                   {start + minutes(30), "a"},
                                                                   {start + minutes(59), "c"}});
    CHECK(app.duties.size() == 1);
    CHECK_FALSE(moves.moving());
}

TEST_CASE("what a visit brings about is visited too") {
    small_app app;
    app.duties = {{start + minutes(5), "first"}};
    auto hooks = app.hooks();
    const auto set = hooks.set;
    hooks.set = [&](instant to) {
        set(to);
        if (to == start + minutes(5))
            app.duties.emplace(start + minutes(6), "second");
    };
    workspace::mover moves(std::move(hooks));
    moves.move_to(start + minutes(10), [](const std::string &wrong) { CHECK(wrong.empty()); });
    app.run();
    REQUIRE(app.done.size() == 2);
    CHECK(app.done[1] == std::pair<instant, std::string>{start + minutes(6), "second"});
}

TEST_CASE("something due that is not taken does not stop the clock for ever") {
    small_app app;
    app.stubborn = true;
    app.duties = {{start + minutes(1), "waits for its own reasons"}};
    workspace::mover moves(app.hooks());
    bool ended = false;
    moves.move_to(start + minutes(10), [&](const std::string &wrong) {
        CHECK(wrong.empty());
        ended = true;
    });
    app.run();
    CHECK(ended);
    CHECK(app.time == start + minutes(10));
}

TEST_CASE("an app that never comes to rest ends the move, and is named") {
    small_app app;
    app.work = -1; // busy for ever
    workspace::mover moves(app.hooks(), 20);
    std::string said;
    moves.move_to(start + minutes(10), [&](const std::string &wrong) { said = wrong; });
    app.run();
    CHECK(said.find("does not come to rest") != std::string::npos);
    CHECK_FALSE(moves.moving());
}

TEST_CASE("a second move while one is under way is refused and does not disturb it") {
    small_app app;
    app.duties = {{start + minutes(1), "a"}};
    workspace::mover moves(app.hooks());
    bool first = false;
    std::string second;
    moves.move_to(start + minutes(2), [&](const std::string &wrong) { first = wrong.empty(); });
    moves.move_to(start + minutes(9), [&](const std::string &wrong) { second = wrong; });
    app.run();
    CHECK(first);
    CHECK(second == "the clock is already moving");
    CHECK(app.time == start + minutes(2));
}

TEST_CASE("waiting for rest moves nothing") {
    small_app app;
    app.busy = 5;
    workspace::mover moves(app.hooks());
    bool ended = false;
    moves.wait_until_idle([&](const std::string &wrong) { ended = wrong.empty(); });
    app.run();
    CHECK(ended);
    CHECK(app.visited.empty());
    CHECK(app.time == start);
}
