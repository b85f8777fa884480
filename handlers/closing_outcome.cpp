// What comes of a pair's choices after its end, and how a pair is carried into the next term; see
// closing.hpp.
#include "handlers/closing.hpp"
#include "handlers/entering.hpp"
#include "handlers/introductions.hpp"
#include "handlers/leaving_dates.hpp"
#include "handlers/leaving_told.hpp"
#include "handlers/naming.hpp"
#include "handlers/nudge_wording.hpp"
#include "handlers/nudging.hpp"
#include "handlers/owed.hpp"
#include "handlers/sentences.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"
#include "storage/closing.hpp"
#include "storage/plans.hpp"
#include "storage/turnings.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

constexpr std::string_view went_next = "next", went_private = "private", went_no_further = "stop",
                           impact = "impact";

std::string turning_word(std::string_view which) {
    return fmt::format("{} {}", settles_turning, which);
}

// In the next good hour of who reads it: nothing of this is in a hurry.
void tell(storage::records &on_file, const program &rules, const storage::pair &pair, const person_id &to,
          std::string_view act, instant not_before, instant now) {
    const auto who = on_file.people.by_id(to);
    const auto which = pair.side_of(to);
    if (!who || !which)
        return;
    on_file.outbox.add({.team = on_file.team,
                        .id = on_file.ids.make<storage::outbox_id>(now),
                        .key = fmt::format("{}:{}:{}:{}:{}", closing_word_kind, act, pair.id.str(), to.str(),
                                           pair.ended_at.value_or(now).time_since_epoch().count()),
                        .verb = storage::outbox_verb::post,
                        .kind = std::string(closing_word_kind),
                        .policy = storage::send_policy::at_least_once,
                        .person = to,
                        .channel = std::nullopt,
                        .pair = pair.id,
                        .subject = "closing:" + pair.id.str(),
                        .params = std::string(act),
                        .not_before_at = hours_of(*who, rules, *which).next_good(not_before),
                        .created_at = now});
}

const storage::closing_wish *wish_of(const std::vector<storage::closing_wish> &all, const person_id &who) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto &each) { return each.person == who; });
    return found == all.end() ? nullptr : &*found;
}

// --- the next term

// Open goals and milestones, what holds between the two, and their papers: the new pair begins with them.
void carry_plan(storage::records &on_file, const storage::pair &from, const storage::pair &to, instant now) {
    for (auto each : on_file.milestones.of_pair(from.id))
        if (each.state == milestone_state::open) {
            each.pair = to.id;
            each.number = on_file.pairs.next_milestone(to.id);
            each.created_at = each.changed_at = now;
            on_file.milestones.save(each);
        }
    auto goals = on_file.open<storage::goals>();
    for (auto each : goals.of_pair(from.id))
        if (each.state == storage::goal_state::open) {
            each.pair = to.id;
            each.number = goals.next_number(to.id);
            each.created_at = each.changed_at = each.touched_at = now;
            goals.save(each);
        }
    auto papers = on_file.open<storage::plan_papers>();
    for (auto each : papers.of_pair(from.id)) {
        each.pair = to.id;
        papers.save(each);
    }
    auto agreements = on_file.open<storage::agreements>();
    if (auto held = agreements.holding(from.id); held && held->agreed_by) {
        held->pair = to.id;
        held->proposed_at = now;
        const auto version = agreements.propose(*held);
        agreements.agree(to.id, version, *held->agreed_by, now);
    }
}

// Who took part before takes part in the new term; their gates are asked again.
void enrol_again(storage::records &on_file, const program &rules, const storage::term &term,
                 const person_id &who, role as, instant now) {
    const auto there = on_file.programs.enrolled(term.id, who, as);
    if (there && there->state != enrolment_state::left)
        return;
    storage::enrolment row;
    row.id = there ? there->id : on_file.ids.make<enrolment_id>(now);
    row.term = term.id;
    row.person = who;
    row.role = as;
    row.state = enrolment_state::waiting;
    row.since_at = now;
    on_file.programs.enrol(row);
    settle_enrolments(on_file, rules, term.program, who, now);
}

