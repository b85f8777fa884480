// The kinds of obligations: a row and a function each. Facts come in, dates go out; the ladder itself is
// climbed in cadence.cpp.
#include "mentoring/obligations.hpp"

#include "mentoring/away.hpp"
#include "mentoring/leaving.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace rapport {
namespace {

using found = std::vector<obligation>;

// One thing somebody owes, before its ladder was climbed.
struct cause {
    obligation_kind kind;
    const party &who;
    std::string subject, occasion;
    instant since_at{};
    std::optional<instant> deadline{};
    clock_strength strength = clock_strength::firm;
    bool rests = true; // a pause stops it; not where a person or the calendar set its day
};

// A clock stands still while its pair rests: what had not come by then comes so much later.
void stand_still(const std::vector<paused_time> &pauses, instant since, std::vector<dated_rung> &rungs) {
    for (const auto &each : pauses) {
        const auto from = std::max(each.from, since);
        if (each.until <= from)
            continue;
        for (auto &rung : rungs) {
            if (rung.nominal < from)
                continue;
            rung.nominal += each.until - from;
            if (rung.deadline)
                *rung.deadline += each.until - from;
        }
    }
}

// Of a soft clock only the line is left: no message of its own, no coordinator (product 4.8).
std::vector<dated_rung> softened(const std::vector<dated_rung> &rungs) {
    std::vector<dated_rung> lines;
    for (auto each : rungs) {
        if (each.act != rung_act::listed && each.act != rung_act::nudge)
            continue;
        each.act = rung_act::listed;
        lines.push_back(each);
    }
    return lines;
}

template <class Facts>
void climb_for(const cause &what, std::vector<dated_rung> rungs, const Facts &facts, instant now,
               found &out) {
    climb_so_far so_far;
    so_far.not_before = what.since_at;
    const auto same = [&](const auto &each) {
        return each.kind == what.kind && each.person == what.who.id && each.occasion == what.occasion;
    };
    for (const auto &each : facts.given)
        if (same(each))
            so_far.delivered.push_back({each.rung, each.at});
    for (const auto &each : facts.reminders)
        if (same(each))
            so_far.remind_at = std::max(so_far.remind_at.value_or(each.at), each.at);
    if (what.strength == clock_strength::soft)
        rungs = softened(rungs);
    if (what.kind != obligation_kind::reply) // its clock stands still instead
        for (auto &each : rungs)
            if (each.act == rung_act::queue)
                each.nominal = after_return(each.nominal, what.who.away);
    if constexpr (requires { facts.pauses; })
        if (what.rests)
            stand_still(facts.pauses, what.since_at, rungs);
    const auto where = climb_ladder(rungs, so_far, what.who.hours, now);
    out.push_back({what.kind, what.who.id, what.subject, what.occasion, what.since_at, what.deadline,
                   what.strength, where.due, where.listed, where.look_again_at});
}

// Rungs counted from a due day of the program's zone; those up to it warn of its end.
std::vector<dated_rung> from_due_day(const program &rules, const rung_list &steps, day due) {
    std::vector<dated_rung> rungs;
    const auto end = rules.where.start_of(plus_days(due, 1));
    for (const auto &each : steps) {
        dated_rung rung{static_cast<int>(rungs.size()) + 1, each.act,
                        rules.where.start_of(plus_days(due, each.on_day))};
        if (each.on_day <= 0)
            rung.deadline = end;
        rungs.push_back(rung);
    }
    return rungs;
}

// When what is owed by a day is no longer followed up: a week after the last rung, or the grace.
instant given_up_at(const program &rules, const rung_list &steps, day due, int grace) {
    const int last = steps.empty() ? 0 : steps.back().on_day + 7;
    return rules.where.start_of(plus_days(due, std::max(last, grace) + 1));
}

constexpr std::array<side, 2> both_sides = {side::mentor, side::protege};

// ---- the kinds of a pair ----

void replies_owed(const program &rules, const pair_facts &facts, instant now, found &out) {
    for (const auto &clock : facts.clocks) {
        const auto &who = facts.on(clock.owed_by);
        std::vector<dated_rung> rungs;
        for (const auto &each : rules.replies.steps) {
            auto at = after_days(rules, rules.replies.clock, clock.started_at, each.on_day);
            if (each.act == rung_act::queue) // a reminder waits for the return by itself
                at = standing_still(clock.started_at, at, who.away);
            rungs.push_back({static_cast<int>(rungs.size()) + 1, each.act, at});
        }
        auto deadline = reply_target(rules, clock.started_at);
        if (deadline)
            deadline = standing_still(clock.started_at, *deadline, who.away);
        if (clock.due_by && (!deadline || *clock.due_by < *deadline)) {
            // the date of an ask comes before the ladder's first message: warn of it in time
            deadline = clock.due_by;
            const auto first = std::find_if(rungs.begin(), rungs.end(),
                                            [](const dated_rung &each) { return is_message(each.act); });
            const auto warning = who.hours.last_good_before(*clock.due_by);
            if (first != rungs.end() && warning && *warning > clock.started_at)
                first->nominal = std::min(first->nominal, *warning);
        }
        const auto strength = facts.talks_elsewhere && !clock.said ? clock_strength::soft : clock.strength;
        climb_for({obligation_kind::reply, who, facts.id.str(), clock.occasion, clock.started_at, deadline,
                   strength},
                  std::move(rungs), facts, now, out);
    }
}

void floors_owed(const program &rules, const pair_facts &facts, instant now, found &out) {
    const auto &floor = rules.contacts.floor;
    if (!floor || facts.talks_elsewhere)
        return;
    const auto current = month_of(rules.where, now);
    for (const auto &period : {plus_months(current, -1), current}) {
        const int hoped =
            contacts_hoped(*floor, rules.where, facts.began_at, facts.ends_at, period, facts.pauses);
        if (hoped == 0)
            continue;
        const auto due = last_day(period);
        if (now >= given_up_at(rules, floor->steps, due, 0))
            continue;
        const auto counted = std::find_if(facts.contacts.begin(), facts.contacts.end(),
                                          [&](const month_contacts &each) { return each.period == period; });
        const bool by_mentor = floor->counts == counted_contacts::mentor_initiated;
        const int so_far =
            counted == facts.contacts.end() ? 0 : (by_mentor ? counted->by_mentor : counted->all);
        if (so_far >= hoped)
            continue;
        for (const auto which : both_sides)
            if (!by_mentor || which == side::mentor)
                climb_for({obligation_kind::contact_floor, facts.on(which), facts.id.str(), text_of(period),
                           starts_at(rules.where, period), ends_at(rules.where, period)},
                          from_due_day(rules, floor->steps, due), facts, now, out);
    }
}

void check_ins_owed(const program &rules, const pair_facts &facts, instant now, found &out) {
    if (!rules.check_ins)
        return;
    const auto &form = *rules.check_ins;
    for (const auto &period : check_in_periods(rules, facts.began_at, now)) {
        const auto due = due_day(period, form.due_day);
        if (now >= given_up_at(rules, form.steps, due, form.grace_days))
            continue;
        for (const auto which : both_sides) {
            const filed_check_in wanted{which, period};
            if (std::find(facts.filed.begin(), facts.filed.end(), wanted) != facts.filed.end())
                continue;
            const auto since = std::max(facts.began_at, starts_at(rules.where, period));
            climb_for({obligation_kind::check_in, facts.on(which), facts.id.str(), text_of(period), since,
                       rules.where.start_of(plus_days(due, 1))},
                      from_due_day(rules, form.steps, due), facts, now, out);
        }
    }
}

// What these sides owe within so many days of the pairing.
void owed_after_pairing(obligation_kind kind, int within_days, const rung_list &steps,
                        std::span<const side> by, const program &rules, const pair_facts &facts, instant now,
                        found &out) {
    const auto began = rules.where.day_of(facts.began_at);
    const auto due = plus_days(began, within_days);
    if (now >= given_up_at(rules, steps, due, 0))
        return;
    for (const auto which : by)
        climb_for({kind, facts.on(which), facts.id.str(), text_of(began), facts.began_at,
                   rules.where.start_of(plus_days(due, 1))},
                  from_due_day(rules, steps, due), facts, now, out);
}

void first_meeting_owed(const program &rules, const pair_facts &facts, instant now, found &out) {
    if (const auto &meeting = rules.first_meeting; meeting && !facts.has_met)
        owed_after_pairing(obligation_kind::first_meeting, meeting->within_days, meeting->steps, both_sides,
                           rules, facts, now, out);
}

void getting_started_owed(const program &rules, const pair_facts &facts, instant now, found &out) {
    if (const auto &start = rules.getting_started; start && !facts.has_started)
        owed_after_pairing(obligation_kind::getting_started, start->within_days, start->steps, facts.to_begin,
                           rules, facts, now, out);
}

void milestones_due(const program &rules, const pair_facts &facts, instant now, found &out) {
    for (const auto &each : facts.milestones) {
        if (each.follow == firmness::none || rules.milestone_steps.empty() ||
            now >= given_up_at(rules, rules.milestone_steps, each.due, 0))
            continue;
        const auto strength = each.follow == firmness::line ? clock_strength::soft : clock_strength::firm;
        climb_for({obligation_kind::milestone, facts.on(each.owner), facts.id.str(),
                   each.number + "/" + text_of(each.due), facts.began_at,
                   rules.where.start_of(plus_days(each.due, 1)), strength, false},
                  from_due_day(rules, rules.milestone_steps, each.due), facts, now, out);
    }
}

// Rung 1 the day before, to both; rung 2, a line asking whether it happened, for a week after.
void meetings_near(const program &rules, const pair_facts &facts, instant now, found &out) {
    for (const auto &each : facts.meetings) {
        if (!rules.attention.meeting_reminder || now >= each.at + days{7})
            continue;
        std::vector<dated_rung> rungs;
        if (now < each.at)
            rungs.push_back({1, rung_act::nudge, each.at - days{1}, each.at});
        rungs.push_back({2, rung_act::listed, each.at + hours{1}});
        for (const auto which : both_sides)
            climb_for({obligation_kind::meeting, facts.on(which), facts.id.str(),
                       each.id + "/" + std::to_string(each.at.time_since_epoch().count()), each.at - days{1},
                       each.at, clock_strength::firm, false},
                      rungs, facts, now, out);
    }
}

// A line for the mentor when nothing was done about a goal for so long (rule 93); it goes with the digest.
void goals_quiet(const program &rules, const pair_facts &facts, instant now, found &out) {
    if (!rules.goals || !rules.goals->follow_up_days)
        return;
    for (const auto &each : facts.goals) {
        const auto quiet_at = each.touched_at + days{*rules.goals->follow_up_days};
        climb_for({obligation_kind::goal,
                   facts.mentor,
                   facts.id.str(),
                   each.number + "/" + text_of(rules.where.day_of(each.touched_at)),
                   each.touched_at,
                   {}},
                  {{1, rung_act::listed, quiet_at, {}}}, facts, now, out);
    }
}

// Asked around the last day of the pair: its own, or that of its term.
void closing_owed(const program &rules, const pair_facts &facts, instant now, found &out) {
    const auto last = facts.last_day ? facts.last_day
                      : rules.term   ? std::optional(rules.term->until)
                                     : std::nullopt;
    if (!last || facts.is_leaving || rules.leaving.closing.empty() ||
        now >= given_up_at(rules, rules.leaving.closing_steps, *last, 0))
        return;
    const auto &steps = rules.leaving.closing_steps;
    const auto asked_from = rules.where.start_of(plus_days(*last, steps.empty() ? 0 : steps.front().on_day));
    for (const auto which : both_sides)
        if (std::find(facts.chose_closing.begin(), facts.chose_closing.end(), which) ==
            facts.chose_closing.end())
            climb_for({obligation_kind::closing, facts.on(which), facts.id.str(), text_of(*last),
                       std::max(facts.began_at, asked_from), rules.where.start_of(plus_days(*last, 1)),
                       clock_strength::firm, false},
                      from_due_day(rules, rules.leaving.closing_steps, *last), facts, now, out);
}

// A nudge on the day it is asked for, and a line a week later: feedback is a gift, so nobody else hears of
// it.
void feedback_owed(const program &rules, const pair_facts &facts, instant now, found &out) {
    if (!rules.formal)
        return;
    const auto began = rules.where.day_of(facts.began_at);
    const auto last = facts.last_day ? facts.last_day
                      : rules.term   ? std::optional(rules.term->until)
                                     : std::nullopt;
    auto wanted = rules.leaving.feedback;
    if (facts.is_leaving) // what is left of a notice has no middle
        std::erase(wanted, feedback_time::middle);
    for (const auto &each : feedback_days(wanted, began, last)) {
        const auto asked = rules.where.start_of(each.asked_on);
        const auto end = rules.where.start_of(plus_days(each.until, 1));
        if (now >= end)
            continue;
        for (const auto which : both_sides)
            if (std::find(facts.feedback.begin(), facts.feedback.end(), given_feedback{which, each.when}) ==
                facts.feedback.end())
                climb_for({obligation_kind::feedback, facts.on(which), facts.id.str(),
                           std::string(text_of(each.when)) + "/" + text_of(each.asked_on), asked, end,
                           clock_strength::firm, false},
                          {{1, rung_act::nudge, asked, {}}, {2, rung_act::listed, asked + days{7}, {}}},
                          facts, now, out);
    }
}

// Every kind a pair can owe.
struct kind_row {
    obligation_kind kind;
    void (*derive)(const program &, const pair_facts &, instant, found &);
};
constexpr std::array<kind_row, 10> pair_kinds = {{
    {obligation_kind::reply, replies_owed},
    {obligation_kind::contact_floor, floors_owed},
    {obligation_kind::check_in, check_ins_owed},
    {obligation_kind::first_meeting, first_meeting_owed},
    {obligation_kind::getting_started, getting_started_owed},
    {obligation_kind::milestone, milestones_due},
    {obligation_kind::meeting, meetings_near},
    {obligation_kind::closing, closing_owed},
    {obligation_kind::goal, goals_quiet},
    {obligation_kind::feedback, feedback_owed},
}};

outlook looked_over(found owed) {
    outlook all{std::move(owed), std::nullopt};
    for (const auto &each : all.owed)
        all.look_again_at = sooner(all.look_again_at, each.look_again_at);
    return all;
}

} // namespace

