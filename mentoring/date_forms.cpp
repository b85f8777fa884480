// One function a form, and the table of them; see date_forms.hpp.
#include "mentoring/date_forms.hpp"

#include "mentoring/date_words.hpp"

#include <algorithm>
#include <array>

namespace rapport {
namespace {

using words = date_text;
using maybe_day = std::optional<found_day>;

found_day trouble(date_reading kind, std::string wrong, std::string mend) {
    return {kind, {}, true, {}, std::move(wrong), std::move(mend)};
}

found_day impossible(const std::string &what) {
    return trouble(date_reading::impossible, "There is no " + what + ".", std::string(forms_that_work));
}

found_day two_meanings(day one, day other) {
    auto wrong = "That can mean " + full_date(one) + " or " + full_date(other) + ".";
    auto mend = "Write \"" + full_date(one).substr(4) + "\" or \"" + full_date(other).substr(4) + "\".";
    return trouble(date_reading::two_meanings, std::move(wrong), std::move(mend));
}

// A day without its year: the nearest in the direction meant, today included.
found_day yearless(const moment_of_writing &m, date::month mon, int d) {
    const auto today = m.local.date;
    const date::month_day wanted{mon, date::day{static_cast<unsigned>(d)}};
    const date::month_day now{today.month(), today.day()};
    auto year = today.year();
    if (m.ahead() && wanted < now)
        ++year;
    if (!m.ahead() && wanted > now)
        --year;
    const day date = year / mon / d;
    if (!date.ok())
        return impossible(std::to_string(d) + " " + std::string(full_name(mon)) + " in " +
                          std::to_string(static_cast<int>(year)));
    return {.date = date};
}

found_day with_year(int y, int m, int d) {
    const day date = date::year{y} / m / d;
    if (m < 1 || m > 12)
        return impossible("month " + std::to_string(m));
    if (!date.ok())
        return impossible(std::to_string(d) + " " + std::string(full_name(date.month())) + " " +
                          std::to_string(y));
    return {.date = date};
}

// ---- the forms, in the order they are tried ----

maybe_day nothing_but_a_time(const moment_of_writing &m, const words &w) {
    if (!w.empty())
        return std::nullopt;
    return found_day{.date = m.local.date, .pinned = false};
}

maybe_day relative_word(const moment_of_writing &m, const words &w) {
    const auto today = m.local.date;
    if (w == words{"today"})
        return found_day{.date = today};
    if (w == words{"tomorrow"} || w == words{"tmrw"})
        return found_day{.date = plus_days(today, 1)};
    if (w == words{"day", "after", "tomorrow"})
        return found_day{.date = plus_days(today, 2)};
    if (w == words{"yesterday"})
        return found_day{.date = plus_days(today, -1)};
    return std::nullopt;
}

bool same_week(day one, day other) {
    const auto monday = [](day d) {
        return plus_days(d, -static_cast<int>(weekday_of(d).iso_encoding()) + 1);
    };
    return monday(one) == monday(other);
}

maybe_day a_weekday(const moment_of_writing &m, const words &w) {
    if (w.empty() || w.size() > 2)
        return std::nullopt;
    const auto named = weekday_named(w.back());
    if (!named)
        return std::nullopt;
    const auto today = m.local.date;
    const int ahead = static_cast<int>((*named - weekday_of(today)).count());
    const auto coming = plus_days(today, ahead == 0 ? 7 : ahead);
    const auto gone = plus_days(today, ahead == 0 ? -7 : ahead - 7);
    if (w.size() == 1)
        return found_day{.date = m.ahead() ? coming : gone};
    if (w[0] == "next")
        return two_meanings(coming, plus_days(coming, 7));
    if (w[0] == "last")
        return same_week(gone, today) ? two_meanings(gone, plus_days(gone, -7)) : found_day{.date = gone};
    if (w[0] == "this") {
        if (weekday_of(today) == *named)
            return found_day{.date = today};
        return same_week(coming, today) ? found_day{.date = coming} : two_meanings(gone, coming);
    }
    return std::nullopt;
}

found_day counted_from(const moment_of_writing &m, int count, date_unit which) {
    const auto today = m.local.date;
    const auto in_months = [&](int months) {
        const auto target = plus_months(month_of(today), months);
        return found_day{.date = due_day(target, static_cast<int>(static_cast<unsigned>(today.day())))};
    };
    const auto exactly = [&](milliseconds span) {
        const auto at = m.now + span;
        return found_day{.date = m.where.day_of(at), .exactly = at};
    };
    switch (which) {
    case date_unit::minutes_of:
        return exactly(minutes{count});
    case date_unit::hours_of:
        return exactly(hours{count});
    case date_unit::weeks_of:
        return {.date = plus_days(today, 7 * count)};
    case date_unit::months_of:
        return in_months(count);
    case date_unit::years_of:
        return in_months(12 * count);
    case date_unit::days_of:
    case date_unit::none:
        break;
    }
    return {.date = plus_days(today, count)};
}

// "in 2 weeks", "in a week", "2 weeks ago", "in 36h".
maybe_day a_span(const moment_of_writing &m, const words &w) {
    if (w.size() < 2)
        return std::nullopt;
    const bool in = w.front() == "in", ago = w.back() == "ago";
    if (in == ago)
        return std::nullopt;
    words middle(w.begin() + (in ? 1 : 0), w.end() - (ago ? 1 : 0));
    if (middle.size() == 1) { // "36h"
        const auto split = middle[0].find_first_not_of("0123456789");
        if (split == 0 || split == std::string::npos)
            return std::nullopt;
        middle = {middle[0].substr(0, split), middle[0].substr(split)};
    }
    if (middle.size() != 2)
        return std::nullopt;
    const auto count = middle[0] == "a" || middle[0] == "an" ? 1 : number_of(middle[0]);
    const auto which = unit_named(middle[1]);
    if (!count || which == date_unit::none)
        return std::nullopt;
    return counted_from(m, ago ? -*count : *count, which);
}

maybe_day end_of_something(const moment_of_writing &m, const words &w) {
    if (w.size() < 3 || w[0] != "end" || w[1] != "of")
        return std::nullopt;
    const words rest(w.begin() + 2, w.end());
    const auto today = m.local.date;
    const auto this_month = month_of(today);
    if (rest == words{"month"} || rest == words{"this", "month"})
        return found_day{.date = last_day(this_month)};
    if (rest == words{"next", "month"})
        return found_day{.date = last_day(plus_months(this_month, 1))};
    if (rest == words{"last", "month"})
        return found_day{.date = last_day(plus_months(this_month, -1))};
    if (rest == words{"year"} || rest == words{"this", "year"})
        return found_day{.date = today.year() / date::December / 31};
    if (rest == words{"week"} || rest == words{"this", "week"}) {
        const auto sunday = plus_days(today, 7 - static_cast<int>(weekday_of(today).iso_encoding()));
        return two_meanings(plus_days(sunday, -2), sunday);
    }
    if (const auto named = rest.size() == 1 ? month_named(rest[0]) : std::nullopt) {
        const auto this_year = last_day(today.year() / *named);
        const bool other = m.ahead() ? this_year < today : this_year > today;
        return found_day{.date = other ? last_day((today.year() + date::years{m.ahead() ? 1 : -1}) / *named)
                                       : this_year};
    }
    return std::nullopt;
}

// The numbers of "2026-12-01", "3/4" or "1.12.2026", with the character between them.
struct numeric_form {
    std::vector<int> numbers;
    char between = 0;
    std::size_t first_width = 0;
};

std::optional<numeric_form> numeric(std::string_view text) {
    numeric_form form;
    std::size_t from = 0;
    while (true) {
        const auto to = text.find_first_not_of("0123456789", from);
        const auto n = number_of(text.substr(from, to - from));
        if (!n)
            return std::nullopt;
        if (form.numbers.empty())
            form.first_width = to;
        form.numbers.push_back(*n);
        if (to == std::string_view::npos)
            break;
        if (form.between != 0 && form.between != text[to])
            return std::nullopt;
        form.between = text[to];
        from = to + 1;
    }
    const bool shaped =
        form.between == '/' || ((form.between == '-' || form.between == '.') && form.numbers.size() == 3);
    return shaped && form.numbers.size() <= 3 ? std::optional(form) : std::nullopt;
}

maybe_day numbers_only(const moment_of_writing &m, const words &w) {
    const auto form = w.size() == 1 ? numeric(w[0]) : std::nullopt;
    if (!form)
        return std::nullopt;
    const auto &n = form->numbers;
    if (form->first_width == 4 && n.size() == 3)
        return with_year(n[0], n[1], n[2]);
    if (form->first_width > 2)
        return std::nullopt;
    if (n.size() == 3 && n[2] < 100)
        return trouble(date_reading::two_meanings, "A date of three short numbers can mean several days.",
                       std::string(forms_that_work));
    const auto reading = [&](int mon, int d) {
        if (mon < 1 || mon > 12 || d < 1 || d > 31)
            return impossible(w[0]);
        return n.size() == 3 ? with_year(n[2], mon, d)
                             : yearless(m, date::month{static_cast<unsigned>(mon)}, d);
    };
    const auto day_first = reading(n[1], n[0]), month_first = reading(n[0], n[1]);
    const bool one = day_first.reading == date_reading::understood;
    const bool other = month_first.reading == date_reading::understood;
    if (one && other && day_first.date != month_first.date)
        return two_meanings(day_first.date, month_first.date);
    return one ? day_first : month_first;
}

// "Dec 1", "1st of December", "dec 1 2027", each with its weekday in front or not.
maybe_day named_month(const moment_of_writing &m, const words &w) {
    if (w.size() < 2)
        return std::nullopt;
    if (const auto said = weekday_named(w[0])) {
        const auto inner = named_month(m, words(w.begin() + 1, w.end()));
        if (!inner || inner->reading != date_reading::understood || weekday_of(inner->date) == *said)
            return inner;
        auto wrong = full_date(inner->date).substr(4) + " is a " +
                     std::string(full_name(weekday_of(inner->date))) + ", not a " +
                     std::string(full_name(*said)) + ".";
        return trouble(date_reading::impossible, std::move(wrong),
                       "Write \"" + full_date(inner->date) + "\".");
    }
    words core = w;
    core.erase(std::remove(core.begin(), core.end(), "of"), core.end());
    if (core.size() != 2 && core.size() != 3)
        return std::nullopt;
    const bool month_first = month_named(core[0]).has_value();
    const auto mon = month_named(core[month_first ? 0 : 1]);
    const auto d = day_number(core[month_first ? 1 : 0]);
    if (!mon || !d)
        return std::nullopt;
    if (core.size() == 3) {
        const auto y = year_number(core[2]);
        return y ? maybe_day(with_year(*y, static_cast<int>(static_cast<unsigned>(*mon)), *d)) : std::nullopt;
    }
    if (*d < 1 || *d > 31)
        return impossible(std::to_string(*d) + " " + std::string(full_name(*mon)));
    return yearless(m, *mon, *d);
}

constexpr std::array<maybe_day (*)(const moment_of_writing &, const words &), 7> all_forms = {
    nothing_but_a_time, relative_word, a_weekday, a_span, end_of_something, numbers_only, named_month};

} // namespace

std::optional<found_day> find_day(const moment_of_writing &m, const date_text &w) {
    for (const auto form : all_forms)
        if (auto found = form(m, w))
            return found;
    return std::nullopt;
}

} // namespace rapport
