// See introducing.hpp.
#include "handlers/introducing.hpp"

#include "handlers/naming.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/telling_pair.hpp"
#include "storage/helping.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using storage::consent;
using storage::introduction;
using surface::text;

std::string line(const desk &at) {
    return at.line(command_name::mentoring, "introduce @ana to @sam");
}

storage::introductions introductions_of(desk &at) {
    return at.on_file.open<storage::introductions>();
}

// A pair in which the caller mentors one of these.
const storage::pair *pair_mentoring(const desk &at, const std::vector<person_id> &among) {
    const auto found = std::find_if(at.who.pairs.begin(), at.who.pairs.end(), [&](const storage::pair &each) {
        return each.mentor == at.who.id() &&
               std::find(among.begin(), among.end(), each.protege) != among.end();
    });
    return found == at.who.pairs.end() ? nullptr : &*found;
}

void word_to(desk &at, const introduction &one, const person_id &who, std::string_view act) {
    at.on_file.outbox.add({.team = at.asked.team,
                           .id = at.on_file.ids.make<storage::outbox_id>(at.now()),
                           .key = fmt::format("introduce:{}:{}:{}", one.id, act, who.str()),
                           .verb = storage::outbox_verb::post,
                           .kind = std::string(introduction_word_kind),
                           .policy = storage::send_policy::at_least_once,
                           .person = who,
                           .subject = "introduce:" + one.id,
                           .params = surface::packed({{"id", one.id}, {"act", std::string(act)}}),
                           .not_before_at = at.now() + (act == "asked" ? minutes{1} : minutes{0}),
                           .created_at = at.now()});
}

// Somebody who can be introduced here, by their mention.
result<storage::person> reachable(desk &at, const std::optional<slack_id> &slack) {
    auto who = slack ? at.on_file.people.by_slack(*slack) : std::nullopt;
    if (!who || who->state != person_state::active)
        return refusal{"", "I do not know that person here.", line(at)};
    if (who->id == at.who.id())
        return refusal{"", "You know them both; introduce two others.", line(at)};
    return std::move(*who);
}

answer words_to_copy(desk &at, const storage::person &first, const program_slug &program) {
    introduction one;
    one.id = at.on_file.ids.next(at.now());
    one.program = program;
    one.by_person = at.who.id();
    one.first = first.id;
    one.offered_at = at.now();
    introductions_of(at).add(one);
    return done(
        text("For somebody outside this workspace, ask {0} first, then send words like these:\n>May I "
             "introduce you to {0}? We are in a mentoring program together. If you would like that, "
             "I will put you two in touch.\nI keep that you offered it, nothing else.",
             first_name(first)));
}

// The other one of the two that are introduced.
const person_id &other_of(const introduction &one, const person_id &who) {
    return who == one.first ? *one.second : one.first;
}

result<introduction> introduction_pressed(desk &at) {
    auto one = introductions_of(at).find(at.pressed().value);
    if (!one || !at.who.person || !one->second || (at.who.id() != one->first && at.who.id() != *one->second))
        return not_found("introduction", at.line(command_name::mentoring));
    return std::move(*one);
}

result<answer> say(desk &at, consent what) {
    auto found = introduction_pressed(at);
    if (!found)
        return found.error();
    auto &one = *found;
    if (one.ended_at)
        return tell(text("That introduction is settled already."));
    (at.who.id() == one.first ? one.first_said : one.second_said) = what;
    const bool both = one.first_said == consent::yes && one.second_said == consent::yes;
    if (both || what == consent::no)
        one.ended_at = at.now();
    introductions_of(at).answer(one);
    const auto act = both ? "together" : "not_now";
    if (one.ended_at) {
        word_to(at, one, one.by_person, act);
        if (both) {
            word_to(at, one, one.first, act);
            word_to(at, one, *one.second, act);
        }
    }
    auto made = what == consent::no ? done(text("That is fine. Nobody is told who said so."))
                : both              ? done(text("Good. I am putting you two in touch."))
                                    : done(text("Good. I ask the other one, and you hear from me."));
    const bool on_a_message = !at.pressed().message_ts.empty();
    return on_a_message ? in_place(std::move(made)) : made;
}

} // namespace

result<answer> introduce(desk &at) {
    const auto first = reachable(at, at.words.person("person"));
    if (!first)
        return first.error();
    if (!at.words.has("other")) {
        const auto *pair = pair_mentoring(at, {first->id});
        if (!pair)
            return refusal{"", "You are nobody's mentor in that.", line(at)};
        return words_to_copy(at, *first, pair->program);
    }
    const auto second = reachable(at, at.words.person("other"));
    if (!second)
        return second.error();
    if (first->id == second->id)
        return refusal{"", "That is one person; an introduction takes two.", line(at)};
    const auto *pair = pair_mentoring(at, {first->id, second->id});
    if (!pair)
        return refusal{"", "One of the two is to be somebody you mentor.", line(at)};
    if (introductions_of(at).under_way(at.who.id(), first->id, second->id))
        return tell(text("You have asked the two already. I wait for their answers."));
    introduction one;
    one.id = at.on_file.ids.next(at.now());
    one.program = pair->program;
    one.by_person = at.who.id();
    one.first = first->id;
    one.second = second->id;
    one.offered_at = at.now();
    introductions_of(at).add(one);
    word_to(at, one, one.first, "asked");
    word_to(at, one, *one.second, "asked");
    return done(text("I ask {} and {}. If both like it, I put them in touch; if not, you hear that it is not "
                     "for now.",
                     named(*first), named(*second)));
}

result<answer> like_introduction(desk &at) {
    return say(at, consent::yes);
}

result<answer> not_this_time(desk &at) {
    return say(at, consent::no);
}

std::optional<surface::message> introduction_word(storage::records &on_file, const house &here,
                                                  const storage::outbox_row &row) {
    const auto params = surface::unpacked(row.params);
    const auto id = params.find("id"), act = params.find("act");
    if (id == params.end() || act == params.end() || !row.person)
        return std::nullopt;
    const auto one = on_file.open<storage::introductions>().find(id->second);
    const auto by = one ? on_file.people.by_id(one->by_person) : std::nullopt;
    if (!one || !one->second || !by)
        return std::nullopt;
    const auto first = on_file.people.by_id(one->first), second = on_file.people.by_id(*one->second);
    if (!first || !second)
        return std::nullopt;
    if (act->second == "asked") {
        if (one->ended_at)
            return std::nullopt;
        const auto other = on_file.people.by_id(other_of(*one, *row.person));
        const auto *rules = here.rules.find(one->program);
        return with_buttons(
            text("{} would like to introduce you to {}{}. Shall I put you in touch? Either answer is fine, "
                 "and nobody hears who gave which.",
                 named(*by), named(*other), rules ? " (" + rules->name + ")" : std::string()),
            {surface::button{.says = "Yes, please",
                             .action = std::string(introduction_yes),
                             .value = one->id,
                             .look = surface::tone::primary},
             surface::button{
                 .says = "Not this time", .action = std::string(introduction_no), .value = one->id}});
    }
    if (act->second == "not_now")
        return surface::said(text("{} and {}: not for now. Thank you for the thought.", first_name(*first),
                                  first_name(*second)));
    if (*row.person == one->by_person)
        return surface::said(
            text("{} and {} are in touch, thanks to you.", first_name(*first), first_name(*second)));
    const auto other = on_file.people.by_id(other_of(*one, *row.person));
    return surface::said(text("You both said yes: {} introduces you and {}. Write to them directly; a first "
                              "line is enough.",
                              named(*by), named(*other)));
}

} // namespace rapport
