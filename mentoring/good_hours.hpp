// When a person may be written to: weekly windows in their zone, days off of the program, do-not-disturb and
// away. What is due outside waits for the next good moment; nothing is lost or doubled by daylight saving.
#pragma once

#include "mentoring/calendar.hpp"
#include "mentoring/result.hpp"

#include <array>
#include <bitset>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rapport {

// The same hours on some days of the week, from included to until excluded; until may be 24:00.
struct day_window {
    std::bitset<7> on; // [0] is Monday
    minutes from{};
    minutes until{};

    bool operator==(const day_window &) const = default;
};

// The good hours of a week, in local time. Written "Mon-Fri 8:00-20:00", more of them with "; " between.
struct week_hours {
    std::vector<day_window> windows;

    bool operator==(const week_hours &) const = default;
};

std::string text_of(const week_hours &of_week);
// Reads that form; days are "Mon-Fri", "Sat", "Mon,Wed", "daily". Refused: no window, an end not after its
// start, an hour that is none.
result<week_hours> parse_hours(std::string_view text);

week_hours mentor_default();  // Mon-Fri 8:00-20:00
week_hours protege_default(); // daily 8:00-20:00

// What a person is offered at joining, with the words stored for it.
struct hours_choice {
    std::string_view word, label, hours;
};
inline constexpr std::array<hours_choice, 4> hours_choices = {{
    {"program", "The program's hours", ""},
    {"weekday-mornings", "Weekday mornings", "Mon-Fri 8:00-12:00"},
    {"weekday-evenings", "Weekday evenings", "Mon-Fri 17:00-21:00"},
    {"sunday-evening", "Sunday evening", "Sun 17:00-21:00"},
}};
// The hours a stored text means: a word of the table, or hours as written. "program", and what cannot be read
// (stored text outlives tables), give `otherwise`.
week_hours hours_of(std::string_view stored, const week_hours &otherwise);

// From the first to the last day, both included.
struct day_range {
    day from{}, until{};

    bool operator==(const day_range &) const = default;
    bool contains(day which) const {
        return from <= which && which <= until;
    }
};

// From included to until excluded: do-not-disturb, away.
struct time_range {
    instant from{}, until{};

    bool operator==(const time_range &) const = default;
};

// One person's good hours. `off` are days of the program's zone taken as the person's own local days.
struct good_hours {
    zone where;
    week_hours week;
    std::vector<day_range> off;
    std::vector<time_range> closed;

    bool operator==(const good_hours &) const = default;

    bool is_good(instant at) const;
    // The first good moment from `at` on, `at` itself included. A closed time is waited for, up to 400
    // days of it. Where days off leave none for 60 days, they give way, so that nothing waits for ever; a
    // week without windows gives `at`.
    instant next_good(instant at) const;
    // When to warn of a deadline: the beginning of the last whole good hour that ends by it, or of a window
    // shorter than an hour. Nothing if there is none in the 60 days before.
    std::optional<instant> last_good_before(instant deadline) const;
};

} // namespace rapport
