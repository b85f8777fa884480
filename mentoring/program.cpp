// What follows from a policy alone: days off, and clocks that stand still on them.
#include "mentoring/program.hpp"

#include <algorithm>

namespace rapport {
namespace {

// A working clock gives up after this many days in a row off: then days off no longer count.
constexpr int longest_break = 120;

instant after(const program &rules, clock_days clock, instant from, span_of_time left) {
    if (clock == clock_days::calendar)
        return from + left;
    auto at = from;
    auto date = rules.where.day_of(at);
    for (int off = 0; off < longest_break;) {
        const auto next = rules.where.start_of(plus_days(date, 1));
        if (rules.works_on(date)) {
            off = 0;
            if (at + left < next)
                return at + left;
            left -= next - at;
        } else {
            ++off;
        }
        at = next;
        date = plus_days(date, 1);
    }
    return at + left;
}

} // namespace

std::vector<day_range> attention_rules::off_days(side which) const {
    std::vector<day_range> found;
    const auto mine = which == side::mentor ? off_for::mentors : off_for::proteges;
    for (const auto &each : off)
        if (each.whom == off_for::everyone || each.whom == mine)
            found.push_back(each.dates);
    return found;
}

std::optional<day_range> program::dates_of(phase_kind kind) const {
    for (const auto &each : phases)
        if (each.kind == kind)
            return each.dates;
    return std::nullopt;
}

bool program::works_on(day which) const {
    if (weekday_of(which).iso_encoding() > 5)
        return false;
    return std::none_of(attention.off.begin(), attention.off.end(), [which](const days_off &each) {
        return each.whom == off_for::everyone && each.dates.contains(which);
    });
}

instant after_days(const program &rules, clock_days clock, instant from, int count) {
    return after_hours(rules, clock, from, 24 * count);
}

instant after_hours(const program &rules, clock_days clock, instant from, int count) {
    return after(rules, clock, from, hours{count});
}

} // namespace rapport
