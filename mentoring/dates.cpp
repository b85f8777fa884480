// From a text to a date: the words, the time of day among them, what must be refused. The forms of days are
// in date_forms.cpp.
#include "mentoring/dates.hpp"

#include "mentoring/date_forms.hpp"
#include "mentoring/date_words.hpp"

namespace rapport {
namespace {

using words = date_text;

struct found_time {
    bool wrong = false; // a time of no clock: 25:00, 13pm
    bool midnight = false;
    milliseconds since_midnight{};
};

// "15:00", "3pm", "3:30pm"; `half` is a separate "am" or "pm" after it, or empty.
std::optional<found_time> time_word(std::string_view text, std::string_view half) {
    if (text == "noon" && half.empty())
        return found_time{.since_midnight = hours{12}};
    if (text == "midnight" && half.empty())
        return found_time{.midnight = true};
    if (half.empty() && text.size() > 2 && (text.ends_with("am") || text.ends_with("pm"))) {
        half = text.substr(text.size() - 2);
        text.remove_suffix(2);
    }
    const auto colon = text.find(':');
    const auto hour = number_of(text.substr(0, colon));
    const auto minute =
        colon == std::string_view::npos ? std::optional(0) : number_of(text.substr(colon + 1));
    if (!hour || !minute || (colon == std::string_view::npos && half.empty()))
        return std::nullopt;
    if (colon != std::string_view::npos && text.size() - colon != 3)
        return std::nullopt;
    const bool twelve = !half.empty();
    if (*minute > 59 || (twelve ? *hour < 1 || *hour > 12 : *hour > 23))
        return found_time{.wrong = true};
    const int h = twelve ? *hour % 12 + (half == "pm" ? 12 : 0) : *hour;
    return found_time{.since_midnight = hours{h} + minutes{*minute}};
}

// Takes the time of day off the front or the end of the words.
std::optional<found_time> take_time(words &w) {
    const auto try_at = [&w](std::size_t from, std::size_t count) -> std::optional<found_time> {
        if (from + count > w.size())
            return std::nullopt;
        const std::string half = count == 2 ? w[from + 1] : "";
        if (count == 2 && half != "am" && half != "pm")
            return std::nullopt;
        const auto time = time_word(w[from], half);
        if (time)
            w.erase(w.begin() + static_cast<std::ptrdiff_t>(from),
                    w.begin() + static_cast<std::ptrdiff_t>(from + count));
        return time;
    };
    for (const std::size_t count : {2U, 1U}) {
        if (w.size() >= count)
            if (const auto time = try_at(w.size() - count, count))
                return time;
        if (const auto time = try_at(0, count))
            return time;
    }
    return std::nullopt;
}

// Lower-case words without the small ones that change nothing.
words words_of(std::string_view text) {
    words all;
    std::string word;
    const auto end_word = [&] {
        while (!word.empty() && (word.back() == '.' || word.back() == ','))
            word.pop_back();
        if (!word.empty() && word != "on" && word != "at" && word != "the")
            all.push_back(word);
        word.clear();
    };
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',';
        if (blank)
            end_word();
        else
            word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    end_word();
    return all;
}

std::string trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(" \t\r\n");
    if (from == std::string_view::npos)
        return {};
    return std::string(text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1));
}

read_date_outcome refused(const moment_of_writing &m, date_reading kind, std::string wrong,
                          std::string mend) {
    return {kind, {}, {m.read, std::move(wrong), std::move(mend)}};
}

