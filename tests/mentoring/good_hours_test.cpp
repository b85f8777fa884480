// Good hours: the next good moment, the last one before a deadline, around weekends, days off, do-not-disturb
// and daylight saving; and the written form of hours.
#include "mentoring/good_hours.hpp"

#include <catch2/catch.hpp>

#include <vector>

using namespace rapport;
using namespace date::literals;

namespace {

const zone berlin = *zone::named("Europe/Berlin");

instant at(day date, int h, int m = 0) {
    return berlin.at(date, hours{h} + minutes{m});
}

good_hours weekdays() {
    return {berlin, mentor_default(), {}, {}};
}

std::string shown(instant when) {
    return in_full(when, berlin).substr(0, in_full(when, berlin).find(" ("));
}

} // namespace

TEST_CASE("what is due outside the good hours waits for the next good moment, and 8:00 itself is good") {
    struct row {
        instant due;
        std::string given;
    };
    const day friday = 2026_y / 11 / 6;
    const std::vector<row> table = {
        {at(friday, 8), "Fri 6 Nov 2026, 08:00"},
        {at(friday, 7, 59), "Fri 6 Nov 2026, 08:00"},
        {at(friday, 0), "Fri 6 Nov 2026, 08:00"},
        {at(friday, 13, 37), "Fri 6 Nov 2026, 13:37"},
        {at(friday, 19, 59), "Fri 6 Nov 2026, 19:59"},
        {at(friday, 20), "Mon 9 Nov 2026, 08:00"},
        {at(friday, 23, 59), "Mon 9 Nov 2026, 08:00"},
        {at(plus_days(friday, 1), 12), "Mon 9 Nov 2026, 08:00"},
        {at(plus_days(friday, 2), 23), "Mon 9 Nov 2026, 08:00"},
    };
    for (const auto &[due, given] : table) {
        INFO(shown(due));
        CHECK(shown(weekdays().next_good(due)) == given);
        CHECK(weekdays().is_good(due) == (shown(due) == given));
    }
    CHECK(weekdays().next_good(at(friday, 20) - milliseconds{1}) == at(friday, 20) - milliseconds{1});
}

TEST_CASE("days off of the program and do-not-disturb are waited out") {
    auto mine = weekdays();
    mine.off = {{2026_y / 12 / 24, 2027_y / 1 / 3}};
    CHECK(shown(mine.next_good(at(2026_y / 12 / 24, 9))) == "Mon 4 Jan 2027, 08:00");
    mine = weekdays();
    mine.closed = {{at(2026_y / 11 / 6, 7), at(2026_y / 11 / 6, 11, 30)}};
    CHECK(shown(mine.next_good(at(2026_y / 11 / 6, 9))) == "Fri 6 Nov 2026, 11:30");
    CHECK(shown(mine.next_good(at(2026_y / 11 / 6, 12))) == "Fri 6 Nov 2026, 12:00");
    mine.closed = {{at(2026_y / 11 / 6, 10), at(2026_y / 11 / 6, 11)}};
    CHECK(mine.is_good(at(2026_y / 11 / 6, 9, 59)));
    CHECK_FALSE(mine.is_good(at(2026_y / 11 / 6, 10)));
    CHECK(mine.is_good(at(2026_y / 11 / 6, 11)));
}

TEST_CASE("nothing waits for ever: what leaves no good hour for 60 days gives way") {
    auto mine = weekdays();
    mine.closed = {{at(2026_y / 1 / 1, 0), at(2036_y / 1 / 1, 0)}};
    CHECK(shown(mine.next_good(at(2026_y / 11 / 7, 9))) == "Mon 9 Nov 2026, 08:00");
    mine = weekdays();
    mine.off = {{2026_y / 1 / 1, 2030_y / 1 / 1}};
    CHECK(shown(mine.next_good(at(2026_y / 11 / 7, 9))) == "Mon 9 Nov 2026, 08:00");
    mine.week.windows.clear();
    CHECK(mine.next_good(at(2026_y / 11 / 7, 9)) == at(2026_y / 11 / 7, 9));
    CHECK_FALSE(mine.last_good_before(at(2026_y / 11 / 7, 9)));
}

