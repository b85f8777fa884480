// Zones around daylight saving: a golden table (made with Python's zoneinfo), and every zone of the system
// against the C library's reading of the same data until 2037.
#include "mentoring/calendar.hpp"

#include <catch2/catch.hpp>
#include <date/tz.h>

#include <cstdlib>
#include <ctime>
#include <map>
#include <random>
#include <string>
#include <vector>

using namespace rapport;
using namespace date::literals;

namespace {

std::string utc(instant at) {
    const auto local = zone{}.local(at);
    return text_of(local.date) + " " + time_of_day(local.since_midnight);
}

// The C library set to one zone; puts back what was set.
class c_library_zone {
    std::string before_;
    bool was_set_;

  public:
    explicit c_library_zone(const std::string &name) {
        const auto *old = std::getenv("TZ");
        was_set_ = old != nullptr;
        before_ = was_set_ ? old : "";
        setenv("TZ", name.c_str(), 1);
        tzset();
    }
    ~c_library_zone() {
        was_set_ ? setenv("TZ", before_.c_str(), 1) : unsetenv("TZ");
        tzset();
    }
    c_library_zone(const c_library_zone &) = delete;
    c_library_zone &operator=(const c_library_zone &) = delete;

    // Seconds that the wall clock is ahead of UTC.
    static long offset(std::time_t at) {
        std::tm local{};
        localtime_r(&at, &local);
        return local.tm_gmtoff;
    }
};

std::time_t seconds_of(instant at) {
    return std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
}

// The first instant at which a wall clock shows `wall` or more, seconds as if it were UTC: the rule itself,
// found by trying.
std::time_t first_that_shows(std::time_t wall) {
    // no change since 2024 is of more than three hours, and all are at whole minutes
    auto t = wall - c_library_zone::offset(wall) - 4 * 3600;
    for (const std::time_t stride : {900, 60})
        while (t + stride + c_library_zone::offset(t + stride) < wall)
            t += stride;
    return t + 60;
}

} // namespace

TEST_CASE("only names of the zone data are zones") {
    CHECK(zone::named("Europe/Berlin")->name() == "Europe/Berlin");
    CHECK(zone::named("UTC"));
    CHECK(zone::named("US/Pacific"));
    for (const auto *bad : {"", "Berlin", "europe/berlin", "Europe/Berlin ", "../../etc/passwd",
                            "/etc/passwd", "localtime", "posixrules", "CEST", "+02:00", "Europe"})
        CHECK_FALSE(zone::named(bad));
    CHECK_FALSE(zone::named(std::string("Europe/Berlin\0", 14)));
    CHECK(zone{} == *zone::named("Etc/UTC"));
}

