// The written forms of values; see policy_values.hpp.
#include "config/policy_values.hpp"

#include "mentoring/wording.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport::config {

int read_count(std::string_view text, std::string_view one, std::string_view many) {
    const auto blank = text.find(' ');
    if (blank == 0 || blank > 4)
        return -1;
    int n = 0;
    for (const char c : text.substr(0, blank)) {
        if (c < '0' || c > '9')
            return -1;
        n = n * 10 + (c - '0');
    }
    const auto word = text.substr(blank + 1);
    return word == one || word == many ? n : -1;
}

namespace {

struct unit_words {
    std::string_view one, many;
};
unit_words words_of(span_unit unit) {
    switch (unit) {
    case span_unit::hours_long:
        return {"h", "h"};
    case span_unit::months_long:
        return {"month", "months"};
    case span_unit::days_long:
        break;
    }
    return {"day", "days"};
}

// "day 3: nudge", "day -2: nudge".
bool read_rung(const node &from, rung &to) {
    if (from.kind != node_kind::text || !from.text.starts_with("day "))
        return false;
    std::string_view rest = std::string_view(from.text).substr(4);
    const auto colon = rest.find(": ");
    if (colon == std::string_view::npos)
        return false;
    auto number = rest.substr(0, colon);
    const bool before = number.starts_with('-');
    if (before)
        number.remove_prefix(1);
    if (number.empty() || number.size() > 3 ||
        !std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return false;
    to.on_day = std::stoi(std::string(number)) * (before ? -1 : 1);
    return parse_text(rest.substr(colon + 2), to.act);
}

} // namespace

bool read_span(const node &from, span_unit unit, int least, int most, int &to) {
    if (from.kind != node_kind::text)
        return false;
    const auto [one, many] = words_of(unit);
    const auto n = read_count(from.text, one, many);
    if (n < least || n > most)
        return false;
    to = n;
    return true;
}

std::string show_span(span_unit unit, int value) {
    const auto [one, many] = words_of(unit);
    return counted(value, one, many);
}

std::string what_span(span_unit unit, int least, int most) {
    return fmt::format("a time from {} to {}", show_span(unit, least), show_span(unit, most));
}

std::string joined(const std::vector<std::string> &all) {
    return listed(all);
}

std::string text_codec::what() {
    return "a text of one line, at most 400 characters";
}
bool text_codec::read(const node &from, std::string &to) {
    if (from.kind != node_kind::text)
        return false;
    const auto line = one_line(from.text, "", 400);
    if (line.has_error() || *line != from.text)
        return false;
    to = *line;
    return true;
}
std::string text_codec::show(const std::string &value) {
    return value;
}

std::string flag_codec::what() {
    return "true or false";
}
bool flag_codec::read(const node &from, bool &to) {
    to = from.boolean;
    return from.kind == node_kind::boolean;
}
std::string flag_codec::show(bool value) {
    return value ? "yes" : "no";
}

std::string slug_codec::what() {
    return "a short name of small letters, digits and -";
}
bool slug_codec::read(const node &from, program_slug &to) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    const auto &text = from.text;
    if (from.kind != node_kind::text || text.empty() || text.size() > 40 || text[0] == '-' ||
        !std::all_of(text.begin(), text.end(), fits))
        return false;
    to = program_slug{text};
    return true;
}
std::string slug_codec::show(const program_slug &value) {
    return value.str();
}

std::string zone_codec::what() {
    return "the name of a time zone";
}
bool zone_codec::read(const node &from, zone &to) {
    const auto named = from.kind == node_kind::text ? zone::named(from.text) : std::nullopt;
    to = named.value_or(to);
    return named.has_value();
}
std::string zone_codec::show(const zone &value) {
    return value.name();
}

std::string date_codec::what() {
    return "a date that exists, written in quotes as year-month-day";
}
bool date_codec::read(const node &from, day &to) {
    const auto date = from.kind == node_kind::text ? parse_day(from.text) : std::nullopt;
    to = date.value_or(to);
    return date && *date <= last_known_day;
}
std::string date_codec::show(const day &value) {
    return full_date(value);
}

