// The planner's step; see nudging.hpp.
#include "handlers/nudging.hpp"

#include "handlers/clearing.hpp"
#include "handlers/coordinators_message.hpp"
#include "handlers/desk.hpp"
#include "handlers/home_page.hpp"
#include "handlers/leaving_dates.hpp"
#include "handlers/leaving_told.hpp"
#include "handlers/owed.hpp"
#include "handlers/own_pace.hpp"
#include "handlers/replies.hpp"
#include "handlers/request_watch.hpp"
#include "handlers/staff_contact.hpp"
#include "handlers/terms.hpp"
#include "storage/closing.hpp"
#include "storage/meetings.hpp"
#include "storage/outbox.hpp"
#include "storage/second_thoughts.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace rapport {
namespace {

using storage::nudge_outcome;

// While somebody of a pair is not active it is looked at seldom: their return is not always told.
constexpr days look_when_not_live{1};

nudge_outcome outcome_of_reply(storage::records &on_file, const storage::nudge &line) {
    const auto clock = on_file.clocks.of_occasion(line.pair, line.person, line.occasion);
    if (!clock || !clock->settled_by)
        return nudge_outcome::let_go;
    switch (*clock->settled_by) {
    case settled_by::reply:
    case settled_by::elsewhere:
    case settled_by::answered_ask:
        return nudge_outcome::done;
    case settled_by::not_needed:
    case settled_by::not_mine:
        return nudge_outcome::settled;
    case settled_by::undone:
    case settled_by::ended:
        break;
    }
    return nudge_outcome::let_go;
}

nudge_outcome outcome_of_milestone(storage::records &on_file, const storage::nudge &line) {
    std::int64_t number = 0;
    const auto &text = line.occasion; // "3/2026-12-01"
    std::from_chars(text.data(), text.data() + text.size(), number);
    const auto found = on_file.milestones.find(line.pair, number);
    if (!found)
        return nudge_outcome::let_go;
    return found->state == milestone_state::done ? nudge_outcome::done : nudge_outcome::settled;
}

// What became of a cause that is not there any more: done, settled in another way, or only past.
nudge_outcome outcome_of(storage::records &on_file, const house &here, const storage::pair &pair,
                         const storage::nudge &line, instant now) {
    obligation_kind kind{};
    if (!parse_text(line.kind, kind))
        return nudge_outcome::settled;
    const auto which = pair.side_of(line.person).value_or(side::mentor);
    switch (kind) {
    case obligation_kind::reply:
        return outcome_of_reply(on_file, line);
    case obligation_kind::check_in:
        return on_file.check_ins.standing(pair.id, which, line.occasion) ? nudge_outcome::done
                                                                         : nudge_outcome::let_go;
    case obligation_kind::milestone:
        return outcome_of_milestone(on_file, line);
    case obligation_kind::contact_floor: {
        const auto counted = contacts_in(on_file, here.rules.of(pair.program), pair, line.occasion);
        return counted.so_far >= counted.hoped ? nudge_outcome::done : nudge_outcome::let_go;
    }
    case obligation_kind::getting_started: {
        const auto open = still_open_in(on_file, here.rules.of(pair.program), pair);
        return open_words(open, which).empty() ? nudge_outcome::done : nudge_outcome::let_go;
    }
    case obligation_kind::meeting: {
        const auto found =
            on_file.open<storage::meetings>().by_id(line.occasion.substr(0, line.occasion.find('/')));
        if (found && found->state == storage::meeting_state::kept)
            return nudge_outcome::done;
        return nudge_outcome::let_go;
    }
    case obligation_kind::goal:
        return nudge_outcome::settled;
    case obligation_kind::closing:
        return on_file.open<storage::closing_wishes>().of(pair.id, line.person) ? nudge_outcome::done
                                                                                : nudge_outcome::let_go;
    case obligation_kind::feedback: {
        feedback_time when{}; // "middle/2027-01-05"
        const bool given = parse_text(line.occasion.substr(0, line.occasion.find('/')), when) &&
                           on_file.open<storage::feedbacks>().of(pair.id, which, when);
        return given ? nudge_outcome::done : nudge_outcome::let_go;
    }
    case obligation_kind::first_meeting:
        return has_met(on_file, here.rules.of(pair.program), pair, now) ? nudge_outcome::done
                                                                        : nudge_outcome::let_go;
    default:
        return nudge_outcome::let_go;
    }
}

using message_place = std::tuple<person_id, channel_id, std::string>;

void close_line(storage::records &on_file, const storage::nudge &line, nudge_outcome how, instant now,
                std::set<message_place> &to_show) {
    on_file.nudges.close(line.id, how, now);
    on_file.outbox.withdraw_prefix(on_file.team, key_of(line), std::string(text_of(how)), now);
    if (line.channel && line.ts)
        to_show.emplace(line.person, *line.channel, *line.ts);
}

// Lines whose cause is gone are withdrawn where they were not sent, and shown as settled where they were;
// with them goes what waits for a coordinator.
void close_what_is_over(storage::records &on_file, const house &here, const storage::pair &pair,
                        const std::vector<obligation> &owed, instant now) {
    std::set<message_place> to_show;
    const auto lines = on_file.nudges.open_of_pair(pair.id);
    for (const auto &line : lines) {
        obligation_kind kind{};
        if (!parse_text(line.kind, kind))
            continue; // a coordinator's line: below
        if (std::any_of(owed.begin(), owed.end(), [&](const auto &each) { return is_about(each, line); }))
            continue;
        close_line(on_file, line, outcome_of(on_file, here, pair, line, now), now, to_show);
    }
    for (const auto &raised : on_file.attention.open_of_pair(pair.id)) {
        obligation_kind kind{};
        if (!parse_text(raised.kind, kind))
            continue; // asked for by a person: a coordinator clears it
        const bool still = std::any_of(owed.begin(), owed.end(), [&](const obligation &each) {
            return each.kind == kind && each.person == raised.person && each.occasion == raised.occasion;
        });
        // what was only let go by the calendar still wants a person; a stopped clock does not
        storage::nudge cause;
        cause.pair = pair.id;
        cause.kind = raised.kind;
        cause.occasion = raised.occasion;
        cause.person = raised.person;
        if (!still && (kind == obligation_kind::reply ||
                       outcome_of(on_file, here, pair, cause, now) != nudge_outcome::let_go))
            on_file.attention.clear(pair.id, raised.kind, raised.occasion, raised.person, std::nullopt, now);
    }
    for (const auto &line : lines)
        if (is_coordinators(line) && is_cleared(on_file, line))
            close_line(on_file, line, nudge_outcome::settled, now, to_show);
    for (const auto &[person, channel, ts] : to_show)
        show_again(on_file, person, channel, ts, now);
}

storage::nudge line_of(storage::records &on_file, const storage::pair &pair, const obligation &owed, int rung,
                       rung_act act, instant now) {
    const auto kind = std::string(text_of(owed.kind));
    if (auto there = on_file.nudges.find(pair.id, kind, owed.occasion, owed.person, rung)) {
        if (there->closed_at && !there->given_at) { // its cause was gone, and is there again
            on_file.open<storage::second_thoughts>().stand_again(there->id);
            there->closed_at.reset();
            there->outcome.reset();
        }
        return *there;
    }
    storage::nudge line;
    line.id = on_file.ids.next(now);
    line.pair = pair.id;
    line.kind = kind;
    line.occasion = owed.occasion;
    line.person = owed.person;
    line.rung = rung;
    line.act = std::string(text_of(act));
    line.since_at = owed.since_at;
    line.planned_at = now;
    on_file.nudges.add(line);
    return line;
}

storage::outbox_item item_of(storage::records &on_file, const storage::nudge &line, std::string key,
                             instant due_at, bool chosen, instant now) {
    return {.team = on_file.team,
            .id = on_file.ids.make<storage::outbox_id>(now),
            .key = std::move(key),
            .verb = storage::outbox_verb::post,
            .kind = "nudge." + line.kind,
            .policy = storage::send_policy::at_most_once,
            .person = line.person,
            .channel = std::nullopt,
            .pair = line.pair,
            .subject = "pair:" + line.pair.str(),
            .params = line.id + (chosen ? " chosen" : ""),
            .not_before_at = due_at,
            .created_at = now};
}

// Adds the line's message; what was withdrawn and is wanted after all gets a new row. 1 if one was added.
int add_row(storage::records &on_file, const storage::nudge &line, const step &due, instant now) {
    auto &outbox = on_file.outbox;
    const auto again = due.again ? std::optional(due.due_at) : std::nullopt;
    auto key = key_of(line, again);
    auto there = outbox.find(on_file.team, key);
    for (int n = 2; there && there->state == storage::outbox_state::withdrawn; ++n) {
        key = key_of(line, again) + "~" + std::to_string(n);
        there = outbox.find(on_file.team, key);
    }
    if (there) {
        // perhaps it arrived, or it never will: the ladder goes on from here
        const bool over =
            there->state == storage::outbox_state::ambiguous || there->state == storage::outbox_state::parked;
        if (over && (!line.given_at || due.again)) {
            on_file.nudges.give(line.id, there->finished_at.value_or(now));
            on_file.nudges.remind(line.id, std::nullopt);
            on_file.pairs.look_by(line.pair, now);
        }
        return 0;
    }
    return outbox.add(item_of(on_file, line, key, due.due_at, due.again, now)) ? 1 : 0;
}

// A newer rung takes the place of those not sent yet: after a silence of ours there is one message.
void supersede(storage::records &on_file, const storage::nudge &newer, instant now) {
    for (const auto &line : on_file.nudges.of_occasion(newer.pair, newer.kind, newer.occasion))
        if (line.person == newer.person && line.rung > 0 && line.rung < newer.rung && !line.given_at)
            on_file.outbox.withdraw_prefix(on_file.team, key_of(line), "newer", now);
}

bool has_an_account(storage::records &on_file, const person_id &id) {
    const auto who = on_file.people.by_id(id);
    return who && who->slack;
}

int plan_due(storage::records &on_file, const house &here, const storage::pair &pair, const obligation &owed,
             instant now) {
    const auto &due = *owed.due;
    if (due.act != rung_act::queue && !is_message(due.act))
        return 0;
    const auto line = line_of(on_file, pair, owed, due.rung, due.act, now);
    supersede(on_file, line, now);
    if (due.act == rung_act::queue) {
        ask_for_help(on_file, here, pair, line.kind, line.occasion, line.person, owed.since_at, now);
        on_file.nudges.give(line.id, now); // from here on a person sees to it
    }
    if (!has_an_account(on_file, owed.person)) {
        on_file.nudges.give(line.id,
                            now); // nothing is sent to who is known by address only; the ladder goes on
        on_file.pairs.look_by(line.pair, now);
        return 0;
    }
    return add_row(on_file, line, due, now);
}

// A line that nothing else will ever carry goes with the weekly digest.
int plan_digest(storage::records &on_file, const house &here, const storage::pair &pair,
                const obligation &owed, instant now) {
    const auto who = on_file.people.by_id(owed.person);
    if (!who || !who->slack)
        return 0;
    for (const auto &line :
         on_file.nudges.of_occasion(pair.id, std::string(text_of(owed.kind)), owed.occasion))
        if (line.person == owed.person && line.given_at)
            return 0;
    const auto &rules = here.rules.of(pair.program);
    const auto hours = hours_of(*who, rules, pair.side_of(owed.person).value_or(side::mentor));
    const auto digest_day =
        own_caps(on_file.open<storage::own_choices>().of(who->id), rules.attention.caps).digest_day;
    auto at = hours.next_good(now);
    auto date = hours.where.day_of(now);
    for (int i = 0; i < 7 && weekday_of(date) != digest_day; ++i)
        date = plus_days(date, 1);
    at = hours.next_good(std::max(now, hours.where.start_of(date)));
    const bool added =
        on_file.outbox.add({.team = on_file.team,
                            .id = on_file.ids.make<storage::outbox_id>(now),
                            .key = "digest:" + owed.person.str() + ":" + text_of(hours.where.day_of(at)),
                            .verb = storage::outbox_verb::post,
                            .kind = "nudge.digest",
                            .policy = storage::send_policy::at_most_once,
                            .person = owed.person,
                            .channel = std::nullopt,
                            .pair = std::nullopt,
                            .subject = "digest:" + owed.person.str(),
                            .params = "",
                            .not_before_at = at,
                            .created_at = now});
    return added ? 1 : 0;
}

} // namespace

