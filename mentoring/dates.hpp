// Dates as people write them: "1 Dec", "fri", "in 2 weeks", "mon 9am". Read in the zone of the person who
// writes; what could mean two things is never guessed. Echo what was read with `in_full`.
#pragma once

#include "mentoring/calendar.hpp"
#include "mentoring/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rapport {

// A day, or a time of a day where one was written (`in 3 hours`, `15:00`, `mon 9am`).
struct written_date {
    day date;
    std::optional<milliseconds> since_midnight{};
    std::optional<instant> exactly{}; // where the text counted hours or minutes from now

    bool operator==(const written_date &) const = default;
    bool has_time() const {
        return since_midnight.has_value();
    }
    // The instant meant: of a day without a time, its first.
    instant starts_at(const zone &where) const;
    // The end of what was promised: of a day without a time, the first instant of the next.
    instant ends_at(const zone &where) const;
    // "Tue 1 Dec 2026 (Europe/Berlin)", with the time where there is one.
    std::string in_full(const zone &where) const;
};

// Which way a date without a year or a week points: milestones and asks ahead, contacts that were made back.
enum class pointing { ahead, back };

// What became of a text: a date, no date at all, or a date that cannot be taken.
enum class date_reading { understood, no_date, past, future, two_meanings, impossible, too_far };

struct read_date_outcome {
    date_reading reading = date_reading::no_date;
    written_date value{}; // meaningful when understood
    refusal why{};        // else, in three parts; of no_date it lists the forms that work
};

// Reads a whole text as one date. Words in any case, extra blanks, "on" and "at" and a full stop are taken.
// A date without a year that has passed means the next one; a date whose year was written and that has passed
// is refused, as are times of today gone by when the day was written. `back` is the mirror of all that.
read_date_outcome read_date(std::string_view text, instant now, const zone &where,
                            pointing which = pointing::ahead);

// The same as a result, for a text that can be nothing but a date.
result<written_date> parse_date(std::string_view text, instant now, const zone &where,
                                pointing which = pointing::ahead);

// A title and the date after its last "by".
struct dated_title {
    std::string title; // trimmed; empty when nothing stood before the `by`
    std::optional<written_date> by;
};

// Splits "Draft résumé by 1 Dec". The last `by` whose rest reads as a date splits; without one all is title.
// A rest that is a date but cannot be taken (past, two meanings, impossible) is the refusal of that date, so
// that no date is lost in a title.
result<dated_title> split_by_date(std::string_view text, instant now, const zone &where);

} // namespace rapport
