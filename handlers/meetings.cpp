// The verbs of meetings; see meetings.hpp. What is typed is read by meeting_line, calendars by
// calendar_entry.
#include "handlers/meetings.hpp"

#include "handlers/asking.hpp"
#include "handlers/calendar_entry.hpp"
#include "handlers/lists.hpp"
#include "handlers/meeting_line.hpp"
#include "handlers/naming.hpp"
#include "handlers/nudging.hpp"
#include "handlers/own_pair.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/telling_pair.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace rapport {
namespace {

using storage::meeting;
using storage::meeting_state;
using storage::session_kind;
using surface::text;

constexpr std::size_t most_ahead = 20;
constexpr days asked_after_for{40}; // in the check-in of the month, or of the one before

storage::meetings meetings_of(desk &at) {
    return at.on_file.open<storage::meetings>();
}

std::string line(const desk &at, std::string_view rest = {}) {
    return at.line(command_name::mentoring, rest.empty() ? "meetings" : fmt::format("meetings {}", rest));
}

std::string reference(const meeting &one) {
    return fmt::format("{} {}", one.id, one.sequence);
}

// For everybody who reads it, in their own zone.
surface::moment shown_when(const meeting &one, const zone &where) {
    return {one.starts_at, where.name(), surface::moment_style::day_and_time};
}

surface::mrkdwn shape_of(const meeting &one) {
    const auto place = one.place.empty() ? surface::mrkdwn{} : text(", {}", one.place);
    const auto kind = one.session == session_kind::tutoring ? text(", tutoring")
                      : one.session == session_kind::both   ? text(", mentoring and tutoring")
                                                            : surface::mrkdwn{};
    return text("{} min{}{}", one.minutes, place, kind);
}

surface::mrkdwn one_line(const meeting &one, const zone &where) {
    return text("{}. {}, {}", one.number, shown_when(one, where), shape_of(one));
}

surface::button press(std::string_view says, std::string_view action, const meeting &one,
                      surface::tone look = surface::tone::neutral) {
    return {.says = says, .action = std::string(action), .value = reference(one), .look = look};
}

enum class act { set, moved, cancelled, confirmed, kept, missed };
RAPPORT_WORDS(act, 6,
              {{act::set, "set"},
               {act::moved, "moved"},
               {act::cancelled, "cancelled"},
               {act::confirmed, "confirmed"},
               {act::kept, "kept"},
               {act::missed, "missed"}})

// The state before, for the undo; the place is the rest, for it may hold any words.
std::string undo_subject(const meeting &after, const meeting &before, act what, const storage::pair &pair) {
    return fmt::format("{} {} {} {} {} {} {} {} {}", after.id, after.sequence, text_of(what),
                       stamp(before.starts_at), before.minutes, text_of(before.state),
                       before.proposed_by == pair.mentor ? 'm' : 'p', stamp(before.confirmed_at),
                       before.place);
}

std::string subject_of(const meeting &one) {
    return fmt::format("meeting:{}", one.id);
}

// Saves it as a new version and looks at what the pair owes.
void keep(desk &at, const storage::pair &pair, meeting &one) {
    ++one.sequence;
    one.changed_at = at.now();
    meetings_of(at).save(one);
    look_at(at.on_file, at.here, pair.id, at.now());
}

std::string tell_other(desk &at, const storage::pair &pair, const meeting &one, act what, bool at_once) {
    return tell_pair(at, pair, meeting_notice_kind, subject_of(one),
                     fmt::format("{}:{}:{}", subject_of(one), one.sequence, text_of(what)),
                     {{"act", std::string(text_of(what))},
                      {"meeting", one.id},
                      {"sequence", std::to_string(one.sequence)}},
                     at_once);
}

surface::mrkdwn when_for(const desk &at, const meeting &one) {
    return text("{}, {}", in_full(one.starts_at, at.who.where), shape_of(one));
}

result<answer> set(desk &at, const storage::pair &pair, const meeting_words &words, session_kind kind) {
    const auto ahead = meetings_of(at).from(pair.id, at.now());
    if (static_cast<std::size_t>(std::count_if(
            ahead.begin(), ahead.end(), [](const meeting &each) { return each.is_on(); })) >= most_ahead)
        return refusal{"", fmt::format("There are {} meetings ahead, which is the most.", most_ahead),
                       line(at, "cancel 1")};
    if (words.at <= at.now())
        return refusal{"", "That time has passed.", at.line(command_name::mentoring, "meet tomorrow 3pm")};
    meeting one;
    one.id = at.on_file.ids.next(at.now());
    one.pair = pair.id;
    one.number = meetings_of(at).next_number(pair.id);
    one.starts_at = words.at;
    one.minutes = words.minutes_long;
    one.place = words.place;
    one.session = kind;
    one.proposed_by = at.who.id();
    one.created_at = at.now();
    keep(at, pair, one);
    auto key = tell_other(at, pair, one, act::set, false);
    return done(
        with_buttons(text("Put down: {}. {} can confirm it. You both hear of it the day before.",
                          when_for(at, one), first_name(partner_in(at, pair))),
                     {press("Calendar file", meeting_button::file, one),
                      undo_button(at, meeting_act, undo_subject(one, one, act::set, pair), std::move(key))}));
}

// What is wrong with the words, with a line that works.
refusal unreadable(const desk &at, refusal why, std::string_view before) {
    why.read.clear(); // the whole line is shown
    why.mend = at.line(
        command_name::mentoring,
        fmt::format("{}{} 3pm 30m", before, rapport::text_of(plus_days(at.who.where.day_of(at.now()), 3))));
    return why;
}

result<answer> form_for(desk &at, const storage::pair &pair, const std::string &ask = {}) {
    if (!at.asked.can_open_form)
        return refusal{"", "A form cannot be opened from here.",
                       at.line(command_name::mentoring, "meet tomorrow 3pm 30m")};
    surface::modal form{.callback = std::string(meeting_form),
                        .title = "A time to meet",
                        .submit = "Put it down",
                        .close = "Not now",
                        .metadata = pair.id.str() + (ask.empty() ? "" : " ask " + ask)};
    form.blocks.emplace_back(
        surface::input{.field = "when",
                       .label = surface::plain_text("When do you meet {}?", first_name(partner_in(at, pair))),
                       .asks = surface::plain_text_input{.max_length = 100, .placeholder = "fri 3pm"},
                       .hint = surface::plain_text("In your own time ({}). Each of you sees it in theirs.",
                                                   at.who.where.name())});
    surface::static_select length;
    for (const auto each : {15, 30, 45, 60, 90})
        length.options.push_back({.says = fmt::format("{} minutes", each), .value = std::to_string(each)});
    length.chosen = std::to_string(usual_meeting_minutes);
    form.blocks.emplace_back(surface::input{.field = "minutes", .label = "For how long?", .asks = length});
    form.blocks.emplace_back(surface::input{.field = "place",
                                            .label = "Where, or by what?",
                                            .asks = surface::plain_text_input{.max_length = 200},
                                            .optional = true});
    surface::radio kind;
    kind.options = {{.says = "Mentoring", .value = "mentoring"},
                    {.says = "Tutoring", .value = "tutoring"},
                    {.says = "Both", .value = "both"}};
    kind.chosen = "mentoring";
    form.blocks.emplace_back(surface::input{.field = "kind", .label = "What is it for?", .asks = kind});
    return open_form(std::move(form));
}

// --- changing one

struct found_meeting {
    storage::pair pair;
    meeting one;
};

result<found_meeting> numbered(desk &at, std::int64_t number) {
    auto one = meetings_of(at).find(at.pair().id, number);
    if (!one)
        return refusal{"", fmt::format("There is no meeting {} in this pair.", number), line(at)};
    return found_meeting{at.pair(), std::move(*one)};
}

refusal is_over(const desk &at, const meeting &one) {
    switch (one.state) {
    case meeting_state::cancelled:
        return {"", fmt::format("Meeting {} was called off.", one.number), line(at)};
    case meeting_state::kept:
        return {"", fmt::format("Meeting {} is noted as kept already.", one.number), line(at)};
    default:
        return {"", fmt::format("Meeting {} is noted as not kept already.", one.number), line(at)};
    }
}

// How long before the time that was set; recorded, never judged (rule 81).
void note_notice(desk &at, const meeting &before, const meeting &after, storage::meeting_act what) {
    meetings_of(at).note_change(
        {.meeting = after.id,
         .sequence = after.sequence,
         .what = what,
         .by_person = at.who.id(),
         .changed_at = at.now(),
         .notice_minutes =
             std::chrono::duration_cast<std::chrono::minutes>(before.starts_at - at.now()).count()});
}

result<answer> move(desk &at, const found_meeting &what, const meeting_words &words) {
    const auto &before = what.one;
    if (!before.is_on())
        return is_over(at, before);
    if (words.at <= at.now())
        return refusal{"", "That time has passed.",
                       line(at, fmt::format("move {} tomorrow 3pm", before.number))};
    auto after = before;
    after.starts_at = words.at;
    if (!words.place.empty())
        after.place = words.place;
    if (words.minutes_long != usual_meeting_minutes)
        after.minutes = words.minutes_long;
    after.state = meeting_state::proposed;
    after.proposed_by = at.who.id();
    after.confirmed_at.reset();
    keep(at, what.pair, after);
    note_notice(at, before, after, storage::meeting_act::moved);
    auto key = tell_other(at, what.pair, after, act::moved, true);
    return done(with_buttons(
        text("Moved to {}. {} hears of it at once.", when_for(at, after),
             first_name(partner_in(at, what.pair))),
        {press("Calendar file", meeting_button::file, after),
         undo_button(at, meeting_act, undo_subject(after, before, act::moved, what.pair), std::move(key))}));
}

result<answer> cancel(desk &at, const found_meeting &what) {
    const auto &before = what.one;
    if (!before.is_on())
        return is_over(at, before);
    auto after = before;
    after.state = meeting_state::cancelled;
    keep(at, what.pair, after);
    note_notice(at, before, after, storage::meeting_act::cancelled);
    auto key = tell_other(at, what.pair, after, act::cancelled, true);
    return done(
        with_buttons(text("Called off: {}. {} hears of it at once.", when_for(at, before),
                          first_name(partner_in(at, what.pair))),
                     {undo_button(at, meeting_act, undo_subject(after, before, act::cancelled, what.pair),
                                  std::move(key))}));
}

// Kept counts as a contact, begun by whoever set the time.
void settle(desk &at, const storage::pair &pair, meeting &one, bool happened) {
    one.state = happened ? meeting_state::kept : meeting_state::missed;
    one.told_by = at.who.id();
    if (happened) {
        storage::contact contact;
        contact.id = at.on_file.ids.next(at.now());
        contact.pair = pair.id;
        contact.medium = medium::meeting;
        contact.source = storage::contact_source::meeting;
        contact.started_by = one.proposed_by;
        contact.on_day = at.rules().of(pair.program).where.day_of(one.starts_at);
        contact.minutes = one.minutes;
        contact.logged_by = at.who.id();
        contact.logged_at = at.now();
        at.on_file.contacts.add(contact);
        one.contact = contact.id;
    }
    keep(at, pair, one);
}

// The meeting a button is on. `as_read`: as it was when the button was made; else any newer version does.
result<found_meeting> pressed(desk &at, const std::string &value, bool as_read) {
    const auto parts = surface::split_words(value);
    if (parts.size() != 2)
        return not_found("meeting", line(at));
    auto one = meetings_of(at).by_id(parts[0]);
    if (!one)
        return not_found("meeting", line(at));
    auto pair = own_pair(at, one->pair.str());
    if (!pair)
        return not_found("meeting", line(at));
    if (as_read && std::to_string(one->sequence) != parts[1])
        return refusal{"", fmt::format("Meeting {} was changed since.", one->number), line(at)};
    return found_meeting{std::move(*pair), std::move(*one)};
}

answer file_of(desk &at, const found_meeting &what) {
    const auto &one = what.one;
    const auto &rules = at.rules().of(what.pair.program);
    auto file = calendar_file(
        {.uid = one.id + "@rapport",
         .title = fmt::format("{} with {}", rules.name, first_name(partner_in(at, what.pair))),
         .place = one.place,
         .starts_at = one.starts_at,
         .minutes_long = one.minutes,
         .sequence = one.sequence,
         .is_cancelled = one.state == meeting_state::cancelled,
         .is_confirmed = one.state == meeting_state::confirmed || one.state == meeting_state::kept,
         .made_at = at.now()});
    std::string shown;
    for (const char c : file) // the block that shows it ends at three of these
        shown += c == '`' ? '\'' : c;
    std::erase(shown, '\r');
    return tell(text("Save this as `meeting-{}.ics` and open it with your calendar:\n```{}```", one.number,
                     surface::paragraph{shown}));
}

result<answer> ask_new_time(desk &at, const found_meeting &what) {
    if (!what.one.is_on())
        return is_over(at, what.one);
    if (!at.asked.can_open_form)
        return refusal{"", "A form cannot be opened from here.",
                       line(at, fmt::format("move {} tomorrow 3pm", what.one.number))};
    surface::modal form{.callback = std::string(meeting_form),
                        .title = "Another time",
                        .submit = "Move it",
                        .close = "Not now",
                        .metadata = reference(what.one)};
    form.blocks.emplace_back(surface::section{.text = text("It is set for {}.", when_for(at, what.one))});
    form.blocks.emplace_back(
        surface::input{.field = "when",
                       .label = "When instead?",
                       .asks = surface::plain_text_input{.max_length = 100, .placeholder = "fri 3pm"},
                       .hint = surface::plain_text("In your own time ({}).", at.who.where.name())});
    return open_form(std::move(form));
}

result<answer> wrong_time(std::string says) {
    return answer{.what = outcome::refused,
                  .form = form_errors{{{"when", std::move(says) + " Nothing was saved. Try: tomorrow 3pm"}}}};
}

} // namespace