std::string key_of(const storage::nudge &line, std::optional<instant> again) {
    auto key = "nudge:" + line.pair.str() + ":" + line.kind + ":" + line.occasion + ":" + line.person.str() +
               ":" + std::to_string(line.rung) + ":";
    if (again)
        key += std::to_string(again->time_since_epoch().count());
    return key;
}

void plan_again(storage::records &on_file, const storage::nudge &line, instant then, instant now) {
    on_file.nudges.remind(line.id, then);
    // a line of its own: the message that carried the first stays known
    storage::nudge again;
    again.id = on_file.ids.next(now);
    again.pair = line.pair;
    again.kind = line.kind;
    again.occasion = line.occasion;
    again.person = line.person;
    again.rung = -1;
    for (const auto &each : on_file.nudges.of_occasion(line.pair, line.kind, line.occasion))
        if (each.person == line.person)
            again.rung = std::min(again.rung, each.rung - 1);
    again.act = line.act;
    again.since_at = line.since_at;
    again.planned_at = now;
    on_file.nudges.add(again);
    on_file.outbox.add(item_of(on_file, again, key_of(line, then), then, true, now));
    on_file.pairs.look_by(line.pair, now);
}

void reminder_is_over(storage::records &on_file, const storage::nudge &line, instant now) {
    for (const auto &each : on_file.nudges.of_occasion(line.pair, line.kind, line.occasion))
        if (each.person == line.person && each.remind_at && *each.remind_at <= now)
            on_file.nudges.remind(each.id, std::nullopt);
}