outlook obligations(const program &rules, const pair_facts &facts, instant now) {
    found out;
    if (facts.ends_at && now >= *facts.ends_at)
        return {};
    for (const auto &row : pair_kinds)
        row.derive(rules, facts, now, out);
    auto result = looked_over(std::move(out));
    if (rules.check_ins || rules.contacts.floor) // the next month brings its own
        result.look_again_at = sooner(result.look_again_at, ends_at(rules.where, month_of(rules.where, now)));
    return result;
}

outlook obligations(const program &rules, const request_facts &facts, instant now) {
    if (!rules.requests)
        return {};
    const auto &asked = *rules.requests;
    const bool from_delivery = asked.starts == counted_from::delivery;
    if (from_delivery && !facts.notified_at)
        return {}; // its time begins when the mentor has heard of it
    const auto from = from_delivery ? *facts.notified_at : facts.asked_at;
    const auto answer = answer_by(rules, asked, facts.mentor.hours, from);
    const auto lapse = std::max(after_days(rules, asked.clock, from, asked.lapses_after_days), answer);
    const auto warning = facts.mentor.hours.last_good_before(answer);
    found out;
    climb_for({obligation_kind::request, facts.mentor, facts.id, facts.id, from, answer},
              {{1, rung_act::nudge, std::max(warning.value_or(from), from), answer},
               {3, rung_act::lapse, lapse, {}}},
              facts, now, out);
    if (now < lapse)
        climb_for({obligation_kind::request, facts.protege, facts.id, facts.id, from, answer},
                  {{2, rung_act::softer, answer, {}}}, facts, now, out);
    return looked_over(std::move(out));
}

