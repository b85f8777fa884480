// Composing it; see message_of_the_day.hpp. Rows come in claimed; every one leaves carried, put off,
// withdrawn or missed.
#include "handlers/message_of_the_day.hpp"

#include "handlers/desk.hpp"
#include "handlers/owed.hpp"
#include "handlers/own_pace.hpp"
#include "handlers/request_watch.hpp"
#include "handlers/resting.hpp"
#include "handlers/thoughts.hpp"
#include "mentoring/caps.hpp"
#include "storage/meetings.hpp"
#include "storage/plans.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace rapport {
namespace {

// A line is not listed again so soon after its person heard of the same.
constexpr days between_listings{7};
constexpr std::size_t most_pairs_asked = 500; // of one person: more would be no mentoring

struct pair_outlook {
    storage::pair pair;
    good_hours hours;   // what was put off left out
    good_hours reached; // the same with it in: a meeting's reminder is not put off
    bool good_now = false;
    std::vector<obligation> owed; // by this person

    const good_hours &hours_for(obligation_kind kind) const {
        return kind == obligation_kind::meeting ? reached : hours;
    }
};

// Everything about the person that decides on their message.
struct standing_of_person {
    const storage::person &who;
    std::map<pair_id, pair_outlook> pairs;
    message_caps caps;
    good_hours hours; // of the first pair: for days and weeks
    std::vector<instant> delivered;
};

standing_of_person stand(storage::records &on_file, const house &here, const storage::person &who,
                         instant now) {
    standing_of_person out{who, {}, {}, {}, {}};
    const auto chosen = on_file.open<storage::own_choices>().of(who.id);
    const auto put_off = snoozed_times(chosen, now);
    std::vector<message_caps> caps;
    for (auto &pair : on_file.pairs.open_of_person(who.id)) {
        if (!is_live(on_file, here.rules, pair) || out.pairs.size() == most_pairs_asked)
            continue;
        const auto &rules = here.rules.of(pair.program);
        pair_outlook one{pair, hours_of(who, rules, *pair.side_of(who.id)), {}, false, {}};
        rest_if_asked(on_file, pair.program, who.id, now, one.hours);
        one.reached = one.hours;
        one.hours.closed.insert(one.hours.closed.end(), put_off.begin(), put_off.end());
        one.good_now = one.hours.is_good(now);
        for (auto &owed : owed_in(on_file, here.rules, pair, now).owed)
            if (owed.person == who.id)
                one.owed.push_back(std::move(owed));
        if (caps.empty())
            out.hours = one.hours;
        caps.push_back(rules.attention.caps);
        out.pairs.emplace(pair.id, std::move(one));
    }
    for (auto &asked : requests_owed_by(on_file, here, who, now)) {
        rest_if_asked(on_file, asked.stands_for.program, who.id, now, asked.when);
        if (caps.empty())
            out.hours = asked.when;
        caps.push_back(here.rules.of(asked.stands_for.program).attention.caps);
        pair_outlook one{asked.stands_for, asked.when, asked.when, asked.when.is_good(now),
                         std::move(asked.owed)};
        out.pairs.emplace(asked.stands_for.id, std::move(one));
    }
    out.caps = own_caps(chosen, strictest(caps));
    std::set<std::string> messages;
    for (const auto &line : on_file.nudges.given_since(who.id, now - days{8}))
        if (line.carried_by && !line.kind.starts_with("queue.") && messages.insert(*line.carried_by).second)
            out.delivered.push_back(*line.given_at);
    return out;
}

struct candidate {
    storage::outbox_row row;
    storage::nudge line;
    obligation owed;
    bool chosen = false;
};

const obligation *find_owed(const pair_outlook &in, const storage::nudge &line) {
    const auto found = std::find_if(in.owed.begin(), in.owed.end(),
                                    [&](const obligation &each) { return is_about(each, line); });
    return found == in.owed.end() ? nullptr : &*found;
}

std::optional<instant> last_given(storage::records &on_file, const storage::nudge &line) {
    std::optional<instant> last;
    for (const auto &each : on_file.nudges.of_occasion(line.pair, line.kind, line.occasion))
        if (each.person == line.person && each.given_at && each.carried_by)
            last = std::max(last.value_or(*each.given_at), *each.given_at);
    return last;
}

// Whether a claimed row goes into the message; if not, it is finished or put off here.
bool take(storage::records &on_file, const standing_of_person &at, candidate &one, instant now) {
    auto &outbox = on_file.outbox;
    const auto claim = claim_of(one.row);
    const auto in = at.pairs.find(one.line.pair);
    if (in == at.pairs.end()) {
        outbox.unwanted(claim, "not_open", now);
        return false;
    }
    const auto *owed = find_owed(in->second, one.line);
    if (!owed || one.line.closed_at) {
        outbox.unwanted(claim, "settled", now);
        on_file.pairs.look_by(one.line.pair, now);
        return false;
    }
    one.owed = *owed;
    const bool note = one.line.act == text_of(rung_act::queue);
    if (one.chosen) {
        one.owed.due = step{one.line.rung, rung_act::nudge, one.row.not_before_at, true};
        return true;
    }
    if (note) {
        one.owed.due = step{one.line.rung, rung_act::queue, one.row.not_before_at};
    } else if (!owed->due || owed->due->rung != one.line.rung) {
        if (owed->due) { // a newer rung has come meanwhile
            outbox.missed(claim, "newer", now);
            on_file.pairs.look_by(one.line.pair, now);
        } else if (owed->strength == clock_strength::firm && owed->look_again_at) {
            outbox.later(claim, *owed->look_again_at, "not_yet");
        } else {
            outbox.unwanted(claim, "not_due", now);
        }
        return false;
    }
    const auto &hours = in->second.hours_for(owed->kind);
    if (!hours.is_good(now)) {
        outbox.later(claim, hours.next_good(now), "hours");
        return false;
    }
    if (const auto last = last_given(on_file, one.line); last && now < *last + between_rungs && !note) {
        outbox.later(claim, hours.next_good(*last + between_rungs), "too_soon");
        return false;
    }
    return true;
}

bool is_among(const std::vector<candidate> &taken, const obligation &owed, const pair_id &pair) {
    return std::any_of(taken.begin(), taken.end(), [&](const candidate &each) {
        return each.line.pair == pair && is_about(owed, each.line);
    });
}

// The line of something that is only listed: rung 0, kept so that it is not listed again too soon.
std::optional<storage::nudge> listed_line(storage::records &on_file, const pair_outlook &in,
                                          const obligation &owed, instant now) {
    const auto kind = std::string(text_of(owed.kind));
    for (const auto &line : on_file.nudges.of_occasion(in.pair.id, kind, owed.occasion))
        if (line.person == owed.person && line.given_at && now < *line.given_at + between_listings)
            return std::nullopt;
    if (auto there = on_file.nudges.find(in.pair.id, kind, owed.occasion, owed.person, 0))
        return there;
    storage::nudge line;
    line.id = on_file.ids.next(now);
    line.pair = in.pair.id;
    line.kind = kind;
    line.occasion = owed.occasion;
    line.person = owed.person;
    line.act = std::string(text_of(rung_act::listed));
    line.since_at = owed.since_at;
    line.planned_at = now;
    on_file.nudges.add(line);
    return line;
}

std::vector<candidate> listed_too(storage::records &on_file, const standing_of_person &at,
                                  const std::vector<candidate> &taken, instant now) {
    std::vector<candidate> out;
    for (const auto &[id, in] : at.pairs) {
        if (!in.good_now)
            continue;
        for (const auto &owed : in.owed)
            if (owed.listed && !owed.due && !is_among(taken, owed, id))
                if (auto line = listed_line(on_file, in, owed, now))
                    out.push_back({{}, std::move(*line), owed, false});
    }
    return out;
}

void put_off(storage::records &on_file, const std::vector<storage::outbox_row> &rows, instant until,
             const std::string &why) {
    for (const auto &row : rows)
        on_file.outbox.later(claim_of(row), until, why);
}

day calendar_day(std::string_view iso, day otherwise) {
    return parse_day(iso).value_or(otherwise);
}

void add_dates(storage::records &on_file, const program &rules, const storage::pair &pair,
               const storage::nudge &line, const zone &where, instant now, line_facts &out) {
    const auto today = where.day_of(now);
    switch (out.kind) {
    case obligation_kind::check_in:
        out.period = parse_month(line.occasion);
        if (out.period && rules.check_ins)
            out.due = due_day(*out.period, rules.check_ins->due_day);
        break;
    case obligation_kind::contact_floor: {
        out.period = parse_month(line.occasion);
        const auto counted = contacts_in(on_file, rules, pair, line.occasion);
        out.so_far = counted.so_far;
        out.hoped = counted.hoped;
        const auto agreed = on_file.open<storage::agreements>().holding(pair.id);
        if (agreed && agreed->writes_first && agreed->writes_first == pair.side_of(line.person))
            out.title = "You two agreed that you write first.";
        break;
    }
    case obligation_kind::goal: {
        std::int64_t number = 0;
        std::from_chars(line.occasion.data(), line.occasion.data() + line.occasion.size(), number);
        if (const auto found = on_file.open<storage::goals>().find(pair.id, number))
            out.title = found->title;
        break;
    }
    case obligation_kind::meeting:
        if (const auto found =
                on_file.open<storage::meetings>().by_id(line.occasion.substr(0, line.occasion.find('/')))) {
            out.title = fmt::format("{}{}{}", in_full(found->starts_at, where),
                                    found->place.empty() ? "" : ", ", found->place);
            if (found->state == storage::meeting_state::proposed)
                out.title += " (not confirmed yet)";
            out.due = where.day_of(found->starts_at);
            out.is_past = found->starts_at <= now;
        }
        return;
    case obligation_kind::milestone: {
        const auto slash = line.occasion.find('/');
        std::int64_t number = 0;
        std::from_chars(line.occasion.data(), line.occasion.data() + line.occasion.size(), number);
        if (const auto found = on_file.milestones.find(pair.id, number))
            out.title = found->title;
        if (slash != std::string::npos)
            out.due = calendar_day(std::string_view(line.occasion).substr(slash + 1), out.since);
        break;
    }
    case obligation_kind::first_meeting:
        if (rules.first_meeting)
            out.due = plus_days(calendar_day(line.occasion, out.since), rules.first_meeting->within_days);
        break;
    case obligation_kind::getting_started:
        if (rules.getting_started)
            out.due = plus_days(calendar_day(line.occasion, out.since), rules.getting_started->within_days);
        out.title =
            open_words(still_open_in(on_file, rules, pair), pair.side_of(line.person).value_or(side::mentor));
        break;
    case obligation_kind::closing:
        out.due = calendar_day(line.occasion, out.since);
        break;
    default:
        break;
    }
    out.is_past = out.due && *out.due < today;
}

bool in_several_programs(storage::records &on_file, const person_id &who) {
    std::set<program_slug> all;
    for (const auto &each : on_file.pairs.open_of_person(who))
        all.insert(each.program);
    return all.size() > 1;
}

} // namespace