TEST_CASE("times that are skipped move to the first that exists, times that happen twice mean the first") {
    struct row {
        const char *name, *date;
        int hour, minute;
        const char *utc;
    };
    // clang-format off
    const std::vector<row> golden = {
        {"Europe/Berlin", "2026-03-29", 0, 0, "2026-03-28 23:00"},
        {"Europe/Berlin", "2026-03-29", 0, 30, "2026-03-28 23:30"},
        {"Europe/Berlin", "2026-03-29", 1, 0, "2026-03-29 00:00"},
        {"Europe/Berlin", "2026-03-29", 1, 30, "2026-03-29 00:30"},
        {"Europe/Berlin", "2026-03-29", 2, 0, "2026-03-29 01:00"},
        {"Europe/Berlin", "2026-03-29", 2, 15, "2026-03-29 01:00"},
        {"Europe/Berlin", "2026-03-29", 2, 30, "2026-03-29 01:00"},
        {"Europe/Berlin", "2026-03-29", 3, 0, "2026-03-29 01:00"},
        {"Europe/Berlin", "2026-03-29", 8, 0, "2026-03-29 06:00"},
        {"Europe/Berlin", "2026-03-29", 23, 30, "2026-03-29 21:30"},
        {"Europe/Berlin", "2026-10-25", 0, 0, "2026-10-24 22:00"},
        {"Europe/Berlin", "2026-10-25", 0, 30, "2026-10-24 22:30"},
        {"Europe/Berlin", "2026-10-25", 1, 0, "2026-10-24 23:00"},
        {"Europe/Berlin", "2026-10-25", 1, 30, "2026-10-24 23:30"},
        {"Europe/Berlin", "2026-10-25", 2, 0, "2026-10-25 00:00"},
        {"Europe/Berlin", "2026-10-25", 2, 15, "2026-10-25 00:15"},
        {"Europe/Berlin", "2026-10-25", 2, 30, "2026-10-25 00:30"},
        {"Europe/Berlin", "2026-10-25", 3, 0, "2026-10-25 02:00"},
        {"Europe/Berlin", "2026-10-25", 8, 0, "2026-10-25 07:00"},
        {"Europe/Berlin", "2026-10-25", 23, 30, "2026-10-25 22:30"},
        {"America/New_York", "2026-03-08", 0, 0, "2026-03-08 05:00"},
        {"America/New_York", "2026-03-08", 0, 30, "2026-03-08 05:30"},
        {"America/New_York", "2026-03-08", 1, 0, "2026-03-08 06:00"},
        {"America/New_York", "2026-03-08", 1, 30, "2026-03-08 06:30"},
        {"America/New_York", "2026-03-08", 2, 0, "2026-03-08 07:00"},
        {"America/New_York", "2026-03-08", 2, 15, "2026-03-08 07:00"},
        {"America/New_York", "2026-03-08", 2, 30, "2026-03-08 07:00"},
        {"America/New_York", "2026-03-08", 3, 0, "2026-03-08 07:00"},
        {"America/New_York", "2026-03-08", 8, 0, "2026-03-08 12:00"},
        {"America/New_York", "2026-03-08", 23, 30, "2026-03-09 03:30"},
        {"America/New_York", "2026-11-01", 0, 0, "2026-11-01 04:00"},
        {"America/New_York", "2026-11-01", 0, 30, "2026-11-01 04:30"},
        {"America/New_York", "2026-11-01", 1, 0, "2026-11-01 05:00"},
        {"America/New_York", "2026-11-01", 1, 30, "2026-11-01 05:30"},
        {"America/New_York", "2026-11-01", 2, 0, "2026-11-01 07:00"},
        {"America/New_York", "2026-11-01", 2, 15, "2026-11-01 07:15"},
        {"America/New_York", "2026-11-01", 2, 30, "2026-11-01 07:30"},
        {"America/New_York", "2026-11-01", 3, 0, "2026-11-01 08:00"},
        {"America/New_York", "2026-11-01", 8, 0, "2026-11-01 13:00"},
        {"America/New_York", "2026-11-01", 23, 30, "2026-11-02 04:30"},
        {"Australia/Lord_Howe", "2026-10-04", 0, 0, "2026-10-03 13:30"},
        {"Australia/Lord_Howe", "2026-10-04", 0, 30, "2026-10-03 14:00"},
        {"Australia/Lord_Howe", "2026-10-04", 1, 0, "2026-10-03 14:30"},
        {"Australia/Lord_Howe", "2026-10-04", 1, 30, "2026-10-03 15:00"},
        {"Australia/Lord_Howe", "2026-10-04", 2, 0, "2026-10-03 15:30"},
        {"Australia/Lord_Howe", "2026-10-04", 2, 15, "2026-10-03 15:30"},
        {"Australia/Lord_Howe", "2026-10-04", 2, 30, "2026-10-03 15:30"},
        {"Australia/Lord_Howe", "2026-10-04", 3, 0, "2026-10-03 16:00"},
        {"Australia/Lord_Howe", "2026-10-04", 8, 0, "2026-10-03 21:00"},
        {"Australia/Lord_Howe", "2026-10-04", 23, 30, "2026-10-04 12:30"},
        {"Australia/Lord_Howe", "2026-04-05", 0, 0, "2026-04-04 13:00"},
        {"Australia/Lord_Howe", "2026-04-05", 0, 30, "2026-04-04 13:30"},
        {"Australia/Lord_Howe", "2026-04-05", 1, 0, "2026-04-04 14:00"},
        {"Australia/Lord_Howe", "2026-04-05", 1, 30, "2026-04-04 14:30"},
        {"Australia/Lord_Howe", "2026-04-05", 2, 0, "2026-04-04 15:30"},
        {"Australia/Lord_Howe", "2026-04-05", 2, 15, "2026-04-04 15:45"},
        {"Australia/Lord_Howe", "2026-04-05", 2, 30, "2026-04-04 16:00"},
        {"Australia/Lord_Howe", "2026-04-05", 3, 0, "2026-04-04 16:30"},
        {"Australia/Lord_Howe", "2026-04-05", 8, 0, "2026-04-04 21:30"},
        {"Australia/Lord_Howe", "2026-04-05", 23, 30, "2026-04-05 13:00"},
        {"Africa/Casablanca", "2026-02-15", 0, 0, "2026-02-14 23:00"},
        {"Africa/Casablanca", "2026-02-15", 0, 30, "2026-02-14 23:30"},
        {"Africa/Casablanca", "2026-02-15", 1, 0, "2026-02-15 00:00"},
        {"Africa/Casablanca", "2026-02-15", 1, 30, "2026-02-15 00:30"},
        {"Africa/Casablanca", "2026-02-15", 2, 0, "2026-02-15 01:00"},
        {"Africa/Casablanca", "2026-02-15", 2, 15, "2026-02-15 01:15"},
        {"Africa/Casablanca", "2026-02-15", 2, 30, "2026-02-15 01:30"},
        {"Africa/Casablanca", "2026-02-15", 3, 0, "2026-02-15 03:00"},
        {"Africa/Casablanca", "2026-02-15", 8, 0, "2026-02-15 08:00"},
        {"Africa/Casablanca", "2026-02-15", 23, 30, "2026-02-15 23:30"},
        {"Africa/Casablanca", "2026-03-22", 0, 0, "2026-03-22 00:00"},
        {"Africa/Casablanca", "2026-03-22", 0, 30, "2026-03-22 00:30"},
        {"Africa/Casablanca", "2026-03-22", 1, 0, "2026-03-22 01:00"},
        {"Africa/Casablanca", "2026-03-22", 1, 30, "2026-03-22 01:30"},
        {"Africa/Casablanca", "2026-03-22", 2, 0, "2026-03-22 02:00"},
        {"Africa/Casablanca", "2026-03-22", 2, 15, "2026-03-22 02:00"},
        {"Africa/Casablanca", "2026-03-22", 2, 30, "2026-03-22 02:00"},
        {"Africa/Casablanca", "2026-03-22", 3, 0, "2026-03-22 02:00"},
        {"Africa/Casablanca", "2026-03-22", 8, 0, "2026-03-22 07:00"},
        {"Africa/Casablanca", "2026-03-22", 23, 30, "2026-03-22 22:30"},
        {"America/Santiago", "2026-09-06", 0, 0, "2026-09-06 04:00"},
        {"America/Santiago", "2026-09-06", 0, 30, "2026-09-06 04:00"},
        {"America/Santiago", "2026-09-06", 1, 0, "2026-09-06 04:00"},
        {"America/Santiago", "2026-09-06", 1, 30, "2026-09-06 04:30"},
        {"America/Santiago", "2026-09-06", 2, 0, "2026-09-06 05:00"},
        {"America/Santiago", "2026-09-06", 2, 15, "2026-09-06 05:15"},
        {"America/Santiago", "2026-09-06", 2, 30, "2026-09-06 05:30"},
        {"America/Santiago", "2026-09-06", 3, 0, "2026-09-06 06:00"},
        {"America/Santiago", "2026-09-06", 8, 0, "2026-09-06 11:00"},
        {"America/Santiago", "2026-09-06", 23, 30, "2026-09-07 02:30"},
        {"America/Santiago", "2026-04-04", 0, 0, "2026-04-04 03:00"},
        {"America/Santiago", "2026-04-04", 0, 30, "2026-04-04 03:30"},
        {"America/Santiago", "2026-04-04", 1, 0, "2026-04-04 04:00"},
        {"America/Santiago", "2026-04-04", 1, 30, "2026-04-04 04:30"},
        {"America/Santiago", "2026-04-04", 2, 0, "2026-04-04 05:00"},
        {"America/Santiago", "2026-04-04", 2, 15, "2026-04-04 05:15"},
        {"America/Santiago", "2026-04-04", 2, 30, "2026-04-04 05:30"},
        {"America/Santiago", "2026-04-04", 3, 0, "2026-04-04 06:00"},
        {"America/Santiago", "2026-04-04", 8, 0, "2026-04-04 11:00"},
        {"America/Santiago", "2026-04-04", 23, 30, "2026-04-05 02:30"},
        {"Asia/Kathmandu", "2026-03-29", 0, 0, "2026-03-28 18:15"},
        {"Asia/Kathmandu", "2026-03-29", 0, 30, "2026-03-28 18:45"},
        {"Asia/Kathmandu", "2026-03-29", 1, 0, "2026-03-28 19:15"},
        {"Asia/Kathmandu", "2026-03-29", 1, 30, "2026-03-28 19:45"},
        {"Asia/Kathmandu", "2026-03-29", 2, 0, "2026-03-28 20:15"},
        {"Asia/Kathmandu", "2026-03-29", 2, 15, "2026-03-28 20:30"},
        {"Asia/Kathmandu", "2026-03-29", 2, 30, "2026-03-28 20:45"},
        {"Asia/Kathmandu", "2026-03-29", 3, 0, "2026-03-28 21:15"},
        {"Asia/Kathmandu", "2026-03-29", 8, 0, "2026-03-29 02:15"},
        {"Asia/Kathmandu", "2026-03-29", 23, 30, "2026-03-29 17:45"},
    };
    // clang-format on
    for (const auto &each : golden) {
        INFO(each.name << " " << each.date << " " << each.hour << ":" << each.minute);
        const auto where = *zone::named(each.name);
        CHECK(utc(where.at(*parse_day(each.date), hours{each.hour} + minutes{each.minute})) == each.utc);
    }
}