outlook obligations(const program &rules, const outreach_facts &facts, instant now) {
    if (!rules.requests || !rules.requests->outreach)
        return {};
    const auto &first = *rules.requests->outreach;
    const auto from = std::max(facts.signed_up_at, facts.window_opened_at);
    if (now < from)
        return {{}, from};
    std::vector<dated_rung> rungs;
    for (const auto &each : first.steps)
        rungs.push_back({static_cast<int>(rungs.size()) + 1, each.act, from + days{each.on_day}, {}});
    found out;
    climb_for({obligation_kind::outreach, facts.protege, facts.id.str(), text_of(rules.where.day_of(from)),
               from, from + days{first.within_days}},
              std::move(rungs), facts, now, out);
    return looked_over(std::move(out));
}

int contacts_hoped(const contact_floor &floor, const zone &where, instant began_at,
                   std::optional<instant> ends_at, calendar_month period,
                   const std::vector<paused_time> &pauses) {
    const auto first = std::max(first_day(period), where.day_of(began_at));
    auto last = last_day(period);
    if (ends_at)
        last = std::min(last, where.day_of(*ends_at - milliseconds{1}));
    const int all = days_between(first_day(period), last_day(period)) + 1;
    int own = std::max(0, days_between(first, last) + 1);
    for (const auto &each : pauses) { // the day it went on is the pair's again
        const auto from = std::max(first, where.day_of(each.from));
        const auto until = std::min(last, plus_days(where.day_of(each.until), -1));
        own -= std::max(0, days_between(from, until) + 1);
    }
    own = std::max(0, own);
    return (floor.per_month * own * 2 + all) / (all * 2); // to the nearest
}

