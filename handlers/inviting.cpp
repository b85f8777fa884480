// Asking, answering; see inviting.hpp.
#include "handlers/inviting.hpp"

#include "handlers/introductions.hpp"
#include "handlers/naming.hpp"
#include "handlers/pairing.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/usage_shape.hpp"
#include "handlers/which_program.hpp"
#include "mentoring/wording.hpp"
#include "storage/open_doors.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using storage::invitation;
using storage::invitation_state;
using storage::invitations;
using surface::text;

constexpr std::string_view example = "invite @priya as my mentor";

// "as my mentor solar-car": as what, and in which program if it is said.
struct said_as {
    side other = side::mentor; // what the invited is to be
    std::string program;
};
std::optional<said_as> as_said(const desk &at, const std::string &words) {
    std::optional<side> other;
    std::string program;
    for (const auto &word : surface::split_words(words)) {
        const auto plain = folded_name(word);
        if (plain == "as" || plain == "my" || plain == "a" || plain == "in")
            continue;
        if (plain == "mentor" || plain == "adviser" || plain == "advisor")
            other = side::mentor;
        else if (plain == "protege" || plain == "mentee" || plain == "student")
            other = side::protege;
        else
            program += (program.empty() ? "" : " ") + word;
    }
    for (const auto &slug : at.rules().slugs())
        for (const auto which : {side::mentor, side::protege})
            if (!other && !program.empty() &&
                folded_name(at.rules().of(slug).word(which).one) == folded_name(program)) {
                other = which;
                program.clear();
            }
    if (!other)
        return std::nullopt;
    return said_as{*other, program};
}

// The program that takes informal pairs: the one that is named, else the only one.
result<program_slug> informal_program(const desk &at, const std::string &word) {
    std::vector<program_slug> all;
    for (const auto &slug : at.rules().slugs())
        if (!at.rules().of(slug).formal)
            all.push_back(slug);
    const auto line = at.line(command_name::mentoring, example);
    if (all.empty())
        return refusal{"", "No program here takes pairs that are made like this.",
                       at.line(command_name::program, "new")};
    if (word.empty() && all.size() == 1)
        return all.front();
    std::string names;
    for (const auto &slug : all) {
        if (shape::alike(slug.str(), word) || shape::alike(at.rules().of(slug).name, word))
            return slug;
        names += (names.empty() ? "" : ", ") + slug.str();
    }
    return refusal{word, fmt::format("Say in which program: {}.", names),
                   fmt::format("{} {}", line, all.front().str())};
}

std::string key_of(std::string_view kind, const invitation &what, int time) {
    return fmt::format("{}:{}:{}", kind, what.id, time);
}

std::string tell_person(desk &at, const invitation &what, const person_id &to, std::string_view kind,
                        int time) {
    auto key = key_of(kind, what, time);
    at.on_file.outbox.add({.team = at.asked.team,
                           .id = at.on_file.ids.make<storage::outbox_id>(at.now()),
                           .key = key,
                           .verb = storage::outbox_verb::post,
                           .kind = std::string(kind),
                           .policy = storage::send_policy::at_least_once,
                           .person = to,
                           .subject = "invitation:" + what.id,
                           .params = what.id,
                           .not_before_at = partner_hears_at(at),
                           .created_at = at.now()});
    return key;
}

void note(desk &at, const char *act, const invitation &what) {
    at.on_file.journal.append(at.asked.team, {.at = at.now(),
                                              .actor = at.who.id().str(),
                                              .act = act,
                                              .subject_kind = "invitation",
                                              .subject = what.id,
                                              .detail = what.program.str()});
}

person_id on_record(desk &at) {
    if (at.who.person)
        return at.who.id();
    storage::person who;
    who.id = at.on_file.ids.make<person_id>(at.now());
    who.slack = at.who.slack;
    who.created_at = at.now();
    at.on_file.people.save(who);
    return who.id;
}

std::string word_of(desk &at, const invitation &what, const person_id &who) {
    return at.rules().of(what.program).word(who == what.mentor ? side::mentor : side::protege).one;
}

void enrol_as(desk &at, const invitation &what, const person_id &who, role as) {
    const auto before = at.on_file.programs.enrolled(what.term, who, as);
    if (before && before->state == enrolment_state::active)
        return;
    storage::enrolment row;
    row.id = before ? before->id : at.on_file.ids.make<enrolment_id>(at.now());
    row.term = what.term;
    row.person = who;
    row.role = as;
    row.by_person = what.by_person;
    row.since_at = at.now();
    at.on_file.programs.enrol(row);
}

