// The shape of the tables that read like a manual: commands, buttons, forms, shortcuts, events, acts that can
// be taken back; and the proofs they must pass when they are compiled. The rows are in commands.cpp.
#pragma once

#include "handlers/desk.hpp"
#include "handlers/permission.hpp"
#include "handlers/usage_shape.hpp"

#include <span>
#include <string_view>

namespace rapport {

// To whom help shows a row unasked; `help all` shows each what they may.
inline constexpr unsigned to_all = ~0U;
inline constexpr unsigned to_nobody = 0;

enum class about { caller, pair }; // pair: one of the caller's, found or asked for before the handler runs
enum class twice { runs, asks }; // asks: the same words within five minutes ask "the same one?" (settled 17)

// One verb of one command. The verb "" is what the empty command does, or what its words mean without a verb;
// "goals add" is the verb "add" of what "goals" shows. `example` is the line after the command's name.
// `unkept`: what is typed is of the kind that is never stored, so the answer to it is not kept either.
struct command_row {
    command_name command;
    std::string_view verb;
    usage words;
    std::string_view does; // one sentence: in help, in the manual
    permission may;
    unsigned shown_to; // standings
    handler run;
    std::string_view example;
    about whom = about::caller;
    twice again = twice::runs;
    bool unkept = false;
};

// Messages with buttons live for years: a row is retired by `retired_button`, never taken out.
struct button_row {
    std::string_view action;
    permission may;
    handler run;
};

struct form_row {
    std::string_view callback;
    permission may;
    handler run;
    handler closed = nullptr; // when it was closed instead; most do not care
};

enum class shortcut_kind { global, message };
struct shortcut_row {
    shortcut_kind kind;
    std::string_view callback;
    std::string_view name; // at most 24 characters
    std::string_view does; // at most 150
    permission may;
    handler run;
};

// What happens without being asked. `events` are the platform's names for the manifest, `scopes` what they
// need; `listens`: left out of a manifest for programs that never listen (product 4.13).
struct event_row {
    std::string_view kind; // as kind_of(request) says: "home", "message", "member", "reaction", "person"
    std::string_view events;
    std::string_view scopes;
    bool listens;
    handler run;
};

// Takes back one act: puts things as they were, or refuses because the other side acted on it. Says what it
// did. `instead` is the line that still helps when the ten minutes are over: "drop 3" of /milestone.
struct undo_row {
    std::string_view act;
    command_name instead_of;
    std::string_view instead;
    result<surface::mrkdwn> (*take_back)(desk &, const storage::undo_offer &);
};

struct tables {
    std::span<const command_row> commands;
    std::span<const button_row> buttons;
    std::span<const form_row> forms;
    std::span<const shortcut_row> shortcuts;
    std::span<const event_row> events;
    std::span<const undo_row> undos;
};

// Rapport's own.
const tables &the_tables();

// The row's words after its command: "add Draft résumé by 1 Dec" without the verb.
constexpr std::string_view example_words(const command_row &row) {
    auto words = row.example;
    words.remove_prefix(row.verb.size());
    if (words.starts_with(' '))
        words.remove_prefix(1);
    return words;
}

// --- proofs, for static_assert in the file that holds the rows

consteval bool no_row_twice(std::span<const command_row> rows) {
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (rows[i].command == rows[j].command && shape::alike(rows[i].verb, rows[j].verb))
                return false;
    return true;
}

consteval bool examples_fit(std::span<const command_row> rows) {
    for (const auto &row : rows)
        if (!row.example.starts_with(row.verb) || !fits(row.words, example_words(row)))
            return false;
    return true;
}

// What is about a pair is for people in pairs.
consteval bool about_pairs_for_pairs(std::span<const command_row> rows) {
    for (const auto &row : rows)
        if (row.whom == about::pair && row.may != permission::paired && row.may != permission::mentor &&
            row.may != permission::protege)
            return false;
    return true;
}

consteval bool has_parent(std::span<const command_row> rows, const command_row &child) {
    for (const auto &row : rows)
        if (row.command == child.command && row.verb == child.verb.substr(0, child.verb.find(' ')))
            return !row.words.takes_text();
    return false;
}

// Every row has a handler and a sentence for people; verbs are lower case, of two words at most, and none is
// "help". A verb of two words has its first as a verb of its own, without words to the end.
consteval bool well_made(std::span<const command_row> rows) {
    for (const auto &row : rows) {
        if (row.run == nullptr || row.does.empty() || !row.does.ends_with('.') || row.verb == "help")
            return false;
        bool blank = false;
        for (const char c : row.verb) {
            if (c == ' ' && blank)
                return false;
            blank = blank || c == ' ';
            if (!((c >= 'a' && c <= 'z') || c == '-' || c == ' '))
                return false;
        }
        if (blank && !has_parent(rows, row))
            return false;
    }
    return true;
}

template <class Row, class Key>
consteval bool keyed_once(std::span<const Row> rows, Key Row::*key) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if ((rows[i].*key).empty() || (rows[i].*key).find('#') != std::string_view::npos)
            return false;
        for (std::size_t j = 0; j < i; ++j)
            if (rows[i].*key == rows[j].*key)
                return false;
    }
    return true;
}

template <class Row, class Handler>
consteval bool all_run(std::span<const Row> rows, Handler Row::*run) {
    for (const auto &row : rows)
        if (row.*run == nullptr)
            return false;
    return true;
}

} // namespace rapport
