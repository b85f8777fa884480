// Planning and visiting; see terms.hpp. A new thing that happens by date is one row of `happenings`.
#include "handlers/terms.hpp"

#include "handlers/applying.hpp"
#include "handlers/coordinators_message.hpp"
#include "handlers/desk.hpp"
#include "handlers/founding.hpp"
#include "handlers/pairing.hpp"
#include "handlers/policy_change.hpp"
#include "handlers/replies.hpp"
#include "handlers/taking_back.hpp"
#include "mentoring/phases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace rapport {
namespace {

using storage::turning;
using storage::turnings;

bool overlap(instant from, std::optional<instant> until, instant other_from,
             std::optional<instant> other_until) {
    return (!other_until || from < *other_until) && (!until || other_from < *until);
}

void note(storage::records &on_file, const std::optional<person_id> &by, std::string act,
          const storage::term &term, instant now) {
    on_file.journal.append(on_file.team, {.at = now,
                                          .actor = by ? by->str() : std::string("rapport"),
                                          .act = std::move(act),
                                          .subject_kind = "term",
                                          .subject = term.id.str(),
                                          .detail = term.program.str()});
}

// The open or planned term that these dates mean, with its dates set to them.
std::optional<storage::term> term_of_dates(storage::records &on_file, const program &rules,
                                           const term_span &span) {
    for (auto &each : on_file.programs.terms(rules.slug)) {
        if (each.state == term_state::closed ||
            !overlap(span.opens_at, span.closes_at, each.opens_at, each.closes_at))
            continue;
        // one that began without dates keeps its beginning
        const auto opens = each.closes_at ? span.opens_at : std::min(each.opens_at, span.opens_at);
        if (each.opens_at != opens || each.closes_at != span.closes_at)
            on_file.programs.set_term_dates(each.id, opens, span.closes_at);
        each.opens_at = opens;
        each.closes_at = span.closes_at;
        return std::move(each);
    }
    return std::nullopt;
}

storage::term added_term(storage::records &on_file, const program &rules, term_state state, instant opens_at,
                         std::optional<instant> closes_at, instant now) {
    storage::term made;
    made.id = on_file.ids.make<term_id>(now);
    made.program = rules.slug;
    made.name = closes_at ? term_name(rules, opens_at, *closes_at) : rules.name;
    made.state = state;
    made.opens_at = opens_at;
    made.closes_at = closes_at;
    on_file.programs.add_term(made);
    return made;
}

// What happens in a term by date, by what it is called.
std::map<std::string, instant> happens_in(const program &rules, const storage::term &term) {
    std::map<std::string, instant> all;
    for (const auto &each : turns_of(rules))
        all[fmt::format("{} {}", each.begins ? "begins" : "ends", text_of(each.which))] = each.at;
    if (term.closes_at)
        all["closes"] = *term.closes_at;
    if (term.state == term_state::planned)
        all["opens"] = std::min(first_moment_of(rules).value_or(term.opens_at), term.opens_at);
    return all;
}

void plan_turnings(storage::records &on_file, const program &rules, const storage::term &term, instant now) {
    auto table = on_file.open<turnings>();
    auto wanted = happens_in(rules, term);
    for (const auto &known : table.of(term.program, term.id.str())) {
        const auto found = wanted.find(known.kind);
        if (found == wanted.end()) {
            table.drop(term.program, term.id.str(), known.kind);
            continue;
        }
        // what waits to be visited, though late, is visited; what was visited happens again on a later day
        const bool stands = known.due_at == found->second || (!known.done_at && found->second <= now) ||
                            (known.done_at && found->second <= now);
        if (stands)
            wanted.erase(found);
    }
    for (const auto &[kind, at] : wanted)
        table.plan({term.program, term.id.str(), kind, at,
                    at <= now && kind != "opens" ? std::optional(now) : std::nullopt});
}

// --- what happens

struct happening {
    storage::records &on_file;
    const house &here;
    const program &rules;
    std::optional<storage::term> term;
    std::string rest; // "match" of "begins match"
    storage::due_turning what;
    instant now;
};

// A line for the coordinators, once.
void tell_by_date(const happening &of, std::string_view what, instant since) {
    storage::attention_line line;
    line.program = of.what.program;
    line.kind = by_date;
    line.occasion = fmt::format("{}/{}/{}", of.what.program.str(), what,
                                rapport::text_of(of.rules.where.day_of(of.what.due_at)));
    line.since_at = since;
    line.raised_at = of.now;
    if (of.on_file.attention.raise(line))
        tell_coordinators(of.on_file, of.here, line, of.now);
}

// A phase that began while nobody was there and has ended since needs nobody any more.
bool is_over(const happening &of, phase_kind which) {
    const auto dates = of.rules.dates_of(which);
    return !dates || of.rules.where.start_of(plus_days(dates->until, 1)) <= of.now;
}

void phase_begins(const happening &of) {
    phase_kind which{};
    if (!of.term || of.term->state == term_state::closed || !parse_text(of.rest, which))
        return;
    note(of.on_file, std::nullopt, fmt::format("phase_begins_{}", of.rest), *of.term, of.now);
    if (which == phase_kind::apply)
        plan_openings(of.on_file, of.here, of.what.program, of.now); // who asked to be told
    if (!is_over(of, which))
        tell_by_date(of, of.rest, of.what.due_at);
}

void phase_ends(const happening &of) {
    if (!of.term || of.term->state == term_state::closed)
        return;
    note(of.on_file, std::nullopt, fmt::format("phase_ends_{}", of.rest), *of.term, of.now);
    const auto begun = fmt::format("{}/{}/", of.what.program.str(), of.rest);
    for (const auto &line : of.on_file.attention.open(of.what.program))
        if (line.kind == by_date && line.occasion.starts_with(begun))
            of.on_file.attention.clear(line.pair, line.kind, line.occasion, line.person, std::nullopt,
                                       of.now);
}

void term_opens(const happening &of) {
    if (of.term && of.term->state == term_state::planned)
        open_term(of.on_file, of.rules, *of.term, std::nullopt, of.now);
}

void term_closes(const happening &of) {
    if (!of.term || of.term->state != term_state::open)
        return;
    close_term(of.on_file, of.here, *of.term, std::nullopt, of.now, of.now);
    tell_by_date(of, "closed", of.what.due_at);
}

void policy_applies(const happening &of) {
    apply_scheduled(of.on_file, of.here, of.what.subject, of.now);
}

void owners_are_asked_again(const happening &of) {
    ask_owners_again(of.on_file, of.here, of.what.subject, of.now);
}

struct happening_row {
    std::string_view word;
    void (*happens)(const happening &);
    bool without_program = false; // also where the program is not in force yet
};
constexpr happening_row happenings[] = {
    {"begins", phase_begins},
    {"ends", phase_ends},
    {"opens", term_opens},
    {"closes", term_closes},
    {policy_applies_turning, policy_applies},
    {owners_asked_turning, owners_are_asked_again, true},
};

bool happens(storage::records &on_file, const house &here, const storage::due_turning &what, instant now) {
    static const program nothing;
    const auto blank = std::min(what.kind.find(' '), what.kind.size());
    const auto word = std::string_view(what.kind).substr(0, blank);
    const auto *rules = here.rules.find(what.program);
    for (const auto &row : happenings)
        if (row.word == word && (rules || row.without_program)) {
            row.happens({on_file, here, rules ? *rules : nothing,
                         on_file.programs.term_by_id(term_id{what.subject}),
                         what.kind.substr(std::min(blank + 1, what.kind.size())), what, now});
            return word == policy_applies_turning;
        }
    return false;
}

} // namespace