// Whom something is missing for; none: the pair can be made.
std::optional<person_id> held_up(storage::records &on_file, const program &rules, const storage::term &term,
                                 const storage::pair &pair, instant now) {
    for (const auto which : {side::mentor, side::protege}) {
        const auto who = on_file.people.by_id(pair.on(which));
        if (!who || who->state != person_state::active ||
            !pairing_bar(on_file, rules, term, *who, role_of(which), now).empty())
            return pair.on(which);
    }
    return std::nullopt;
}

void carry(storage::records &on_file, const house &here, const program &rules, const storage::term &term,
           const storage::pair &from, instant now) {
    for (const auto which : {side::mentor, side::protege})
        enrol_again(on_file, rules, term, from.on(which), role_of(which), now);
    if (const auto there = on_file.pairs.running(term.id, from.mentor, from.protege)) {
        on_file.open<storage::pair_outcomes>().carried(from.id, there->id);
        return;
    }
    if (const auto who = held_up(on_file, rules, term, from, now)) {
        ask_for_help(on_file, here, from, std::string(leaving_line::cannot_go_on), term.id.str(), *who, now,
                     now);
        return;
    }
    storage::pair next;
    next.id = on_file.ids.make<pair_id>(now);
    next.program = from.program;
    next.term = term.id;
    next.mentor = from.mentor;
    next.protege = from.protege;
    next.began_at = now;
    next.channel = from.channel;
    next.talks_elsewhere = from.talks_elsewhere;
    next.look_again_at = now;
    on_file.pairs.add(next);
    carry_plan(on_file, from, next, now);
    on_file.open<storage::pair_outcomes>().carried(from.id, next.id);
    note_leaving(on_file, std::nullopt, "carried", next, from.id.str(), now);
    if (!next.channel) {
        plan_introduction(on_file, next, now);
        return;
    }
    on_file.outbox.add({.team = on_file.team,
                        .id = on_file.ids.make<storage::outbox_id>(now),
                        .key = fmt::format("{}:{}", carried_kind, next.id.str()),
                        .verb = storage::outbox_verb::post,
                        .kind = std::string(carried_kind),
                        .policy = storage::send_policy::at_least_once,
                        .pair = next.id,
                        .subject = "pair:" + next.id.str(),
                        .not_before_at = now + partner_hears_after,
                        .created_at = now});
}

} // namespace

void begin_closing(storage::records &on_file, const house &here, const storage::pair &pair, instant heard_at,
                   instant now) {
    const auto *rules = here.rules.find(pair.program);
    const auto ended = on_file.pairs.by_id(pair.id);
    if (!rules || !ended)
        return;
    tell(on_file, *rules, *ended, pair.mentor, impact, heard_at, now);
    if (rules->leaving.closing.empty())
        return;
    auto table = on_file.open<storage::turnings>();
    // an undo of the closing stays silent
    table.plan({pair.program, pair.id.str(), turning_word("decided"), heard_at + undo_for, std::nullopt});
    table.plan({pair.program, pair.id.str(), turning_word("all"),
                ended->ended_at.value_or(now) + days{closing_open_days}, std::nullopt});
}

void take_closing_back(storage::records &on_file, const storage::pair &pair, instant now) {
    for (const auto *which : {"decided", "all"})
        on_file.open<storage::turnings>().drop(pair.program, pair.id.str(), turning_word(which));
    on_file.open<storage::pair_outcomes>().erase(pair.id);
    on_file.outbox.withdraw_subject(on_file.team, "closing:" + pair.id.str(), "undone", now);
}

