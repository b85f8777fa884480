// The way of every request; see dispatch.hpp. What help says is in help.cpp, what twice asks in twice.cpp.
#include "handlers/dispatch.hpp"

#include "handlers/help.hpp"
#include "handlers/home_page.hpp"
#include "handlers/nearest.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/surface/render.hpp"
#include "handlers/surface/typed.hpp"
#include "handlers/twice.hpp"
#include "handlers/which_pair.hpp"
#include "storage/inbox.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

template <class Row>
const Row *find_row(std::span<const Row> rows, std::string_view Row::*key, std::string_view wanted) {
    const auto it =
        std::find_if(rows.begin(), rows.end(), [&](const Row &row) { return row.*key == wanted; });
    return it == rows.end() ? nullptr : &*it;
}

// --- commands

struct said_line {
    std::string_view first, rest; // of the words: before and after the first blank
};
said_line split(std::string_view words) {
    const auto blank = words.find(' ');
    if (blank == std::string_view::npos)
        return {words, {}};
    return {words.substr(0, blank), words.substr(blank + 1)};
}

// The row a line means, and its words without the verb; no row: the verb is unknown. Where a command's words
// may mean something without a verb, a verb counts only if the rest fits it: "/checkin History was fun" is a
// note.
struct meant {
    const command_row *row = nullptr;
    std::string_view words;
};
bool is_child(std::string_view verb) {
    return verb.find(' ') != std::string_view::npos;
}
bool is_child_of(std::string_view verb, std::string_view parent) {
    return is_child(verb) && shape::alike(split(verb).first, parent);
}

meant find_meant(std::span<const command_row> rows, command_name command, std::string_view words) {
    const auto [first, rest] = split(words);
    const auto [second, rest_of_both] = split(rest);
    const auto both = words.substr(0, first.size() + (second.empty() ? 0 : second.size() + 1));
    const command_row *bare = nullptr, *verb = nullptr, *pair_of_words = nullptr;
    bool has_children = false;
    for (const auto &row : rows) {
        if (row.command != command)
            continue;
        if (row.verb.empty())
            bare = &row;
        else if (!second.empty() && is_child(row.verb) && shape::alike(row.verb, both))
            pair_of_words = &row;
        else if (!first.empty() && shape::alike(row.verb, first))
            verb = &row;
        has_children = has_children || (!first.empty() && is_child_of(row.verb, first));
    }
    if (pair_of_words != nullptr)
        return {pair_of_words, rest_of_both};
    const bool takes_anything = bare != nullptr && bare->words.takes_text();
    if (verb != nullptr && has_children && !fits(verb->words, rest))
        return {}; // a second word that is not known
    if (verb != nullptr && (!takes_anything || fits(verb->words, rest)))
        return {verb, rest};
    if (bare != nullptr && (takes_anything || fits(bare->words, words)))
        return {bare, words};
    return {};
}

refusal unknown_verb(const desk &at, command_name command, std::string_view words) {
    const auto [first, rest] = split(words);
    auto verb = surface::typed_words(first);
    std::vector<std::string_view> known{"help"};
    const command_row *near_row = nullptr;
    for (const auto &row : at.rows.commands) {
        if (row.command != command || !allowed(row.may, at.who.stands))
            continue;
        if (is_child_of(row.verb, first) && verb.find(' ') == std::string::npos && !rest.empty())
            verb = surface::typed_words(words.substr(0, first.size() + 1 + split(rest).first.size()));
        known.push_back(row.verb);
    }
    const auto near_verb = nearest(verb, known);
    for (const auto &row : at.rows.commands)
        if (row.command == command && !near_verb.empty() && row.verb == near_verb)
            near_row = &row;
    const auto line = surface::shortened(at.line(command, surface::typed_words(words)), 80);
    return {line,
            fmt::format("I do not know “{}”{}", surface::shortened(verb, 40),
                        near_verb.empty() ? "." : fmt::format("; the nearest is “{}”.", near_verb)),
            at.line(command, near_row != nullptr ? near_row->example : "help")};
}

// A refusal with what its handler left to us.
refusal completed(refusal why, const std::string &read, const std::string &mend) {
    if (why.read.empty())
        why.read = read;
    if (why.mend.empty())
        why.mend = mend;
    return why;
}

std::string with_verb(const command_row &row, std::string_view words) {
    if (row.verb.empty())
        return std::string(words);
    return words.empty() ? std::string(row.verb) : fmt::format("{} {}", row.verb, words);
}