std::string term_name(const program &rules, instant opens_at, instant closes_at) {
    const auto first = static_cast<int>(rules.where.day_of(opens_at).year());
    const auto last = static_cast<int>(rules.where.day_of(closes_at - milliseconds{1}).year());
    return first == last ? fmt::format("{}", first) : fmt::format("{}–{:02}", first, last % 100);
}

std::optional<storage::term> archived_over(storage::records &on_file, const program_slug &program,
                                           instant opens_at, instant closes_at) {
    for (auto &each : on_file.programs.terms(program))
        if (each.state == term_state::closed && each.closes_at &&
            overlap(opens_at, closes_at, each.opens_at, each.closes_at))
            return std::move(each);
    return std::nullopt;
}

void settle_terms(storage::records &on_file, const program &rules, instant now) {
    const bool is_first = on_file.programs.terms(rules.slug).empty();
    const auto span = span_of(rules);
    if (!span) {
        auto term = is_first ? std::optional(added_term(on_file, rules, term_state::open, now, {}, now))
                             : on_file.programs.open_term(rules.slug);
        if (term)
            plan_turnings(on_file, rules, *term, now);
        return;
    }
    auto term = term_of_dates(on_file, rules, *span);
    if (!term && archived_over(on_file, rules.slug, span->opens_at, span->closes_at))
        return;
    if (!term) {
        const bool begun = is_first || first_moment_of(rules) <= now;
        term = added_term(on_file, rules, begun ? term_state::open : term_state::planned, span->opens_at,
                          span->closes_at, now);
    }
    plan_turnings(on_file, rules, *term, now);
}