result<answer> set_meeting(desk &at) {
    const auto with = at.words.person("person");
    if (with && *with == at.who.slack)
        return refusal{"", "That is you. A meeting is with the other one of your pair.",
                       at.line(command_name::mentoring, "meet tomorrow 3pm")};
    if (with && partner_in(at, at.pair()).slack != with)
        return refusal{"", "You are in no pair with that person.", at.line(command_name::mentoring)};
    if (!at.words.has("when"))
        return form_for(at, at.pair());
    auto words = read_meeting(at.words.text("when"), at.now(), at.who.where);
    if (!words)
        return unreadable(at, words.error(), "meet ");
    return set(at, at.pair(), *words, session_kind::mentoring);
}

result<answer> press_meet(desk &at) {
    const auto pair = own_pair(at, at.pressed().value);
    if (!pair)
        return pair.error();
    return form_for(at, *pair);
}

result<answer> list_meetings(desk &at) {
    return meetings_from(at, at.pair().id.str(), 0);
}

result<answer> meetings_from(desk &at, const std::string &, std::size_t from) {
    const auto &pair = at.pair();
    const auto where = at.rules().of(pair.program).where;
    const auto partner = first_name(partner_in(at, pair));
    const auto open = meetings_to_ask_after(at.on_file, pair, at.now());
    auto ahead = meetings_of(at).from(pair.id, at.now());
    std::erase_if(ahead, [](const meeting &one) { return !one.is_on(); });
    surface::message said{.summary = ahead.empty()
                                         ? text("No meeting with {} is set.", partner)
                                         : text("Meetings with {}: {} ahead.", partner, ahead.size())};
    const auto choice_of = [](std::string_view says, std::string_view word, const meeting &one) {
        return surface::option{.says = says, .value = fmt::format("{}|{}", word, reference(one))};
    };
    std::vector<surface::section> rows;
    for (const auto &one : open) {
        surface::overflow menu{.action = std::string(meeting_button::more)};
        menu.options = {choice_of("It happened", "happened", one), choice_of("It did not", "did_not", one),
                        choice_of("It moved", "move", one)};
        rows.push_back({.text = text("{}. Did it happen?", one_line(one, where)), .beside = menu});
    }
    for (const auto &one : ahead) {
        const bool waits = one.state == meeting_state::proposed && one.proposed_by != at.who.id();
        surface::section row{.text = text("{} ({})", one_line(one, where),
                                          one.state == meeting_state::confirmed ? std::string("confirmed")
                                          : waits ? partner + " would like you to confirm"
                                                  : "not confirmed yet")};
        surface::overflow menu{.action = std::string(meeting_button::more)};
        if (waits)
            menu.options.push_back(choice_of("Confirm", "confirm", one));
        menu.options.push_back(choice_of("Another time", "move", one));
        menu.options.push_back(choice_of("Call it off", "cancel", one));
        menu.options.push_back(choice_of("Calendar file", "file", one));
        row.beside = std::move(menu);
        rows.push_back(std::move(row));
    }
    said.blocks = surface::joined({{surface::section{.text = said.summary}},
                                   list_page(std::move(rows), from, "meetings", pair.id.str())});
    said.blocks.emplace_back(surface::actions{{surface::button{
        .says = "Set a time", .action = std::string(meeting_button::meet), .value = pair.id.str()}}});
    return tell(std::move(said));
}

