// Written dates: what each form means on one Thursday in Berlin, what is refused and why, how titles split.
#include "mentoring/dates.hpp"

#include <catch2/catch.hpp>

#include <vector>

using namespace rapport;
using namespace date::literals;

namespace {

const zone berlin = *zone::named("Europe/Berlin");
const day thursday = 2026_y / 11 / 5;
const instant now = berlin.at(thursday, hours{10} + minutes{30});

std::string read(const std::string &text, pointing which = pointing::ahead) {
    const auto outcome = read_date(text, now, berlin, which);
    if (outcome.reading != date_reading::understood)
        return "refused: " + outcome.why.wrong;
    return outcome.value.in_full(berlin);
}

struct row {
    std::string text, means;
};

} // namespace

TEST_CASE("a date ahead is read in every form people write") {
    const std::vector<row> table = {
        {"2026-12-01", "Tue 1 Dec 2026"},
        {"2026/12/01", "Tue 1 Dec 2026"},
        {"Dec 1", "Tue 1 Dec 2026"},
        {"dec 1st", "Tue 1 Dec 2026"},
        {"DECEMBER 1", "Tue 1 Dec 2026"},
        {"1 December", "Tue 1 Dec 2026"},
        {"1. Dec.", "Tue 1 Dec 2026"},
        {"the 1st of december", "Tue 1 Dec 2026"},
        {"tue 1 dec 2026", "Tue 1 Dec 2026"},
        {"dec 1 2027", "Wed 1 Dec 2027"},
        {"Dec 1, 2027", "Wed 1 Dec 2027"},
        {"1 dec '27", "Wed 1 Dec 2027"},
        {"sept 3", "Fri 3 Sep 2027"},
        {"3 jan", "Sun 3 Jan 2027"},
        {"nov 4", "Thu 4 Nov 2027"},
        {"nov 5", "Thu 5 Nov 2026"},
        {"29 feb 2028", "Tue 29 Feb 2028"},
        {"today", "Thu 5 Nov 2026"},
        {" Tomorrow ", "Fri 6 Nov 2026"},
        {"day after tomorrow", "Sat 7 Nov 2026"},
        {"fri", "Fri 6 Nov 2026"},
        {"Friday.", "Fri 6 Nov 2026"},
        {"on friday", "Fri 6 Nov 2026"},
        {"this fri", "Fri 6 Nov 2026"},
        {"thu", "Thu 12 Nov 2026"},
        {"thurs", "Thu 12 Nov 2026"},
        {"wed", "Wed 11 Nov 2026"},
        {"this thursday", "Thu 5 Nov 2026"},
        {"in 2 weeks", "Thu 19 Nov 2026"},
        {"in a week", "Thu 12 Nov 2026"},
        {"in 3 days", "Sun 8 Nov 2026"},
        {"in 3 months", "Fri 5 Feb 2027"},
        {"in 1 year", "Fri 5 Nov 2027"},
        {"end of month", "Mon 30 Nov 2026"},
        {"end of the month", "Mon 30 Nov 2026"},
        {"end of next month", "Thu 31 Dec 2026"},
        {"end of year", "Thu 31 Dec 2026"},
        {"end of february", "Sun 28 Feb 2027"},
        {"25/12", "Fri 25 Dec 2026"},
        {"12/25", "Fri 25 Dec 2026"},
        {"3/3", "Wed 3 Mar 2027"},
        {"25.12.2026", "Fri 25 Dec 2026"},
    };
    for (const auto &[text, means] : table) {
        INFO(text);
        CHECK(read(text) == means + " (Europe/Berlin)");
    }
}

TEST_CASE("a time of day goes with any day, or stands for the next time the clock shows it") {
    const std::vector<row> table = {
        {"3pm", "Thu 5 Nov 2026, 15:00"},
        {"15:00", "Thu 5 Nov 2026, 15:00"},
        {"3 pm", "Thu 5 Nov 2026, 15:00"},
        {"3:45PM", "Thu 5 Nov 2026, 15:45"},
        {"at 15:00", "Thu 5 Nov 2026, 15:00"},
        {"9am", "Fri 6 Nov 2026, 09:00"},
        {"10:30", "Fri 6 Nov 2026, 10:30"},
        {"12am", "Fri 6 Nov 2026, 00:00"},
        {"12pm", "Thu 5 Nov 2026, 12:00"},
        {"noon", "Thu 5 Nov 2026, 12:00"},
        {"mon 9am", "Mon 9 Nov 2026, 09:00"},
        {"9am mon", "Mon 9 Nov 2026, 09:00"},
        {"tomorrow at 9:00", "Fri 6 Nov 2026, 09:00"},
        {"dec 1 2027 8 am", "Wed 1 Dec 2027, 08:00"},
        {"in 2 hours", "Thu 5 Nov 2026, 12:30"},
        {"in 36h", "Fri 6 Nov 2026, 22:30"},
        {"in an hour", "Thu 5 Nov 2026, 11:30"},
        {"in 90 minutes", "Thu 5 Nov 2026, 12:00"},
        {"28 mar 2027 2:30", "Sun 28 Mar 2027, 03:00"}, // skipped by daylight saving: the first that exists
    };
    for (const auto &[text, means] : table) {
        INFO(text);
        CHECK(read(text) == means + " (Europe/Berlin)");
    }
}