answer run_kept_row(desk &at, const meant &what, const std::string &line, bool sure) {
    const auto &row = *what.row;
    const auto example = at.line(row.command, row.example);
    const auto read = surface::shortened(line, 80);
    if (!allowed(row.may, at.who.stands))
        return refuse(completed(denied(row.may, at.here.names), read, example));
    auto words =
        parse(row.words, what.words, {at.line(row.command, row.verb), example, at.now(), at.who.where});
    if (!words)
        return refuse(words.error());
    at.words = std::move(*words);
    if (row.whom == about::pair && !at.chosen) {
        auto among = pairs_meant(at, row);
        if (among.size() > 1)
            return which_pair(at, among, {row.command, with_verb(row, what.words), std::nullopt, sure});
        at.chosen = std::move(among.front());
    }
    const auto print = fingerprint(at, row, what.words);
    if (row.again == twice::asks && !sure)
        if (auto question = same_one(at, row, what.words, print))
            return std::move(*question);
    auto made = row.run(at);
    if (!made)
        return refuse(completed(std::move(made.error()), read, example));
    if (row.again == twice::asks && made->what == outcome::done)
        remember(at, print);
    return std::move(*made);
}

answer run_row(desk &at, const meant &what, const std::string &line, bool sure) {
    auto made = run_kept_row(at, what, line, sure);
    made.unkept = made.unkept || what.row->unkept;
    return made;
}

answer answer_command(desk &at, const command_typed &typed) {
    const auto command = at.here.names.find(typed.name);
    if (!command)
        return refuse({surface::shortened(surface::one_line(typed.name), 40),
                       "That is not a command of mine here.", at.line(command_name::mentoring, "help")});
    return run_line(at, *command, typed.words, false);
}

// --- everything else

answer run_handler(desk &at, permission may, handler run) {
    if (!allowed(may, at.who.stands))
        return refuse(denied(may, at.here.names));
    auto made = run(at);
    if (!made)
        return refuse(completed(std::move(made.error()), "", at.line(command_name::mentoring)));
    return std::move(*made);
}

answer answer_button(desk &at, const button_pressed &pressed) {
    const auto action = std::string_view(pressed.action).substr(0, pressed.action.find('#'));
    const auto *row = find_row(at.rows.buttons, &button_row::action, action);
    if (row == nullptr)
        return run_handler(at, permission::anyone, retired_button);
    return run_handler(at, row->may, row->run);
}

// A refusal stands on top of the form, so that nothing typed is lost.
answer over_the_form(answer made) {
    if (made.what != outcome::refused || !made.says || made.form.index() != 0)
        return made;
    made.form = next_form{.form = {.callback = std::string(refused_form),
                                   .title = "Not saved",
                                   .close = "Back",
                                   .blocks = std::move(made.says->blocks)},
                          .on_top = true};
    made.says.reset();
    return made;
}

answer answer_form(desk &at, const form_sent &sent) {
    const auto *row = find_row(at.rows.forms, &form_row::callback, sent.callback);
    if (row == nullptr)
        return over_the_form(refuse({"", "This form is from another time and cannot be taken any more.",
                                     at.line(command_name::mentoring)}));
    return over_the_form(run_handler(at, row->may, row->run));
}

answer answer_closed(desk &at, const form_closed &closed) {
    const auto *row = find_row(at.rows.forms, &form_row::callback, closed.callback);
    if (row == nullptr || row->closed == nullptr || !allowed(row->may, at.who.stands))
        return silence();
    auto made = row->closed(at);
    return made ? std::move(*made) : silence();
}

answer answer_shortcut(desk &at, std::string_view callback) {
    const auto *row = find_row(at.rows.shortcuts, &shortcut_row::callback, callback);
    return row == nullptr ? silence() : run_handler(at, row->may, row->run);
}

// Nobody asked, so nobody is refused.
answer answer_event(desk &at) {
    const auto *row = find_row(at.rows.events, &event_row::kind, kind_of(at.asked));
    if (row == nullptr)
        return silence();
    auto made = row->run(at);
    return made ? std::move(*made) : silence();
}