result<answer> move_meeting(desk &at) {
    const auto what = numbered(at, *at.words.number("n"));
    if (!what)
        return what.error();
    auto words = read_meeting(at.words.text("when"), at.now(), at.who.where);
    if (!words)
        return unreadable(at, words.error(), fmt::format("meetings move {} ", what->one.number));
    return move(at, *what, *words);
}

result<answer> cancel_meeting(desk &at) {
    const auto what = numbered(at, *at.words.number("n"));
    if (!what)
        return what.error();
    return cancel(at, *what);
}

result<answer> meeting_file(desk &at) {
    const auto what = numbered(at, *at.words.number("n"));
    if (!what)
        return what.error();
    return file_of(at, *what);
}

result<answer> meeting_happened(desk &at) {
    const auto what = numbered(at, *at.words.number("n"));
    if (!what)
        return what.error();
    return say_it_happened(at, what->pair, what->one.id, true);
}

result<answer> meeting_did_not(desk &at) {
    const auto what = numbered(at, *at.words.number("n"));
    if (!what)
        return what.error();
    return say_it_happened(at, what->pair, what->one.id, false);
}

result<answer> confirm_meeting(desk &at) {
    const auto what = pressed(at, at.pressed().value, true);
    if (!what)
        return what.error();
    const auto &before = what->one;
    if (!before.is_on())
        return is_over(at, before);
    if (before.state == meeting_state::confirmed)
        return tell(text("It is confirmed already: {}.", when_for(at, before)));
    if (before.proposed_by == at.who.id())
        return refusal{"",
                       fmt::format("You set this time; confirming it is for {}.",
                                   first_name(partner_in(at, what->pair))),
                       line(at)};
    auto after = before;
    after.state = meeting_state::confirmed;
    after.confirmed_at = at.now();
    keep(at, what->pair, after);
    auto made =
        done(with_buttons(text("Confirmed: {}, {}.", shown_when(after, at.who.where), shape_of(after)),
                          {press("Calendar file", meeting_button::file, after)}));
    if (!at.pressed().message_ts.empty() && !at.pressed().ephemeral)
        return in_place(std::move(made)); // both read it there
    tell_other(at, what->pair, after, act::confirmed, true);
    return made;
}