// The invitation of a button, for the one it is for.
result<invitation> meant(desk &at, bool by_inviter) {
    auto found = at.on_file.open<invitations>().by_id(at.pressed().value);
    const bool theirs = found && at.who.person &&
                        at.who.id() == (by_inviter ? found->by_person : found->invited()) &&
                        at.rules().find(found->program) != nullptr;
    if (!theirs)
        return not_found("invitation", at.line(command_name::mentoring));
    if (found->state != invitation_state::open)
        return refusal{"", fmt::format("That invitation is {} already.", text_of(found->state)),
                       at.line(command_name::mentoring)};
    return std::move(*found);
}

answer with_button(surface::mrkdwn said, surface::button button) {
    auto message = surface::said(std::move(said));
    message.blocks.emplace_back(surface::actions{{std::move(button)}});
    return done(std::move(message));
}

} // namespace

result<answer> invite(desk &at) {
    const auto line = at.line(command_name::mentoring, example);
    const auto other = participant(at, *at.words.person("person"), line);
    if (!other)
        return other.error();
    if (other->slack == at.who.slack)
        return refusal{"", "That is you yourself; a web is made of others.", line};
    const auto as = as_said(at, at.words.text("text"));
    if (!as)
        return refusal{"", "Say what they are to you: my mentor, or my protégé.", line};
    const auto slug = informal_program(at, as->program);
    if (!slug)
        return slug.error();
    const auto term = running_term(at, *slug);
    if (!term)
        return term.error();
    const auto me = on_record(at);
    invitation what;
    what.program = *slug;
    what.term = term->id;
    what.mentor = as->other == side::mentor ? other->id : me;
    what.protege = as->other == side::mentor ? me : other->id;
    what.by_person = me;
    what.made_at = at.now();
    if (at.on_file.pairs.running(term->id, what.mentor, what.protege))
        return tell(text("{} is on record as your {} already. `{}` shows your web.", named(*other),
                         word_of(at, what, other->id), at.line(command_name::mentoring, "web")));
    auto table = at.on_file.open<invitations>();
    if (const auto there = table.waiting(term->id, what.mentor, what.protege)) {
        if (there->by_person == me)
            return with_button(
                text("{} was asked already, and has time.", named(*other)),
                {.says = "Withdraw", .action = std::string(invite_withdraw), .value = there->id});
        return tell(text("{} asked you the same: the question is in your messages from me.", named(*other)));
    }
    what.id = at.on_file.ids.next(at.now());
    table.add(what);
    auto told = tell_person(at, what, other->id, invitation_kind, 1);
    note(at, "invite", what);
    if (!at.who.person) // the undo needs an author; whoever was unknown withdraws by the button
        return with_button(text("{} is asked in a minute whether they want to be on record as your {}.",
                                named(*other), word_of(at, what, other->id)),
                           {.says = "Withdraw", .action = std::string(invite_withdraw), .value = what.id});
    return with_button(
        text("{} is asked in a minute whether they want to be on record as your {}. Nothing is on "
             "record until they say so.",
             named(*other), word_of(at, what, other->id)),
        undo_button(at, invited_act, what.id, std::move(told)));
}

result<answer> accept_invitation(desk &at) {
    const auto what = meant(at, false);
    if (!what)
        return what.error();
    const auto term = at.on_file.programs.term_by_id(what->term);
    if (!term || term->state != term_state::open)
        return refusal{"", "The term it was for is closed.", at.line(command_name::mentoring)};
    storage::pair pair;
    pair.id = at.on_file.ids.make<pair_id>(at.now());
    if (at.on_file.pairs.running(what->term, what->mentor, what->protege))
        return tell(text("You two are on record already."));
    pair.program = what->program;
    pair.term = what->term;
    pair.mentor = what->mentor;
    pair.protege = what->protege;
    pair.began_at = at.now();
    pair.made_by = what->by_person;
    pair.look_again_at = at.now();
    enrol_as(at, *what, what->mentor, role::mentor);
    enrol_as(at, *what, what->protege, role::protege);
    at.on_file.pairs.add(pair);
    at.on_file.open<invitations>().decide(what->id, invitation_state::accepted, pair.id, at.now());
    for (const auto &who : {what->mentor, what->protege})
        plan_greeting(at.on_file, who, what->program, at.now());
    auto introduced = plan_introduction(at.on_file, pair, at.now());
    tell_person(at, *what, what->by_person, invitation_answer_kind, 1);
    note(at, "invite_accepted", *what);
    const auto by = at.on_file.people.by_id(what->by_person);
    return in_place(
        with_button(text("You and {} are on record: you as {}. I open a conversation for the three of us "
                         "in a minute. Nothing more is asked of you.",
                         named(by.value()), word_of(at, *what, at.who.id())),
                    undo_button(at, pairing_act, pair.id.str(), std::move(introduced))));
}

