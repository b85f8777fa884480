// Days and months: arithmetic, due days, written forms.
#include "mentoring/calendar.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace date::literals;

TEST_CASE("a due day past the end of a short month is its last day") {
    CHECK(due_day(2026_y / 11, 31) == 2026_y / 11 / 30);
    CHECK(due_day(2027_y / 2, 31) == 2027_y / 2 / 28);
    CHECK(due_day(2028_y / 2, 30) == 2028_y / 2 / 29);
    CHECK(due_day(2026_y / 12, 31) == 2026_y / 12 / 31);
    CHECK(due_day(2026_y / 12, 1) == 2026_y / 12 / 1);
}

TEST_CASE("a month is the calendar month of the zone, from its first instant to the next one's") {
    const auto la = *zone::named("America/Los_Angeles");
    const instant at{date::sys_days{2026_y / 12 / 1} + hours{3}}; // still November on the west coast
    CHECK(month_of(la, at) == 2026_y / 11);
    CHECK(month_of(zone{}, at) == 2026_y / 12);
    CHECK(starts_at(la, 2026_y / 11) <= at);
    CHECK(at < ends_at(la, 2026_y / 11));
    CHECK(ends_at(la, 2026_y / 11) == starts_at(la, 2026_y / 12));
    CHECK(ends_at(la, 2026_y / 11) - starts_at(la, 2026_y / 11) == hours{30 * 24 + 1}); // winter time begins
}

TEST_CASE("months and days are counted over the turn of the year") {
    CHECK(plus_months(2026_y / 11, 2) == 2027_y / 1);
    CHECK(plus_months(2026_y / 1, -1) == 2025_y / 12);
    CHECK(plus_days(2026_y / 12 / 31, 1) == 2027_y / 1 / 1);
    CHECK(days_between(2026_y / 12 / 31, 2027_y / 1 / 2) == 2);
    CHECK(days_between(2027_y / 1 / 2, 2026_y / 12 / 31) == -2);
}

TEST_CASE("periods and days are written one way and only that way is read") {
    CHECK(text_of(2026_y / 3) == "2026-03");
    CHECK(parse_month("2026-03") == 2026_y / 3);
    CHECK(text_of(2026_y / 3 / 4) == "2026-03-04");
    CHECK(parse_day("2026-03-04") == 2026_y / 3 / 4);
    for (const auto *bad : {"", "2026-3", "2026-13", "2026-00", "2026/03", "x026-03", "2026-03-"})
        CHECK_FALSE(parse_month(bad));
    for (const auto *bad : {"", "2026-03-4", "2026-02-30", "2026-03-00", "2026-03-04 ", "2026-03-0x"})
        CHECK_FALSE(parse_day(bad));
}

TEST_CASE("days are shown to people with weekday and zone") {
    const auto berlin = *zone::named("Europe/Berlin");
    CHECK(short_date(2026_y / 11 / 3) == "Tue 3 Nov");
    CHECK(full_date(2026_y / 11 / 3) == "Tue 3 Nov 2026");
    CHECK(in_full(2026_y / 12 / 1, berlin) == "Tue 1 Dec 2026 (Europe/Berlin)");
    CHECK(in_full(berlin.at(2026_y / 12 / 1, hours{15}), berlin) == "Tue 1 Dec 2026, 15:00 (Europe/Berlin)");
    CHECK(time_of_day(hours{9} + minutes{5}) == "09:05");
}
