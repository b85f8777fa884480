// The protégé's side of a request; see requesting.hpp.
#include "handlers/requesting.hpp"

#include "handlers/naming.hpp"
#include "handlers/nudging.hpp"
#include "handlers/owed.hpp"
#include "handlers/permission.hpp"
#include "handlers/request_messages.hpp"
#include "handlers/request_watch.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/which_program.hpp"
#include "storage/match_drafts.hpp"
#include "storage/sites.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using storage::mentor_request;
using storage::request_state;
using surface::text;

constexpr std::size_t most_note = 1000; // code points

std::string browse_line(desk &at) {
    return at.line(command_name::mentoring, "browse");
}

// What a request is made of, once everything that bars it is ruled out.
struct askable {
    program_slug slug;
    storage::term term;
    storage::person other; // who is asked
    std::string team_name;
    side by = side::protege;

    const person_id &mentor(const person_id &me) const {
        return by == side::protege ? other.id : me;
    }
    const person_id &protege(const person_id &me) const {
        return by == side::protege ? me : other.id;
    }
};

// A team is asked as one: by the name of any of its members, so long as one has room.
std::string team_of(storage::records &on_file, const program &rules, const person_id &mentor) {
    if (rules.entry.mentors_are != mentor_side::teams)
        return {};
    auto teams = on_file.open<storage::mentor_teams>();
    for (const auto &team : teams.of(rules.slug)) {
        const auto members = teams.members(team.id);
        if (std::find(members.begin(), members.end(), mentor) != members.end())
            return team.name;
    }
    return {};
}

bool takes_part(desk &at, const storage::term &term, const person_id &who, role as) {
    const auto found = at.on_file.programs.enrolled(term.id, who, as);
    return found && found->state != enrolment_state::left;
}

// The side the caller asks on: a protégé's, or a mentor's where the policy lets mentors ask.
result<side> asking_side(desk &at, const program &rules, const storage::term &term) {
    if (const auto shut = requests_are_shut(rules, at.now()))
        return refusal{"", *shut, browse_line(at)};
    auto as = role::protege;
    if (!takes_part(at, term, at.who.id(), as)) {
        if (!rules.requests->mentors_may_request || !takes_part(at, term, at.who.id(), role::mentor))
            return refusal{"",
                           fmt::format("In {} {} ask {}, and you are none of its {}.", rules.name,
                                       rules.protege_word.many, rules.mentor_word.many,
                                       rules.protege_word.many),
                           browse_line(at)};
        as = role::mentor;
    }
    if (at.on_file.programs.enrolled(term.id, at.who.id(), as)->state != enrolment_state::active)
        return refusal{"", fmt::format("Something is still open before you can ask in {}.", rules.name),
                       at.line(command_name::mentoring)};
    return as == role::protege ? side::protege : side::mentor;
}

std::string suggest_line(desk &at) {
    return at.line(command_name::mentoring, "suggest");
}

std::optional<refusal> bars_them(desk &at, const program &rules, const askable &what) {
    const auto &term = what.term;
    const auto name = first_name(what.other);
    const auto theirs_as = role_of(other_side(what.by));
    const auto &their_word = rules.word(other_side(what.by)).one;
    if (!takes_part(at, term, what.other.id, theirs_as))
        return refusal{"", fmt::format("{} is no {} in {}.", name, their_word, rules.name), browse_line(at)};
    const auto &mentor = what.mentor(at.who.id());
    const auto &protege = what.protege(at.who.id());
    if (at.on_file.pairs.running(term.id, mentor, protege))
        return refusal{"", fmt::format("{} is your {} already.", name, their_word),
                       at.line(command_name::mentoring)};
    const auto theirs = at.on_file.programs.enrolled(term.id, what.other.id, theirs_as);
    if (theirs->state == enrolment_state::paused)
        return refusal{"", fmt::format("{} takes a break just now.", name), suggest_line(at)};
    if (theirs->state != enrolment_state::active)
        return refusal{"", fmt::format("{} cannot be asked yet.", name), suggest_line(at)};
    const auto &until = what.other.away_until_at;
    if (until && *until > at.now() && what.other.away_from_at.value_or(at.now()) <= at.now())
        return refusal{"", fmt::format("{} is away until {}.", name, short_date(at.who.where.day_of(*until))),
                       suggest_line(at)};
    if (what.team_name.empty() && !has_room_now(at.on_file, rules, term.id, mentor))
        return refusal{"",
                       what.by == side::mentor ? std::string("Your places are all taken.")
                                               : fmt::format("{} has no room just now.", name),
                       what.by == side::mentor ? at.line(command_name::mentoring, "profile")
                                               : suggest_line(at)};
    for (const auto &each : at.on_file.open<storage::match_drafts>().forbidden(term.id))
        if (each.protege == protege && each.mentor == mentor)
            return refusal{"",
                           fmt::format("A request to {} cannot be made in {} just now. {} can tell you more.",
                                       name, rules.name, rules.contact.name),
                           suggest_line(at)};
    return std::nullopt;
}

