// See away.hpp.
#include "handlers/away.hpp"

#include "handlers/away_told.hpp"
#include "handlers/naming.hpp"
#include "handlers/nudge_buttons.hpp"
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

namespace rapport {
namespace {

using surface::text;

constexpr int longest_away_days = 366;

std::string example(const desk &at) {
    return at.line(command_name::mentoring, "away until in 2 weeks");
}

struct absence {
    day from, until; // both days away
};

// The days as they may stand, or what is wrong with them: a sentence, and under which field.
struct wrong_days {
    std::string field, wrong;
};
std::optional<wrong_days> what_is_wrong(const absence &days_away, day today) {
    if (days_away.until < today)
        return wrong_days{"until", fmt::format("{} is over already.", full_date(days_away.until))};
    if (days_away.until < days_away.from)
        return wrong_days{"until", fmt::format("It would end on {} before it begins on {}.",
                                               full_date(days_away.until), full_date(days_away.from))};
    if (days_away.until > plus_days(today, longest_away_days))
        return wrong_days{"until", fmt::format("{} is more than a year away.", full_date(days_away.until))};
    return std::nullopt;
}

result<day> day_meant(const desk &at, const std::string &typed) {
    auto read = read_date(typed, at.now(), at.who.where);
    if (read.reading == date_reading::understood)
        return read.value.date;
    read.why.mend = example(at);
    return read.why;
}

// "from 1 Dec until 4 Dec", "1 Dec to 4 Dec", "until 4 Dec", "4 Dec".
result<absence> days_meant(const desk &at, const std::string &typed) {
    const auto today = at.who.where.day_of(at.now());
    auto words = folded(typed);
    std::string from_words;
    if (words.starts_with("from "))
        words = words.substr(5);
    for (const std::string_view word : {"until ", "till ", "through "})
        if (words.starts_with(word))
            words = words.substr(word.size());
    for (const std::string_view word : {" until ", " till ", " through ", " to "})
        if (const auto found = words.find(word); found != std::string::npos && from_words.empty()) {
            from_words = words.substr(0, found);
            words = words.substr(found + word.size());
        }
    absence out{today, today};
    if (!from_words.empty()) {
        const auto from = day_meant(at, from_words);
        if (!from)
            return from.error();
        out.from = *from;
    }
    const auto until = day_meant(at, words);
    if (!until)
        return until.error();
    out.until = *until;
    return out;
}

void look_at_all(desk &at, const person_id &who) {
    for (const auto &pair : at.on_file.pairs.open_of_person(who))
        at.on_file.pairs.look_by(pair.id, at.now());
}

// Questions with a date inside the absence: their dates stand, for the one who asked set them.
surface::mrkdwn questions_meanwhile(desk &at, const storage::person &who) {
    surface::mrkdwn out;
    for (const auto &clock : at.on_file.clocks.owed_by(who.id)) {
        if (!clock.due_by_at || *clock.due_by_at <= *who.away_from_at ||
            *clock.due_by_at > *who.away_until_at)
            continue;
        const auto other = at.on_file.people.by_id(clock.waiting);
        out =
            surface::lines({out, text("{} asked for an answer by {}. A line before you go is kind.",
                                      other ? first_name(*other) : std::string("Somebody"),
                                      short_date(at.who.where.day_of(*clock.due_by_at - milliseconds{1})))});
    }
    return out;
}

// What becomes of clocks, by the programs of the person's pairs.
surface::mrkdwn what_rests(desk &at) {
    bool rests = false, runs = false;
    for (const auto &pair : at.who.pairs)
        if (const auto *rules = at.rules().find(pair.program))
            (rules->attention.while_away == away_clocks::rest ? rests : runs) = true;
    if (rests && !runs)
        return text(
            "Your clocks rest, and when you are back you hear what waits. Your coordinators can see it.");
    if (runs)
        return text("Clocks run on meanwhile. Your coordinators can see that you are away.");
    return text("Your coordinators can see it.");
}

answer stands(desk &at, const absence &days_away, bool tell_them) {
    const auto &where = at.who.where;
    const auto today = where.day_of(at.now());
    auto who = *at.who.person;
    const auto before = who;
    auto choices = at.on_file.open<storage::own_choices>();
    auto mine = choices.of(who.id);
    const auto subject = fmt::format("{} {} {}", stamp(who.away_from_at), stamp(who.away_until_at),
                                     mine.tells_away ? "told" : "-");
    untell_away(at, before);
    who.away_from_at = days_away.from <= today ? at.now() : where.start_of(days_away.from);
    who.away_until_at = where.start_of(plus_days(days_away.until, 1));
    at.on_file.people.save(who);
    mine.tells_away = tell_them;
    mine.changed_at = at.now();
    choices.save(mine);
    look_at_all(at, who.id);
    const int told = tell_them ? tell_away(at, who) : 0;
    auto words = days_away.from <= today
                     ? text("You are away until {}. I write nothing before the day after.",
                            in_full(days_away.until, where))
                     : text("You are away from {} until {}. I write nothing on those days.",
                            full_date(days_away.from), in_full(days_away.until, where));
    words = surface::lines({words, what_rests(at), questions_meanwhile(at, who),
                            told > 0 ? text("{} only that you are away.",
                                            told == 1 ? "Your partner hears" : "Your partners hear")
                                     : surface::mrkdwn{}});
    std::vector<surface::element> buttons;
    if (!tell_them && !at.who.pairs.empty())
        buttons.emplace_back(surface::button{
            .says = "Let my partners know", .action = std::string(away_tell), .value = "tell"});
    buttons.emplace_back(undo_button(at, undo_act::away, subject));
    return done(with_buttons(std::move(words), std::move(buttons)));
}

answer the_form(desk &at) {
    surface::modal form{.callback = std::string(away_form), .title = "I'm away", .submit = "Save"};
    const auto today = at.who.where.day_of(at.now());
    form.blocks.push_back(surface::input{
        .field = "from", .label = "From", .asks = surface::datepicker{.chosen = today}, .optional = true});
    form.blocks.push_back(surface::input{.field = "until",
                                         .label = "Until and with",
                                         .asks = surface::datepicker{},
                                         .hint = "I write nothing until the day after."});
    surface::checkboxes tells;
    tells.options = {{.says = "Let my partners know that I am away, and until when", .value = "tell"}};
    form.blocks.push_back(
        surface::input{.field = "tells", .label = "Your partners", .asks = tells, .optional = true});
    form.blocks.push_back(surface::context{
        {text("Your coordinators can see the days. No reason is asked, and none is kept.")}});
    return open_form(std::move(form));
}

result<answer> back(desk &at) {
    auto who = *at.who.person;
    if (!is_away(who, at.now()))
        return tell(text("You are not away. I write as usual, in your good hours."));
    const auto before = who;
    const auto mine = at.on_file.open<storage::own_choices>().of(who.id);
    const auto subject = fmt::format("{} {} {}", stamp(who.away_from_at), stamp(who.away_until_at),
                                     mine.tells_away ? "told" : "-");
    if (at.now() <= who.away_from_at.value_or(instant{})) { // not begun: as if it had never been said
        who.away_from_at.reset();
        who.away_until_at.reset();
    } else {
        who.away_until_at = at.now();
    }
    withdraw_away_notices(at, before);
    at.on_file.people.save(who);
    at.on_file.open<storage::own_choices>().wake(who.id, at.now());
    look_at_all(at, who.id);
    return done(with_buttons(text("Welcome back. I write as usual again."),
                             {undo_button(at, undo_act::away, subject)}));
}

} // namespace

result<answer> away(desk &at) {
    const auto typed = surface::one_line(at.words.text("when"));
    const auto words = folded(typed);
    if (words == "off" || words == "back" || words == "over")
        return back(at);
    if (typed.empty()) {
        if (at.asked.can_open_form)
            return the_form(at);
        return refusal{"", "Say until when you are away.", example(at)};
    }
    const auto meant = days_meant(at, typed);
    if (!meant)
        return meant.error();
    if (const auto wrong = what_is_wrong(*meant, at.who.where.day_of(at.now())))
        return refusal{surface::shortened(typed, 80), wrong->wrong, example(at)};
    return stands(at, *meant,
                  at.on_file.open<storage::own_choices>().of(at.who.id()).tells_away &&
                      is_away(*at.who.person, at.now()));
}

result<answer> open_away(desk &at) {
    if (!at.who.person)
        return not_found("account here", at.line(command_name::mentoring));
    return the_form(at);
}

result<answer> stay_away(desk &at) {
    if (!at.who.person)
        return not_found("account here", at.line(command_name::mentoring));
    const auto &holds = at.sent().holds;
    const auto today = at.who.where.day_of(at.now());
    const auto until = holds.date("until");
    answer bad{.what = outcome::refused};
    if (!until) {
        bad.form = form_errors{{{"until", "Choose the last day. Nothing was saved."}}};
        return bad;
    }
    const absence meant{std::max(holds.date("from").value_or(today), today), *until};
    if (const auto wrong = what_is_wrong(meant, today)) {
        bad.form = form_errors{{{wrong->field, wrong->wrong + " Nothing was saved."}}};
        return bad;
    }
    const auto tells = holds.all_chosen("tells");
    return stands(at, meant, std::find(tells.begin(), tells.end(), "tell") != tells.end());
}

result<answer> tell_partners_away(desk &at) {
    if (!at.who.person || !is_away(*at.who.person, at.now()))
        return tell(text("You are not away any more, so there is nothing to tell."));
    auto choices = at.on_file.open<storage::own_choices>();
    auto mine = choices.of(at.who.id());
    mine.tells_away = true;
    mine.changed_at = at.now();
    choices.save(mine);
    const int told = tell_away(at, *at.who.person);
    if (told == 0)
        return tell(text("They know already, or have no account here."));
    return done(text("{} that you are away and until when, no more.",
                     told == 1 ? "Your partner hears" : "Your partners hear"));
}

result<answer> come_back(desk &at) {
    if (!at.who.person)
        return not_found("account here", at.line(command_name::mentoring));
    return back(at);
}

// Subject: from, until, and whether partners were told, as they were.
result<surface::mrkdwn> back_from_away(desk &at, const storage::undo_offer &offer) {
    auto who = at.on_file.people.by_id(offer.person);
    if (!who)
        return refusal{"", "You are not on record here any more.", ""};
    untell_away(at, *who);
    const auto first = offer.subject.find(' ');
    const auto second = offer.subject.find(' ', first + 1);
    const std::string_view all = offer.subject;
    who->away_from_at = read_stamp(all.substr(0, first));
    who->away_until_at = read_stamp(all.substr(first + 1, second - first - 1));
    at.on_file.people.save(*who);
    auto choices = at.on_file.open<storage::own_choices>();
    auto mine = choices.of(who->id);
    mine.tells_away = second != std::string::npos && all.substr(second + 1) == "told";
    mine.changed_at = at.now();
    choices.save(mine);
    choices.wake(who->id, at.now());
    look_at_all(at, who->id);
    return text("Taken back. I write as before.");
}

} // namespace rapport
