// The vocabulary of written dates; see date_words.hpp.
#include "mentoring/date_words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace rapport {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// "monday" for "Monday".
std::string lower(std::string_view name) {
    std::string text(name);
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
    return text;
}

} // namespace

std::optional<int> number_of(std::string_view text) {
    if (text.empty() || text.size() > 4 || !std::all_of(text.begin(), text.end(), is_digit))
        return std::nullopt;
    int n = 0;
    for (const char c : text)
        n = n * 10 + (c - '0');
    return n;
}

std::optional<weekday> weekday_named(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, unsigned>, 4> others = {
        {{"tues", 2}, {"weds", 3}, {"thur", 4}, {"thurs", 4}}};
    for (unsigned i = 0; i < 7; ++i) {
        const auto full = lower(full_name(weekday{i}));
        if (text == full || text == full.substr(0, 3))
            return weekday{i};
    }
    for (const auto &[each, number] : others)
        if (each == text)
            return weekday{number};
    return std::nullopt;
}

std::optional<date::month> month_named(std::string_view text) {
    if (text == "sept")
        return date::September;
    for (unsigned i = 1; i <= 12; ++i) {
        const auto full = lower(full_name(date::month{i}));
        if (text == full || text == full.substr(0, 3))
            return date::month{i};
    }
    return std::nullopt;
}

std::optional<int> day_number(std::string_view text) {
    if (text.size() > 2)
        for (const auto *ending : {"st", "nd", "rd", "th"})
            if (text.ends_with(ending))
                text.remove_suffix(2);
    return text.size() <= 2 ? number_of(text) : std::nullopt;
}

std::optional<int> year_number(std::string_view text) {
    if (text.starts_with('\''))
        text.remove_prefix(1);
    const auto n = number_of(text);
    if (n && text.size() == 2)
        return 2000 + *n;
    return text.size() == 4 ? n : std::nullopt;
}

date_unit unit_named(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, date_unit>, 17> table = {
        {{"m", date_unit::minutes_of},
         {"min", date_unit::minutes_of},
         {"mins", date_unit::minutes_of},
         {"minute", date_unit::minutes_of},
         {"minutes", date_unit::minutes_of},
         {"h", date_unit::hours_of},
         {"hour", date_unit::hours_of},
         {"hours", date_unit::hours_of},
         {"d", date_unit::days_of},
         {"day", date_unit::days_of},
         {"days", date_unit::days_of},
         {"week", date_unit::weeks_of},
         {"weeks", date_unit::weeks_of},
         {"month", date_unit::months_of},
         {"months", date_unit::months_of},
         {"year", date_unit::years_of},
         {"years", date_unit::years_of}}};
    for (const auto &[word, which] : table)
        if (word == text)
            return which;
    return date_unit::none;
}

} // namespace rapport