void show_again(storage::records &on_file, const person_id &person, const channel_id &channel,
                const std::string &ts, instant now) {
    on_file.outbox.add({.team = on_file.team,
                        .id = on_file.ids.make<storage::outbox_id>(now),
                        .key = "shown:" + channel.str() + ":" + ts + ":" + on_file.ids.next(now),
                        .verb = storage::outbox_verb::update,
                        .kind = std::string(shown_again),
                        .policy = storage::send_policy::at_least_once,
                        .person = person,
                        .channel = channel,
                        .pair = std::nullopt,
                        .subject = "person:" + person.str(),
                        .params = ts,
                        .not_before_at = now,
                        .created_at = now});
}

bool ask_for_help(storage::records &on_file, const house &here, const storage::pair &pair,
                  const std::string &kind, const std::string &occasion, const person_id &about, instant since,
                  instant now) {
    storage::attention_line line;
    line.program = pair.program;
    line.pair = pair.id;
    line.kind = kind;
    line.occasion = occasion;
    line.person = about;
    line.since_at = since;
    line.raised_at = now;
    if (!on_file.attention.raise(line))
        return false;
    tell_coordinators(on_file, here, line, now);
    return true;
}

// A protégé who had lost a mentor has one again: what waited for a coordinator is settled.
void mentor_found(storage::records &on_file, const storage::pair &pair, instant now) {
    if (now >= pair.began_at + days{1})
        return;
    for (const auto &line : on_file.attention.open(pair.program))
        if (line.kind == leaving_line::mentor_left && line.person == pair.protege)
            on_file.attention.clear(line.pair, line.kind, line.occasion, line.person, std::nullopt, now);
}

