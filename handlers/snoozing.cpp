// See snoozing.hpp.
#include "handlers/snoozing.hpp"

#include "handlers/line_meant.hpp"
#include "handlers/message_of_the_day.hpp"
#include "handlers/naming.hpp"
#include "handlers/owed.hpp"
#include "handlers/own_pace.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/surface/with_buttons.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/telling_pair.hpp"
#include "mentoring/dates.hpp"
#include "mentoring/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace rapport {
namespace {

using surface::text;

constexpr std::size_t most_kept = 5; // lines about what keeps its date

std::string example(const desk &at) {
    return at.line(command_name::mentoring, "snooze fri");
}

std::string away_line(const desk &at) {
    return at.line(command_name::mentoring, "away until in 3 weeks");
}

// When the person may be written to, before anything was put off.
good_hours hours_of_caller(desk &at) {
    for (const auto &pair : at.who.pairs)
        if (const auto *rules = at.rules().find(pair.program))
            return hours_of(*at.who.person, *rules, *pair.side_of(at.who.id()));
    good_hours out;
    out.where = at.who.where;
    out.week = hours_of(at.who.person->hours.value_or("program"), protege_default());
    return out;
}

bool is_one_of(const std::string &words, std::initializer_list<std::string_view> all) {
    return std::find(all.begin(), all.end(), words) != all.end();
}

// "until fri" and "for 3 days" as the date readers know them.
std::string without_head(std::string words) {
    for (const std::string_view head : {"until ", "till ", "til ", "to "})
        if (words.starts_with(head))
            return words.substr(head.size());
    if (words.starts_with("for "))
        words = "in " + words.substr(4);
    if (words.starts_with("in a "))
        words = "in 1 " + words.substr(5);
    return words;
}

result<instant> moment_meant(desk &at, const std::string &typed) {
    const auto words = without_head(folded(typed));
    if (is_one_of(words, {"ever", "for ever", "forever", "always", "in ever", "good", "in good", "never",
                          "indefinitely", "the end"}))
        return refusal{surface::shortened(typed, 60), "A snooze ends by itself, after two weeks at the most.",
                       example(at)};
    auto read = read_date(words, at.now(), at.who.where);
    if (read.reading != date_reading::understood) {
        read.why.mend = example(at);
        return read.why;
    }
    const auto then = read.value.starts_at(at.who.where);
    if (then <= at.now())
        return refusal{surface::shortened(typed, 60), "That is over already.", example(at)};
    if (then > at.now() + longest_snooze)
        return refusal{surface::shortened(typed, 60),
                       fmt::format("{} is more than two weeks away. For longer, say that you are away.",
                                   read.value.in_full(at.who.where)),
                       away_line(at)};
    return read.value.has_time() ? then : hours_of_caller(at).next_good(then);
}

// What is owed and due before then, in the words of a reminder; meetings, too.
std::vector<surface::mrkdwn> keeps_its_date(desk &at, instant until) {
    std::vector<surface::mrkdwn> out;
    for (const auto &pair : at.who.pairs) {
        if (!is_live(at.on_file, at.rules(), pair))
            continue;
        for (const auto &owed : owed_in(at.on_file, at.rules(), pair, at.now()).owed) {
            const bool waits = owed.kind == obligation_kind::reply;
            if (owed.person != at.who.id() ||
                (!waits && (!owed.deadline || *owed.deadline > until || *owed.deadline <= at.now())))
                continue;
            storage::nudge line;
            line.pair = pair.id;
            line.kind = text_of(owed.kind);
            line.occasion = owed.occasion;
            line.person = owed.person;
            line.act = text_of(rung_act::nudge);
            line.since_at = owed.since_at;
            out.push_back(line_text(facts_of(at.on_file, at.here, *at.who.person, line, at.now())));
        }
    }
    return out;
}

// Whether somebody waits for the person where a coordinator is asked in the end: that is not put off.
bool is_waited_for(desk &at) {
    for (const auto &clock : at.on_file.clocks.owed_by(at.who.id())) {
        const auto pair = at.on_file.pairs.by_id(clock.pair);
        const auto *rules = pair ? at.rules().find(pair->program) : nullptr;
        if (rules && std::any_of(rules->replies.steps.begin(), rules->replies.steps.end(),
                                 [](const rung &each) { return each.act == rung_act::queue; }))
            return true;
    }
    return false;
}

void look_at_all(desk &at) {
    for (const auto &pair : at.on_file.pairs.open_of_person(at.who.id()))
        at.on_file.pairs.look_by(pair.id, at.now());
}

// What was chosen before, for the undo.
std::string subject_of(const storage::own_choice &before) {
    return stamp(before.snoozed_from_at) + " " + stamp(before.snoozed_until_at);
}

result<answer> snooze_until(desk &at, instant until) {
    auto choices = at.on_file.open<storage::own_choices>();
    auto mine = choices.of(at.who.id());
    const auto before = subject_of(mine);
    mine.snoozed_from_at = at.now();
    mine.snoozed_until_at = until;
    mine.changed_at = at.now();
    choices.save(mine);
    look_at_all(at);
    auto words = text("Reminders wait until {}. A meeting's reminder still comes the day before.",
                      in_full(until, at.who.where));
    const auto kept = keeps_its_date(at, until);
    if (!kept.empty())
        words = surface::lines({words, text("These keep their date all the same:")});
    for (std::size_t i = 0; i < kept.size() && i < most_kept; ++i)
        words = surface::lines({words, text("• {}", kept[i])});
    if (kept.size() > most_kept)
        words = surface::lines(
            {words, text("And {} more: {}", kept.size() - most_kept, at.line(command_name::mentoring))});
    if (is_waited_for(at))
        words =
            surface::lines({words, text("Where somebody waits for you, a coordinator still helps in time.")});
    return done(with_buttons(std::move(words), {undo_button(at, snooze_act, before)}));
}

answer nothing_open(desk &at) {
    return tell(text("Nothing is open on your side, so no reminder is on its way. `{}` holds back what may "
                     "come.",
                     example(at)));
}

// The three times, each a button; and how it ends where it runs.
answer the_choices(desk &at) {
    const auto mine = at.on_file.open<storage::own_choices>().of(at.who.id());
    std::vector<surface::element> buttons;
    surface::mrkdwn words = text("Until when shall reminders wait? Or write `{}`.", example(at));
    if (const auto running = snoozed_times(mine, at.now()); !running.empty()) {
        words = text("Reminders wait until {}. Another time, or end it now?",
                     in_full(running.front().until, at.who.where));
        buttons.emplace_back(
            surface::button{.says = "End it now", .action = std::string(snooze_end), .value = "now"});
    }
    for (const auto each : snooze_choices(hours_of_caller(at), at.now()))
        buttons.emplace_back(
            surface::button{.says = surface::plain_text("{} {}", short_date(at.who.where.day_of(each)),
                                                        time_of_day(at.who.where.local(each).since_midnight)),
                            .action = std::string(snooze_take),
                            .value = stamp(each)});
    return tell(with_buttons(std::move(words), std::move(buttons)));
}

result<answer> ended(desk &at) {
    auto choices = at.on_file.open<storage::own_choices>();
    auto mine = choices.of(at.who.id());
    if (snoozed_times(mine, at.now()).empty())
        return tell(text("Nothing is put off. Reminders come as usual."));
    const auto before = subject_of(mine);
    mine.snoozed_until_at = at.now();
    mine.changed_at = at.now();
    choices.save(mine);
    choices.wake(at.who.id(), at.now());
    look_at_all(at);
    return done(with_buttons(text("Reminders come as usual again, in your good hours."),
                             {undo_button(at, snooze_act, before)}));
}

} // namespace

