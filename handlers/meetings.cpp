// The verbs of meetings; see meetings.hpp. What is typed is read by meeting_line, calendars by
// calendar_entry.
#include "handlers/meetings.hpp"

#include "handlers/calendar_entry.hpp"
#include "handlers/lists.hpp"
#include "handlers/meeting_line.hpp"
#include "handlers/meeting_part.hpp"
#include "handlers/naming.hpp"
#include "handlers/own_pair.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/telling_pair.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace rapport {

using namespace meeting_part;
using storage::meeting;
using storage::meeting_state;
using storage::session_kind;
using surface::text;

namespace {

constexpr std::size_t most_ahead = 20;

// What is wrong with the words, with a line that works.
refusal unreadable(const desk &at, refusal why, std::string_view before) {
    why.read.clear(); // the whole line is shown
    why.mend = at.line(
        command_name::mentoring,
        fmt::format("{}{} 3pm 30m", before, rapport::text_of(plus_days(at.who.where.day_of(at.now()), 3))));
    return why;
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

} // namespace

namespace meeting_part {

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

} // namespace meeting_part

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

} // namespace rapport
