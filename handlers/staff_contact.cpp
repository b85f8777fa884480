// See staff_contact.hpp. A line's occasion is "PROGRAM/DAY OF PAIRING/DAYS SINCE".
#include "handlers/staff_contact.hpp"

#include "handlers/coordinators_message.hpp"
#include "handlers/desk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace rapport {
namespace {

constexpr int month_long = 30, longest = 730;
constexpr int stands_for_days = 7; // a word that is a week past its day is no longer asked for
constexpr int minutes_a_line = 5, minutes_a_pair = 2, most_minutes = 60;

struct of_line {
    day made{};
    int since = 0;
};

std::optional<of_line> read(std::string_view occasion) {
    const auto first = occasion.find('/'), last = occasion.rfind('/');
    if (first == std::string_view::npos || first == last)
        return std::nullopt;
    const auto made = parse_day(occasion.substr(first + 1, last - first - 1));
    const auto tail = occasion.substr(last + 1);
    of_line out;
    if (!made || std::from_chars(tail.data(), tail.data() + tail.size(), out.since).ec != std::errc{})
        return std::nullopt;
    out.made = *made;
    return out;
}

std::string how_long(int since) {
    if (since % month_long == 0 && since > 0)
        return since == month_long ? "a month in" : fmt::format("{} months in", since / month_long);
    if (since % 7 == 0 && since > 0)
        return since == 7 ? "a week in" : fmt::format("{} weeks in", since / 7);
    return since == 1 ? "a day in" : fmt::format("{} days in", since);
}

} // namespace

std::vector<int> staff_days(const staff_contact_rules &rules, int until) {
    std::vector<int> out;
    for (const int each : rules.on_days)
        if (each <= until)
            out.push_back(each);
    if (rules.then_monthly && !rules.on_days.empty())
        for (int next = (rules.on_days.back() / month_long + 1) * month_long; next <= until;
             next += month_long)
            if (next > rules.on_days.back() + 7)
                out.push_back(next);
    return out;
}

std::optional<instant> notice_staff_contact(storage::records &on_file, const house &here,
                                            const storage::pair &pair, instant now) {
    const auto &rules = here.rules.of(pair.program);
    if (rules.attention.staff.on_days.empty())
        return std::nullopt;
    const auto made = rules.where.day_of(pair.began_at);
    const int today = days_between(made, rules.where.day_of(now));
    const auto all = staff_days(rules.attention.staff, longest);
    const auto next = std::upper_bound(all.begin(), all.end(), today);
    const auto look =
        next == all.end() ? std::nullopt : std::optional(rules.where.start_of(plus_days(made, *next)));
    if (next == all.begin() || today - *(next - 1) >= stands_for_days)
        return look;
    storage::attention_line line;
    line.program = pair.program;
    line.kind = staff_contact_line;
    line.occasion = fmt::format("{}/{}/{}", pair.program.str(), text_of(made), *(next - 1));
    line.since_at = rules.where.start_of(plus_days(made, *(next - 1)));
    line.raised_at = now;
    if (!on_file.attention.raise(line))
        return look;
    for (const auto &open : on_file.attention.open(pair.program)) { // the one before is overtaken
        const auto of = open.kind == staff_contact_line ? read(open.occasion) : std::nullopt;
        if (of && of->made == made && open.occasion != line.occasion)
            on_file.attention.clear(open.pair, open.kind, open.occasion, open.person, std::nullopt, now);
    }
    tell_coordinators(on_file, here, line, now);
    return look;
}

int pairs_of_line(storage::records &on_file, const house &here, const storage::attention_line &line) {
    const auto of = read(line.occasion);
    const auto term = on_file.programs.open_term(line.program);
    const auto *rules = here.rules.find(line.program);
    if (!of || !term || !rules)
        return 0;
    const auto all = on_file.pairs.of_term(term->id);
    return static_cast<int>(std::count_if(all.begin(), all.end(), [&](const storage::pair &each) {
        return each.state == pair_state::open && rules->where.day_of(each.began_at) == of->made;
    }));
}

std::optional<std::string> staff_sentence(storage::records &on_file, const house &here,
                                          const storage::attention_line &line) {
    const auto of = line.kind == staff_contact_line ? read(line.occasion) : std::nullopt;
    if (!of)
        return std::nullopt;
    const int pairs = pairs_of_line(on_file, here, line);
    if (pairs == 0)
        return std::string("The pairs this was about have ended.");
    return fmt::format("A short hello to {} made on {}, {}. Ask how it goes.",
                       pairs == 1 ? std::string("the pair") : fmt::format("the {} pairs", pairs),
                       short_date(of->made), how_long(of->since));
}

int minutes_for(storage::records &on_file, const house &here, const storage::attention_line &line) {
    if (line.kind != staff_contact_line)
        return minutes_a_line;
    return std::clamp(minutes_a_pair * pairs_of_line(on_file, here, line), minutes_a_line, most_minutes);
}

} // namespace rapport