int look_at(storage::records &on_file, const house &here, const storage::pair &given, instant now) {
    const auto dates = keep_dates(on_file, here, given, now);
    const auto pair = dates.changed ? on_file.pairs.by_id(given.id).value() : given;
    if (pair.state == pair_state::ended)
        return 0;
    homes_follow(on_file, pair, now);
    if (!is_live(on_file, here.rules, pair)) {
        const bool may_return = pair.state == pair_state::open;
        on_file.pairs.look_again(
            pair.id, sooner(may_return ? std::optional(now + look_when_not_live) : std::nullopt, dates.next));
        return 0;
    }
    mentor_found(on_file, pair, now);
    const auto all = owed_in(on_file, here.rules, pair, now);
    close_what_is_over(on_file, here, pair, all.owed, now);
    int rows = 0;
    for (const auto &owed : all.owed) {
        if (owed.due)
            rows += plan_due(on_file, here, pair, owed, now);
        else if (owed.listed && !owed.look_again_at)
            rows += plan_digest(on_file, here, pair, owed, now);
    }
    auto next = sooner(all.look_again_at, dates.next);
    if (const auto ends = notice_ended_gates(on_file, here, pair, now))
        next = next ? std::min(*next, *ends) : *ends;
    if (const auto word = notice_staff_contact(on_file, here, pair, now))
        next = next ? std::min(*next, *word) : *word;
    if (next && *next <= now) // nothing may make the planner spin
        next = now + minutes{1};
    on_file.pairs.look_again(pair.id, next);
    return rows;
}

int plan_line(storage::records &on_file, const house &here, const storage::pair &stands_for,
              const obligation &owed, instant now) {
    return plan_due(on_file, here, stands_for, owed, now);
}

void close_lines(storage::records &on_file, const pair_id &subject, storage::nudge_outcome how, instant now) {
    std::set<message_place> to_show;
    for (const auto &line : on_file.nudges.open_of_pair(subject))
        close_line(on_file, line, how, now, to_show);
    for (const auto &[person, channel, ts] : to_show)
        show_again(on_file, person, channel, ts, now);
}

int look_at(storage::records &on_file, const house &here, const pair_id &pair, instant now) {
    const auto found = on_file.pairs.by_id(pair);
    return found ? look_at(on_file, here, *found, now) : 0;
}

planned plan(storage::session &db, id_source &ids, const house &here, instant now, int limit) {
    planned done;
    const auto turns = visit_turnings(db, ids, here, now, limit);
    done.rows = turns.visited;
    if (turns.policies_changed) // the pairs are looked at by the rules that hold now
        return done;
    std::set<team_id> heard;
    for (const auto &due : storage::pairs_to_look_at(db, now, limit)) {
        storage::records on_file(db, due.team, ids);
        if (heard.insert(due.team).second)
            notice_silence(on_file, now);
        done.rows += look_at(on_file, here, due.id, now);
        ++done.pairs;
    }
    done.rows += watch_requests(db, ids, here, now, limit);
    return done;
}

} // namespace rapport