result<answer> press_move(desk &at) {
    const auto what = pressed(at, at.pressed().value, false);
    if (!what)
        return what.error();
    return ask_new_time(at, *what);
}

result<answer> press_cancel(desk &at) {
    const auto what = pressed(at, at.pressed().value, true);
    if (!what)
        return what.error();
    return cancel(at, *what);
}

result<answer> press_happened(desk &at) {
    const auto what = pressed(at, at.pressed().value, false);
    if (!what)
        return what.error();
    return say_it_happened(at, what->pair, what->one.id, true);
}

result<answer> press_did_not(desk &at) {
    const auto what = pressed(at, at.pressed().value, false);
    if (!what)
        return what.error();
    return say_it_happened(at, what->pair, what->one.id, false);
}

result<answer> press_file(desk &at) {
    const auto what = pressed(at, at.pressed().value, false);
    if (!what)
        return what.error();
    return file_of(at, *what);
}

result<answer> press_more(desk &at) {
    struct entry {
        std::string_view word;
        handler run;
    };
    static constexpr std::array<entry, 6> entries = {{{"confirm", confirm_meeting},
                                                      {"move", press_move},
                                                      {"cancel", press_cancel},
                                                      {"happened", press_happened},
                                                      {"did_not", press_did_not},
                                                      {"file", press_file}}};
    const auto *chosen = std::get_if<choice>(&at.pressed().chosen);
    const auto bar = chosen ? chosen->value.find('|') : std::string::npos;
    if (bar == std::string::npos)
        return not_found("choice", line(at));
    const auto word = std::string_view(chosen->value).substr(0, bar);
    for (const auto &each : entries)
        if (each.word == word) {
            auto press_of = at.asked;
            std::get<button_pressed>(press_of.what).value = chosen->value.substr(bar + 1);
            desk as_pressed{press_of, at.here, at.rows, at.on_file, at.who};
            return each.run(as_pressed);
        }
    return not_found("choice", line(at));
}

