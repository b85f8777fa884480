// Good hours as stretches of absolute time, day by day; see good_hours.hpp.
#include "mentoring/good_hours.hpp"

#include "mentoring/date_words.hpp"

#include <algorithm>

namespace rapport {
namespace {

constexpr int days_searched = 60;
constexpr days longest_closure{400}; // somebody may be away for a year

using stretches = std::vector<time_range>;

// What is left of `open` outside `closed`.
stretches without(const stretches &open, const time_range &closed) {
    stretches left;
    for (const auto &each : open) {
        if (each.from < std::min(each.until, closed.from))
            left.push_back({each.from, std::min(each.until, closed.from)});
        if (std::max(each.from, closed.until) < each.until)
            left.push_back({std::max(each.from, closed.until), each.until});
    }
    return left;
}

// The good stretches that begin on a local day, in order, neighbours joined. A window that daylight saving
// skips altogether has none that day.
stretches good_on(const good_hours &hours, day date, bool strictly) {
    stretches open;
    if (strictly && std::any_of(hours.off.begin(), hours.off.end(),
                                [date](const day_range &off) { return off.contains(date); }))
        return open;
    const auto number = weekday_of(date).iso_encoding() - 1;
    for (const auto &window : hours.week.windows) {
        if (!window.on[number])
            continue;
        const time_range stretch{hours.where.at(date, window.from), hours.where.at(date, window.until)};
        if (stretch.from < stretch.until)
            open.push_back(stretch);
    }
    std::sort(open.begin(), open.end(), [](auto &a, auto &b) { return a.from < b.from; });
    stretches joined;
    for (const auto &each : open)
        if (!joined.empty() && each.from <= joined.back().until)
            joined.back().until = std::max(joined.back().until, each.until);
        else
            joined.push_back(each);
    if (strictly)
        for (const auto &closed : hours.closed)
            if (closed.from < closed.until)
                joined = without(joined, closed);
    return joined;
}

std::optional<instant> first_good(const good_hours &hours, instant at, bool strictly) {
    // a window until 24:00 may reach into the next day, so yesterday's are looked at too
    const auto today = hours.where.day_of(at);
    for (int i = -1; i <= days_searched; ++i)
        for (const auto &stretch : good_on(hours, plus_days(today, i), strictly))
            if (at < stretch.until)
                return std::max(at, stretch.from);
    return std::nullopt;
}

// "8:00", "20:30", "24:00".
std::optional<minutes> clock_time(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || text.size() - colon != 3 || colon > 2)
        return std::nullopt;
    const auto h = number_of(text.substr(0, colon)), m = number_of(text.substr(colon + 1));
    if (!h || !m || *m > 59 || *h * 60 + *m > 24 * 60)
        return std::nullopt;
    return minutes{*h * 60 + *m};
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

// "mon-fri", "sat", "mon,wed", "daily"; a range may go over the end of the week ("sat-mon").
std::optional<std::bitset<7>> days_named(std::string_view text) {
    std::bitset<7> on;
    if (text == "daily")
        return on.set();
    while (!text.empty()) {
        const auto comma = text.find(',');
        const auto part = text.substr(0, comma);
        const auto dash = part.find('-');
        const auto first = weekday_named(part.substr(0, dash));
        const auto last = dash == std::string_view::npos ? first : weekday_named(part.substr(dash + 1));
        if (!first || !last)
            return std::nullopt;
        for (auto each = *first;; ++each) {
            on.set(each.iso_encoding() - 1);
            if (each == *last)
                break;
        }
        text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
        if (comma != std::string_view::npos && text.empty())
            return std::nullopt;
    }
    return on.any() ? std::optional(on) : std::nullopt;
}

std::string_view trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(' ');
    if (from == std::string_view::npos)
        return {};
    return text.substr(from, text.find_last_not_of(' ') - from + 1);
}

std::optional<day_window> window_of(std::string_view text) {
    const auto blank = text.rfind(' ');
    if (blank == std::string_view::npos)
        return std::nullopt;
    const auto times = text.substr(blank + 1);
    const auto dash = times.find('-');
    if (dash == std::string_view::npos)
        return std::nullopt;
    const auto on = days_named(trimmed(text.substr(0, blank)));
    const auto from = clock_time(times.substr(0, dash)), until = clock_time(times.substr(dash + 1));
    if (!on || !from || !until || *from >= *until)
        return std::nullopt;
    return day_window{*on, *from, *until};
}

std::string days_text(const std::bitset<7> &on) {
    if (on.all())
        return "daily";
    std::string text;
    for (unsigned i = 0; i < 7; ++i) {
        if (!on[i])
            continue;
        unsigned last = i;
        while (last + 1 < 7 && on[last + 1])
            ++last;
        text += text.empty() ? "" : ",";
        text += short_name(weekday{i + 1});
        if (last > i)
            text.append("-").append(short_name(weekday{last + 1}));
        i = last;
    }
    return text;
}

std::string short_time(minutes at) {
    const auto text = time_of_day(at);
    return text[0] == '0' ? text.substr(1) : text;
}

} // namespace

std::string text_of(const week_hours &of_week) {
    std::string text;
    for (const auto &window : of_week.windows)
        text.append(text.empty() ? "" : "; ")
            .append(days_text(window.on))
            .append(" ")
            .append(short_time(window.from))
            .append("-")
            .append(short_time(window.until));
    return text;
}

result<week_hours> parse_hours(std::string_view text) {
    week_hours found;
    const auto small = lower(text);
    std::string_view rest = small;
    while (true) {
        const auto end = rest.find(';');
        const auto window = window_of(trimmed(rest.substr(0, end)));
        if (!window)
            return refusal{std::string(text), "That is not a set of hours I can read.",
                           "Write it like Mon-Fri 8:00-20:00; Sat 10:00-12:00."};
        found.windows.push_back(*window);
        if (end == std::string_view::npos)
            return found;
        rest.remove_prefix(end + 1);
    }
}

week_hours mentor_default() {
    return parse_hours("Mon-Fri 8:00-20:00").value();
}

week_hours protege_default() {
    return parse_hours("daily 8:00-20:00").value();
}

week_hours hours_of(std::string_view stored, const week_hours &otherwise) {
    for (const auto &choice : hours_choices)
        if (choice.word == stored && !choice.hours.empty())
            return parse_hours(choice.hours).value();
    auto written = parse_hours(stored);
    return written ? std::move(*written) : otherwise;
}

bool good_hours::is_good(instant at) const {
    return !week.windows.empty() && first_good(*this, at, true) == at;
}

instant good_hours::next_good(instant at) const {
    if (const auto found = first_good(*this, at, true))
        return *found;
    // a closure longer than the search has an end all the same: the search goes on from there
    auto reopened = at;
    for (const auto &each : closed)
        if (each.from < each.until && each.until <= at + longest_closure)
            reopened = std::max(reopened, each.until);
    if (reopened > at)
        if (const auto found = first_good(*this, reopened, true))
            return *found;
    return first_good(*this, at, false).value_or(at);
}

std::optional<instant> good_hours::last_good_before(instant deadline) const {
    const auto last = where.day_of(deadline);
    for (int i = 0; i <= days_searched; ++i) {
        auto open = good_on(*this, plus_days(last, -i), true);
        for (auto stretch = open.rbegin(); stretch != open.rend(); ++stretch) {
            const auto end = std::min(stretch->until, deadline);
            if (end - stretch->from >= hours{1})
                return end - hours{1};
            if (end == stretch->until)
                return stretch->from;
        }
    }
    return std::nullopt;
}

} // namespace rapport
