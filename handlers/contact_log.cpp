// Logging contacts; see contact_log.hpp.
#include "handlers/contact_log.hpp"

#include "handlers/naming.hpp"
#include "handlers/nudging.hpp"
#include "handlers/own_pair.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"

#include <fmt/format.h>

namespace rapport {
namespace {

using surface::text;

std::string noun(medium which) {
    switch (which) {
    case medium::call:
        return "a call";
    case medium::email:
        return "an e-mail";
    case medium::text:
        return "a text";
    case medium::video:
        return "a video call";
    case medium::in_person:
        return "time in person";
    case medium::slack:
        return "a message here";
    case medium::meeting:
        return "a meeting";
    }
    return "a contact";
}

std::string length(std::optional<std::int64_t> minutes_long) {
    if (!minutes_long)
        return {};
    const auto h = *minutes_long / 60, m = *minutes_long % 60;
    if (h == 0)
        return fmt::format(", {} min", m);
    return m == 0 ? fmt::format(", {} h", h) : fmt::format(", {} h {} min", h, m);
}

// "A call with Ana on Mon 2 Nov 2026, 30 min, started by you."
surface::mrkdwn described(desk &at, const storage::pair &pair, const storage::contact &what) {
    const auto partner = first_name(partner_in(at, pair));
    auto noun_words = noun(what.medium);
    noun_words.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(noun_words.front())));
    const std::string who = !what.started_by                  ? ""
                            : *what.started_by == at.who.id() ? ", started by you"
                                                              : ", started by " + partner;
    return text("{} with {} on {}{}{}", noun_words, partner, full_date(what.on_day), length(what.minutes),
                who);
}

answer logged(desk &at, const storage::pair &pair, const storage::contact &what, surface::button undo) {
    auto message = surface::said(
        text("Logged: {}.{}", described(at, pair, what), what.started_by ? "" : " Who started it?"));
    surface::actions below;
    if (!what.started_by) {
        below.elements.emplace_back(surface::button{
            .says = "I did", .action = std::string(contact_started), .value = what.id + " me"});
        below.elements.emplace_back(surface::button{.says = first_name(partner_in(at, pair)),
                                                    .action = std::string(contact_started),
                                                    .value = what.id + " them"});
    }
    below.elements.emplace_back(std::move(undo));
    message.blocks.emplace_back(std::move(below));
    return done(std::move(message));
}

result<answer> log_with(desk &at, const storage::pair &pair) {
    storage::contact what;
    what.id = at.on_file.ids.next(at.now());
    what.pair = pair.id;
    if (!parse_text(at.words.text("how"), what.medium))
        throw std::logic_error("log: a medium that is none");
    const auto direction = at.words.keyword("person");
    if (direction == "from")
        what.started_by = pair.partner_of(at.who.id());
    else if (direction == "to")
        what.started_by = at.who.id();
    const auto today = at.who.where.day_of(at.now());
    const auto when = at.words.date("past date");
    what.on_day = when ? when->date : today;
    const auto began = at.rules().of(pair.program).where.day_of(pair.began_at);
    if (what.on_day < plus_days(began, -1)) // a day's grace: the zones of two people differ
        return refusal{
            "",
            fmt::format("{} is before you two were paired, on {}.", full_date(what.on_day), full_date(began)),
            at.line(command_name::mentoring, fmt::format("log {} today", text_of(what.medium)))};
    if (const auto lasted = at.words.length("30m"))
        what.minutes = lasted->count();
    what.logged_by = at.who.id();
    what.logged_at = at.now();
    at.on_file.contacts.add(what);
    look_at(at.on_file, at.here, pair.id, at.now());
    return logged(at, pair, what, undo_button(at, contact_act, what.id));
}

} // namespace

result<answer> log_contact(desk &at) {
    const auto with = at.words.person("person");
    if (with && *with == at.who.slack)
        return refusal{"", "That is you. A contact is with the other one of your pair.",
                       at.line(command_name::mentoring, "log call 30m")};
    if (with && partner_in(at, at.pair()).slack != with)
        return refusal{"", "You are in no pair with that person.", at.line(command_name::mentoring)};
    return log_with(at, at.pair());
}

result<answer> say_who_started(desk &at) {
    const auto parts = surface::split_words(at.pressed().value);
    auto what = parts.size() == 2 ? at.on_file.contacts.find(parts[0]) : std::nullopt;
    if (!what || !at.who.person || what->logged_by != at.who.id())
        return not_found("contact", at.line(command_name::mentoring, "log call"));
    const auto pair = own_pair(at, what->pair.str());
    if (!pair)
        return pair.error();
    if (what->undone_at)
        return tell(text("That contact was taken back already."));
    what->started_by = parts[1] == "me" ? at.who.id() : pair->partner_of(at.who.id());
    at.on_file.contacts.set_started_by(what->id, *what->started_by);
    look_at(at.on_file, at.here, pair->id, at.now());
    return in_place(logged(at, *pair, *what, undo_button(at, contact_act, what->id)));
}

// Subject: the contact's id.
result<surface::mrkdwn> undo_contact(desk &at, const storage::undo_offer &offer) {
    const auto what = at.on_file.contacts.find(offer.subject);
    if (!what || !at.on_file.contacts.undo(offer.subject, at.now()))
        return refusal{"", "That contact was taken back already.", at.line(command_name::mentoring)};
    look_at(at.on_file, at.here, what->pair, at.now());
    return text("Taken back: the contact is no longer counted.");
}

} // namespace rapport
