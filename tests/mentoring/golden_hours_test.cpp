// Good moments, last warnings and working deadlines around changes of the clocks and holidays: a golden table
// of six zones made by another program (tests/golden/good_hours.py), and every zone against the C library.
#include "mentoring/away.hpp"
#include "mentoring/program.hpp"

#include <catch2/catch.hpp>
#include <date/tz.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

using namespace rapport;
using namespace date::literals;

namespace {

std::vector<std::string> cells(const std::string &line) {
    std::vector<std::string> out;
    std::istringstream in(line);
    for (std::string cell; std::getline(in, cell, ',');)
        out.push_back(cell);
    return out;
}

instant read(const std::string &text) { // 2026-03-29T01:00Z
    std::istringstream in(text);
    date::sys_time<minutes> at;
    in >> date::parse("%Y-%m-%dT%H:%MZ", at);
    REQUIRE_FALSE(in.fail());
    return at;
}

std::string shown(std::optional<instant> at) {
    return at ? date::format("%Y-%m-%dT%H:%MZ", date::floor<minutes>(*at)) : std::string("none");
}

program program_of(const zone &where, const std::string &off) {
    program rules;
    rules.where = where;
    if (const auto slash = off.find('/'); slash != std::string::npos)
        rules.attention.off = {{"holiday",
                                {*parse_day(off.substr(0, slash)), *parse_day(off.substr(slash + 1))},
                                off_for::everyone}};
    return rules;
}

} // namespace

TEST_CASE("good moments and deadlines are those of the golden table, in six zones") {
    std::ifstream in("tests/golden/good_hours.csv");
    std::string line;
    REQUIRE(std::getline(in, line));
    std::size_t rows = 0;
    std::vector<std::string> zones;
    while (std::getline(in, line)) {
        const auto row = cells(line);
        REQUIRE(row.size() == 7);
        INFO(line);
        const auto where = zone::named(row[0]);
        REQUIRE(where);
        const auto rules = program_of(*where, row[2]);
        const good_hours person{
            *where, parse_hours(row[1]).value(), rules.attention.off_days(side::mentor), {}};
        const auto at = read(row[3]);
        CHECK(shown(person.next_good(at)) == row[4]);
        CHECK(shown(person.last_good_before(at)) == row[5]);
        CHECK(shown(after_days(rules, clock_days::working, at, 3)) == row[6]);
        ++rows;
        if (zones.empty() || zones.back() != row[0])
            zones.push_back(row[0]);
    }
    CHECK(rows >= 200);
    CHECK(zones.size() == 6);
}

namespace {

// The wall clock by the C library: minutes since midnight, and the day of the week from Monday.
struct on_the_wall {
    int minute = 0, weekday = 0;
};
on_the_wall by_c_library(instant at) {
    const auto seconds = static_cast<std::time_t>(
        std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count());
    std::tm local{};
    localtime_r(&seconds, &local);
    return {local.tm_hour * 60 + local.tm_min, (local.tm_wday + 6) % 7};
}

bool is_weekday_morning(instant at) {
    const auto wall = by_c_library(at);
    return wall.weekday < 5 && wall.minute >= 8 * 60 && wall.minute < 12 * 60;
}

} // namespace

TEST_CASE("in every zone until 2037 the next good moment is the first that the C library calls good") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 chance(seed);
    const auto from = date::sys_days{2024_y / 1 / 1}.time_since_epoch() / minutes{1};
    const auto until = date::sys_days{2037_y / 12 / 20}.time_since_epoch() / minutes{1};
    std::uniform_int_distribution<std::int64_t> any(from, until);
    const char *before = std::getenv("TZ");
    const std::string kept = before ? before : "";
    std::size_t asked = 0;
    for (const auto &entry : date::get_tzdb().zones) {
        const auto where = zone::named(entry.name());
        if (!where)
            continue;
        setenv("TZ", entry.name().c_str(), 1);
        tzset();
        const good_hours person{*where, parse_hours("Mon-Fri 8:00-12:00").value(), {}, {}};
        for (int i = 0; i < 8; ++i) {
            const instant at{minutes{any(chance)}};
            const auto next = person.next_good(at);
            INFO(entry.name() << " " << shown(at) << " gives " << shown(next));
            REQUIRE(next >= at);
            REQUIRE(next - at < days{4});
            REQUIRE(is_weekday_morning(next));
            REQUIRE(person.is_good(next));
            for (auto sooner = at; sooner < next;
                 sooner += minutes{30}) // the first: nothing before it is good
                REQUIRE_FALSE(is_weekday_morning(sooner));
            if (next > at)
                REQUIRE_FALSE(is_weekday_morning(next - minutes{1}));
            ++asked;
        }
    }
    before ? setenv("TZ", kept.c_str(), 1) : unsetenv("TZ");
    tzset();
    CHECK(asked > 3000);
}

TEST_CASE("somebody away for months is waited for, and a closure without an end in sight gives way") {
    const auto london = *zone::named("Europe/London");
    const auto at = [&](day date, int hour) { return london.at(date, hours{hour}); };
    good_hours mine{london, mentor_default(), {}, {}};
    mine.closed = {{at(2026_y / 11 / 2, 0), at(2027_y / 5 / 1, 0)}};
    CHECK(mine.next_good(at(2026_y / 11 / 3, 9)) == at(2027_y / 5 / 3, 8)); // a Monday
    mine.closed = {{at(2026_y / 11 / 2, 0), at(2028_y / 5 / 1, 0)}};
    CHECK(mine.next_good(at(2026_y / 11 / 3, 9)) == at(2026_y / 11 / 3, 9));
}

TEST_CASE("a clock stands still while its person is away, however the times are given") {
    const auto hour = [](int n) { return instant{hours{n}}; };
    using all = std::vector<time_range>;
    CHECK(standing_still(hour(0), hour(72), all{}) == hour(72));
    CHECK(standing_still(hour(0), hour(72), all{{hour(24), hour(48)}}) == hour(96));
    CHECK(standing_still(hour(0), hour(72), all{{hour(80), hour(90)}}) == hour(72));    // rang before
    CHECK(standing_still(hour(50), hour(122), all{{hour(24), hour(48)}}) == hour(122)); // began after
    CHECK(standing_still(hour(30), hour(102), all{{hour(24), hour(48)}}) == hour(120)); // began meanwhile
    CHECK(standing_still(hour(0), hour(72), all{{hour(60), hour(100)}, {hour(90), hour(110)}}) == hour(122));
    CHECK(standing_still(hour(0), hour(72), all{{hour(48), hour(24)}}) == hour(72)); // ends before it begins
    CHECK(standing_still(hour(0), hour(72), all{{hour(70), hour(80)}, {hour(81), hour(91)}}) == hour(92));
    CHECK(after_return(hour(30), all{{hour(24), hour(48)}}) == hour(72));
    CHECK(after_return(hour(10), all{{hour(24), hour(48)}}) == hour(10));
    CHECK(after_return(hour(60), all{{hour(24), hour(48)}}) == hour(72));
    CHECK(after_return(hour(73), all{{hour(24), hour(48)}}) == hour(73));
}