result<answer> meeting_from_form(desk &at) {
    const auto &sent = at.sent();
    const auto typed = surface::one_line(sent.holds.text("when"));
    auto words = read_meeting(typed, at.now(), at.who.where);
    if (surface::split_words(sent.metadata).size() == 2) { // one that is moved
        const auto what = pressed(at, sent.metadata, true);
        if (!what)
            return what.error();
        if (!words)
            return wrong_time(words.error().wrong);
        return move(at, *what, *words);
    }
    const auto about = surface::split_words(sent.metadata); // "pair" or "pair ask ID"
    const auto pair = own_pair(at, about.empty() ? std::string() : about.front());
    if (!pair)
        return pair.error();
    if (!words)
        return wrong_time(words.error().wrong);
    if (about.size() == 3)
        settle_ask(at, about[2]);
    auto when = *words;
    const auto place = surface::one_line(sent.holds.text("place"));
    if (!place.empty())
        when.place = surface::shortened(place, 200);
    for (const auto each : {15, 30, 45, 60, 90})
        if (sent.holds.chosen("minutes") == std::to_string(each))
            when.minutes_long = each;
    session_kind kind = session_kind::mentoring;
    parse_text(sent.holds.chosen("kind"), kind);
    return set(at, *pair, when, kind);
}

