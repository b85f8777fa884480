// One function a kind of record; see my_data.hpp. Rows without words of their own come from
// storage/about_person as kinds and dates.
#include "handlers/my_data.hpp"

#include "handlers/help.hpp"
#include "handlers/naming.hpp"
#include "handlers/own_pair.hpp"
#include "handlers/pages.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/surface/packed.hpp"
#include "storage/about_person.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace rapport {
namespace {

using surface::text;
using lines = std::vector<surface::section>;

constexpr std::int64_t most = 100'000; // of one list; nobody has as many

std::string on(const desk &at, instant when) {
    return full_date(at.who.where.day_of(when));
}

void add(lines &to, surface::mrkdwn words) {
    to.push_back({.text = std::move(words)});
}

void about_me(desk &at, lines &to) {
    const auto &me = *at.who.person;
    add(to, text("*You*: {}{}, on record since {}.", me.name.empty() ? "no name" : me.name,
                 me.email ? ", " + *me.email : std::string(), on(at, me.created_at)));
    add(to, text("*Time zone*: {}. *Reminders reach you in*: {}.", at.who.where.name(),
                 me.hours.value_or("the program's hours")));
    if (me.away_until_at)
        add(to, text("*Away* until {}.", on(at, *me.away_until_at)));
}

void enrolments(desk &at, lines &to) {
    for (const auto &one : at.on_file.programs.memberships(at.who.id())) {
        const auto *rules = at.rules().find(one.program);
        add(to, text("*Enrolled* in {} as {}, {}, since {}.", rules ? rules->name : one.program.str(),
                     text_of(one.role), text_of(one.state), on(at, one.since_at)));
    }
}

void check_ins(desk &at, const storage::pair &pair, const std::string &partner, lines &to) {
    for (const auto &one : at.on_file.check_ins.history(pair.id, *pair.side_of(at.who.id()), most)) {
        auto words = text("*Check-in* of {} about {}, filed {}{}.", month_in_words(one.period), partner,
                          on(at, one.filed_at), one.late ? ", late" : "");
        for (const auto &[question, given] : surface::unpacked(one.answers))
            words = text("{} {}: {}.", words, question, given);
        if (!one.note.empty())
            words = text("{} Your note: {}", words, one.note);
        add(to, std::move(words));
    }
}

void of_pair(desk &at, const storage::pair &pair, lines &to) {
    const auto partner = first_name(partner_in(at, pair));
    const auto *rules = at.rules().find(pair.program);
    add(to, text("*Pair* with {} in {}, {}, since {}{}.", partner, rules ? rules->name : pair.program.str(),
                 text_of(pair.state), on(at, pair.began_at),
                 pair.ended_at ? ", ended " + on(at, *pair.ended_at) : std::string()));
    for (const auto &one : at.on_file.milestones.of_pair(pair.id))
        add(to, text("*Milestone* {} with {}: {}, {}{}, put down {} by {}.", one.number, partner, one.title,
                     text_of(one.state), one.due ? ", by " + full_date(*one.due) : std::string(),
                     on(at, one.created_at), one.author == at.who.id() ? "you" : partner));
    check_ins(at, pair, partner, to);
    for (const auto &one : at.on_file.contacts.latest(pair.id, most))
        add(to,
            text("*Contact* with {} on {}: {}, {}{}{}.", partner, full_date(one.on_day), text_of(one.medium),
                 text_of(one.source), one.minutes ? fmt::format(", {} minutes", *one.minutes) : std::string(),
                 !one.started_by                  ? std::string()
                 : *one.started_by == at.who.id() ? std::string(", begun by you")
                                                  : ", begun by " + partner));
}

// What a row of a table is, in words.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> rows_in_words{{
    {"coordinator", "You coordinate"},
    {"nudge", "Reminder for you"},
    {"outbox", "Message or page for you"},
    {"journal", "Act on record, by you or about you"},
    {"attention", "Coordinators were asked to look"},
    {"reply_clock", "A reply that was waited for"},
    {"unanswered", "When you wrote (never what)"},
    {"undo", "Undo that was offered"},
    {"recent_act", "A line of yours, remembered as a seal for five minutes"},
    {"inbox", "Command, press or form of yours"},
}};

// "Profile field" for "profile_field".
std::string plain_name(std::string name) {
    std::replace(name.begin(), name.end(), '_', ' ');
    if (!name.empty() && name[0] >= 'a' && name[0] <= 'z')
        name[0] = static_cast<char>(name[0] - 'a' + 'A');
    return name;
}

void rows(desk &at, lines &to) {
    for (const auto &one : storage::kept_about(at.on_file.db, at.on_file.team, at.who.id())) {
        const auto words = std::find_if(rows_in_words.begin(), rows_in_words.end(),
                                        [&](const auto &each) { return each.first == one.table; });
        add(to, text("*{}*: {}{}, {}{}.{}",
                     words == rows_in_words.end() ? plain_name(one.table) : std::string(words->second),
                     one.kind, one.detail.empty() ? "" : ", " + one.detail, on(at, one.at),
                     one.until ? ", until " + on(at, *one.until) : std::string(),
                     one.words.empty() ? std::string() : " " + surface::shortened(one.words, 2000)));
    }
}

result<answer> data_from(desk &at, std::size_t from) {
    if (!at.who.person)
        return tell(
            text("Nothing is kept about you. Your name and time zone are asked of the workspace when you "
                 "take part in a program."));
    lines all;
    about_me(at, all);
    enrolments(at, all);
    for (const auto &pair : at.on_file.pairs.of_person(at.who.id()))
        of_pair(at, pair, all);
    rows(at, all);
    surface::message said{.summary =
                              text("Everything kept about you: {} lines. Only you see this.", all.size())};
    said.blocks = surface::joined(
        {{surface::section{.text = said.summary}}, paged(std::move(all), from, my_data_page, "all")});
    said.blocks.emplace_back(surface::context{
        {text("As a file: ask the people who run it for `rapport export --json --person {}`. What you and "
              "your partner write to each other is not kept.",
              at.asked.from.str())}});
    return tell(std::move(said));
}

} // namespace

result<answer> show_my_data(desk &at) {
    return data_from(at, 0);
}

result<answer> page_my_data(desk &at) {
    const auto wanted = read_page(at.pressed().value);
    auto page = data_from(at, wanted ? wanted->from : 0);
    if (!page)
        return page.error();
    return in_place(std::move(*page));
}

} // namespace rapport