std::vector<instant> snooze_choices(const good_hours &person, instant now) {
    const auto today = person.where.day_of(now);
    const auto morning = [&](int in_days) {
        return person.next_good(person.where.start_of(plus_days(today, in_days)));
    };
    const int to_monday = 8 - static_cast<int>(weekday_of(today).iso_encoding());
    std::vector<instant> all;
    for (const int in_days : {1, to_monday, 7, 10, 13})
        if (const auto at = morning(in_days);
            at <= now + longest_snooze && std::none_of(all.begin(), all.end(), [&](instant one) {
                return person.where.day_of(one) == person.where.day_of(at);
            }))
            all.push_back(at);
    std::sort(all.begin(), all.end());
    if (all.size() > 3)
        all.resize(3);
    return all;
}

result<answer> snooze(desk &at) {
    const auto typed = surface::one_line(at.words.text("when"));
    if (typed.empty())
        return the_choices(at);
    const auto words = folded(typed);
    if (is_one_of(words, {"off", "end", "over", "stop"}))
        return ended(at);
    const auto until = moment_meant(at, typed);
    if (!until)
        return until.error();
    return snooze_until(at, *until);
}

result<answer> offer_snooze(desk &at) {
    if (!at.who.person)
        return not_found("account here", at.line(command_name::mentoring));
    auto id = at.pressed().value;
    if (const auto *entry = std::get_if<choice>(&at.pressed().chosen))
        id = entry->value.substr(entry->value.find('|') + 1);
    if (id.empty() || id == "home")
        return keeps_its_date(at, at.now() + longest_snooze).empty() &&
                       snoozed_times(at.on_file.open<storage::own_choices>().of(at.who.id()), at.now())
                           .empty()
                   ? nothing_open(at)
                   : the_choices(at);
    const auto line = line_meant(at, id);
    if (!line)
        return not_found("reminder", at.line(command_name::mentoring));
    if (line->closed_at)
        return tell(text("That is settled already, so there is nothing to put off."));
    return the_choices(at);
}

result<answer> take_snooze(desk &at) {
    const auto until = read_stamp(at.pressed().value);
    if (!at.who.person || !until)
        return not_found("choice", at.line(command_name::mentoring, "snooze"));
    if (*until <= at.now() || *until > at.now() + longest_snooze)
        return refusal{"", "That time has passed since the button was shown.",
                       at.line(command_name::mentoring, "snooze")};
    return snooze_until(at, *until);
}

result<answer> end_snooze(desk &at) {
    if (!at.who.person)
        return not_found("account here", at.line(command_name::mentoring));
    return ended(at);
}

// Subject: from and until, as they were.
result<surface::mrkdwn> undo_snooze(desk &at, const storage::undo_offer &offer) {
    auto choices = at.on_file.open<storage::own_choices>();
    auto mine = choices.of(offer.person);
    const auto blank = offer.subject.find(' ');
    mine.snoozed_from_at = read_stamp(std::string_view(offer.subject).substr(0, blank));
    mine.snoozed_until_at = read_stamp(std::string_view(offer.subject).substr(blank + 1));
    mine.changed_at = at.now();
    choices.save(mine);
    choices.wake(offer.person, at.now());
    look_at_all(at);
    return text("Taken back. Reminders come as before.");
}

} // namespace rapport