std::optional<refusal> bars_number(desk &at, const program &rules, const askable &what) {
    auto requests = at.on_file.open<storage::mentor_requests>();
    std::ptrdiff_t mine = 0;
    for (const auto &one : requests.open_by_asker(at.who.id())) {
        if (one.term != what.term.id)
            continue;
        ++mine;
        if (one.asked() == what.other.id)
            return refusal{
                "",
                fmt::format("You have asked {} already, and that request is open.", first_name(what.other)),
                at.line(command_name::mentoring, "requests")};
    }
    for (const auto &one : requests.open_to(at.who.id()))
        if (one.term == what.term.id && one.asker() == what.other.id)
            return refusal{
                "", fmt::format("{} has asked you already: a yes is all it needs.", first_name(what.other)),
                at.line(command_name::mentoring, "requests")};
    if (mine >= rules.requests->open_at_once)
        return refusal{
            "", fmt::format("{} of your requests are open, which is the most in {}.", mine, rules.name),
            at.line(command_name::mentoring, "requests")};
    return std::nullopt;
}

result<askable> may_ask(desk &at, const program_slug &slug, const slack_id &whom) {
    const auto &rules = at.rules().of(slug);
    const auto other = participant(at, whom, at.line(command_name::mentoring, "request @priya"));
    if (!other)
        return other.error();
    if (other->id == at.who.id())
        return refusal{"", "That is you.", suggest_line(at)};
    const auto term = running_term(at, slug);
    if (!term)
        return term.error();
    const auto by = asking_side(at, rules, *term);
    if (!by)
        return by.error();
    askable out{slug, *term, *other, {}, *by};
    if (*by == side::protege)
        out.team_name = team_of(at.on_file, rules, other->id);
    if (auto why = bars_them(at, rules, out))
        return *why;
    if (auto why = bars_number(at, rules, out))
        return *why;
    if (!out.team_name.empty()) {
        mentor_request trial;
        trial.term = term->id;
        trial.mentor = other->id;
        trial.team_name = out.team_name;
        if (asked_people(at.on_file, rules, trial).empty())
            return refusal{"", fmt::format("Nobody of {} has room just now.", out.team_name),
                           suggest_line(at)};
    }
    return out;
}

surface::modal ask_form(desk &at, const askable &what) {
    const auto &rules = at.rules().of(what.slug);
    const auto name = what.team_name.empty() ? first_name(what.other) : what.team_name;
    surface::modal form{.callback = std::string(request_form),
                        .title = what.by == side::protege ? "Ask for a mentor" : "Offer to mentor",
                        .submit = "Send it",
                        .metadata = fmt::format("{} {}", what.slug.str(), what.other.slack->str())};
    form.blocks.emplace_back(surface::section{
        .text = text("To {} in {}. Your note is read by {} alone; coordinators see that you asked, not what. "
                     "A {} helps you grow; finding you a job is not what they are there for.",
                     name, rules.name, name, rules.mentor_word.one)});
    form.blocks.emplace_back(surface::input{
        .field = "note",
        .label = what.by == side::protege ? "What would you like to learn or talk about?"
                                          : "What could the two of you work on?",
        .asks = surface::plain_text_input{.multiline = true, .max_length = static_cast<int>(most_note)},
        .hint = "Two or three sentences are plenty."});
    return form;
}

surface::mrkdwn until_when(desk &at, const program &rules, const askable &what) {
    const auto theirs = hours_of(what.other, rules, other_side(what.by));
    const auto by = answer_by(rules, *rules.requests, theirs, theirs.next_good(partner_hears_at(at)));
    return text("{}", in_full(by, at.who.where));
}

answer sent(desk &at, const askable &what, const mentor_request &one) {
    const auto &rules = at.rules().of(what.slug);
    const auto name = what.team_name.empty() ? first_name(what.other) : what.team_name;
    auto said =
        one.state == request_state::queued
            ? text("{} is your choice number {}. I ask one at a time, in your order; their turn comes "
                   "if those before them say no.",
                   name, one.turn)
            : text("Your request goes to {} in a minute. They have until about {} to answer; you hear "
                   "from me either way.",
                   name, until_when(at, rules, what));
    auto message = surface::said(std::move(said));
    message.blocks.emplace_back(surface::actions{{undo_button(at, request_act, one.id.str())}});
    return done(std::move(message));
}

