// The wall clock, followed and watched.
#include "bot/clock.hpp"

#include <catch2/catch.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <unistd.h>

using namespace rapport;
using namespace rapport::bot;

TEST_CASE("clocks that go alike, or drift apart slowly, are no jump") {
    const instant wall{milliseconds{1'000'000}};
    const steady_point steady{};
    jump_watch watch(wall, steady);
    for (int i = 1; i <= 100; ++i) {
        const auto real = seconds{i};
        const auto drifted = real + milliseconds{i * 40};
        CHECK_FALSE(watch.look(wall + drifted, steady + real));
    }
}

TEST_CASE("a jump is told once, with its size and direction") {
    const instant wall{milliseconds{1'000'000}};
    const steady_point steady{};
    jump_watch watch(wall, steady);
    CHECK(watch.look(wall + hours{2} + seconds{1}, steady + seconds{1}) == span_of_time{hours{2}});
    CHECK_FALSE(watch.look(wall + hours{2} + seconds{2}, steady + seconds{2}));
    CHECK(watch.look(wall + seconds{3}, steady + seconds{3}) == span_of_time{-hours{2}});
    CHECK_FALSE(watch.look(wall + seconds{4} + milliseconds{5000}, steady + seconds{4}));
}

TEST_CASE("a followed clock is moved by the number in its file, and by nothing when there is none") {
    const auto path =
        std::filesystem::temp_directory_path() / ("rapport-clock-" + std::to_string(::getpid()) + ".txt");
    followed_clock clock(path.string());
    const auto close_to = [&](span_of_time by) {
        const auto off = (clock.now() - machine_clock{}.now()) - by;
        return off > -seconds{5} && off < seconds{5};
    };
    CHECK(close_to(span_of_time{0}));
    std::ofstream(path) << 3 * 86'400'000;
    CHECK(close_to(span_of_time{0})); // it moves when it is told to look, not in the middle of something
    clock.follow();
    CHECK(close_to(days{3}));
    std::ofstream(path) << "no number";
    clock.follow();
    CHECK(close_to(span_of_time{0}));
    std::filesystem::remove(path);
}
