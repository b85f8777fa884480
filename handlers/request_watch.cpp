// Looking at requests when they are due; see request_watch.hpp. When what is due is mentoring/obligations'.
#include "handlers/request_watch.hpp"

#include "handlers/desk.hpp"
#include "handlers/nudging.hpp"
#include "handlers/owed.hpp"
#include "handlers/request_messages.hpp"
#include "handlers/requesting.hpp"

#include <algorithm>
#include <charconv>

namespace rapport {
namespace {

using storage::mentor_request;
using storage::request_state;

// Protégés who have asked nobody are looked for this often; their first reminder is days away.
constexpr hours look_for_first_requests{6};
const std::string first_requests_fact = "outreach.next";

struct one_instant {
    std::optional<instant> at;
};
constexpr storage::statement<one_instant> next_scan_sql{
    // only where a term is open: elsewhere no step would ever move it on
    "requests.next_scan",
    "SELECT MIN(CAST(value AS BIGINT)) FROM fact WHERE name = 'outreach.next' AND EXISTS "
    "(SELECT 1 FROM term WHERE term.team = fact.team AND term.state = 'open')"};

storage::pair stand_in(const mentor_request &one) {
    storage::pair out;
    out.id = pair_id{one.id.str()};
    out.program = one.program;
    out.term = one.term;
    out.mentor = one.mentor;
    out.protege = one.protege;
    out.began_at = one.asked_at;
    return out;
}

// Nobody is on the other side yet.
storage::pair stand_in(const storage::enrolment &one, const program_slug &program) {
    storage::pair out;
    out.id = pair_id{one.id.str()};
    out.program = program;
    out.term = one.term;
    out.protege = one.person;
    out.began_at = one.since_at;
    return out;
}

void read_lines(storage::records &on_file, const pair_id &subject, std::vector<given_rung> &given,
                std::vector<chosen_reminder> &reminders) {
    for (const auto &line : on_file.nudges.of_pair(subject)) {
        obligation_kind kind{};
        if (!parse_text(line.kind, kind))
            continue;
        if (line.given_at && line.rung > 0)
            given.push_back({kind, line.person, line.occasion, line.rung, *line.given_at});
        if (line.remind_at)
            reminders.push_back({kind, line.person, line.occasion, *line.remind_at});
    }
}

// The rules know one who asks and one who answers; whichever side asked.
std::optional<request_facts> facts_of(storage::records &on_file, const program &rules,
                                      const mentor_request &one) {
    const auto asked = on_file.people.by_id(one.asked()), asker = on_file.people.by_id(one.asker());
    if (!asked || !asker)
        return std::nullopt;
    request_facts out;
    out.id = one.id.str();
    out.mentor = {one.asked(), hours_of(*asked, rules, other_side(one.asked_by))};
    out.protege = {one.asker(), hours_of(*asker, rules, one.asked_by)};
    out.asked_at = one.asked_at;
    out.notified_at = one.notified_at;
    read_lines(on_file, pair_id{one.id.str()}, out.given, out.reminders);
    return out;
}

void send_in_good_hours(storage::records &on_file, const program &rules, const mentor_request &one,
                        std::string_view kind, side which, instant now, const std::string &again) {
    const auto &id = which == side::mentor ? one.mentor : one.protege;
    if (const auto who = on_file.people.by_id(id))
        send_about(on_file, one, kind, id, hours_of(*who, rules, which).next_good(now), now, again);
}

void lapse(storage::records &on_file, const house &here, const program &rules, const mentor_request &one,
           instant now) {
    end_request(on_file, here, one, request_state::lapsed, std::nullopt, now);
    for (const auto which : {side::mentor, side::protege})
        send_in_good_hours(on_file, rules, one, request_kind::ended, which, now, "lapsed");
}

// The two more close fits are offered once, to a protégé; the line remembers that.
int offer_more(storage::records &on_file, const program &rules, const mentor_request &one,
               const obligation &owed, instant now) {
    storage::nudge line;
    line.id = on_file.ids.next(now);
    line.pair = pair_id{one.id.str()};
    line.kind = std::string(text_of(owed.kind));
    line.occasion = owed.occasion;
    line.person = owed.person;
    line.rung = owed.due->rung;
    line.act = std::string(text_of(owed.due->act));
    line.since_at = owed.since_at;
    line.planned_at = now;
    on_file.nudges.add(line);
    on_file.nudges.give(line.id, now);
    if (one.asked_by != side::protege)
        return 0;
    send_in_good_hours(on_file, rules, one, request_kind::more_fits, side::protege, now, "");
    return 1;
}

int look_at_one(storage::records &on_file, const house &here, const mentor_request &one, instant now) {
    auto requests = on_file.open<storage::mentor_requests>();
    const auto *rules = here.rules.find(one.program);
    if (!storage::is_open(one.state) || one.state == request_state::queued || !rules || !rules->requests) {
        requests.look_again(one.id, std::nullopt);
        return 0;
    }
    const auto &asked = *rules->requests;
    const auto from = one.notified_at.value_or(one.asked_at);
    const auto last = after_days(*rules, asked.clock, from, asked.lapses_after_days);
    // what never reached its mentor, or waits for the protégé's own answer, ends all the same
    if ((one.state == request_state::question || !one.notified_at) && last <= now) {
        lapse(on_file, here, *rules, one, now);
        return 2;
    }
    if (one.state == request_state::question) {
        requests.look_again(one.id, last);
        return 0;
    }
    const auto facts = facts_of(on_file, *rules, one);
    if (!facts) {
        requests.look_again(one.id, std::nullopt);
        return 0;
    }
    const auto all = obligations(*rules, *facts, now);
    int rows = 0;
    for (const auto &owed : all.owed) {
        if (!owed.due)
            continue;
        if (owed.due->act == rung_act::lapse) {
            lapse(on_file, here, *rules, one, now);
            return rows + 2;
        }
        rows += owed.person == one.asker() ? offer_more(on_file, *rules, one, owed, now)
                                           : plan_line(on_file, here, stand_in(one), owed, now);
    }
    auto next = all.look_again_at.value_or(last);
    if (!one.notified_at)
        next = last;
    if (next <= now) // a line on its way: look when it may have arrived
        next = now + hours{1};
    requests.look_again(one.id, next);
    return rows;
}

std::optional<instant> window_opened(const program &rules, const storage::term &term) {
    if (const auto phase = rules.dates_of(phase_kind::connect))
        return rules.where.start_of(phase->from);
    return term.opens_at;
}

// A protégé who has asked nobody and has nobody.
struct quiet_one {
    storage::enrolment as;
    outreach_facts facts;
};

std::optional<quiet_one> quiet(storage::records &on_file, const program &rules, const storage::term &term,
                               const storage::enrolment &one) {
    if (one.role != role::protege || one.state != enrolment_state::active)
        return std::nullopt;
    const auto who = on_file.people.by_id(one.person);
    if (!who || who->state != person_state::active)
        return std::nullopt;
    for (const auto &each : on_file.open<storage::mentor_requests>().of_protege(one.person))
        if (each.term == one.term)
            return std::nullopt;
    for (const auto &each : on_file.pairs.open_of_person(one.person))
        if (each.term == one.term && each.protege == one.person)
            return std::nullopt;
    quiet_one out{one, {}};
    out.facts.id = one.id;
    out.facts.protege = {one.person, hours_of(*who, rules, side::protege)};
    out.facts.signed_up_at = one.since_at;
    out.facts.window_opened_at = *window_opened(rules, term);
    read_lines(on_file, pair_id{one.id.str()}, out.facts.given, out.facts.reminders);
    return out;
}

bool window_is_over(const program &rules, instant now) {
    const auto phase = rules.dates_of(phase_kind::connect);
    return phase && phase->until < rules.where.day_of(now);
}

// Whoever has asked nobody is looked at; the next time is kept.
int look_for_quiet_ones(storage::records &on_file, const house &here, instant now) {
    const auto kept = on_file.facts.get(first_requests_fact);
    std::int64_t when = 0;
    if (kept)
        std::from_chars(kept->data(), kept->data() + kept->size(), when);
    if (kept && instant{milliseconds{when}} > now)
        return 0;
    int rows = 0;
    bool any = false;
    auto next = now + look_for_first_requests;
    for (const auto &slug : here.rules.slugs()) {
        const auto &rules = here.rules.of(slug);
        if (!rules.requests || !rules.requests->outreach || window_is_over(rules, now))
            continue;
        const auto term = on_file.programs.open_term(slug);
        if (!term)
            continue;
        any = true;
        for (const auto &each : on_file.programs.enrolments(term->id)) {
            const auto one = quiet(on_file, rules, *term, each);
            if (!one)
                continue;
            const auto all = obligations(rules, one->facts, now);
            for (const auto &owed : all.owed)
                if (owed.due)
                    rows += plan_line(on_file, here, stand_in(one->as, slug), owed, now);
            if (all.look_again_at && *all.look_again_at > now)
                next = std::min<instant>(next, *all.look_again_at);
        }
    }
    if (any || kept)
        on_file.facts.set(first_requests_fact, std::to_string(next.time_since_epoch().count()));
    return rows;
}

} // namespace

int watch_requests(storage::session &db, id_source &ids, const house &here, instant now, int limit) {
    int rows = 0;
    for (const auto &due : storage::requests_to_look_at(db, now, limit)) {
        storage::records on_file(db, due.team, ids);
        if (const auto one = on_file.open<storage::mentor_requests>().by_id(due.id))
            rows += look_at_one(on_file, here, *one, now);
    }
    for (const auto &team : storage::teams_with_terms(db)) {
        storage::records on_file(db, team, ids);
        rows += look_for_quiet_ones(on_file, here, now);
    }
    return rows;
}

std::optional<instant> next_request_watch(storage::session &db) {
    const auto look = storage::next_request_look(db);
    const auto scan = db.one(next_scan_sql)->at;
    if (!look || !scan)
        return look ? look : scan;
    return std::min(*look, *scan);
}

void request_was_told(storage::records &on_file, const storage::outbox_row &row, instant now) {
    if (row.kind == request_kind::notice || row.kind == request_kind::reply)
        on_file.open<storage::mentor_requests>().notified(storage::request_id{row.params}, now);
}

std::vector<owed_request> requests_owed_by(storage::records &on_file, const house &here,
                                           const storage::person &who, instant now) {
    std::vector<owed_request> out;
    const auto add = [&](storage::pair stands_for, const party &owing, outlook all) {
        owed_request one{std::move(stands_for), owing.hours, {}};
        for (auto &owed : all.owed)
            if (owed.person == who.id)
                one.owed.push_back(std::move(owed));
        if (!one.owed.empty())
            out.push_back(std::move(one));
    };
    for (const auto &one : on_file.open<storage::mentor_requests>().open_to(who.id)) {
        const auto *rules = here.rules.find(one.program);
        if (!rules || one.state != request_state::waiting)
            continue;
        if (const auto facts = facts_of(on_file, *rules, one))
            add(stand_in(one), facts->mentor, obligations(*rules, *facts, now));
    }
    for (const auto &mine : on_file.programs.memberships(who.id)) {
        const auto *rules = here.rules.find(mine.program);
        if (!rules || !rules->requests || !rules->requests->outreach || mine.role != role::protege ||
            mine.term_is != term_state::open || window_is_over(*rules, now))
            continue;
        const auto term = on_file.programs.term_by_id(mine.term);
        const auto enrolled = on_file.programs.enrolment_by_id(mine.id);
        const auto one = term && enrolled ? quiet(on_file, *rules, *term, *enrolled) : std::nullopt;
        if (one)
            add(stand_in(one->as, mine.program), one->facts.protege, obligations(*rules, one->facts, now));
    }
    return out;
}

std::optional<storage::pair> stand_in_for(storage::records &on_file, const pair_id &subject) {
    if (const auto one = on_file.open<storage::mentor_requests>().by_id(storage::request_id{subject.str()}))
        return stand_in(*one);
    const auto enrolled = on_file.programs.enrolment_by_id(enrolment_id{subject.str()});
    const auto term = enrolled ? on_file.programs.term_by_id(enrolled->term) : std::nullopt;
    if (!term)
        return std::nullopt;
    return stand_in(*enrolled, term->program);
}

void settle_request_lines(storage::records &on_file, const mentor_request &one, instant now) {
    const bool answered = one.state == request_state::accepted || one.state == request_state::declined ||
                          one.state == request_state::question;
    close_lines(on_file, pair_id{one.id.str()},
                answered ? storage::nudge_outcome::done : storage::nudge_outcome::settled, now);
}

void settle_outreach(storage::records &on_file, const person_id &protege, const term_id &term, instant now) {
    const auto enrolled = on_file.programs.enrolled(term, protege, role::protege);
    if (!enrolled)
        return;
    const pair_id subject{enrolled->id.str()};
    close_lines(on_file, subject, storage::nudge_outcome::done, now);
    on_file.attention.clear_pair(subject, now);
}

} // namespace rapport