void settle_closing(storage::records &on_file, const house &here, const pair_id &id, std::string_view which,
                    instant now) {
    const auto pair = on_file.pairs.by_id(id);
    const auto *rules = pair ? here.rules.find(pair->program) : nullptr;
    if (!rules || pair->state != pair_state::ended)
        return;
    const auto wishes = on_file.open<storage::closing_wishes>().of_pair(id);
    const auto said = [&](const person_id &who) {
        const auto *wish = wish_of(wishes, who);
        return wish ? std::optional(wish->choice) : std::nullopt;
    };
    const auto became = outcome_of(said(pair->mentor), said(pair->protege));
    // a stop waits for the last day like silence, so that nobody can tell the two apart
    if (which != "all" && became == closing_choice::stop)
        return;
    if (!on_file.open<storage::pair_outcomes>().settle({id, became, std::nullopt, now}))
        return;
    note_leaving(on_file, std::nullopt, "closing_settled", *pair, std::string(text_of(became)), now);
    for (const auto &who : {pair->mentor, pair->protege}) {
        const auto wish = said(who);
        if (became == closing_choice::next_cycle)
            tell(on_file, *rules, *pair, who, went_next, now, now);
        else if (became == closing_choice::continue_privately)
            tell(on_file, *rules, *pair, who, went_private, now, now);
        else if (wish && *wish != closing_choice::stop)
            tell(on_file, *rules, *pair, who, went_no_further, now, now);
    }
    if (became == closing_choice::next_cycle)
        carry_pairs(on_file, here, pair->program, now);
}

void carry_pairs(storage::records &on_file, const house &here, const program_slug &program, instant now) {
    const auto *rules = here.rules.find(program);
    const auto term = on_file.programs.open_term(program);
    if (!rules || !term)
        return;
    for (const auto &each : on_file.open<storage::pair_outcomes>().waiting(program))
        if (const auto from = on_file.pairs.by_id(each.pair); from && from->term != term->id)
            carry(on_file, here, *rules, *term, *from, now);
}

std::optional<surface::message> closing_told(storage::records &on_file, const house &here,
                                             const storage::outbox_row &row) {
    const auto pair = row.pair ? on_file.pairs.by_id(*row.pair) : std::nullopt;
    const auto *rules = pair ? here.rules.find(pair->program) : nullptr;
    const auto to = row.person ? on_file.people.by_id(*row.person) : std::nullopt;
    const auto other = pair && to ? on_file.people.by_id(pair->partner_of(to->id)) : std::nullopt;
    if (!rules || !to || !other || pair->state != pair_state::ended)
        return std::nullopt;
    const auto hello = called(to->name, "there"), them = first_name(*other);
    if (row.params == impact) {
        const auto reached = achieved_words(on_file, *rules, *pair, pair->ended_at.value_or(row.created_at));
        return surface::said(
            text("Hi {}. What you gave {}: your time{}. You mattered, also where no number says so. "
                 "Many who mentor find that they learn, too, and meet people they would not have met. "
                 "Thank you.",
                 hello, them, reached.empty() ? std::string() : "; on record are " + reached));
    }
    if (row.params == went_next)
        return surface::said(
            text("Hi {}. You and {} both want to go on: when the next term of {} opens, you two begin in "
                 "it, with the goals and milestones that are open.",
                 hello, them, rules->name));
    if (row.params == went_private) {
        const auto wishes = on_file.open<storage::closing_wishes>().of_pair(pair->id);
        const auto *theirs = wish_of(wishes, other->id);
        const bool shown = theirs && theirs->shows_address && other->email;
        return surface::said(
            text("Hi {}. You and {} both want to go on, outside {}. I stop here: nothing is counted or "
                 "reminded any more.{}",
                 hello, them, rules->name,
                 further(shown ? fmt::format("{} lets you keep an address: {}.", them, *other->email)
                               : std::string())));
    }
    return surface::said(
        text("Hi {}. Your pairing with {} in {} ends here; it goes no further this time. What you reached "
             "stays yours. `{}` shows what is open to you.",
             hello, them, rules->name, here.names.line(command_name::mentoring)));
}

std::optional<surface::message> carried_told(storage::records &on_file, const house &here,
                                             const storage::outbox_row &row) {
    const auto pair = row.pair ? on_file.pairs.by_id(*row.pair) : std::nullopt;
    const auto *rules = pair ? here.rules.find(pair->program) : nullptr;
    if (!rules || pair->state != pair_state::open)
        return std::nullopt;
    return surface::said(
        text("Welcome back, both of you: a new term of {} begins, and you two with it. Open goals and "
             "milestones came along. A first hello in the new term is enough for today.",
             rules->name));
}

} // namespace rapport