TEST_CASE("pointing back, the same words mean the latest day gone") {
    const std::vector<row> table = {
        {"today", "Thu 5 Nov 2026"},
        {"yesterday", "Wed 4 Nov 2026"},
        {"mon", "Mon 2 Nov 2026"},
        {"thu", "Thu 29 Oct 2026"},
        {"2 days ago", "Tue 3 Nov 2026"},
        {"a week ago", "Thu 29 Oct 2026"},
        {"dec 1", "Mon 1 Dec 2025"},
        {"nov 5", "Thu 5 Nov 2026"},
        {"last friday", "Fri 30 Oct 2026"},
        {"2026-11-01", "Sun 1 Nov 2026"},
        {"9am", "Thu 5 Nov 2026, 09:00"},
        {"3pm", "Wed 4 Nov 2026, 15:00"},
        {"2 hours ago", "Thu 5 Nov 2026, 08:30"},
    };
    for (const auto &[text, means] : table) {
        INFO(text);
        CHECK(read(text, pointing::back) == means + " (Europe/Berlin)");
    }
    for (const auto *text : {"tomorrow", "2027-01-01", "in 2 days", "today 3pm"}) {
        INFO(text);
        const auto outcome = read_date(text, now, berlin, pointing::back);
        CHECK(outcome.reading == date_reading::future);
        CHECK(outcome.why.wrong.find("is still to come.") != std::string::npos);
    }
}

TEST_CASE("what cannot be taken is refused with what was read, what is wrong and what works") {
    struct refused_row {
        std::string text;
        date_reading kind;
        std::string wrong;
    };
    const std::vector<refused_row> table = {
        {"2026-11-04", date_reading::past, "Wed 4 Nov 2026 (Europe/Berlin) has passed."},
        {"dec 1 2025", date_reading::past, "Mon 1 Dec 2025 (Europe/Berlin) has passed."},
        {"yesterday", date_reading::past, "Wed 4 Nov 2026 (Europe/Berlin) has passed."},
        {"2 days ago", date_reading::past, "Tue 3 Nov 2026 (Europe/Berlin) has passed."},
        {"today 9am", date_reading::past, "Thu 5 Nov 2026, 09:00 (Europe/Berlin) has passed."},
        {"3/4", date_reading::two_meanings, "That can mean Sat 3 Apr 2027 or Thu 4 Mar 2027."},
        {"3/4/2027", date_reading::two_meanings, "That can mean Sat 3 Apr 2027 or Thu 4 Mar 2027."},
        {"3.4.2027", date_reading::two_meanings, "That can mean Sat 3 Apr 2027 or Thu 4 Mar 2027."},
        {"next friday", date_reading::two_meanings, "That can mean Fri 6 Nov 2026 or Fri 13 Nov 2026."},
        {"next mon", date_reading::two_meanings, "That can mean Mon 9 Nov 2026 or Mon 16 Nov 2026."},
        {"this monday", date_reading::two_meanings, "That can mean Mon 2 Nov 2026 or Mon 9 Nov 2026."},
        {"last tuesday", date_reading::two_meanings, "That can mean Tue 3 Nov 2026 or Tue 27 Oct 2026."},
        {"end of week", date_reading::two_meanings, "That can mean Fri 6 Nov 2026 or Sun 8 Nov 2026."},
        {"tomorrow midnight", date_reading::two_meanings,
         "Midnight can mean the start or the end of that day."},
        {"1/2/27", date_reading::two_meanings, "A date of three short numbers can mean several days."},
        {"31 feb", date_reading::impossible, "There is no 31 February in 2027."},
        {"feb 29", date_reading::impossible, "There is no 29 February in 2027."},
        {"2026-02-30", date_reading::impossible, "There is no 30 February 2026."},
        {"2026-13-01", date_reading::impossible, "There is no month 13."},
        {"31/31", date_reading::impossible, "There is no 31/31."},
        {"45 dec", date_reading::impossible, "There is no 45 December."},
        {"wed 1 dec 2026", date_reading::impossible, "1 Dec 2026 is a Tuesday, not a Wednesday."},
        {"tomorrow 25:00", date_reading::impossible, "There is no such time of day."},
        {"13pm", date_reading::impossible, "There is no such time of day."},
        {"1 jan 2038", date_reading::too_far, "Dates are taken until the end of 2037."},
        {"in 9999 months", date_reading::too_far, "Dates are taken until the end of 2037."},
        {"soon", date_reading::no_date, "That is not a date I can read."},
        {"", date_reading::no_date, "That is not a date I can read."},
        {"may", date_reading::no_date, "That is not a date I can read."},
        {"15", date_reading::no_date, "That is not a date I can read."},
        {"in 2", date_reading::no_date, "That is not a date I can read."},
        {"dec 1 2 3", date_reading::no_date, "That is not a date I can read."},
        {"1/2/3/4", date_reading::no_date, "That is not a date I can read."},
        {"3pm 4pm", date_reading::no_date, "That is not a date I can read."},
        {"in 3 hours 9am", date_reading::no_date, "That is not a date I can read."},
        {std::string(40000, 'x'), date_reading::no_date, "That is not a date I can read."},
    };
    for (const auto &[text, kind, wrong] : table) {
        INFO(text.substr(0, 80));
        const auto outcome = read_date(text, now, berlin);
        CHECK(static_cast<int>(outcome.reading) == static_cast<int>(kind));
        CHECK(outcome.why.wrong == wrong);
        CHECK(outcome.why.read == text);
        CHECK_FALSE(outcome.why.mend.empty());
        CHECK(parse_date(text, now, berlin).has_error());
    }
}