result<answer> meeting_form_for_ask(desk &at, const storage::pair &pair, const std::string &ask) {
    return form_for(at, pair, ask);
}

// --- did it happen?

std::vector<meeting> meetings_to_ask_after(storage::records &on_file, const storage::pair &pair,
                                           instant now) {
    auto all = on_file.open<storage::meetings>().from(pair.id, now - asked_after_for);
    std::erase_if(all, [&](const meeting &one) { return !one.is_on() || one.starts_at > now; });
    return all;
}

bool note_happened(desk &at, const storage::pair &pair, std::string_view id, bool happened) {
    auto one = meetings_of(at).by_id(std::string(id));
    if (!one || one->pair != pair.id || !one->is_on() || one->starts_at > at.now())
        return false;
    settle(at, pair, *one, happened);
    return true;
}

result<answer> say_it_happened(desk &at, const storage::pair &pair, std::string_view id, bool happened) {
    const auto before = meetings_of(at).by_id(std::string(id));
    if (!before || before->pair != pair.id)
        return not_found("meeting", line(at));
    if (!before->is_on())
        return is_over(at, *before);
    if (before->starts_at > at.now())
        return refusal{"", fmt::format("It is still to come: {}.", in_full(before->starts_at, at.who.where)),
                       line(at, fmt::format("move {} tomorrow 3pm", before->number))};
    auto after = *before;
    settle(at, pair, after, happened);
    const auto what = happened ? act::kept : act::missed;
    std::vector<surface::element> buttons;
    if (!happened)
        buttons.emplace_back(surface::button{
            .says = "Set another time", .action = std::string(meeting_button::meet), .value = pair.id.str()});
    buttons.emplace_back(undo_button(at, meeting_act, undo_subject(after, *before, what, pair)));
    return done(with_buttons(
        happened ? text("Noted: you met {}. It counts as a contact.", first_name(partner_in(at, pair)))
                 : text("Noted. Another time, then."),
        std::move(buttons)));
}

