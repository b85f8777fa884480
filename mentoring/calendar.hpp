// Days, weeks and calendar months: counting them, writing them, and when they begin in a zone. What people
// write as a date is read in dates.hpp.
#pragma once

#include "mentoring/zones.hpp"

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace rapport {

using weekday = date::weekday;

// A calendar month, the period of check-ins and contact floors. Written "2026-11".
using calendar_month = date::year_month;

day plus_days(day from, int count);
int days_between(day from, day to); // negative when `to` is earlier
weekday weekday_of(day date);       // of a date that exists

calendar_month month_of(day date);
calendar_month plus_months(calendar_month from, int count);
day first_day(calendar_month which);
day last_day(calendar_month which);
// The day numbered `number` (1 to 31), or the last one of a month that has fewer.
day due_day(calendar_month which, int number);

// The month an instant falls in, and its first instant; it lasts until the next one starts.
calendar_month month_of(const zone &where, instant at);
instant starts_at(const zone &where, calendar_month which);
instant ends_at(const zone &where, calendar_month which);

std::string text_of(calendar_month which);                       // "2026-11"
std::optional<calendar_month> parse_month(std::string_view iso); // exactly that form
std::string text_of(day date);                                   // "2026-12-01"
std::optional<day> parse_day(std::string_view iso);              // exactly that form, of a day that exists

std::string_view short_name(weekday which);           // "Mon"
std::string_view full_name(weekday which);            // "Monday"
std::string_view short_name(date::month which);       // "Nov"
std::string_view full_name(date::month which);        // "November"
std::string short_date(day date);                     // "Mon 3 Nov"
std::string full_date(day date);                      // "Mon 3 Nov 2026"
std::string time_of_day(milliseconds since_midnight); // "15:00", to the minute

// As a person sees it, with the zone: "Tue 1 Dec 2026 (Europe/Berlin)", "Tue 1 Dec 2026, 15:00
// (Europe/Berlin)".
std::string in_full(day date, const zone &where);
std::string in_full(instant at, const zone &where);

} // namespace rapport