TEST_CASE("both readings of a date with two meanings can be copied and then mean one day each") {
    for (const auto *text : {"3/4", "next friday", "this monday", "end of week"}) {
        const auto why = read_date(text, now, berlin).why;
        const auto first = why.mend.find('"'), last = why.mend.rfind('"');
        REQUIRE(first != std::string::npos);
        const auto one = why.mend.substr(first + 1, why.mend.find('"', first + 1) - first - 1);
        const auto before = why.mend.rfind('"', last - 1);
        const auto other = why.mend.substr(before + 1, last - before - 1);
        INFO(why.mend);
        CHECK(one != other);
        CHECK(read_date(other, now, berlin).reading == date_reading::understood);
        const auto reading = read_date(one, now, berlin).reading;
        CHECK((reading == date_reading::understood || reading == date_reading::past));
    }
}

TEST_CASE("what is echoed can be written again and means the same") {
    for (const auto *text : {"dec 1", "mon 9am", "in 2 weeks", "end of month", "tomorrow 15:30"}) {
        const auto echoed = read(text);
        CHECK(read(echoed.substr(0, echoed.find(" ("))) == echoed);
    }
}

TEST_CASE("today is the day of the one who writes, not of the machine") {
    const auto apia = *zone::named("Pacific/Apia"), la = *zone::named("America/Los_Angeles");
    const instant at{date::sys_days{2026_y / 11 / 5} + hours{3}};
    CHECK(read_date("today", at, apia).value.date == 2026_y / 11 / 5);
    CHECK(read_date("today", at, la).value.date == 2026_y / 11 / 4);
}

TEST_CASE("a day without a time lasts until the next one starts, whatever its length") {
    const auto spring = parse_date("28 mar 2027", now, berlin).value();
    CHECK(spring.ends_at(berlin) - spring.starts_at(berlin) == hours{23});
    const auto timed = parse_date("28 mar 2027 9am", now, berlin).value();
    CHECK(timed.ends_at(berlin) == timed.starts_at(berlin));
}

TEST_CASE("the last by whose rest reads as a date splits a title, else all is title") {
    struct split_row {
        std::string text, title, by;
    };
    const std::vector<split_row> table = {
        {"Draft résumé by 1 Dec", "Draft résumé", "2026-12-01"},
        {"Draft résumé BY fri", "Draft résumé", "2026-11-06"},
        {"  Draft   by  tomorrow  ", "Draft", "2026-11-06"},
        {"Read Stand by Me", "Read Stand by Me", ""},
        {"Read Stand by Me by 1 Dec", "Read Stand by Me", "2026-12-01"},
        {"Go by train by 1 Dec", "Go by train", "2026-12-01"},
        {"Meet by 1 Dec by the lake", "Meet by 1 Dec by the lake", ""},
        {"by fri", "", "2026-11-06"},
        {"Draft", "Draft", ""},
        {"Draft by", "Draft by", ""},
        {"standby fri", "standby fri", ""},
        {"", "", ""},
    };
    for (const auto &[text, title, by] : table) {
        INFO(text);
        const auto split = split_by_date(text, now, berlin);
        REQUIRE(split.has_value());
        CHECK(split->title == title);
        CHECK((split->by ? text_of(split->by->date) : "") == by);
    }
    for (const auto *text :
         {"Draft by 3/4", "Draft by next friday", "Draft by 31 feb", "Draft by yesterday"}) {
        INFO(text);
        const auto split = split_by_date(text, now, berlin);
        REQUIRE(split.has_error());
        CHECK_FALSE(split.error().mend.empty());
    }
}
