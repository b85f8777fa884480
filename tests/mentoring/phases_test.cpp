// Phases by date: which run, what comes next, when each turns, in the program's zone.
#include "mentoring/phases.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace rapport;
using namespace date::literals;

namespace {

program dated() {
    program p;
    p.where = *zone::named("America/New_York");
    p.term = day_range{2026_y / 8 / 24, 2027_y / 5 / 14};
    p.phases = {{phase_kind::run, {2026_y / 8 / 24, 2027_y / 5 / 7}},
                {phase_kind::apply, {2026_y / 3 / 1, 2026_y / 6 / 30}},
                {phase_kind::screen, {2026_y / 6 / 1, 2026_y / 7 / 31}}};
    return p;
}

} // namespace

TEST_CASE("phases that overlap run together, in the order of their kinds; the next is the first to begin",
          "[rule-39]") {
    const auto p = dated();
    const auto june = phases_on(p, 2026_y / 6 / 15);
    REQUIRE(june.running.size() == 2);
    CHECK(june.running[0].kind == phase_kind::apply);
    CHECK(june.running[1].kind == phase_kind::screen);
    REQUIRE(june.next);
    CHECK(june.next->kind == phase_kind::run);
    CHECK(phases_on(p, 2026_y / 6 / 30).running.size() == 2); // its last day counts
    CHECK(phases_on(p, 2026_y / 7 / 1).running.size() == 1);
    const auto after = phases_on(p, 2027_y / 6 / 1);
    CHECK(after.running.empty());
    CHECK_FALSE(after.next);
}

TEST_CASE("a phase turns at midnight of its zone: begins on its first day, ends when its last is over") {
    const auto p = dated();
    const auto turns = turns_of(p);
    REQUIRE(turns.size() == 6);
    CHECK(turns[0] == phase_turn{phase_kind::apply, true, p.where.start_of(2026_y / 3 / 1)});
    CHECK(turns[2] == phase_turn{phase_kind::apply, false, p.where.start_of(2026_y / 7 / 1)});
    CHECK(
        std::is_sorted(turns.begin(), turns.end(), [](const auto &a, const auto &b) { return a.at < b.at; }));
    CHECK(first_moment_of(p) == p.where.start_of(2026_y / 3 / 1));
    CHECK(span_of(p)->closes_at == p.where.start_of(2027_y / 5 / 15));
}

TEST_CASE("a program without dates has no span, and without phases nothing runs") {
    const program p;
    CHECK_FALSE(span_of(p));
    CHECK_FALSE(first_moment_of(p));
    CHECK(turns_of(p).empty());
    CHECK_FALSE(phases_on(p, 2026_y / 6 / 15).next);
}
