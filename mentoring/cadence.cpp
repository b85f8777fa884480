// The rules of rungs; see cadence.hpp.
#include "mentoring/cadence.hpp"

#include <algorithm>

namespace rapport {
namespace {

// When a message is given: the next good moment, or the warning before its deadline if that is sooner.
instant good_time(const dated_rung &rung, instant earliest, const climb_so_far &so_far,
                  const good_hours &person) {
    const auto next = person.next_good(earliest);
    if (!rung.deadline || next < *rung.deadline)
        return next;
    const auto warning = person.last_good_before(*rung.deadline);
    if (!warning || *warning < so_far.not_before)
        return next;
    return std::min(next, *warning);
}

} // namespace

std::optional<instant> sooner(const std::optional<instant> &a, const std::optional<instant> &b) {
    if (!a || !b)
        return a ? a : b;
    return std::min(*a, *b);
}

climb climb_ladder(const std::vector<dated_rung> &rungs, const climb_so_far &so_far, const good_hours &person,
                   instant now) {
    climb result;
    const auto last = std::max_element(so_far.delivered.begin(), so_far.delivered.end(),
                                       [](const delivery &a, const delivery &b) { return a.rung < b.rung; });
    const bool any_given = last != so_far.delivered.end();
    instant pause_until{};
    for (const auto &each : so_far.delivered)
        pause_until = std::max(pause_until, each.at + between_rungs);

    // The same again at the chosen hour; meanwhile nothing else of this occasion.
    if (any_given && so_far.remind_at && *so_far.remind_at + between_rungs > pause_until) {
        const auto rung = std::find_if(rungs.begin(), rungs.end(),
                                       [&](const dated_rung &each) { return each.number == last->rung; });
        result.listed = true;
        if (now < *so_far.remind_at)
            result.look_again_at = so_far.remind_at;
        else
            result.due =
                step{last->rung, rung == rungs.end() ? rung_act::nudge : rung->act, *so_far.remind_at, true};
        return result;
    }

    std::optional<instant> first_message; // its time, while none was given
    std::optional<instant> last_reached;
    bool handed_over = false;
    for (const auto &rung : rungs) {
        if (any_given && rung.number <= last->rung) {
            last_reached = rung.nominal;
            handed_over = !is_message(rung.act) && rung.act != rung_act::listed;
            continue;
        }
        auto at = rung.nominal;
        if (rung.act != rung_act::listed) { // a line is no message, so there is nothing to keep it apart from
            at = std::max(at, pause_until);
            if (first_message) // nobody's first word is the softer one, no deadline passes before its warning
                at = std::max(at, *first_message + between_rungs);
        }
        if (is_message(rung.act)) {
            at = good_time(rung, at, so_far, person);
            if (!first_message && !any_given)
                first_message = at;
        }
        if (at > now) {
            result.look_again_at = sooner(result.look_again_at, at);
            continue;
        }
        last_reached = at;
        if (rung.act != rung_act::listed)
            result.due = step{rung.number, rung.act, at, false};
    }
    result.listed = last_reached && !handed_over && now < *last_reached + listed_for;
    return result;
}

} // namespace rapport