answer answer_any(desk &at) {
    if (const auto *typed = std::get_if<command_typed>(&at.asked.what))
        return answer_command(at, *typed);
    if (const auto *pressed = std::get_if<button_pressed>(&at.asked.what))
        return answer_button(at, *pressed);
    if (const auto *sent = std::get_if<form_sent>(&at.asked.what))
        return answer_form(at, *sent);
    if (const auto *closed = std::get_if<form_closed>(&at.asked.what))
        return answer_closed(at, *closed);
    if (const auto *used = std::get_if<shortcut_used>(&at.asked.what))
        return answer_shortcut(at, used->callback);
    if (const auto *picked = std::get_if<message_picked>(&at.asked.what))
        return answer_shortcut(at, picked->callback);
    return answer_event(at);
}

bool waits_for_words(const request &asked) {
    return std::holds_alternative<command_typed>(asked.what) ||
           std::holds_alternative<button_pressed>(asked.what) ||
           std::holds_alternative<shortcut_used>(asked.what) ||
           std::holds_alternative<message_picked>(asked.what);
}

rendered_answer again(const storage::earlier_delivery &before, const request &asked) {
    rendered_answer made;
    if (before.answer)
        made = read_kept(*before.answer);
    else if (waits_for_words(asked))
        made = rendered(tell(text("That was already recorded.")), asked);
    made.seen_before = true;
    return made;
}

} // namespace

result<answer> retired_button(desk &at) {
    return tell(text("That button is from another time and does nothing now. `{}` shows where things stand.",
                     at.line(command_name::mentoring)));
}

answer run_line(desk &at, command_name command, std::string_view typed, bool sure) {
    const auto words = surface::one_line(typed);
    if (const auto wanted = help_wanted(words); wanted != help::none)
        return help_for(at, command, wanted);
    const auto what = find_meant(at.rows.commands, command, words);
    if (what.row == nullptr)
        return words.empty() ? help_for(at, command, help::fitting)
                             : refuse(unknown_verb(at, command, words));
    return run_row(at, what, at.line(command, surface::typed_words(words)), sure);
}

namespace {

// Owners come from the settings and may act before the workspace described them: their row is made then, so
// that what they do has an author.
void put_owner_on_file(storage::records &on_file, const house &here, const request &asked) {
    if (std::find(here.owners.begin(), here.owners.end(), asked.from) == here.owners.end() ||
        on_file.people.by_slack(asked.from))
        return;
    storage::person owner;
    owner.id = on_file.ids.make<person_id>(asked.at);
    owner.slack = asked.from;
    owner.created_at = asked.at;
    on_file.people.save(owner);
}

} // namespace

answer answer_to(storage::records &on_file, const house &here, const request &asked, const tables &rows) {
    put_owner_on_file(on_file, here, asked);
    const auto who = who_asks(on_file, here.rules, here.owners, asked.from);
    desk at{asked, here, rows, on_file, who};
    auto made = answer_any(at);
    homes_follow(at, made);
    return made;
}

rendered_answer dispatch(storage::session &db, id_source &ids, const house &here, const request &asked,
                         const tables &rows) {
    storage::inbox inbox(db);
    for (const auto *key : {&asked.key, &asked.second_key})
        if (!key->empty())
            if (const auto before = inbox.first_time(asked.team, *key, std::string(kind_of(asked)), asked.at))
                return again(*before, asked);
    storage::records on_file(db, asked.team, ids);
    const auto made = answer_to(on_file, here, asked, rows);
    auto out = rendered(made, asked);
    if (!asked.key.empty() && !out.empty() && !made.unkept)
        inbox.keep_answer(asked.team, asked.key, kept(out), asked.from,
                          asked.channel.empty() ? std::nullopt : std::optional(asked.channel), asked.at);
    return out;
}

answer sorry(const request &asked, std::string_view reference) {
    if (!waits_for_words(asked) && !std::holds_alternative<form_sent>(asked.what))
        return silence();
    auto made = refuse({"", "Something went wrong on Rapport's side, not yours.",
                        fmt::format("the same again in a minute. If it stays so, tell your coordinator this "
                                    "reference: {}",
                                    reference)});
    return std::holds_alternative<form_sent>(asked.what) ? over_the_form(std::move(made)) : made;
}

answer busy(const request &asked) {
    if (!waits_for_words(asked) && !std::holds_alternative<form_sent>(asked.what))
        return silence();
    auto made =
        refuse({"", "Rapport has more to do than it can in time just now.", "the same again in a minute."});
    return std::holds_alternative<form_sent>(asked.what) ? over_the_form(std::move(made)) : made;
}

} // namespace rapport