void open_term(storage::records &on_file, const program &, const storage::term &which,
               const std::optional<person_id> &by, instant now) {
    on_file.programs.set_term_state(which.id, term_state::open, which.closes_at);
    on_file.open<turnings>().visit(which.program, which.id.str(), "opens", now);
    note(on_file, by, "open_term", which, now);
}

namespace {} // namespace

namespace {

// What was read already is struck out where it stands.
void strike_out(storage::records &on_file, const std::string &told, instant now) {
    const auto sent = on_file.outbox.find(on_file.team, told);
    if (!sent || sent->state == storage::outbox_state::withdrawn)
        return;
    on_file.outbox.add({.team = on_file.team,
                        .id = on_file.ids.make<storage::outbox_id>(now),
                        .key = "struck:" + told,
                        .verb = storage::outbox_verb::update,
                        .kind = std::string(struck_out),
                        .policy = storage::send_policy::at_least_once,
                        .person = sent->person,
                        .channel = sent->channel,
                        .pair = sent->pair,
                        .subject = sent->subject,
                        .params = told,
                        .not_before_at = now,
                        .created_at = now});
}

} // namespace

int close_term(storage::records &on_file, const house &here, const storage::term &which,
               const std::optional<person_id> &by, instant heard_at, instant now) {
    int ended = 0;
    for (const auto &pair : on_file.pairs.of_term(which.id)) {
        if (pair.state == pair_state::ended)
            continue;
        end_running_pair(on_file, here, pair, by, heard_at, now);
        ++ended;
    }
    const bool by_calendar = which.closes_at && *which.closes_at <= now;
    on_file.programs.set_term_state(which.id, term_state::closed,
                                    by_calendar ? *which.closes_at : std::max(now, which.opens_at));
    auto table = on_file.open<turnings>();
    for (const auto &each : table.of(which.program, which.id.str()))
        if (!each.done_at)
            table.drop(which.program, which.id.str(), each.kind);
    note(on_file, by, "close_term", which, now);
    return ended;
}

