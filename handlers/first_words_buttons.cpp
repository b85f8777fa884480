// Buttons under first messages, introductions and a coordinator's lines, and the event of a message; see
// nudge_buttons.hpp.
#include "handlers/coordinators_message.hpp"
#include "handlers/introductions.hpp"
#include "handlers/nudge_buttons.hpp"
#include "handlers/nudging.hpp"
#include "handlers/queue_acts.hpp"
#include "handlers/replies.hpp"
#include "handlers/resting.hpp"
#include "handlers/surface/with_buttons.hpp"
#include "handlers/taking_back.hpp"
#include "storage/second_thoughts.hpp"

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

void look_at_all_of(desk &at, const person_id &who) {
    for (const auto &pair : at.on_file.pairs.open_of_person(who))
        at.on_file.pairs.look_by(pair.id, at.now());
}

// The planner looks again at the pairs a coordinator's line is about: one, or all of a person.
void look_after(desk &at, const storage::attention_line &line) {
    if (line.pair.empty())
        look_at_all_of(at, line.person);
    else
        at.on_file.pairs.look_by(line.pair, at.now());
}

} // namespace

result<answer> that_is_right(desk &at) {
    return tell(text("Good. {} shows where you stand.", at.line(command_name::mentoring)));
}

result<answer> not_me(desk &at) {
    const program_slug slug(at.pressed().value);
    if (!at.rules().find(slug) || !at.who.person)
        return not_found("program", at.line(command_name::mentoring));
    if (is_resting(at.on_file, slug, at.who.id()))
        return tell(text("They know already, and nothing of it reminds you meanwhile."));
    storage::attention_line line;
    line.program = slug;
    line.kind = said_not_me;
    line.person = at.who.id();
    line.since_at = at.now();
    line.raised_at = at.now();
    // said again after it was taken back or seen to, it is a new line
    const auto first = slug.str() + "/" + text_of(at.who.where.day_of(at.now()));
    line.occasion = first;
    for (int n = 2; !at.on_file.attention.raise(line); ++n)
        line.occasion = first + "/" + std::to_string(n);
    tell_coordinators(at.on_file, at.here, line, at.now());
    look_at_all_of(at, at.who.id());
    return done(
        with_undo(text("Thank you. The people who run it will know, and will take you out if it was a "
                       "mix-up. Until they have looked into it nothing of it reminds you."),
                  undo_button(at, undo_act::not_me, slug.str() + " " + line.occasion)));
}

result<surface::mrkdwn> it_is_me(desk &at, const storage::undo_offer &offer) {
    const auto occasion = offer.subject.substr(offer.subject.find(' ') + 1);
    const auto said = at.on_file.attention.find(pair_id(), std::string(said_not_me), occasion, offer.person);
    if (!said || said->cleared_by)
        return refusal{"", "Somebody has looked into it already.",
                       at.line(command_name::mentoring, "contact")};
    at.on_file.attention.clear(said->pair, said->kind, said->occasion, said->person, std::nullopt, at.now());
    look_at_all_of(at, offer.person);
    return text("Taken back. You are in it as before.");
}

result<answer> when_may_i_write(desk &at) {
    surface::static_select menu{.placeholder = "Choose your hours"};
    for (const auto &each : hours_choices)
        menu.options.push_back({.says = each.label, .value = std::string(each.word)});
    const auto now = at.who.person && at.who.person->hours ? *at.who.person->hours : std::string("program");
    if (std::any_of(hours_choices.begin(), hours_choices.end(), [&](auto &each) { return each.word == now; }))
        menu.chosen = now;
    surface::modal form{.callback = std::string(hours_form), .title = "When may I write?", .submit = "Save"};
    form.blocks.push_back(surface::input{.field = "hours",
                                         .label = "Reminders reach me in",
                                         .asks = std::move(menu),
                                         .hint = "In your own time zone."});
    return open_form(std::move(form));
}

result<answer> hours_chosen(desk &at) {
    const auto word = at.sent().holds.chosen("hours");
    const auto row = std::find_if(hours_choices.begin(), hours_choices.end(),
                                  [&](const hours_choice &each) { return each.word == word; });
    if (row == hours_choices.end() || !at.who.person) {
        answer bad{.what = outcome::refused};
        bad.form = form_errors{{{"hours", "Choose one of these. Nothing was saved."}}};
        return bad;
    }
    auto who = *at.who.person;
    const auto before = who.hours.value_or("");
    who.hours = word;
    at.on_file.people.save(who);
    look_at_all_of(at, who.id);
    return done(with_undo(text("Saved: {}.", row->label), undo_button(at, undo_act::hours, before)));
}