// Puts day and time together and refuses what lies on the wrong side of now or beyond the zone data.
read_date_outcome settled(const moment_of_writing &m, const found_day &found,
                          const std::optional<found_time> &time) {
    written_date value{found.date, std::nullopt, found.exactly};
    if (found.exactly)
        value.since_midnight = m.where.local(*found.exactly).since_midnight;
    else if (time)
        value.since_midnight = time->since_midnight;
    if (found.date > last_known_day || found.date.year() < date::year{1970})
        return refused(m, date_reading::too_far, "Dates are taken until the end of 2037.",
                       std::string(forms_that_work));
    const auto today = m.local.date;
    if (!found.pinned) { // a time alone: the nearest one in the direction meant
        const bool gone = value.starts_at(m.where) <= m.now;
        if (gone && m.ahead())
            value.date = plus_days(today, 1);
        if (!gone && !m.ahead())
            value.date = plus_days(today, -1);
    }
    const bool past = value.date < today || (value.has_time() && value.starts_at(m.where) < m.now);
    const bool future = value.date > today || (value.has_time() && value.starts_at(m.where) > m.now);
    if (m.ahead() && past)
        return refused(m, date_reading::past, value.in_full(m.where) + " has passed.",
                       "Give a date from today on, like \"" + full_date(plus_days(today, 7)).substr(4) +
                           "\".");
    if (!m.ahead() && future)
        return refused(m, date_reading::future, value.in_full(m.where) + " is still to come.",
                       "Give a date up to today, like \"today\" or \"" +
                           full_date(plus_days(today, -1)).substr(4) + "\".");
    return {date_reading::understood, value, {}};
}

} // namespace

instant written_date::starts_at(const zone &where) const {
    if (exactly)
        return *exactly;
    return where.at(date, since_midnight.value_or(milliseconds{0}));
}

instant written_date::ends_at(const zone &where) const {
    return has_time() ? starts_at(where) : where.start_of(plus_days(date, 1));
}

std::string written_date::in_full(const zone &where) const {
    return has_time() ? rapport::in_full(starts_at(where), where) : rapport::in_full(date, where);
}

read_date_outcome read_date(std::string_view text, instant now, const zone &where, pointing which) {
    const moment_of_writing m{trimmed(text), now, where, where.local(now), which};
    // Longer than any date, and never worth the work: text comes from people, up to 40,000 characters of it.
    auto w = m.read.size() > 60 ? words{} : words_of(m.read);
    const auto no_date = [&] {
        return refused(m, date_reading::no_date, "That is not a date I can read.",
                       std::string(forms_that_work));
    };
    if (w.empty())
        return no_date();
    const auto time = take_time(w);
    const auto found = w.empty() && !time ? std::nullopt : find_day(m, w);
    if (!found || (time && found->exactly))
        return no_date();
    if (found->reading != date_reading::understood)
        return refused(m, found->reading, found->wrong, found->mend);
    if (time && time->wrong)
        return refused(m, date_reading::impossible, "There is no such time of day.",
                       std::string(forms_that_work));
    if (time && time->midnight)
        return refused(m, date_reading::two_meanings, "Midnight can mean the start or the end of that day.",
                       "Write 00:00 for its start or 23:59 for its end.");
    return settled(m, *found, time);
}

result<written_date> parse_date(std::string_view text, instant now, const zone &where, pointing which) {
    auto outcome = read_date(text, now, where, which);
    if (outcome.reading == date_reading::understood)
        return outcome.value;
    return std::move(outcome.why);
}

result<dated_title> split_by_date(std::string_view text, instant now, const zone &where) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    const auto whole = trimmed(text);
    // From the end: the first `by` met is the last one written.
    for (auto i = whole.size(); i-- > 0;) {
        const bool is_by = i + 2 < whole.size() && (whole[i] == 'b' || whole[i] == 'B') &&
                           (whole[i + 1] == 'y' || whole[i + 1] == 'Y') && blank(whole[i + 2]) &&
                           (i == 0 || blank(whole[i - 1]));
        if (!is_by)
            continue;
        auto outcome = read_date(std::string_view(whole).substr(i + 3), now, where);
        if (outcome.reading == date_reading::understood)
            return dated_title{trimmed(std::string_view(whole).substr(0, i)), outcome.value};
        if (outcome.reading != date_reading::no_date)
            return std::move(outcome.why);
    }
    return dated_title{whole, std::nullopt};
}

} // namespace rapport