row_line line_of(storage::records &on_file, const storage::outbox_row &row) {
    const auto blank = row.params.find(' ');
    return {on_file.nudges.by_id(row.params.substr(0, blank)), blank != std::string::npos};
}

line_facts facts_of(storage::records &on_file, const house &here, const storage::person &reader,
                    const storage::nudge &line, instant now) {
    line_facts out;
    out.id = line.id;
    parse_text(line.kind, out.kind);
    if (!parse_text(line.act, out.act))
        out.act = rung_act::nudge;
    out.outcome = line.outcome;
    auto pair = on_file.pairs.by_id(line.pair);
    if (!pair)
        pair = stand_in_for(on_file, line.pair);
    const auto *rules = pair ? here.rules.find(pair->program) : nullptr;
    if (!rules)
        return out;
    const auto which = pair->side_of(line.person).value_or(side::mentor);
    const auto other = on_file.people.by_id(pair->partner_of(line.person));
    const auto word = "your " + rules->word(other_side(which)).one;
    out.other = called(other ? other->name : "", word);
    const auto where = zone_of(reader, *rules);
    out.since = where.day_of(line.since_at);
    if (in_several_programs(on_file, reader.id))
        out.program = rules->name;
    if (out.kind == obligation_kind::reply)
        if (const auto clock = on_file.clocks.of_occasion(line.pair, line.person, line.occasion)) {
            out.by = clock->medium;
            out.strength = clock->strength;
        }
    add_dates(on_file, *rules, *pair, line, where, now, out);
    return out;
}

