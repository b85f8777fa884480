// A meeting as a calendar file (RFC 5545): what a person copies or saves to have it in their own calendar.
#pragma once

#include "mentoring/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace rapport {

struct calendar_entry {
    std::string uid; // the same for every version of one meeting
    std::string title, place;
    instant starts_at{};
    std::int64_t minutes_long = 30;
    std::int64_t sequence = 0; // counts its versions
    bool is_cancelled = false;
    bool is_confirmed = false;
    instant made_at{};
};

// Lines of at most 75 octets, folded between characters, with CRLF; times in UTC, so that no daylight saving
// can move it. Text is escaped, control characters go.
std::string calendar_file(const calendar_entry &what);

} // namespace rapport
