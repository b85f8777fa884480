// The forms a day can be written in, tried in order. Times of day and what lies on the wrong side of now are
// the business of dates.cpp.
#pragma once

#include "mentoring/dates.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rapport {

// Words of a date in lower case, without blanks, commas and the words that change nothing.
using date_text = std::vector<std::string>;

inline constexpr std::string_view forms_that_work =
    "Write it like 2026-12-01, Dec 1, tomorrow, fri, in 2 weeks, end of month or mon 9am.";

// Who writes, when and where: `read` is the text, trimmed.
struct moment_of_writing {
    std::string read;
    instant now;
    const zone &where;
    wall_time local;
    pointing which;

    bool ahead() const {
        return which == pointing::ahead;
    }
};

// What the words came to: a day, or why it cannot be taken.
struct found_day {
    date_reading reading = date_reading::understood;
    day date{};
    bool pinned = true; // nothing left to choose: may not be moved to be ahead or back
    std::optional<instant> exactly{};
    std::string wrong{}, mend{};
};

// The day these words name, by the first form that fits; nothing when none does.
std::optional<found_day> find_day(const moment_of_writing &m, const date_text &w);

} // namespace rapport
