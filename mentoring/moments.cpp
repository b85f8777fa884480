// See moments.hpp.
#include "mentoring/moments.hpp"

#include "mentoring/obligations.hpp"

namespace rapport {
namespace {

int count_of(calendar_month which) {
    return static_cast<int>(which.year()) * 12 + static_cast<int>(static_cast<unsigned>(which.month()));
}

std::optional<calendar_month> last_period(const program &rules) {
    if (rules.check_ins && rules.check_ins->last_period)
        return rules.check_ins->last_period;
    if (rules.term)
        return month_of(rules.term->until);
    return std::nullopt;
}

} // namespace

std::optional<feedback_time> moment_of(const program &rules, instant began_at, calendar_month period) {
    const auto end = rules.where.start_of(plus_days(last_day(period), 1)) - milliseconds{1};
    const auto periods = check_in_periods(rules, began_at, end);
    if (periods.empty())
        return std::nullopt;
    const auto first = periods.front();
    if (period == first)
        return feedback_time::start;
    const auto last = last_period(rules);
    if (!last || *last <= first)
        return std::nullopt;
    if (period == *last)
        return feedback_time::end;
    const int apart = count_of(*last) - count_of(first);
    if (apart >= 2 && count_of(period) == count_of(first) + (apart + 1) / 2)
        return feedback_time::middle;
    return std::nullopt;
}

const prompt *thought_of(const program &rules, side reader, calendar_month month) {
    std::vector<const prompt *> any;
    for (const auto &each : rules.prompts) {
        if (each.to != reader)
            continue;
        if (each.in_month && *each.in_month == static_cast<int>(static_cast<unsigned>(month.month())))
            return &each;
        if (!each.in_month)
            any.push_back(&each);
    }
    return any.empty() ? nullptr : any[static_cast<std::size_t>(count_of(month)) % any.size()];
}

} // namespace rapport
