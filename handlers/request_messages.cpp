// The sentences; see request_messages.hpp. Each is rendered when it leaves, from the request as it is then.
#include "handlers/request_messages.hpp"

#include "handlers/answering.hpp"
#include "handlers/desk.hpp"
#include "handlers/finding.hpp"
#include "handlers/naming.hpp"
#include "handlers/owed.hpp"
#include "handlers/profiles.hpp"
#include "handlers/requesting.hpp"
#include "handlers/suggesting.hpp"
#include "handlers/taking_back.hpp"

#include <fmt/format.h>

namespace rapport {
namespace {

using storage::mentor_request;
using storage::request_state;
using surface::text;

struct telling {
    storage::records &on_file;
    const house &here;
    const program &rules;
    mentor_request one;
    storage::person to, asker, asked;
    instant now;

    bool for_mentor() const { // a protégé asked
        return one.asked_by == side::protege;
    }
};

surface::message with_answer_buttons(const telling &at, surface::mrkdwn said) {
    const auto id = at.one.id.str();
    auto out = surface::said(std::move(said));
    surface::actions below;
    below.elements.emplace_back(surface::button{.says = "Accept",
                                                .action = std::string(request_answer::accept),
                                                .value = id,
                                                .look = surface::tone::primary});
    below.elements.emplace_back(surface::button{
        .says = "Ask a question first", .action = std::string(request_answer::question), .value = id});
    below.elements.emplace_back(
        surface::button{.says = "Decline", .action = std::string(request_answer::decline), .value = id});
    below.elements.emplace_back(surface::button{
        .says = "See profile", .action = std::string(profile_button), .value = at.asker.id.str()});
    out.blocks.emplace_back(std::move(below));
    return out;
}

surface::mrkdwn until_when(const telling &at) {
    const auto usual = hours_of(at.asked, at.rules, other_side(at.one.asked_by));
    const auto by = answer_by(at.rules, *at.rules.requests, usual, at.one.notified_at.value_or(at.now));
    return text("{}", in_full(by, zone_of(at.to, at.rules)));
}

surface::mrkdwn asked_words(const telling &at) {
    const auto who = named(at.asker);
    if (!at.for_mentor())
        return text("{} would like to be your {} in {}. It is for you to say.", who, at.rules.mentor_word.one,
                    at.rules.name);
    return at.one.team_name.empty() ? text("{} asks whether you would be their {} in {}.", who,
                                           at.rules.mentor_word.one, at.rules.name)
                                    : text("{} asks {} for a {} in {}; whoever of you says yes first is it.",
                                           who, at.one.team_name, at.rules.mentor_word.one, at.rules.name);
}

surface::message notice_told(const telling &at) {
    auto said = asked_words(at);
    if (!at.one.note.empty())
        said = surface::lines({said, text("“{}”", surface::paragraph{at.one.note})});
    if (!at.one.reply.empty())
        said =
            surface::lines({said, text("To your question they say: “{}”", surface::paragraph{at.one.reply})});
    said = surface::lines(
        {said,
         text("An answer by {} keeps the program's promise; a kind no is an answer, too.", until_when(at))});
    return with_answer_buttons(at, std::move(said));
}

// The notice when it is answered or not needed any more.
surface::mrkdwn over(const telling &at) {
    const auto who = first_name(at.asker);
    switch (at.one.state) {
    case request_state::accepted:
        return at.one.ended_by == at.to.id
                   ? text("You said yes to {}.", who)
                   : text("{} has found a {}. Nothing more to do here.", who, at.rules.mentor_word.one);
    case request_state::declined:
        return text("You answered {}, kindly.", who);
    case request_state::withdrawn:
        return text("{} has withdrawn their request. Nothing more to do here.", who);
    case request_state::lapsed:
        return text("The time for {}'s request is over. Nothing more to do here.", who);
    default:
        return text("{}'s request needs nothing more from you.", who);
    }
}

// Two more close fits, for the protégé; as rows below a message.
void add_fits(const telling &at, surface::message &out) {
    const auto term = at.on_file.programs.term_by_id(at.one.term);
    if (!at.for_mentor() || !term || requests_are_shut(at.rules, at.now))
        return;
    const finding in(at.on_file, at.rules, *term, at.now);
    const auto *me = in.find(at.asker.id, role::protege);
    if (me == nullptr)
        return;
    const auto own = in.compared(*me);
    const auto fits = close_fits(at.on_file, in, *me, 2);
    for (const auto &one : fits) {
        const auto words =
            text("{}, *{}*: {}.", who_they_are(at.rules, *one.who), one.suits.percent,
                 reasons_in_words(one.suits, one.shown, own, zone_of(at.to, at.rules), at.now));
        out.summary = surface::lines({out.summary, text("• {}", words)});
        out.blocks.emplace_back(surface::section{
            .text = words,
            .beside = surface::button{
                .says = fmt::format("Ask {}", first_name(one.who->who)),
                .action = std::string(request_ask),
                .value = fmt::format("{} {}", at.rules.slug.str(), one.who->who.slack->str())}});
    }
    if (fits.empty())
        out.blocks.emplace_back(surface::context{
            {text("`{}` shows everyone.", at.here.names.line(command_name::mentoring, "browse"))}});
}

surface::message more_fits_told(const telling &at) {
    auto out =
        surface::said(text("Two more close fits; your request to {} stays open.", first_name(at.asked)));
    add_fits(at, out);
    return out;
}

surface::message question_told(const telling &at) {
    auto out = surface::said(
        surface::lines({text("{} has a question before answering your request:", first_name(at.asked)),
                        text("“{}”", surface::paragraph{at.one.question})}));
    out.blocks.emplace_back(surface::actions{{surface::button{.says = "Answer",
                                                              .action = std::string(request_answer::reply),
                                                              .value = at.one.id.str(),
                                                              .look = surface::tone::primary},
                                              surface::button{.says = "Withdraw the request",
                                                              .action = std::string(request_withdraw),
                                                              .value = at.one.id.str()}}});
    return out;
}

// Said to who asked; of a request that ended without an answer to who was asked, too.
surface::message ending_told(const telling &at) {
    const auto name = first_name(at.asked);
    if (at.to.id != at.asker.id)
        return surface::said(text("The week for {}'s request has passed, so I have closed it, kindly. There "
                                  "is nothing to make up for. What you are open to stands in your profile: "
                                  "`{}`",
                                  first_name(at.asker),
                                  at.here.names.line(command_name::mentoring, "profile")));
    if (at.one.state == request_state::accepted)
        return surface::said(text("{} said yes: you have a {} in {}. I have opened a conversation for the "
                                  "three of us, with a list for a first meeting.",
                                  name, at.rules.word(other_side(at.one.asked_by)).one, at.rules.name));
    surface::message out;
    if (at.one.state == request_state::declined) {
        std::string_view kind = kind_words.front().said;
        for (const auto &each : kind_words)
            if (each.name == at.one.reply)
                kind = each.said;
        out = surface::said(text("{} cannot be your {} this time. {} It says nothing about you.", name,
                                 at.rules.word(other_side(at.one.asked_by)).one, kind));
    } else {
        out = surface::said(text("{} did not get round to your request within {} days, so I have closed it. "
                                 "It says nothing about you: people are busy.",
                                 name, at.rules.requests->lapses_after_days));
    }
    add_fits(at, out);
    return out;
}

std::optional<telling> told_of(storage::records &on_file, const house &here, const storage::outbox_row &row,
                               instant now) {
    auto one = on_file.open<storage::mentor_requests>().by_id(storage::request_id{row.params});
    const auto *rules = one ? here.rules.find(one->program) : nullptr;
    if (!rules || !rules->requests || !row.person)
        return std::nullopt;
    auto to = on_file.people.by_id(*row.person);
    auto asker = on_file.people.by_id(one->asker()), asked = on_file.people.by_id(one->asked());
    if (!to || !asker || !asked)
        return std::nullopt;
    return telling{on_file,           here, *rules, std::move(*one), std::move(*to), std::move(*asker),
                   std::move(*asked), now};
}

} // namespace

std::optional<surface::message> request_message(storage::records &on_file, const house &here,
                                                const storage::outbox_row &row, instant now) {
    if (row.kind == request_kind::as_it_stands) {
        auto original = on_file.outbox.find(on_file.team, row.params);
        const auto at = original ? told_of(on_file, here, *original, now) : std::nullopt;
        if (!at)
            return std::nullopt;
        if (original->kind != request_kind::notice)
            return surface::said(text("This was taken back."));
        return storage::is_open(at->one.state) ? notice_told(*at) : surface::said(over(*at));
    }
    const auto at = told_of(on_file, here, row, now);
    if (!at)
        return std::nullopt;
    const auto state = at->one.state;
    if (row.kind == request_kind::notice || row.kind == request_kind::reply)
        return state == request_state::waiting ? std::optional(notice_told(*at)) : std::nullopt;
    if (row.kind == request_kind::question)
        return state == request_state::question ? std::optional(question_told(*at)) : std::nullopt;
    if (row.kind == request_kind::more_fits)
        return storage::is_open(state) ? std::optional(more_fits_told(*at)) : std::nullopt;
    return storage::is_open(state) ? std::nullopt : std::optional(ending_told(*at));
}

std::string send_about(storage::records &on_file, const mentor_request &one, std::string_view kind,
                       const person_id &to, instant not_before, instant now, const std::string &again) {
    auto key = fmt::format("{}:{}:{}{}{}", kind, one.id.str(), to.str(), again.empty() ? "" : ":", again);
    on_file.outbox.add({.team = on_file.team,
                        .id = on_file.ids.make<storage::outbox_id>(now),
                        .key = key,
                        .verb = storage::outbox_verb::post,
                        .kind = std::string(kind),
                        .policy = storage::send_policy::at_least_once,
                        .person = to,
                        .channel = std::nullopt,
                        .pair = std::nullopt,
                        .subject = "request:" + one.id.str(),
                        .params = one.id.str(),
                        .not_before_at = not_before,
                        .created_at = now});
    return key;
}

void show_as_it_stands(storage::records &on_file, const mentor_request &one, const std::string &key,
                       instant now) {
    const auto sent = on_file.outbox.find(on_file.team, key);
    if (!sent)
        return;
    if (!storage::is_open(one.state) || sent->kind != request_kind::notice)
        on_file.outbox.withdraw(on_file.team, key, std::string(text_of(one.state)), now);
    const auto at = on_file.outbox.sent_as(on_file.team, key);
    if (!at)
        return;
    on_file.outbox.add({.team = on_file.team,
                        .id = on_file.ids.make<storage::outbox_id>(now),
                        .key = "stands:" + key + ":" + on_file.ids.next(now),
                        .verb = storage::outbox_verb::update,
                        .kind = std::string(request_kind::as_it_stands),
                        .policy = storage::send_policy::at_least_once,
                        .person = sent->person,
                        .channel = at->channel,
                        .pair = std::nullopt,
                        .subject = sent->subject,
                        .params = key,
                        .not_before_at = now,
                        .created_at = now});
}

} // namespace rapport
