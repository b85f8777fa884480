// Clocks that stand still on days off, and what else follows from a policy alone.
#include "mentoring/program.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace date::literals;

namespace {

program in_berlin() {
    program rules;
    rules.where = *zone::named("Europe/Berlin");
    return rules;
}

} // namespace

TEST_CASE("a calendar day of a clock is 24 hours, over daylight saving too") {
    const auto rules = in_berlin();
    const auto from = rules.where.at(2027_y / 3 / 27, hours{12});
    CHECK(after_days(rules, clock_days::calendar, from, 1) - from == hours{24});
    CHECK(rules.where.local(after_days(rules, clock_days::calendar, from, 1)).since_midnight == hours{13});
}

TEST_CASE("a working clock stands still on weekends and days off for everyone") {
    auto rules = in_berlin();
    const auto friday = rules.where.at(2026_y / 11 / 6, hours{15});
    CHECK(after_days(rules, clock_days::working, friday, 1) == rules.where.at(2026_y / 11 / 9, hours{15}));
    CHECK(after_days(rules, clock_days::working, friday, 5) == rules.where.at(2026_y / 11 / 13, hours{15}));
    const auto saturday = rules.where.at(2026_y / 11 / 7, hours{15});
    CHECK(after_days(rules, clock_days::working, saturday, 1) == rules.where.at(2026_y / 11 / 10, hours{0}));
    CHECK(after_hours(rules, clock_days::working, friday, 2) == rules.where.at(2026_y / 11 / 6, hours{17}));
    rules.attention.off = {{"Founders' day", {2026_y / 11 / 9, 2026_y / 11 / 9}, off_for::everyone},
                           {"Exams", {2026_y / 11 / 10, 2026_y / 11 / 10}, off_for::proteges}};
    CHECK(after_days(rules, clock_days::working, friday, 1) == rules.where.at(2026_y / 11 / 10, hours{15}));
}

TEST_CASE("a working clock in a policy that is always off comes to an end all the same") {
    auto rules = in_berlin();
    rules.attention.off = {{"Closed", {2020_y / 1 / 1, 2037_y / 12 / 31}, off_for::everyone}};
    const auto from = rules.where.at(2026_y / 11 / 6, hours{15});
    CHECK(after_days(rules, clock_days::working, from, 3) > from);
}

TEST_CASE("days off are those of one's own side and of everyone") {
    auto rules = in_berlin();
    rules.attention.off = {{"Break", {2026_y / 12 / 24, 2027_y / 1 / 3}, off_for::everyone},
                           {"Exams", {2027_y / 2 / 1, 2027_y / 2 / 14}, off_for::proteges}};
    CHECK(rules.attention.off_days(side::mentor).size() == 1);
    CHECK(rules.attention.off_days(side::protege).size() == 2);
    CHECK(rules.works_on(2027_y / 2 / 1));
    CHECK_FALSE(rules.works_on(2026_y / 12 / 24));
    CHECK_FALSE(rules.works_on(2026_y / 11 / 7));
}

TEST_CASE("a phase has its dates or none") {
    auto rules = in_berlin();
    rules.phases = {{phase_kind::apply, {2026_y / 4 / 1, 2026_y / 5 / 31}}};
    REQUIRE(rules.dates_of(phase_kind::apply));
    CHECK(rules.dates_of(phase_kind::apply)->until == 2026_y / 5 / 31);
    CHECK_FALSE(rules.dates_of(phase_kind::connect));
}