result<program_slug> asking_in(desk &at, const std::string &word) {
    if (!word.empty() || at.who.programs().size() <= 1)
        return program_to_find_in(at, word, at.line(command_name::mentoring, "request @priya"));
    // several programs: those that take requests and have the caller as a protégé
    std::vector<program_slug> fit;
    for (const auto &one : at.who.memberships)
        if (const auto *rules = at.rules().find(one.program);
            rules && rules->requests &&
            (one.role == role::protege || (one.role == role::mentor && rules->requests->mentors_may_request)))
            fit.push_back(one.program);
    if (fit.size() == 1)
        return fit.front();
    return program_to_find_in(at, word, at.line(command_name::mentoring, "request @priya"));
}

} // namespace

void note_in_journal(desk &at, const char *act, const mentor_request &one) {
    at.on_file.journal.append(at.asked.team, {.at = at.now(),
                                              .actor = at.who.id().str(),
                                              .act = act,
                                              .subject_kind = "request",
                                              .subject = one.id.str(),
                                              .detail = one.program.str()});
}

std::optional<std::string> requests_are_shut(const program &rules, instant now) {
    if (!rules.requests)
        return fmt::format("In {} pairs are made by its coordinators, not asked for.", rules.name);
    const auto phase = rules.dates_of(phase_kind::connect);
    const auto today = rules.where.day_of(now);
    if (!phase || phase->contains(today))
        return std::nullopt;
    if (today < phase->from)
        return fmt::format("In {} requests open on {}.", rules.name, full_date(phase->from));
    return fmt::format("In {} requests closed on {}.", rules.name, full_date(phase->until));
}

std::optional<surface::button> ask_button(desk &at, const program &rules, const storage::term &term,
                                          const participant_view &mentor) {
    if (requests_are_shut(rules, at.now()) || !mentor.is_there() || !mentor.who.slack ||
        mentor.as.role != role::mentor || mentor.who.id == at.who.id())
        return std::nullopt;
    if (!mentor.has_room() && rules.entry.mentors_are == mentor_side::people)
        return std::nullopt;
    const auto mine = at.on_file.programs.enrolled(term.id, at.who.id(), role::protege);
    if (!mine || mine->state != enrolment_state::active)
        return std::nullopt;
    return surface::button{.says = fmt::format("Ask {}", surface::shortened(first_name(mentor.who), 40)),
                           .action = std::string(request_ask),
                           .value = fmt::format("{} {}", rules.slug.str(), mentor.who.slack->str()),
                           .look = surface::tone::primary};
}

result<answer> request_mentor(desk &at) {
    const auto slug = asking_in(at, at.words.text("program"));
    if (!slug)
        return slug.error();
    const auto what = may_ask(at, *slug, *at.words.person("mentor"));
    if (!what)
        return what.error();
    return open_form(ask_form(at, *what));
}

result<answer> press_request(desk &at) {
    const auto parts = surface::split_words(at.pressed().value);
    if (parts.size() != 2 || at.rules().find(program_slug{parts[0]}) == nullptr)
        return not_found("mentor", browse_line(at));
    const auto what = may_ask(at, program_slug{parts[0]}, slack_id{parts[1]});
    if (!what)
        return what.error();
    return open_form(ask_form(at, *what));
}

result<answer> send_request(desk &at) {
    const auto parts = surface::split_words(at.sent().metadata);
    if (parts.size() != 2 || at.rules().find(program_slug{parts[0]}) == nullptr)
        return not_found("mentor", browse_line(at));
    const auto what = may_ask(at, program_slug{parts[0]}, slack_id{parts[1]});
    if (!what)
        return what.error();
    const auto note = surface::cleaned(at.sent().holds.text("note"));
    answer wrong;
    if (surface::one_line(note).empty())
        wrong.form = form_errors{{{"note", "A sentence or two helps them to say yes. Nothing was saved."}}};
    else if (surface::code_points(note) > most_note)
        wrong.form = form_errors{{{"note", "That is over 1,000 letters. Nothing was saved."}}};
    if (wrong.form.index() != 0)
        return wrong;
    auto requests = at.on_file.open<storage::mentor_requests>();
    mentor_request one;
    one.id = at.on_file.ids.make<storage::request_id>(at.now());
    one.program = what->slug;
    one.term = what->term.id;
    one.protege = what->protege(at.who.id());
    one.mentor = what->mentor(at.who.id());
    one.asked_by = what->by;
    one.team_name = what->team_name;
    one.note = note;
    one.asked_at = at.now();
    const auto &rules = at.rules().of(what->slug);
    if (rules.requests->ask == asking::in_turn) {
        one.turn = 1;
        for (const auto &each : requests.open_by_asker(at.who.id()))
            if (each.term == one.term) {
                one.turn = std::max(one.turn, each.turn + 1);
                one.state = request_state::queued;
            }
    }
    if (one.state == request_state::waiting)
        one.look_again_at = at.now();
    if (!requests.add(one))
        return tell(text("You have asked {} already, and that request is open.", first_name(what->other)));
    if (one.state == request_state::waiting)
        tell_asked(at.on_file, at.here, one, partner_hears_at(at), at.now());
    settle_outreach(at.on_file, one.protege, one.term, at.now());
    note_in_journal(at, "request", one);
    return sent(at, *what, one);
}

