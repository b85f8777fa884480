// "fri 3pm 30m the library": a time to meet as people type it, taken apart into when, how long and where.
#pragma once

#include "mentoring/dates.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rapport {

inline constexpr int usual_meeting_minutes = 30;
inline constexpr int longest_meeting_minutes = 8 * 60;

struct meeting_words {
    instant at{};
    int minutes_long = usual_meeting_minutes;
    std::string place; // may be empty

    bool operator==(const meeting_words &) const = default;
};

// The longest beginning that reads as a date with a time is when; a length may stand anywhere after it; what
// is left is where. Refused: no date, one without a time, one that has passed or means two things, a length
// over eight hours. A time that daylight saving skips is the first that exists after it.
result<meeting_words> read_meeting(std::string_view words, instant now, const zone &where);

} // namespace rapport