bool reopen_term(storage::records &on_file, const house &here, const storage::term &which, instant closed_at,
                 std::optional<instant> closes_at, const person_id &by, instant now) {
    if (which.state != term_state::closed)
        return false;
    on_file.programs.set_term_state(which.id, term_state::open, closes_at);
    for (const auto &pair : on_file.pairs.of_term(which.id)) {
        if (pair.state != pair_state::ended || pair.ended_at != closed_at)
            continue;
        on_file.pairs.reopen(pair.id, now);
        for (const auto &clock : on_file.clocks.ended_at(pair.id, closed_at))
            resume_clock(on_file, clock, now);
        const auto told = ending_key(pair.id, closed_at);
        if (on_file.outbox.withdraw(on_file.team, told, "undone", now) == 0)
            strike_out(on_file, told, now);
    }
    if (const auto *rules = here.rules.find(which.program)) {
        auto again = which;
        again.state = term_state::open;
        again.closes_at = closes_at;
        plan_turnings(on_file, *rules, again, now);
    }
    note(on_file, by, "reopen_term", which, now);
    return true;
}

turned visit_turnings(storage::session &db, id_source &ids, const house &here, instant now, int limit) {
    turned done;
    while (done.visited < limit && !done.policies_changed) {
        const auto due = storage::turning_due(db, now);
        if (!due)
            break;
        storage::records on_file(db, due->team, ids);
        if (!on_file.open<turnings>().visit(due->program, due->subject, due->kind, now))
            break; // somebody else has it
        ++done.visited;
        done.policies_changed = happens(on_file, here, *due, now);
    }
    return done;
}

namespace {

std::string what_a_phase_asks(storage::records &on_file, const program &rules, phase_kind which) {
    switch (which) {
    case phase_kind::recruit:
        return "Now is the time to tell partners and groups.";
    case phase_kind::apply:
        return "Whoever asks can come in from now on.";
    case phase_kind::screen:
        return "Now is the time to look at who applied.";
    case phase_kind::train:
        return "A word to those whose training is still open helps.";
    case phase_kind::match: {
        const auto term = on_file.programs.open_term(rules.slug);
        std::size_t waiting = 0;
        if (term) {
            const auto pairs = on_file.pairs.of_term(term->id);
            for (const auto &one : on_file.programs.enrolments(term->id))
                if (one.role == role::protege && one.state != enrolment_state::left &&
                    std::none_of(pairs.begin(), pairs.end(), [&](const storage::pair &pair) {
                        return pair.state != pair_state::ended && pair.protege == one.person;
                    }))
                    ++waiting;
        }
        return fmt::format("{} {} in no pair yet.", waiting,
                           waiting == 1 ? rules.protege_word.one + " is" : rules.protege_word.many + " are");
    }
    case phase_kind::connect:
        return fmt::format("{} may ask from now on.", rules.protege_word.many);
    case phase_kind::run:
        return "Pairs that were made begin.";
    case phase_kind::close:
        break;
    }
    return "Pairs choose how they go on; a word of thanks from you goes a long way.";
}

} // namespace

std::optional<std::string> date_sentence(storage::records &on_file, const house &here,
                                         const storage::attention_line &line) {
    if (line.kind != by_date)
        return std::nullopt;
    const auto *rules = here.rules.find(line.program);
    const auto first = line.occasion.find('/'), last = line.occasion.rfind('/');
    if (!rules || first == std::string::npos || last <= first)
        return "A date of the program has come.";
    const auto what = line.occasion.substr(first + 1, last - first - 1);
    const auto on = parse_day(line.occasion.substr(last + 1));
    if (what == "refused")
        return fmt::format("A policy was to come into force{} and could not: {} says what is wrong.",
                           on ? " on " + short_date(*on) : "",
                           here.names.line(command_name::program, "policy diff"));
    phase_kind which{};
    if (!parse_text(what, which))
        return fmt::format("The term closed{}. {} has its numbers beside the ones before.",
                           on ? " on " + short_date(plus_days(*on, -1)) : "",
                           here.names.line(command_name::program, "report"));
    const auto dates = rules->dates_of(which);
    return fmt::format("The phase {} began{}{}. {}", name_of(which), on ? " on " + short_date(*on) : "",
                       dates ? ", until " + full_date(dates->until) : "",
                       what_a_phase_asks(on_file, *rules, which));
}

} // namespace rapport