std::vector<storage::person> asked_people(storage::records &on_file, const program &rules,
                                          const mentor_request &one) {
    std::vector<storage::person> out;
    if (one.team_name.empty()) {
        if (auto found = on_file.people.by_id(one.asked()))
            out.push_back(std::move(*found));
        return out;
    }
    auto teams = on_file.open<storage::mentor_teams>();
    for (const auto &team : teams.of(rules.slug)) {
        if (team.name != one.team_name)
            continue;
        for (const auto &id : teams.members(team.id)) {
            const auto as = on_file.programs.enrolled(one.term, id, role::mentor);
            if (id == one.protege || !as || as->state != enrolment_state::active ||
                !has_room_now(on_file, rules, one.term, id))
                continue;
            if (auto found = on_file.people.by_id(id); found && found->state == person_state::active)
                out.push_back(std::move(*found));
        }
    }
    return out;
}

bool may_answer(storage::records &on_file, const program &rules, const mentor_request &one,
                const person_id &who) {
    if (one.asked() == who)
        return true;
    const auto all = asked_people(on_file, rules, one);
    return std::any_of(all.begin(), all.end(), [&](const storage::person &each) { return each.id == who; });
}

void tell_asked(storage::records &on_file, const house &here, const mentor_request &one, instant at_earliest,
                instant now) {
    const auto &rules = here.rules.of(one.program);
    for (const auto &who : asked_people(on_file, rules, one))
        send_about(on_file, one, request_kind::notice, who.id,
                   hours_of(who, rules, other_side(one.asked_by)).next_good(at_earliest), now);
}

void end_request(storage::records &on_file, const house &here, mentor_request one, request_state how,
                 const std::optional<person_id> &by, instant now) {
    auto requests = on_file.open<storage::mentor_requests>();
    const bool held_the_turn = one.state != request_state::queued;
    one.state = how;
    one.ended_at = now;
    one.ended_by = by;
    one.note.clear();
    one.question.clear();
    if (how != request_state::declined)
        one.reply.clear();
    one.look_again_at.reset();
    requests.save(one);
    settle_request_lines(on_file, one, now);
    const auto notice_stands = [&](const person_id &who) {
        show_as_it_stands(on_file, one,
                          fmt::format("{}:{}:{}", request_kind::notice, one.id.str(), who.str()), now);
    };
    if (one.team_name.empty())
        notice_stands(one.asked());
    else
        for (const auto &who : on_file.programs.enrolments(one.term))
            if (who.role == role::mentor)
                notice_stands(who.person);
    const auto *rules = here.rules.find(one.program);
    if (!held_the_turn || !rules || !rules->requests || rules->requests->ask != asking::in_turn)
        return;
    for (auto &next : requests.open_by_asker(one.asker())) {
        if (next.term != one.term || next.state != request_state::queued)
            continue;
        if (how == request_state::accepted) {
            next.state = request_state::passed;
            next.ended_at = now;
            next.note.clear();
            requests.save(next);
            continue;
        }
        next.state = request_state::waiting;
        next.look_again_at = now;
        requests.save(next);
        tell_asked(on_file, here, next, now, now);
        return;
    }
}

result<answer> withdraw_request(desk &at) {
    auto requests = at.on_file.open<storage::mentor_requests>();
    const auto one = requests.by_id(storage::request_id{at.pressed().value});
    if (!one || !at.who.person || one->asker() != at.who.id())
        return not_found("request", at.line(command_name::mentoring, "requests"));
    if (!storage::is_open(one->state))
        return tell(text("That request is over already."));
    end_request(at.on_file, at.here, *one, request_state::withdrawn, at.who.id(), at.now());
    note_in_journal(at, "request.withdraw", *one);
    return done(text("Withdrawn. Nobody is told more than that."));
}

// Subject: the request's id.
result<surface::mrkdwn> undo_request(desk &at, const storage::undo_offer &offer) {
    auto requests = at.on_file.open<storage::mentor_requests>();
    const auto one = requests.by_id(storage::request_id{offer.subject});
    if (!one || !storage::is_open(one->state))
        return refusal{"", "That request was answered already.",
                       at.line(command_name::mentoring, "requests")};
    end_request(at.on_file, at.here, *one, request_state::withdrawn, at.who.id(), at.now());
    note_in_journal(at, "request.withdraw", *one);
    return text("Taken back: that request is no more.");
}

} // namespace rapport