std::optional<clock_strength> strength_of_loose(const program &rules, bool talks_elsewhere) {
    if (rules.replies.loose == loose_message::none || rules.contacts.hears == listening::none)
        return std::nullopt;
    const bool soft = talks_elsewhere || rules.replies.loose == loose_message::soft;
    return soft ? clock_strength::soft : clock_strength::firm;
}

std::optional<instant> reply_target(const program &rules, instant started_at) {
    if (!rules.replies.promise)
        return std::nullopt;
    return after_days(rules, rules.replies.clock, started_at, rules.replies.promise->target_days);
}

instant answer_by(const program &rules, const request_rules &asked, const good_hours &mentor, instant from) {
    // a warning within the hour of the notice is none
    const auto heard = from + hours{1};
    const auto nominal = after_hours(rules, asked.clock, from, asked.answer_within_hours);
    const auto warning = mentor.last_good_before(nominal);
    if (warning && *warning > heard)
        return nominal;
    return mentor.next_good(std::max(nominal, heard)) + hours{1};
}

std::vector<calendar_month> check_in_periods(const program &rules, instant began_at, instant now) {
    std::vector<calendar_month> periods;
    if (!rules.check_ins)
        return periods;
    const auto &form = *rules.check_ins;
    const auto began = rules.where.day_of(began_at);
    auto period = month_of(began);
    if (days_between(began, due_day(period, form.due_day)) < 14)
        period = plus_months(period, 1);
    auto last = month_of(rules.where, now);
    if (form.last_period)
        last = std::min(last, *form.last_period);
    for (; period <= last; period = plus_months(period, 1))
        periods.push_back(period);
    return periods;
}

instant late_from(const program &rules, const check_in_rules &form, calendar_month period) {
    return rules.where.start_of(plus_days(due_day(period, form.due_day), form.grace_days + 1));
}

calendar_month period_meant(const program &rules, instant began_at, side by,
                            const std::vector<filed_check_in> &filed, instant now) {
    for (const auto &period : check_in_periods(rules, began_at, now)) {
        const bool is_filed =
            std::find(filed.begin(), filed.end(), filed_check_in{by, period}) != filed.end();
        if (!is_filed && now < late_from(rules, *rules.check_ins, period))
            return period;
    }
    return month_of(rules.where, now);
}

} // namespace rapport
