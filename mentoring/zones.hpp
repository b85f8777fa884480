// Time zones: what a local date and time of day means as an instant and the other way round. The zone data is
// the system's; it holds until the end of 2037, and so do we.
#pragma once

#include "mentoring/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace date {
class time_zone;
}

namespace rapport {

// The last day the zone data knows its daylight saving for; nothing is planned after it.
inline constexpr day last_known_day{date::year{2037}, date::month{12}, date::day{31}};

// A date and a time of day (from 0 to under 24 h) as the clock on a wall shows them.
struct wall_time {
    day date;
    milliseconds since_midnight{};

    bool operator==(const wall_time &) const = default;
};

// One zone of the system's zone data; the default is UTC. Two are equal when they are the same entry.
class zone {
    const date::time_zone *data_;
    explicit zone(const date::time_zone *data) : data_(data) {}

  public:
    zone();
    // By its exact name ("Europe/Berlin"); nothing for any other text, paths and "localtime" included.
    static std::optional<zone> named(std::string_view name);

    const std::string &name() const;
    bool operator==(const zone &) const = default;

    wall_time local(instant at) const;
    day day_of(instant at) const;
    // The instant a wall clock shows this. A time that daylight saving skips gives the first instant that
    // exists after it; one that happens twice gives the first. From 24 h on, the days after.
    instant at(day date, milliseconds since_midnight) const;
    // The first instant of the local day.
    instant start_of(day date) const;
};

} // namespace rapport
