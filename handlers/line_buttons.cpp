// Buttons under the lines of a message of the day; see nudge_buttons.hpp.
#include "handlers/answering.hpp"
#include "handlers/away.hpp"
#include "handlers/coordinators_message.hpp"
#include "handlers/dispatch.hpp"
#include "handlers/line_meant.hpp"
#include "handlers/message_of_the_day.hpp"
#include "handlers/naming.hpp"
#include "handlers/nudge_buttons.hpp"
#include "handlers/nudge_wording.hpp"
#include "handlers/nudging.hpp"
#include "handlers/owed.hpp"
#include "handlers/replies.hpp"
#include "handlers/request_watch.hpp"
#include "handlers/requesting.hpp"
#include "handlers/snoozing.hpp"
#include "handlers/taking_back.hpp"
#include "storage/second_thoughts.hpp"

#include <algorithm>
#include <charconv>

namespace rapport {
namespace {

using surface::text;

// The hour of "Remind me tomorrow 9:00".
constexpr hours chosen_hour{9};
// A rung after every rung of a ladder: a person sees to it.
constexpr int handed_over_rung = 99;

struct line_pressed {
    storage::nudge line;
    storage::pair pair;
};

// The line whose id a button carries, for its own person only. What is not there, not theirs or over gives an
// answer instead.
struct found_line {
    std::optional<line_pressed> line;
    result<answer> instead = silence();
};

found_line line_of(desk &at, const std::string &id) {
    const auto line = line_meant(at, id);
    if (!line && is_reference(id))
        return {std::nullopt, tell(text("That is settled already. Nothing more to do."))};
    if (!line)
        return {std::nullopt, not_found("reminder", at.line(command_name::mentoring))};
    const auto pair = at.on_file.pairs.by_id(line->pair);
    if (!pair || pair->state == pair_state::ended)
        return {std::nullopt, refusal{"a button of " + full_date(at.who.where.day_of(
                                                           line->given_at.value_or(line->planned_at))),
                                      "That pair has ended. There is nothing left to do.",
                                      at.line(command_name::mentoring)}};
    if (line->closed_at)
        return {std::nullopt, tell(text("That is settled already. Nothing more to do."))};
    return {line_pressed{*line, *pair}, silence()};
}

// A menu's entry carries "action|id", a button the id alone.
std::string id_pressed(const desk &at) {
    const auto &press = at.pressed();
    if (const auto *entry = std::get_if<choice>(&press.chosen))
        return entry->value.substr(entry->value.find('|') + 1);
    return press.value;
}

std::string other_name(desk &at, const line_pressed &one) {
    const auto other = at.on_file.people.by_id(one.pair.partner_of(at.who.id()));
    return other ? first_name(*other) : "your partner";
}

std::string add_contact(desk &at, const storage::pair &pair, medium how, day on,
                        const person_id &started_by) {
    storage::contact contact;
    contact.id = at.on_file.ids.next(at.now());
    contact.pair = pair.id;
    contact.medium = how;
    contact.source = storage::contact_source::logged;
    contact.started_by = started_by;
    contact.on_day = on;
    contact.logged_by = at.who.id();
    contact.logged_at = at.now();
    at.on_file.contacts.add(contact);
    return contact.id;
}

day today_in(desk &at, const storage::pair &pair) {
    const auto *rules = at.rules().find(pair.program);
    return (rules ? rules->where : at.who.where).day_of(at.now());
}

// Settles the clock of a line; `contact` is what was recorded beside it, or empty.
result<answer> settle_line(desk &at, settled_by how) {
    const auto found = line_of(at, id_pressed(at));
    if (!found.line)
        return found.instead;
    const auto &one = *found.line;
    const auto clock = at.on_file.clocks.of_occasion(one.line.pair, one.line.person, one.line.occasion);
    if (one.line.kind != text_of(obligation_kind::reply) || !clock || clock->settled_at)
        return tell(text("That is settled already. Nothing more to do."));
    settle_clock(at.on_file, *clock, how, at.now());
    std::string contact;
    if (how == settled_by::elsewhere)
        contact = add_contact(at, one.pair, clock->medium == medium::slack ? medium::email : clock->medium,
                              today_in(at, one.pair), clock->waiting);
    look_at(at.on_file, at.here, clock->pair, at.now());
    auto undo = undo_button(at, undo_act::settled, clock->id + " " + contact);
    const auto other = other_name(at, one);
    switch (how) {
    case settled_by::elsewhere:
        return done(with_undo(text("Thank you. I have noted that you answered {}.", other), std::move(undo)));
    case settled_by::not_mine:
        return done(with_undo(text("Noted: it is not your turn."), std::move(undo)));
    default:
        return done(with_undo(text("Noted: no reply is needed."), std::move(undo)));
    }
}

// The line of the newest rung that was given for the same thing: what is heard again.
storage::nudge newest_given(desk &at, const storage::nudge &line) {
    auto newest = line;
    for (const auto &each : at.on_file.nudges.of_occasion(line.pair, line.kind, line.occasion))
        if (each.person == line.person && each.given_at && each.rung > newest.rung)
            newest = each;
    return newest;
}

// Asked again after it was taken back or seen to, it is a new occasion.
std::string help_occasion(desk &at, const line_pressed &one) {
    const auto first = one.line.kind + ":" + one.line.occasion;
    auto out = first;
    for (int n = 2;; ++n) {
        const auto before =
            at.on_file.attention.find(one.pair.id, std::string(asked_for_help), out, at.who.id());
        if (!before || !before->cleared_at)
            return out;
        out = first + "/" + std::to_string(n);
    }
}

// A command's line run for one pair, as if its person had typed it.
result<answer> run_for_pair(desk &at, command_name command, const std::string &words,
                            const storage::pair &pair) {
    auto typed = at.asked;
    typed.what = command_typed{at.here.names.shown(command), words};
    desk as_typed{typed, at.here, at.rows, at.on_file, at.who};
    as_typed.chosen = pair;
    return run_line(as_typed, command, words, true);
}

std::string rule_of(const program &rules, const storage::nudge &line) {
    obligation_kind kind{};
    parse_text(line.kind, kind);
    switch (kind) {
    case obligation_kind::reply:
        if (rules.replies.promise)
            return fmt::format("{} hopes for an answer within {} days.", rules.name,
                               rules.replies.promise->target_days);
        return rules.name + " sets no time for an answer; you asked me to keep an eye on it.";
    case obligation_kind::check_in:
        return fmt::format("{} asks each of you for a short check-in by day {} of the month.", rules.name,
                           rules.check_ins ? rules.check_ins->due_day : 0);
    case obligation_kind::contact_floor:
        return fmt::format("{} hopes for {} contacts a month.", rules.name,
                           rules.contacts.floor ? rules.contacts.floor->per_month : 0);
    case obligation_kind::milestone:
        return "You set a day for this milestone.";
    case obligation_kind::first_meeting:
        return fmt::format("{} hopes for a first meeting within {} days.", rules.name,
                           rules.first_meeting ? rules.first_meeting->within_days : 0);
    case obligation_kind::getting_started:
        return fmt::format("{} asks the two of you to begin with a plan within {} days.", rules.name,
                           rules.getting_started ? rules.getting_started->within_days : 0);
    case obligation_kind::meeting:
        return "You two set this time.";
    case obligation_kind::closing:
        return fmt::format("{} asks each of you how you would like to go on; you go on if both want to.",
                           rules.name);
    case obligation_kind::feedback:
        return fmt::format("{} asks both of you for feedback; you say who reads it.", rules.name);
    case obligation_kind::goal:
        return fmt::format("{} hopes that somebody asks after a goal every {} days.", rules.name,
                           rules.goals ? rules.goals->follow_up_days.value_or(0) : 0);
    default:
        return rules.name + " asks for this.";
    }
}

} // namespace

result<answer> reply_was_elsewhere(desk &at) {
    return settle_line(at, settled_by::elsewhere);
}
result<answer> no_reply_needed(desk &at) {
    return settle_line(at, settled_by::not_needed);
}
result<answer> not_my_turn(desk &at) {
    return settle_line(at, settled_by::not_mine);
}

result<answer> remind_me_tomorrow(desk &at) {
    const auto found = line_of(at, id_pressed(at));
    if (!found.line)
        return found.instead;
    const auto line = newest_given(at, found.line->line);
    const auto &where = at.who.where;
    const auto then = where.at(plus_days(where.day_of(at.now()), 1), chosen_hour);
    plan_again(at.on_file, line, then, at.now());
    auto undo = undo_button(at, undo_act::reminder, line.id + " " + key_of(line, then));
    return done(with_undo(text("I will remind you on {}.", in_full(then, where)), std::move(undo)));
}

result<surface::mrkdwn> forget_reminder(desk &at, const storage::undo_offer &offer) {
    const auto blank = offer.subject.find(' ');
    at.on_file.nudges.remind(offer.subject.substr(0, blank), std::nullopt);
    at.on_file.outbox.withdraw_prefix(at.on_file.team, offer.subject.substr(blank + 1), "undone", at.now());
    if (const auto line = at.on_file.nudges.by_id(offer.subject.substr(0, blank)))
        at.on_file.pairs.look_by(line->pair, at.now());
    return text("Taken back. I keep to the usual days.");
}

result<surface::mrkdwn> unsettle(desk &at, const storage::undo_offer &offer) {
    const auto blank = offer.subject.find(' ');
    const auto clock = at.on_file.clocks.by_id(offer.subject.substr(0, blank));
    if (!clock || !resume_clock(at.on_file, *clock, at.now()))
        return refusal{"", "A newer message waits there already, so this one stays settled.", ""};
    if (blank + 1 < offer.subject.size())
        at.on_file.contacts.undo(offer.subject.substr(blank + 1), at.now());
    const auto kind = std::string(text_of(obligation_kind::reply));
    at.on_file.nudges.reopen(clock->pair, kind, clock->occasion);
    for (const auto &line : at.on_file.nudges.of_occasion(clock->pair, kind, clock->occasion))
        if (line.channel && line.ts)
            show_again(at.on_file, line.person, *line.channel, *line.ts, at.now());
    return text("Taken back. It is open again.");
}

result<answer> log_from_line(desk &at) {
    const auto found = line_of(at, id_pressed(at));
    if (!found.line)
        return found.instead;
    const auto other = other_name(at, *found.line);
    surface::modal form{.callback = std::string(contact_form),
                        .title = "Log a contact",
                        .submit = "Save",
                        .metadata = found.line->line.id};
    surface::radio how, who;
    for (const auto &[value, says] : {std::pair{"call", "Phone"},
                                      {"email", "E-mail"},
                                      {"text", "Text"},
                                      {"video", "Video"},
                                      {"in-person", "In person"}})
        how.options.push_back({.says = says, .value = value});
    who.options = {{.says = "I did", .value = "me"},
                   {.says = surface::plain_text("{} did", other), .value = "them"}};
    form.blocks.push_back(surface::input{.field = "how", .label = "How were you in touch?", .asks = how});
    form.blocks.push_back(surface::input{.field = "who", .label = "Who started?", .asks = who});
    form.blocks.push_back(
        surface::input{.field = "day",
                       .label = "On which day?",
                       .asks = surface::datepicker{.chosen = at.who.where.day_of(at.now())}});
    return open_form(std::move(form));
}

result<answer> contact_told(desk &at) {
    const auto found = line_of(at, at.sent().metadata);
    if (!found.line)
        return found.instead;
    const auto &one = *found.line;
    const auto today = at.who.where.day_of(at.now());
    medium how{};
    const auto on = at.sent().holds.date("day");
    answer bad;
    if (!parse_text(at.sent().holds.chosen("how"), how))
        bad.form = form_errors{{{"how", "Choose one of these."}}};
    else if (!on || *on > today)
        bad.form = form_errors{{{"day", "Choose today or a day before. Nothing was saved."}}};
    if (bad.form.index() != 0) {
        bad.what = outcome::refused;
        return bad;
    }
    const bool by_me = at.sent().holds.chosen("who") != "them";
    const auto me = at.who.id();
    const auto contact = add_contact(at, one.pair, how, *on, by_me ? me : one.pair.partner_of(me));
    std::string settled;
    const auto clock = at.on_file.clocks.of_occasion(one.line.pair, one.line.person, one.line.occasion);
    const bool is_after = clock && at.who.where.day_of(clock->started_at) <= *on;
    if (one.line.kind == text_of(obligation_kind::reply) && is_after && !clock->settled_at &&
        settle_clock(at.on_file, *clock, settled_by::elsewhere, at.now()))
        settled = clock->id;
    look_at(at.on_file, at.here, one.pair.id, at.now());
    const auto words = text("Noted: in touch with {} on {}.", other_name(at, one), short_date(*on));
    if (settled.empty())
        return done(with_undo(words, undo_button(at, undo_act::contact, contact)));
    return done(with_undo(words, undo_button(at, undo_act::settled, settled + " " + contact)));
}

result<surface::mrkdwn> unlog_contact(desk &at, const storage::undo_offer &offer) {
    const auto contact = at.on_file.contacts.find(offer.subject);
    if (!contact || !at.on_file.contacts.undo(offer.subject, at.now()))
        return refusal{"", "That contact is not on record any more.", ""};
    at.on_file.pairs.look_by(contact->pair, at.now());
    return text("Taken back. The contact is not on record.");
}

result<answer> check_in_from_line(desk &at) {
    const auto found = line_of(at, id_pressed(at));
    if (!found.line)
        return found.instead;
    return run_for_pair(at, command_name::checkin, "", found.line->pair);
}

result<answer> milestone_is_done(desk &at) {
    const auto found = line_of(at, id_pressed(at));
    if (!found.line)
        return found.instead;
    const auto &occasion = found.line->line.occasion; // "3/2026-12-01"
    return run_for_pair(at, command_name::milestone, "done " + occasion.substr(0, occasion.find('/')),
                        found.line->pair);
}

result<answer> need_help(desk &at) {
    const auto found = line_of(at, id_pressed(at));
    if (!found.line)
        return found.instead;
    const auto &one = *found.line;
    const auto people = who_hears(at.on_file, at.here, one.pair.program, one.pair.id, at.now());
    if (people.empty())
        return refusal{"", "Nobody runs this program who could help right now.",
                       at.line(command_name::mentoring, "contact")};
    const auto occasion = help_occasion(at, one);
    ask_for_help(at.on_file, at.here, one.pair, std::string(asked_for_help), occasion, at.who.id(), at.now(),
                 at.now());
    // from here on a person sees to it, so the ladder ends
    auto over = one.line;
    over.id = at.on_file.ids.next(at.now());
    over.rung = handed_over_rung;
    over.act = std::string(text_of(rung_act::queue));
    over.planned_at = at.now();
    over.given_at = at.now();
    over.carried_by.reset();
    at.on_file.nudges.add(over);
    for (const auto &each : at.on_file.nudges.of_occasion(one.line.pair, one.line.kind, one.line.occasion))
        if (each.person == at.who.id() && !each.given_at)
            at.on_file.outbox.withdraw_prefix(at.on_file.team, key_of(each), "handed_over", at.now());
    look_at(at.on_file, at.here, one.pair.id, at.now());
    return done(with_undo(text("I have asked {} to help. I will not remind you of this again.",
                               surface::mention{*people.front().slack}),
                          undo_button(at, undo_act::help, over.id + " " + occasion)));
}

result<surface::mrkdwn> manage_alone(desk &at, const storage::undo_offer &offer) {
    const auto blank = offer.subject.find(' ');
    const auto over = at.on_file.nudges.by_id(offer.subject.substr(0, blank));
    const auto asked = over ? at.on_file.attention.find(over->pair, std::string(asked_for_help),
                                                        offer.subject.substr(blank + 1), offer.person)
                            : std::nullopt;
    if (!asked)
        return refusal{"", "There is nothing to take back any more.", ""};
    if (asked->cleared_by)
        return refusal{"", "Somebody has seen to it already.", at.line(command_name::mentoring, "contact")};
    at.on_file.attention.clear(asked->pair, asked->kind, asked->occasion, asked->person, std::nullopt,
                               at.now());
    at.on_file.open<storage::second_thoughts>().never_given(over->id);
    look_at(at.on_file, at.here, over->pair, at.now());
    return text("Taken back. I keep an eye on it as before.");
}

std::optional<surface::mrkdwn> why_of_line(desk &at, const storage::nudge &line) {
    auto pair = at.on_file.pairs.by_id(line.pair);
    if (!pair)
        pair = stand_in_for(at.on_file, line.pair);
    const auto *rules = pair ? at.rules().find(pair->program) : nullptr;
    if (!rules || !at.who.person || line.person != at.who.id())
        return std::nullopt;
    why_facts why;
    why.line = facts_of(at.on_file, at.here, *at.who.person, line, at.now());
    why.program = rules->name;
    why.contact = rules->contact.name;
    why.rule = rule_of(*rules, line);
    why.started = in_full(line.since_at, zone_of(*at.who.person, *rules));
    if (const auto clock = at.on_file.clocks.of_occasion(line.pair, line.person, line.occasion))
        why.seen = clock->set_by == storage::clock_set_by::message;
    return why_text(why);
}

result<answer> why_this(desk &at) {
    const auto line = line_meant(at, id_pressed(at));
    if (!line)
        return not_found("reminder", at.line(command_name::mentoring));
    if (const auto why = why_of_line(at, *line))
        return tell(*why);
    return tell(text("That program is not run here any more. Nothing of it is asked of you."));
}

result<answer> request_of_line(desk &at) {
    const auto line = line_meant(at, id_pressed(at));
    if (!line)
        return not_found("reminder", at.line(command_name::mentoring));
    auto meant = at.asked;
    meant.what = button_pressed{.action = std::string(request_show), .value = line->pair.str()};
    desk as_pressed{meant, at.here, at.rows, at.on_file, at.who};
    return show_request(as_pressed);
}

result<answer> more_about_line(desk &at) {
    struct entry {
        std::string_view action;
        handler run;
    };
    constexpr entry entries[] = {{nudge_action::log, log_from_line},
                                 {nudge_action::away, open_away},
                                 {nudge_action::snooze, offer_snooze},
                                 {nudge_action::help, need_help}};
    const auto *chosen = std::get_if<choice>(&at.pressed().chosen);
    if (chosen)
        for (const auto &each : entries)
            if (chosen->value.starts_with(each.action) && chosen->value.substr(each.action.size(), 1) == "|")
                return each.run(at);
    return tell(text("That is not offered any more. {} shows what is.", at.line(command_name::mentoring)));
}

} // namespace rapport