TEST_CASE("a day that a zone skipped altogether begins with the next") {
    const auto apia = *zone::named("Pacific/Apia");
    CHECK(utc(apia.start_of(2011_y / 12 / 30)) == "2011-12-30 10:00");
    CHECK(apia.start_of(2011_y / 12 / 30) == apia.start_of(2011_y / 12 / 31));
}

TEST_CASE("every zone agrees with the C library at every change of its clocks until 2037") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 chance(seed);
    constexpr std::time_t day_long = 24 * 3600, week_long = 1 << 19; // a power of two, to halve
    const auto from = seconds_of(instant{date::sys_days{2024_y / 1 / 1}});
    const auto until = seconds_of(instant{date::sys_days{2037_y / 12 / 30}});
    std::size_t zones = 0, changes = 0, compared = 0;
    for (const auto &entry : date::get_tzdb().zones) {
        const auto where = zone::named(entry.name());
        if (!where)
            continue;
        ++zones;
        const c_library_zone as_set(entry.name());
        const auto agree = [&](std::time_t wall) {
            ++compared;
            const auto whole = wall - wall % day_long;
            const day local{date::sys_days{days{whole / day_long}}};
            const auto ours = seconds_of(where->at(local, std::chrono::seconds{wall - whole}));
            const auto theirs = first_that_shows(wall);
            if (ours != theirs) {
                INFO(entry.name() << " " << text_of(local) << " " << (wall - whole) / 60);
                REQUIRE(ours == theirs);
            }
        };
        auto last = c_library_zone::offset(from);
        for (auto t = from; t < until; t += week_long) { // no two changes are that close
            const auto now = c_library_zone::offset(t + week_long);
            if (now == last)
                continue;
            ++changes;
            auto at = t; // the last second before the change
            for (auto step = week_long / 2; step > 0; step /= 2)
                if (c_library_zone::offset(at + step) == last)
                    at += step;
            // the wall clock from before both readings to after them
            const auto least = std::min(at + last, at + now), most = std::max(at + last, at + now);
            for (const std::time_t wall : {least - 60, least + 1800, most - 60, most + 60, most + 3660})
                agree(wall - wall % 60);
            last = now;
        }
        std::uniform_int_distribution<std::time_t> any(from / 900, until / 900);
        for (int i = 0; i < 5; ++i)
            agree(any(chance) * 900);
    }
    CHECK(zones > 400);
    CHECK(changes > 5000);
    CHECK(compared > 10 * zones);
}
