// Time as the rules see it: an instant is UTC to the millisecond, a day is a date somewhere. No clocks here:
// `now` is always an argument (only bot/ and workspace/ own a clock).
#pragma once

#include <date/date.h>

#include <chrono>

namespace rapport {

using instant = std::chrono::sys_time<std::chrono::milliseconds>;
using span_of_time = std::chrono::milliseconds;
using day = date::year_month_day;

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using days = date::days;

} // namespace rapport
