// See leaving.hpp.
#include "mentoring/leaving.hpp"

#include <algorithm>

namespace rapport {
namespace {

constexpr int settling_in_days = 14;     // from the pairing to the first feedback
constexpr int asked_ahead_days = 14;     // of the last day
constexpr int asked_for_days = 21;       // so long it is asked for, in the middle
constexpr int shortest_with_middle = 56; // days of a pair

bool contains(const day_range &range, day one) {
    return range.from <= one && one <= range.until;
}

} // namespace

day earliest_last_day(const program &rules, side by, instant now) {
    return plus_days(rules.where.day_of(now), notice_days(rules.leaving, by));
}

std::vector<bridge_span> bridges(day from, day until, const std::vector<bridge_span> &named,
                                 const person_id &leaver, const std::vector<day_range> &leaver_away,
                                 const person_id &otherwise) {
    std::vector<bridge_span> out;
    for (auto each = from; each <= until; each = plus_days(each, 1)) {
        auto who = otherwise;
        const auto last = std::find_if(named.rbegin(), named.rend(), [&](const bridge_span &one) {
            return one.from <= each && each <= one.until;
        });
        const bool away = std::any_of(leaver_away.begin(), leaver_away.end(),
                                      [&](const day_range &range) { return contains(range, each); });
        if (last != named.rend() && !(last->who == leaver && away))
            who = last->who;
        if (!out.empty() && out.back().who == who)
            out.back().until = each;
        else
            out.push_back({who, each, each});
    }
    return out;
}

std::vector<feedback_asked> feedback_days(const std::vector<feedback_time> &wanted, day began,
                                          std::optional<day> last) {
    std::vector<feedback_asked> out;
    const auto wants = [&](feedback_time one) {
        return std::find(wanted.begin(), wanted.end(), one) != wanted.end();
    };
    const int length = last ? days_between(began, *last) : 0;
    if (wants(feedback_time::start)) {
        const auto on = plus_days(began, settling_in_days);
        if (!last || on < *last)
            out.push_back({feedback_time::start, on, plus_days(on, asked_for_days)});
    }
    if (wants(feedback_time::middle) && length >= shortest_with_middle) {
        const auto on = plus_days(began, length / 2);
        out.push_back(
            {feedback_time::middle, on, std::min(plus_days(on, asked_for_days), plus_days(*last, -15))});
    }
    if (wants(feedback_time::end) && last && length > 0)
        out.push_back({feedback_time::end, std::max(plus_days(*last, -asked_ahead_days), began), *last});
    return out;
}

feedback_time feedback_moment(day began, std::optional<day> last, day today) {
    const auto all =
        feedback_days({feedback_time::start, feedback_time::middle, feedback_time::end}, began, last);
    auto moment = feedback_time::start;
    for (const auto &each : all)
        if (each.asked_on <= today)
            moment = each.when;
    return moment;
}

closing_choice outcome_of(std::optional<closing_choice> one, std::optional<closing_choice> other) {
    if (!one || !other || one == closing_choice::stop || other == closing_choice::stop)
        return closing_choice::stop;
    return one == other ? *one : closing_choice::continue_privately;
}

day closing_opens(const leaving_rules &rules, day last) {
    const auto &steps = rules.closing_steps;
    return plus_days(last, steps.empty() ? -closing_ahead_days : std::min(0, steps.front().on_day));
}

} // namespace rapport
