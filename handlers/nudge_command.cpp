// The command and its form; see nudge_command.hpp.
#include "handlers/nudge_command.hpp"

#include "handlers/naming.hpp"
#include "handlers/nudging.hpp"
#include "handlers/owed.hpp"
#include "handlers/own_pace.hpp"
#include "handlers/replies.hpp"
#include "handlers/taking_back.hpp"

namespace rapport {
namespace {

using surface::text;

// What was written longer ago than this is not waited for by a clock; a new line is the better start.
constexpr int longest_wait_days = 60;

std::string partner_name(desk &at, const storage::pair &pair) {
    const auto other = at.on_file.people.by_id(pair.partner_of(at.who.id()));
    auto name = other ? first_name(*other) : std::string();
    return name.empty() ? "your partner" : name;
}

// Before the target the day until which the other has; after it no word about the other at all.
surface::mrkdwn what_now(desk &at, const storage::reply_clock &clock, const storage::pair &pair) {
    const auto &rules = at.rules().of(pair.program, clock.version);
    const auto until = reply_target(rules, clock.started_at);
    const auto name = partner_name(at, pair);
    const auto other = at.on_file.people.by_id(pair.partner_of(at.who.id()));
    const auto back = other ? away_as_told(at.on_file, *other, at.who.where, at.now()) : std::nullopt;
    if (back)
        return text("{} is away until {}. I will remind them when they are back.", name, short_date(*back));
    if (until && at.now() < *until)
        return text("{} has until {}. I will remind them then.", name,
                    short_date(at.who.where.day_of(*until)));
    return text("Rapport is on it.");
}

std::optional<storage::reply_clock> known_clock(desk &at, const storage::pair &pair) {
    const auto other = pair.partner_of(at.who.id());
    for (const auto &key : {pair.channel ? pair.channel->str() : std::string(), pair.id.str()})
        if (!key.empty())
            if (auto clock = at.on_file.clocks.running(key, other); clock && clock->waiting == at.who.id())
                return clock;
    return std::nullopt;
}

bool has_unanswered(desk &at, const storage::pair &pair) {
    return pair.channel && !at.on_file.clocks.unanswered(pair.channel->str(), at.who.id()).empty();
}

result<answer> ask_when(desk &at, const storage::pair &pair) {
    surface::modal form{.callback = std::string(wrote_form),
                        .title = "I'm waiting",
                        .submit = "Start",
                        .metadata = pair.id.str()};
    surface::radio how;
    for (const auto &[value, says] :
         {std::pair{"email", "E-mail"}, {"text", "Text"}, {"call", "Phone"}, {"slack", "Slack"}})
        how.options.push_back({.says = says, .value = value});
    how.chosen = "email";
    form.blocks.push_back(
        surface::section{.text = text("I have no message of yours to {} that waits. When did you write?",
                                      partner_name(at, pair))});
    form.blocks.push_back(surface::input{.field = "how", .label = "I wrote by", .asks = how});
    form.blocks.push_back(surface::input{.field = "on",
                                         .label = "On",
                                         .asks = surface::datepicker{.chosen = at.who.where.day_of(at.now())},
                                         .hint = "Today, yesterday or a day before. I count from there."});
    return open_form(std::move(form));
}

} // namespace

result<answer> say_i_wait(desk &at) {
    const auto &pair = at.pair();
    if (pair.state != pair_state::open)
        return refusal{"", "This pair is paused, so nothing is followed up.",
                       at.line(command_name::mentoring)};
    if (!known_clock(at, pair) && !has_unanswered(at, pair)) {
        if (at.asked.can_open_form)
            return ask_when(at, pair);
        return refusal{"", "I know of no message of yours that waits.", at.line(command_name::nudge)};
    }
    const auto clock =
        say_waiting(at.on_file, at.rules(), pair, at.who.id(), at.now(), medium::slack, at.now());
    return done(what_now(at, clock, pair));
}

result<answer> wrote_on(desk &at) {
    const auto pair = at.on_file.pairs.by_id(pair_id(at.sent().metadata));
    if (!pair || !at.who.person || !pair->side_of(at.who.id()) || pair->state != pair_state::open)
        return not_found("pair", at.line(command_name::mentoring));
    const auto &where = at.who.where;
    const auto today = where.day_of(at.now());
    const auto on = at.sent().holds.date("on");
    medium how{};
    answer bad{.what = outcome::refused};
    if (!parse_text(at.sent().holds.chosen("how"), how))
        bad.form = form_errors{{{"how", "Choose one of these. Nothing was saved."}}};
    else if (!on || *on > today)
        bad.form = form_errors{{{"on", "Choose today or a day before. Nothing was saved."}}};
    else if (*on < plus_days(today, -longest_wait_days))
        bad.form = form_errors{{{"on", "That is over two months ago. A new line is the better start. Nothing "
                                       "was saved."}}};
    if (bad.form.index() != 0)
        return bad;
    const auto wrote_at = *on == today ? at.now() : where.at(*on, hours{12});
    const bool known = known_clock(at, *pair).has_value();
    const auto clock = say_waiting(at.on_file, at.rules(), *pair, at.who.id(), wrote_at, how, at.now());
    if (known)
        return done(what_now(at, clock, *pair));
    storage::contact contact;
    contact.id = at.on_file.ids.next(at.now());
    contact.pair = pair->id;
    contact.medium = how;
    contact.source = storage::contact_source::told;
    contact.started_by = at.who.id();
    contact.on_day = *on;
    contact.logged_by = at.who.id();
    contact.logged_at = at.now();
    at.on_file.contacts.add(contact);
    return done(
        with_undo(what_now(at, clock, *pair), undo_button(at, told_act, clock.id + " " + contact.id)));
}

result<surface::mrkdwn> untell_waiting(desk &at, const storage::undo_offer &offer) {
    const auto blank = offer.subject.find(' ');
    const auto clock = at.on_file.clocks.by_id(offer.subject.substr(0, blank));
    at.on_file.contacts.undo(offer.subject.substr(blank + 1), at.now());
    if (!clock || !settle_clock(at.on_file, *clock, settled_by::undone, at.now()))
        return refusal{"", "That wait is over already.", ""};
    look_at(at.on_file, at.here, clock->pair, at.now());
    return text("Taken back. Nobody is reminded.");
}

} // namespace rapport