TEST_CASE("a deadline is warned of in the last whole good hour before it") {
    struct row {
        instant deadline;
        std::string warned;
    };
    const day wednesday = 2026_y / 11 / 4;
    const std::vector<row> table = {
        {at(wednesday, 10, 30), "Wed 4 Nov 2026, 09:30"},
        {at(wednesday, 9), "Wed 4 Nov 2026, 08:00"},
        {at(wednesday, 8, 59), "Tue 3 Nov 2026, 19:00"},
        {at(wednesday, 8), "Tue 3 Nov 2026, 19:00"},
        {at(wednesday, 3), "Tue 3 Nov 2026, 19:00"},
        {at(wednesday, 23), "Wed 4 Nov 2026, 19:00"},
        {at(plus_days(wednesday, 4), 10), "Fri 6 Nov 2026, 19:00"},
        {at(plus_days(wednesday, 5), 8, 30), "Fri 6 Nov 2026, 19:00"},
    };
    for (const auto &[deadline, warned] : table) {
        INFO(shown(deadline));
        REQUIRE(weekdays().last_good_before(deadline));
        CHECK(shown(*weekdays().last_good_before(deadline)) == warned);
    }
    auto brief = weekdays();
    brief.week = parse_hours("daily 12:00-12:30").value();
    CHECK(shown(*brief.last_good_before(at(wednesday, 15))) == "Wed 4 Nov 2026, 12:00");
    CHECK(shown(*brief.last_good_before(at(wednesday, 12, 15))) == "Tue 3 Nov 2026, 12:00");
}

TEST_CASE("daylight saving neither loses nor doubles the morning's message") {
    // On the two odd days of each zone, what is due the evening before comes once, at 8:00 of the wall clock.
    for (const auto *name :
         {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago"}) {
        const auto where = *zone::named(name);
        const good_hours daily{where, protege_default(), {}, {}};
        for (auto d = day{2026_y / 1 / 1}; d < 2027_y / 12 / 31; d = plus_days(d, 1)) {
            const auto given = daily.next_good(where.at(d, hours{20}));
            const auto local = where.local(given);
            INFO(name << " " << text_of(d));
            REQUIRE(local.date == plus_days(d, 1));
            REQUIRE(local.since_midnight == hours{8});
            REQUIRE(daily.next_good(given) == given);
        }
    }
    // A window that is skipped altogether is missed that day; the next day has it.
    good_hours night{berlin, parse_hours("daily 2:00-3:00").value(), {}, {}};
    CHECK(shown(night.next_good(at(2027_y / 3 / 27, 12))) == "Mon 29 Mar 2027, 02:00");
    // In the hour that happens twice, the first one is meant.
    const auto first = night.next_good(at(2026_y / 10 / 25, 0));
    CHECK(first == at(2026_y / 10 / 25, 2));
    CHECK(night.where.local(first + hours{1}).since_midnight == hours{2});
}

TEST_CASE("hours are written one way, read with any case and blanks, and shown as they are written") {
    struct row {
        std::string written, shown;
    };
    const std::vector<row> table = {
        {"Mon-Fri 8:00-20:00", "Mon-Fri 8:00-20:00"},
        {"mon-fri 08:00-20:00", "Mon-Fri 8:00-20:00"},
        {"Monday-Friday  8:00-20:00 ;  sat 10:00-12:30", "Mon-Fri 8:00-20:00; Sat 10:00-12:30"},
        {"daily 0:00-24:00", "daily 0:00-24:00"},
        {"Mon,Wed 9:00-10:00", "Mon,Wed 9:00-10:00"},
        {"Sat-Mon 9:00-10:00", "Mon,Sat-Sun 9:00-10:00"},
    };
    for (const auto &[written, text] : table) {
        INFO(written);
        const auto read = parse_hours(written);
        REQUIRE(read.has_value());
        CHECK(text_of(*read) == text);
        CHECK(parse_hours(text).value() == *read);
    }
    for (const auto *bad : {"", "Mon-Fri", "8:00-20:00", "Mon-Fri 20:00-8:00", "Mon-Fri 8:00-8:00",
                            "Xyz 8:00-9:00", "Mon- 8:00-9:00", "Mon, 8:00-9:00", "Mon 8-9", "Mon 8:60-9:00",
                            "Mon 8:00-24:01", "Mon 8:00-9:00;", "Mon 8:0-9:00", "Mon 008:00-9:00"}) {
        INFO(bad);
        const auto read = parse_hours(bad);
        REQUIRE(read.has_error());
        CHECK(read.error().read == bad);
        CHECK(read.error().mend == "Write it like Mon-Fri 8:00-20:00; Sat 10:00-12:00.");
    }
}

TEST_CASE("a stored choice of hours means its row of the table, written hours, or the program's") {
    const auto program = mentor_default();
    CHECK(text_of(hours_of("weekday-evenings", program)) == "Mon-Fri 17:00-21:00");
    CHECK(text_of(hours_of("sunday-evening", program)) == "Sun 17:00-21:00");
    CHECK(text_of(hours_of("Sat 9:00-10:00", program)) == "Sat 9:00-10:00");
    CHECK(hours_of("program", program) == program);
    CHECK(hours_of("a choice of long ago", program) == program);
}