// Subject: "id sequence act starts minutes state m|p confirmed place".
result<surface::mrkdwn> undo_meeting(desk &at, const storage::undo_offer &offer) {
    const auto parts = surface::split_words(offer.subject);
    act what{};
    if (parts.size() < 8 || !parse_text(parts[2], what))
        throw std::logic_error("meeting: an undo that was not written here");
    auto now = meetings_of(at).by_id(parts[0]);
    const auto pair = now ? at.on_file.pairs.by_id(now->pair) : std::nullopt;
    if (!pair || std::to_string(now->sequence) != parts[1])
        return refusal{"", "That meeting was changed meanwhile.", line(at)};
    if (what == act::set)
        now->state = meeting_state::cancelled;
    else
        parse_text(parts[5], now->state);
    now->starts_at = read_stamp(parts[3]).value_or(now->starts_at);
    now->minutes = std::stoll(parts[4]);
    now->proposed_by = parts[6] == "m" ? pair->mentor : pair->protege;
    now->confirmed_at = read_stamp(parts[7]);
    std::size_t from = 0;
    for (int i = 0; i < 8; ++i)
        from = offer.subject.find(' ', from) + 1;
    now->place = offer.subject.substr(from);
    if (now->contact)
        at.on_file.contacts.undo(*now->contact, at.now());
    now->contact.reset();
    now->told_by.reset();
    keep(at, *pair, *now);
    return what == act::set ? text("Taken back: no such meeting is set.")
                            : text("Taken back: the meeting is as it was before.");
}

// --- what the conversation is told

std::optional<surface::message> meeting_notice(storage::records &on_file, const house &here,
                                               const storage::outbox_row &row) {
    const auto told = told_in(on_file, row);
    act what{};
    if (!told.holds() || !parse_text(told["act"], what))
        return std::nullopt;
    const auto one = on_file.open<storage::meetings>().by_id(told["meeting"]);
    const auto *rules = here.rules.find(told.pair->program);
    if (!one || !rules || one->sequence != told.number("sequence"))
        return std::nullopt; // changed since: a newer notice says how it stands
    const auto who = first_name(*told.by);
    const auto when = shown_when(*one, rules->where);
    switch (what) {
    case act::set:
    case act::moved:
        return with_buttons(what == act::set
                                ? text("{} would like to meet on {}, {}.", who, when, shape_of(*one))
                                : text("{} moved your meeting to {}, {}.", who, when, shape_of(*one)),
                            {press("Confirm", meeting_button::confirm, *one, surface::tone::primary),
                             press("Another time", meeting_button::move, *one),
                             press("Calendar file", meeting_button::file, *one)});
    case act::cancelled:
        return with_buttons(text("{} called off the meeting on {}.", who, when),
                            {surface::button{.says = "Set another time",
                                             .action = std::string(meeting_button::meet),
                                             .value = told.pair->id.str()}});
    case act::confirmed:
        return with_buttons(text("{} confirmed the meeting on {}.", who, when),
                            {press("Calendar file", meeting_button::file, *one)});
    case act::kept:
    case act::missed:
        break; // nobody is told what the other said about it
    }
    return std::nullopt;
}

} // namespace rapport