result<surface::mrkdwn> old_hours(desk &at, const storage::undo_offer &offer) {
    auto who = at.on_file.people.by_id(offer.person);
    if (!who)
        return refusal{"", "You are not on record here any more.", ""};
    who->hours = offer.subject.empty() ? std::nullopt : std::optional(offer.subject);
    at.on_file.people.save(*who);
    look_at_all_of(at, who->id);
    return text("Taken back. Your hours are as before.");
}

result<answer> what_do_you_store(desk &at) {
    return tell(what_is_stored(at.here));
}

result<answer> we_talk_elsewhere(desk &at) {
    const auto pair = at.on_file.pairs.by_id(pair_id(at.pressed().value));
    if (!pair || !at.who.person || !pair->side_of(at.who.id()) || pair->state == pair_state::ended)
        return not_found("pair", at.line(command_name::mentoring));
    if (pair->talks_elsewhere)
        return tell(text("I know already: silence here means nothing."));
    at.on_file.pairs.talk_elsewhere(pair->id, true);
    at.on_file.pairs.look_by(pair->id, at.now());
    return done(with_undo(text("Noted. I take silence here for no sign at all."),
                          undo_button(at, undo_act::elsewhere, pair->id.str())));
}

result<surface::mrkdwn> talk_here_again(desk &at, const storage::undo_offer &offer) {
    at.on_file.pairs.talk_elsewhere(pair_id(offer.subject), false);
    at.on_file.pairs.look_by(pair_id(offer.subject), at.now());
    return text("Taken back. I mind again how long a message waits here.");
}

result<answer> seen_to_it(desk &at) {
    const auto line = at.on_file.nudges.by_id(at.pressed().value);
    if (!line || !at.who.person || line->person != at.who.id() || !is_coordinators(*line))
        return not_found("line", at.line(command_name::program));
    const auto shown = shown_by(at.on_file, *line);
    if (!shown || shown->cleared_at)
        return tell(text("That is settled already. Nothing more to do."));
    see_to(at, *shown, storage::act_kind::seen);
    auto buttons = how_buttons(*shown);
    buttons.emplace_back(undo_button(at, undo_act::seen, line->id));
    return done(with_buttons(text("Thank you. It is off the list. What did you do?"), std::move(buttons)));
}

result<surface::mrkdwn> wait_for_someone(desk &at, const storage::undo_offer &offer) {
    const auto line = at.on_file.nudges.by_id(offer.subject);
    const auto shown = line ? shown_by(at.on_file, *line) : std::nullopt;
    auto second = at.on_file.open<storage::second_thoughts>();
    if (!shown || shown->cleared_by != offer.person || !second.wait_again(*shown))
        return refusal{"", "There is nothing to take back any more.", at.line(command_name::program)};
    forget_act(at, *shown);
    if (const auto pair =
            at.on_file.pairs.by_id(shown->pair)) { // what was one thing with it waits again, too
        const auto other = at.on_file.attention.find(shown->pair, shown->kind, shown->occasion,
                                                     pair->partner_of(shown->person));
        if (other && are_twins(*other, *shown) && other->cleared_by == offer.person &&
            other->cleared_at == shown->cleared_at)
            second.wait_again(*other);
    }
    // it stands again in the message of everybody who was told
    for (const auto &each : at.on_file.nudges.of_occasion(line->pair, line->kind, line->occasion)) {
        second.stand_again(each.id);
        if (each.channel && each.ts)
            show_again(at.on_file, each.person, *each.channel, *each.ts, at.now());
    }
    look_after(at, *shown);
    return text("Taken back. It is on the list again.");
}

result<answer> message_was_seen(desk &at) {
    const auto &seen = at.as<message_seen>();
    switch (seen.kind) {
    case seen_kind::plain:
    case seen_kind::file:
    case seen_kind::me:
    case seen_kind::broadcast:
        wrote(at.on_file, at.rules(), at.asked.from, at.asked.channel, seen.ts, at.now());
        break;
    case seen_kind::deleted:
        took_back(at.on_file, at.asked.channel, seen.ts, at.now());
        break;
    case seen_kind::bot:
    case seen_kind::changed:
        break; // no word of a person, or none that is new
    }
    return silence();
}

} // namespace rapport