day_plan message_of_the_day(storage::records &on_file, const house &here, const storage::person &to,
                            std::vector<storage::outbox_row> claimed, const std::string &lease, instant now) {
    auto &outbox = on_file.outbox;
    const auto at = stand(on_file, here, to, now);
    std::vector<candidate> taken;
    std::vector<storage::outbox_row> digests;
    for (auto &row : claimed) {
        if (row.kind == "nudge.digest") {
            digests.push_back(std::move(row));
            continue;
        }
        auto [line, chosen] = line_of(on_file, row);
        if (!line) {
            outbox.unwanted(claim_of(row), "unknown", now);
            continue;
        }
        candidate one{std::move(row), std::move(*line), {}, chosen};
        if (take(on_file, at, one, now))
            taken.push_back(std::move(one));
    }
    const bool exempt = std::any_of(taken.begin(), taken.end(), [](const candidate &each) {
        return each.chosen || is_exempt(each.owed);
    });
    if (taken.empty() && digests.empty())
        return {};
    if (taken.empty() && at.pairs.empty()) { // every pair of theirs has ended: no hour of it will come
        for (const auto &row : digests)
            outbox.unwanted(claim_of(row), "nothing_left", now);
        return {};
    }
    const bool good =
        std::any_of(at.pairs.begin(), at.pairs.end(), [](auto &each) { return each.second.good_now; });
    if (!exempt && (!good || !may_write(at.caps, at.hours, at.delivered, now))) {
        const auto until = next_write(at.caps, at.hours, at.delivered, now);
        for (const auto &each : taken)
            digests.push_back(each.row);
        put_off(on_file, digests, std::max(until, now + minutes{1}), "caps");
        return {};
    }

    auto offered = taken;
    for (auto &each : listed_too(on_file, at, taken, now))
        offered.push_back(std::move(each));
    std::vector<obligation> owed;
    for (const auto &each : offered)
        owed.push_back(each.owed);
    const auto plan = plan_message(owed, at.caps, at.hours.where, now);
    if (plan.lines.empty()) {
        for (const auto &row : digests)
            outbox.unwanted(claim_of(row), "nothing_left", now);
        return {};
    }
    day_plan out;
    std::vector<line_facts> lines;
    for (const auto i : plan.lines) {
        const auto &each = offered[i];
        on_file.nudges.carry(each.line.id, lease);
        lines.push_back(facts_of(on_file, here, to, each.line, now));
        if (!each.row.key.empty())
            out.carries.push_back(each.row);
    }
    // what has no room today is listed next time
    auto with_this = at.delivered;
    with_this.push_back(now);
    const auto next = next_write(at.caps, at.hours, with_this, now);
    for (const auto i : plan.held)
        if (!offered[i].row.key.empty())
            outbox.later(claim_of(offered[i].row), next, "no_room");
    out.carries.insert(out.carries.end(), digests.begin(), digests.end());
    out.says = day_message(called(to.name, "there"), lines, plan.held.size(),
                           here.names.line(command_name::mentoring));
    for (const auto &[id, in] : at.pairs)
        if (const auto thought = take_thought(on_file, here, to, in.pair, now)) {
            out.says->summary = surface::lines({out.says->summary, *thought});
            out.says->blocks.push_back(surface::context{.notes = {*thought}});
            break; // one a message
        }
    return out;
}

surface::message message_of_the_day_now(storage::records &on_file, const house &here,
                                        const storage::person &to, const std::vector<storage::nudge> &lines,
                                        instant now) {
    std::vector<line_facts> all;
    for (const auto &line : lines)
        all.push_back(facts_of(on_file, here, to, line, now));
    return day_message(called(to.name, "there"), all, 0, here.names.line(command_name::mentoring));
}

} // namespace rapport