result<answer> decline_invitation(desk &at) {
    const auto what = meant(at, false);
    if (!what)
        return what.error();
    at.on_file.open<invitations>().decide(what->id, invitation_state::declined, std::nullopt, at.now());
    auto told = tell_person(at, *what, what->by_person, invitation_answer_kind, 1);
    note(at, "invite_declined", *what);
    return in_place(
        with_button(text("That is fine, and nothing is on record. The other hears kindly that it is not "
                         "for now."),
                    undo_button(at, no_act, what->id, std::move(told))));
}

result<answer> withdraw_invitation(desk &at) {
    const auto what = meant(at, true);
    if (!what)
        return what.error();
    at.on_file.open<invitations>().decide(what->id, invitation_state::withdrawn, std::nullopt, at.now());
    at.on_file.outbox.withdraw_subject(at.asked.team, "invitation:" + what->id, "withdrawn", at.now());
    note(at, "invite_withdrawn", *what);
    return in_place(done(text("Withdrawn. If the question was read already, its buttons do nothing now.")));
}

// Subject: the invitation's id.
result<surface::mrkdwn> undo_invitation(desk &at, const storage::undo_offer &offer) {
    auto table = at.on_file.open<invitations>();
    const auto what = table.by_id(offer.subject);
    if (!what || what->state != invitation_state::open)
        return refusal{"", "It was answered meanwhile.", at.line(command_name::mentoring)};
    table.decide(what->id, invitation_state::withdrawn, std::nullopt, at.now());
    note(at, "invite_withdrawn", *what);
    return text("Taken back: nobody is asked.");
}

// Subject: the invitation's id.
result<surface::mrkdwn> undo_decline(desk &at, const storage::undo_offer &offer) {
    auto table = at.on_file.open<invitations>();
    const auto what = table.by_id(offer.subject);
    if (!what || what->state != invitation_state::declined)
        return refusal{"", "The other withdrew it meanwhile.", at.line(command_name::mentoring)};
    table.decide(what->id, invitation_state::open, std::nullopt, std::nullopt);
    tell_person(at, *what, at.who.id(), invitation_kind, 2); // its buttons, once more
    return text("Taken back: the question stands again, and comes once more in a minute.");
}

std::optional<surface::message> invitation_message(storage::records &on_file, const house &here,
                                                   const storage::outbox_row &row) {
    const auto what = on_file.open<invitations>().by_id(row.params);
    const auto *rules = what ? here.rules.find(what->program) : nullptr;
    const auto by = what ? on_file.people.by_id(what->by_person) : std::nullopt;
    if (!what || !rules || !by || what->state != invitation_state::open)
        return std::nullopt;
    const bool as_mentor = what->invited() == what->mentor;
    const auto asks =
        as_mentor ? text("{} says that you help along the way, and asks whether you want to be on record as "
                         "their {} in {}.",
                         named(*by), rules->mentor_word.one, rules->name)
                  : text("{} asks whether they may put down that they are there for you, as your {} in {}.",
                         named(*by), rules->mentor_word.one, rules->name);
    auto said = surface::said(surface::lines(
        {asks, text("It is informal: no forms, hardly a reminder, and either of you ends it any day. I "
                    "keep who and when, never what you talk about.")}));
    said.blocks.emplace_back(surface::actions{
        {surface::button{.says = "Yes, put it down", .action = std::string(invite_yes), .value = what->id},
         surface::button{.says = "Not now", .action = std::string(invite_no), .value = what->id}}});
    return said;
}

std::optional<surface::message> invitation_answer(storage::records &on_file, const house &here,
                                                  const storage::outbox_row &row) {
    const auto what = on_file.open<invitations>().by_id(row.params);
    const auto *rules = what ? here.rules.find(what->program) : nullptr;
    const auto who = what ? on_file.people.by_id(what->invited()) : std::nullopt;
    if (!what || !rules || !who)
        return std::nullopt;
    if (what->state == invitation_state::accepted)
        return surface::said(
            text("{} said yes: you are on record together in {}. Our conversation for three opens "
                 "now.",
                 named(*who), rules->name));
    if (what->state == invitation_state::declined)
        return surface::said(
            text("{} would rather not be on record for now. That says nothing about the help: you can "
                 "go on as before, without me.",
                 named(*who)));
    return std::nullopt;
}

} // namespace rapport
