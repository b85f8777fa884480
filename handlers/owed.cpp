// Rows to facts; see owed.hpp.
#include "handlers/owed.hpp"

#include "handlers/leaving_facts.hpp"
#include "handlers/own_pace.hpp"
#include "handlers/resting.hpp"
#include "handlers/surface/packed.hpp"
#include "storage/meetings.hpp"
#include "storage/plans.hpp"

#include <algorithm>
#include <map>

namespace rapport {
namespace {

constexpr int months_of_check_ins = 4; // this one and the three before: none older is owed

party party_of(storage::records &on_file, const program &rules, const storage::pair &pair, side which,
               instant now) {
    const auto who = on_file.people.by_id(pair.on(which));
    party out;
    out.id = pair.on(which);
    if (who)
        out.hours = hours_of(*who, rules, which);
    if (who && rules.attention.while_away == away_clocks::rest)
        out.away = away_times(*who);
    rest_if_asked(on_file, pair.program, out.id, now, out.hours);
    return out;
}

bool counts(const std::vector<medium> &media, medium one) {
    return media.empty() || std::find(media.begin(), media.end(), one) != media.end();
}

// "3+" is three at least.
std::optional<int> count_told(const std::optional<storage::check_in> &filed, const std::string &question) {
    if (!filed)
        return std::nullopt;
    const auto answers = surface::unpacked(filed->answers);
    const auto found = answers.find(question);
    if (found == answers.end() || found->second.empty() || found->second[0] < '0' || found->second[0] > '9')
        return std::nullopt;
    return found->second[0] - '0';
}

// What the check-ins of a pair that talks elsewhere say about being in touch (product 4.8).
month_contacts told_contacts(storage::records &on_file, const storage::pair &pair, calendar_month period) {
    const auto by_mentor = on_file.check_ins.standing(pair.id, side::mentor, text_of(period));
    const auto by_protege = on_file.check_ins.standing(pair.id, side::protege, text_of(period));
    const auto a = count_told(by_mentor, "touch"), b = count_told(by_protege, "touch");
    month_contacts out{period};
    out.all = a && b ? std::min(*a, *b) : a.value_or(b.value_or(0));
    out.by_mentor = count_told(by_mentor, "first-step").value_or(0);
    return out;
}

std::vector<month_contacts> months_of_contacts(storage::records &on_file, const program &rules,
                                               const storage::pair &pair, instant now) {
    const auto current = month_of(rules.where, now);
    std::vector<month_contacts> out = {{plus_months(current, -1)}, {current}};
    for (const auto &each : on_file.contacts.between(pair.id, first_day(out[0].period), last_day(current))) {
        if (!counts(rules.contacts.media, each.medium))
            continue;
        auto &month = out[month_of(each.on_day) == current ? 1 : 0];
        ++month.all;
        if (each.started_by == pair.mentor)
            ++month.by_mentor;
    }
    if (pair.talks_elsewhere)
        for (auto &month : out) {
            const auto told = told_contacts(on_file, pair, month.period);
            month.all = std::max(month.all, told.all);
            month.by_mentor = std::max(month.by_mentor, told.by_mentor);
        }
    return out;
}

paper_progress progress_of(const std::optional<storage::plan_paper> &paper) {
    if (!paper)
        return paper_progress::none;
    switch (paper->state) {
    case storage::paper_state::draft:
        return paper_progress::draft;
    case storage::paper_state::shared:
        return paper_progress::shared;
    case storage::paper_state::reviewed:
        break;
    }
    return paper_progress::reviewed;
}

// What of the year's nouns can fall due: goals that nothing is done about, and times to meet.
void add_year(storage::records &on_file, const program &rules, const storage::pair &pair, instant now,
              pair_facts &facts) {
    if (rules.goals && rules.goals->follow_up_days)
        for (const auto &each : on_file.open<storage::goals>().of_pair(pair.id))
            if (each.state == storage::goal_state::open)
                facts.goals.push_back({std::to_string(each.number), each.touched_at});
    for (const auto &each : on_file.open<storage::meetings>().from(pair.id, now - days{8}))
        if (each.is_on())
            facts.meetings.push_back({each.id, each.starts_at});
    if (!rules.getting_started)
        return;
    facts.to_begin.clear();
    for (const auto &each : still_open_in(on_file, rules, pair))
        if (std::find(facts.to_begin.begin(), facts.to_begin.end(), each.turn) == facts.to_begin.end())
            facts.to_begin.push_back(each.turn);
    std::sort(facts.to_begin.begin(), facts.to_begin.end());
    facts.has_started = facts.to_begin.empty();
}

std::vector<filed_check_in> filed_in(storage::records &on_file, const storage::pair &pair) {
    std::vector<filed_check_in> out;
    for (const auto which : {side::mentor, side::protege})
        for (const auto &each : on_file.check_ins.history(pair.id, which, months_of_check_ins))
            if (const auto period = parse_month(each.period))
                out.push_back({which, *period});
    return out;
}

clock_facts facts_of(const storage::reply_clock &clock, const storage::pair &pair) {
    return {.owed_by = pair.side_of(clock.owed_by).value_or(side::mentor),
            .occasion = clock.occasion,
            .started_at = clock.started_at,
            .strength = clock.strength,
            .said = clock.set_by != storage::clock_set_by::message || clock.asked_at.has_value(),
            .due_by = clock.due_by_at};
}

void add_given(storage::records &on_file, const storage::pair &pair, pair_facts &facts) {
    for (const auto &line : on_file.nudges.of_pair(pair.id)) {
        obligation_kind kind{};
        if (!parse_text(line.kind, kind))
            continue;                       // a coordinator's line
        if (line.given_at && line.rung > 0) // else only listed, or heard again
            facts.given.push_back({kind, line.person, line.occasion, line.rung, *line.given_at});
        if (line.remind_at)
            facts.reminders.push_back({kind, line.person, line.occasion, *line.remind_at});
    }
}

// The policy as an occasion of an older version sees it: nothing but its reply rules is asked of it.
program only_replies(program in_force, const program &older) {
    in_force.replies = older.replies;
    in_force.check_ins.reset();
    in_force.contacts.floor.reset();
    in_force.first_meeting.reset();
    in_force.getting_started.reset();
    in_force.goals.reset();
    in_force.attention.meeting_reminder = false;
    in_force.milestone_steps.clear();
    in_force.leaving.closing.clear();
    in_force.leaving.feedback.clear();
    return in_force;
}

bool reminds_of_replies(const program &rules) {
    return std::any_of(rules.replies.steps.begin(), rules.replies.steps.end(),
                       [](const rung &each) { return is_message(each.act); });
}

// Where a program follows up no replies, one who says that they wait gets one reminder sent all the same; of
// an ask with a date in the last good hour before it.
program with_one_reminder(program rules, const clock_facts &clock) {
    auto older = rules;
    int day = rules.replies.promise ? rules.replies.promise->target_days : 0;
    if (clock.due_by)
        day = static_cast<int>(std::chrono::duration_cast<days>(*clock.due_by - clock.started_at).count());
    older.replies.steps = {{day, rung_act::nudge}};
    return only_replies(std::move(rules), older);
}

} // namespace

zone zone_of(const storage::person &who, const program &rules) {
    for (const auto &name : {who.zone, who.platform_zone})
        if (name)
            if (const auto found = zone::named(*name))
                return *found;
    return rules.where;
}

good_hours hours_of(const storage::person &who, const program &rules, side which) {
    good_hours out;
    out.where = zone_of(who, rules);
    out.week = hours_of(who.hours.value_or("program"), rules.attention.hours(which));
    out.off = rules.attention.off_days(which);
    if (who.away_until_at)
        out.closed.push_back({who.away_from_at.value_or(instant{}), *who.away_until_at});
    return out;
}

contact_count contacts_in(storage::records &on_file, const program &rules, const storage::pair &pair,
                          const std::string &period) {
    const auto month = parse_month(period);
    if (!month || !rules.contacts.floor)
        return {};
    const auto end = end_of(on_file, rules, pair);
    contact_count out{.hoped = contacts_hoped(*rules.contacts.floor, rules.where, pair.began_at,
                                              end ? std::optional(end->at) : std::nullopt, *month,
                                              rests_over(on_file, pair))};
    const bool by_mentor = rules.contacts.floor->counts == counted_contacts::mentor_initiated;
    for (const auto &each : on_file.contacts.between(pair.id, first_day(*month), last_day(*month)))
        if (counts(rules.contacts.media, each.medium) && (!by_mentor || each.started_by == pair.mentor))
            ++out.so_far;
    if (pair.talks_elsewhere) {
        const auto told = told_contacts(on_file, pair, *month);
        out.so_far = std::max(out.so_far, by_mentor ? told.by_mentor : told.all);
    }
    return out;
}

std::vector<open_part> still_open_in(storage::records &on_file, const program &rules,
                                     const storage::pair &pair) {
    started_facts facts;
    auto agreements = on_file.open<storage::agreements>();
    facts.agreed = agreements.holding(pair.id).has_value();
    if (const auto newest = agreements.newest(pair.id); newest && !newest->agreed_at)
        facts.proposed_by = pair.side_of(newest->proposed_by);
    for (const auto &each : on_file.open<storage::goals>().of_pair(pair.id))
        if (each.state != storage::goal_state::dropped)
            facts.goals.push_back({pair.side_of(each.author).value_or(side::protege),
                                   each.agreed_at.has_value() || each.state == storage::goal_state::done});
    for (const auto &each : on_file.milestones.of_pair(pair.id))
        facts.has_milestone = facts.has_milestone || each.state != milestone_state::dropped;
    auto papers = on_file.open<storage::plan_papers>();
    facts.development_plan = progress_of(papers.find(pair.id, plan_part::development_plan));
    facts.project_plan = progress_of(papers.find(pair.id, plan_part::project_plan));
    return still_open(rules, facts);
}

bool has_met(storage::records &on_file, const program &rules, const storage::pair &pair, instant now) {
    if (!rules.first_meeting)
        return true;
    const auto since = rules.where.day_of(pair.began_at), today = rules.where.day_of(now);
    const auto all = on_file.contacts.between(pair.id, since, plus_days(today, 1));
    return std::any_of(all.begin(), all.end(), [&](const storage::contact &each) {
        return counts(rules.first_meeting->media, each.medium);
    });
}

bool is_live(storage::records &on_file, const policies &rules, const storage::pair &pair) {
    if (pair.state != pair_state::open || rules.find(pair.program) == nullptr)
        return false;
    for (const auto &id : {pair.mentor, pair.protege}) {
        const auto who = on_file.people.by_id(id);
        if (!who || who->state != person_state::active)
            return false;
    }
    return true;
}

outlook owed_in(storage::records &on_file, const policies &rules, const storage::pair &pair, instant now) {
    const auto &in_force = rules.of(pair.program);
    const auto version = rules.version_of(pair.program);
    pair_facts facts;
    facts.id = pair.id;
    facts.mentor = party_of(on_file, in_force, pair, side::mentor, now);
    facts.protege = party_of(on_file, in_force, pair, side::protege, now);
    facts.began_at = pair.began_at;
    add_dates_of_pair(on_file, in_force, pair, facts);
    facts.talks_elsewhere = pair.talks_elsewhere;
    add_given(on_file, pair, facts);

    std::map<std::int64_t, std::vector<clock_facts>> clocks;
    std::vector<clock_facts> said_only;
    for (const auto &clock : on_file.clocks.running_of_pair(pair.id)) {
        if (clock.asked_at && !reminds_of_replies(in_force)) {
            said_only.push_back(facts_of(clock, pair));
            continue;
        }
        const bool known = &rules.of(pair.program, clock.version) != &in_force;
        clocks[known ? clock.version : version].push_back(facts_of(clock, pair));
    }
    outlook all;
    for (const auto &clock : said_only) {
        facts.clocks = {clock};
        auto part = obligations(with_one_reminder(in_force, clock), facts, now);
        all.owed.insert(all.owed.end(), part.owed.begin(), part.owed.end());
        all.look_again_at = sooner(all.look_again_at, part.look_again_at);
    }
    for (auto &[of_version, running] : clocks) {
        if (of_version == version)
            continue;
        facts.clocks = std::move(running);
        auto part = obligations(only_replies(in_force, rules.of(pair.program, of_version)), facts, now);
        all.owed.insert(all.owed.end(), part.owed.begin(), part.owed.end());
        all.look_again_at = sooner(all.look_again_at, part.look_again_at);
    }

    facts.clocks = clocks[version];
    if (in_force.check_ins)
        facts.filed = filed_in(on_file, pair);
    if (in_force.contacts.floor)
        facts.contacts = months_of_contacts(on_file, in_force, pair, now);
    facts.has_met = has_met(on_file, in_force, pair, now);
    add_year(on_file, in_force, pair, now, facts);
    const auto firm = [&](const person_id &author) {
        return own_firmness(on_file.open<storage::own_choices>().of(author));
    };
    for (const auto &each : on_file.milestones.of_pair(pair.id))
        if (each.state == milestone_state::open && each.due)
            facts.milestones.push_back({.number = std::to_string(each.number),
                                        .owner = pair.side_of(each.author).value_or(side::protege),
                                        .due = *each.due,
                                        .follow = firm(each.author)});
    auto part = obligations(in_force, facts, now);
    all.owed.insert(all.owed.end(), part.owed.begin(), part.owed.end());
    all.look_again_at = sooner(all.look_again_at, part.look_again_at);
    return all;
}

} // namespace rapport
