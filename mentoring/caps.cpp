// Caps and the lines of a message; see caps.hpp.
#include "mentoring/caps.hpp"

#include <algorithm>
#include <tuple>

namespace rapport {

message_caps strictest(std::span<const message_caps> all) {
    if (all.empty())
        return {};
    auto least = all.front();
    for (const auto &each : all) {
        least.per_day = std::min(least.per_day, each.per_day);
        least.per_week = std::min(least.per_week, each.per_week);
    }
    return least;
}

bool may_write(const message_caps &caps, const good_hours &person, std::span<const instant> delivered,
               instant now) {
    const auto today = person.where.day_of(now);
    int this_day = 0, this_week = 0;
    for (const auto at : delivered) {
        const auto ago = days_between(person.where.day_of(at), today);
        this_day += ago == 0 ? 1 : 0;
        this_week += ago >= 0 && ago < 7 ? 1 : 0;
    }
    return this_day < caps.per_day && this_week < caps.per_week;
}

instant next_write(const message_caps &caps, const good_hours &person, std::span<const instant> delivered,
                   instant now) {
    auto at = person.next_good(now);
    // a week on, none of what was delivered counts any more
    for (int i = 0; i < 8 && !may_write(caps, person, delivered, at); ++i)
        at = person.next_good(person.where.start_of(plus_days(person.where.day_of(at), 1)));
    return at;
}

bool is_exempt(const obligation &what) {
    return what.kind == obligation_kind::meeting && what.due.has_value();
}

message_plan plan_message(const std::vector<obligation> &owed, const message_caps &caps, const zone &where,
                          instant now) {
    message_plan plan;
    bool any_due = false;
    for (std::size_t i = 0; i < owed.size(); ++i) {
        if (owed[i].due || owed[i].listed)
            plan.lines.push_back(i);
        any_due = any_due || owed[i].due;
    }
    const auto urgency = [&](std::size_t i) {
        const auto &each = owed[i];
        const auto by = each.deadline.value_or(instant::max());
        return std::tuple(!is_exempt(each), !each.due.has_value(), each.strength == clock_strength::soft, by,
                          each.since_at, i);
    };
    std::sort(plan.lines.begin(), plan.lines.end(),
              [&](std::size_t a, std::size_t b) { return urgency(a) < urgency(b); });
    const bool digest_day = weekday_of(where.day_of(now)) == caps.digest_day;
    plan.goes_out = any_due || (digest_day && !plan.lines.empty());
    if (plan.lines.size() > most_lines) {
        plan.held.assign(plan.lines.begin() + most_lines, plan.lines.end());
        plan.lines.resize(most_lines);
    }
    return plan;
}

} // namespace rapport