std::string month_codec::what() {
    return "a month, written in quotes as year-month";
}
bool month_codec::read(const node &from, calendar_month &to) {
    const auto month = from.kind == node_kind::text ? parse_month(from.text) : std::nullopt;
    to = month.value_or(to);
    return month.has_value();
}
std::string month_codec::show(const calendar_month &value) {
    return rapport::text_of(value);
}

std::string range_codec::what() {
    return "two dates that exist with \"to\" between, the first not after the second";
}
bool range_codec::read(const node &from, day_range &to) {
    if (from.kind != node_kind::text || from.text.size() != 24 || from.text.substr(10, 4) != " to ")
        return false;
    const auto first = parse_day(from.text.substr(0, 10)), last = parse_day(from.text.substr(14));
    if (!first || !last || *last < *first || *last > last_known_day)
        return false;
    to = {*first, *last};
    return true;
}
std::string range_codec::show(const day_range &value) {
    if (value.from == value.until)
        return full_date(value.from);
    return full_date(value.from) + " to " + full_date(value.until);
}

std::string hours_week_codec::what() {
    return "a set of hours";
}
bool hours_week_codec::read(const node &from, week_hours &to) {
    if (from.kind != node_kind::text)
        return false;
    auto read = parse_hours(from.text);
    if (read.has_value())
        to = *read;
    return read.has_value();
}
std::string hours_week_codec::show(const week_hours &value) {
    return text_of(value);
}

std::string weekday_codec::what() {
    return "a day of the week: Mon, Tue, Wed, Thu, Fri, Sat or Sun";
}
bool weekday_codec::read(const node &from, weekday &to) {
    for (unsigned i = 1; i <= 7; ++i)
        if (from.kind == node_kind::text && from.text == short_name(weekday{i})) {
            to = weekday{i};
            return true;
        }
    return false;
}
std::string weekday_codec::show(const weekday &value) {
    return std::string(full_name(value));
}

std::string ladder_codec::what() {
    return "a list of rungs \"day N: \" listed, nudge, softer, queue or lapse";
}
bool ladder_codec::read(const node &from, rung_list &to) {
    if (from.kind != node_kind::list)
        return false;
    rung_list rungs(from.items.size());
    for (std::size_t i = 0; i < rungs.size(); ++i)
        if (!read_rung(from.items[i], rungs[i]))
            return false;
    to = std::move(rungs);
    return true;
}
std::string ladder_codec::show(const rung_list &value) {
    std::vector<std::string> rungs;
    for (const auto &each : value)
        rungs.push_back(fmt::format("day {}: {}", each.on_day, text_of(each.act)));
    return fmt::format("{}", fmt::join(rungs, ", "));
}

std::string role_word_codec::what() {
    return "a list of two words, one and many";
}
bool role_word_codec::read(const node &from, role_word &to) {
    if (from.kind != node_kind::list || from.items.size() != 2)
        return false;
    return text_codec::read(from.items[0], to.one) && text_codec::read(from.items[1], to.many);
}
std::string role_word_codec::show(const role_word &value) {
    return value.one + ", " + value.many;
}

std::string texts_codec::what() {
    return "a list of texts of one line";
}
bool texts_codec::read(const node &from, std::vector<std::string> &to) {
    return list_codec<text_codec>::read(from, to);
}
std::string texts_codec::show(const std::vector<std::string> &value) {
    return listed(value);
}

std::string weights_codec::what() {
    return "a table of whole numbers from 1 to 100";
}
bool weights_codec::read(const node &from, std::vector<matching_weight> &to) {
    if (from.kind != node_kind::table)
        return false;
    std::vector<matching_weight> weights;
    for (const auto &[part, weight] : from.entries) {
        int n = 0;
        if (!number_codec<1, 100>::read(weight, n))
            return false;
        weights.push_back({part, n});
    }
    to = std::move(weights);
    return true;
}
std::string weights_codec::show(const std::vector<matching_weight> &value) {
    std::vector<std::string> parts;
    for (const auto &each : value)
        parts.push_back(fmt::format("{} {}", each.part, each.weight));
    return listed(parts);
}

} // namespace rapport::config
