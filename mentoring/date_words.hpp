// The single words of written dates: names of weekdays and months, ordinals, units. How words make a date is
// in date_forms.hpp. All of them take lower case.
#pragma once

#include "mentoring/calendar.hpp"

#include <optional>
#include <string_view>

namespace rapport {

// A number of one to four digits and nothing else.
std::optional<int> number_of(std::string_view text);
// "mon", "monday", "tues", "thurs".
std::optional<weekday> weekday_named(std::string_view text);
// "dec", "december", "sept".
std::optional<date::month> month_named(std::string_view text);
// "1", "1st", "22nd": the number of a day as written, not checked against a month.
std::optional<int> day_number(std::string_view text);
// "2027", "'27" or "27".
std::optional<int> year_number(std::string_view text);

enum class date_unit { none, minutes_of, hours_of, days_of, weeks_of, months_of, years_of };
// "h", "days", "weeks"; none for any other word.
date_unit unit_named(std::string_view text);

} // namespace rapport
