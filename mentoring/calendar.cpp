// Calendar arithmetic and the written forms of days; see calendar.hpp.
#include "mentoring/calendar.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace rapport {
namespace {

constexpr std::array<std::string_view, 7> weekday_names = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                           "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> month_names = {"January",   "February", "March",    "April",
                                                          "May",       "June",     "July",     "August",
                                                          "September", "October",  "November", "December"};

// The number in [from, from + count), or nothing if any character of it is no digit.
std::optional<int> digits(std::string_view text, std::size_t from, std::size_t count) {
    int n = 0;
    for (const char c : text.substr(from, count)) {
        if (c < '0' || c > '9')
            return std::nullopt;
        n = n * 10 + (c - '0');
    }
    return n;
}

template <class... Args>
std::string printed(const char *form, Args... args) {
    std::array<char, 64> out{};
    const int n = std::snprintf(out.data(), out.size(), form, args...);
    return {out.data(), static_cast<std::size_t>(std::clamp(n, 0, 63))};
}

int number(date::year y) {
    return static_cast<int>(y);
}
unsigned number(date::month m) {
    return static_cast<unsigned>(m);
}
unsigned number(date::day d) {
    return static_cast<unsigned>(d);
}

} // namespace

day plus_days(day from, int count) {
    return day{date::sys_days{from} + days{count}};
}

int days_between(day from, day to) {
    return static_cast<int>((date::sys_days{to} - date::sys_days{from}).count());
}

weekday weekday_of(day date) {
    return weekday{date::sys_days{date}};
}

calendar_month month_of(day date) {
    return date.year() / date.month();
}

calendar_month plus_months(calendar_month from, int count) {
    return from + date::months{count};
}

day first_day(calendar_month which) {
    return which / 1;
}

day last_day(calendar_month which) {
    return which / date::last;
}

day due_day(calendar_month which, int number) {
    const auto last = last_day(which);
    const auto wanted = date::day{static_cast<unsigned>(std::clamp(number, 1, 31))};
    return which / std::min(wanted, last.day());
}

calendar_month month_of(const zone &where, instant at) {
    return month_of(where.day_of(at));
}

instant starts_at(const zone &where, calendar_month which) {
    return where.start_of(first_day(which));
}

instant ends_at(const zone &where, calendar_month which) {
    return starts_at(where, plus_months(which, 1));
}

std::string text_of(calendar_month which) {
    return printed("%04d-%02u", number(which.year()), number(which.month()));
}

std::optional<calendar_month> parse_month(std::string_view iso) {
    if (iso.size() != 7 || iso[4] != '-')
        return std::nullopt;
    const auto y = digits(iso, 0, 4), m = digits(iso, 5, 2);
    if (!y || !m || *m < 1 || *m > 12)
        return std::nullopt;
    return date::year{*y} / *m;
}

std::string text_of(day date) {
    return printed("%04d-%02u-%02u", number(date.year()), number(date.month()), number(date.day()));
}

std::optional<day> parse_day(std::string_view iso) {
    if (iso.size() != 10 || iso[7] != '-')
        return std::nullopt;
    const auto m = parse_month(iso.substr(0, 7));
    const auto d = digits(iso, 8, 2);
    if (!m || !d)
        return std::nullopt;
    const day date = *m / *d;
    return date.ok() ? std::optional(date) : std::nullopt;
}

std::string_view full_name(weekday which) {
    return weekday_names.at(which.c_encoding());
}

std::string_view short_name(weekday which) {
    return full_name(which).substr(0, 3);
}

std::string_view full_name(date::month which) {
    return month_names.at(number(which) - 1);
}

std::string_view short_name(date::month which) {
    return full_name(which).substr(0, 3);
}

std::string short_date(day date) {
    std::string text(short_name(weekday_of(date)));
    return text.append(printed(" %u ", number(date.day()))).append(short_name(date.month()));
}

std::string full_date(day date) {
    return short_date(date).append(printed(" %04d", number(date.year())));
}

std::string time_of_day(milliseconds since_midnight) {
    const auto whole = std::chrono::duration_cast<minutes>(since_midnight).count();
    return printed("%02d:%02d", static_cast<int>(whole / 60), static_cast<int>(whole % 60));
}

std::string in_full(day date, const zone &where) {
    return full_date(date).append(" (").append(where.name()).append(")");
}

std::string in_full(instant at, const zone &where) {
    const auto local = where.local(at);
    auto text = full_date(local.date).append(", ").append(time_of_day(local.since_midnight));
    return text.append(" (").append(where.name()).append(")");
}

} // namespace rapport
