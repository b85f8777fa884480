// The manual and the manifest out of the tables; see manual.hpp.
#include "handlers/manual.hpp"

#include "handlers/surface/manifest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace rapport {
namespace {

// One line for each command where the platform lists them.
constexpr std::array<std::pair<command_name, std::string_view>, 5> sentences{{
    {command_name::checkin, "Say how your mentoring is going."},
    {command_name::milestone, "See, log and finish milestones."},
    {command_name::nudge, "Say that you are waiting for an answer."},
    {command_name::mentoring, "Your pairs, what you owe, what comes next."},
    {command_name::program, "Your program; for coordinators, who needs a person today."},
}};

std::vector<const command_row *> rows_of(const tables &rows, command_name command) {
    std::vector<const command_row *> out;
    for (const auto &row : rows.commands)
        if (row.command == command)
            out.push_back(&row);
    return out;
}

// --- the manual

// A cell of a table: a bar would end it.
std::string cell(std::string_view words) {
    std::string out;
    for (const char c : words)
        out += c == '|' ? std::string("\\|") : std::string(1, c);
    return out;
}

std::string call_of(const command_row &row, const command_names &names) {
    auto call = names.line(row.command, row.verb);
    const auto words = row.words.shown();
    return words.empty() ? call : call + " " + words;
}

std::string command_chapter(const tables &rows, command_name command, const command_names &names) {
    const auto of_command = rows_of(rows, command);
    if (of_command.empty())
        return {};
    auto out = fmt::format(
        "## {}\n\n{}\n\n| what to say | what it does | who may | for example |\n|---|---|---|---|\n",
        names.shown(command), sentences[static_cast<std::size_t>(command)].second);
    for (const auto *row : of_command)
        out += fmt::format("| `{}` | {} | {} | `{}` |\n", cell(call_of(*row, names)), cell(row->does),
                           row_of(row->may).who, cell(names.line(command, row->example)));
    return out + "\n";
}

std::string shortcuts_chapter(const tables &rows) {
    if (rows.shortcuts.empty())
        return {};
    std::string out = "## Shortcuts\n\n| name | where | what it does | who may |\n|---|---|---|---|\n";
    for (const auto &row : rows.shortcuts)
        out += fmt::format("| {} | {} | {} | {} |\n", cell(row.name),
                           row.kind == shortcut_kind::global ? "the shortcuts menu" : "the menu of a message",
                           cell(row.does), row_of(row.may).who);
    return out + "\n";
}

constexpr std::string_view opening =
    R"(<!-- Printed from the command tables; a test compares it. Renew: RAPPORT_RENEW_GOLDEN=1 ./dev test -->
# What you can say to Rapport

Every command answers you alone. `help` after a command shows what fits where you stand, `help all` the rest.
Capital letters, extra blanks and curly quotes do not matter. In `<...>` stands what a command needs, in `[...]` what it
can do without. People are named by typing @ and picking them from the list.

Dates are read as people write them: `2026-12-01`, `1 Dec`, `tomorrow`, `fri`, `in 2 weeks`, `end of month`. One that can mean
two things is not guessed. What cannot be read is never half saved: the answer says what was read, what is wrong, and a line
that works. What can be taken back has an *Undo* button for ten minutes.

)";

// --- the manifest

void add_words(std::set<std::string> &to, std::string_view words) {
    while (!words.empty()) {
        const auto end = words.find(' ');
        if (end != 0)
            to.emplace(words.substr(0, end));
        words.remove_prefix(end == std::string_view::npos ? words.size() : end + 1);
    }
}

// The bare usage and the verbs that help shows unasked: "[note...] | history | help".
std::string hint_of(const tables &rows, command_name command) {
    std::string out;
    for (const auto *row : rows_of(rows, command)) {
        const auto part = row->verb.empty() ? row->words.shown() : std::string(row->verb);
        if (row->shown_to != to_nobody && !part.empty())
            out += part + " | ";
    }
    return out + "help";
}

} // namespace

std::string manual(const tables &rows, const command_names &names) {
    std::string out(opening);
    for (const auto &[command, sentence] : sentences)
        out += command_chapter(rows, command, names);
    out += shortcuts_chapter(rows);
    out.pop_back(); // one line break ends the file
    return out;
}

std::string manifest(const manifest_wants &wants, const tables &rows, const command_names &names) {
    surface::app_manifest out{
        .name = "Rapport",
        .description = "Keeps the promises of your mentoring program, and no word of the conversations.",
        .long_description = "Rapport runs mentoring programs. Protégés and mentors log milestones and "
                            "check-ins with a command, are "
                            "reminded kindly of what they promised each other, and coordinators see which "
                            "pairs are well and which "
                            "need a person. It knows who wrote and when in a pair's conversation, never "
                            "what: the words are dropped "
                            "before anything can store them. It is hosted by your own organisation.",
        .color = "#24505e",
        .bot_name = "Rapport",
        .commands = {},
        .shortcuts = {},
        .bot_scopes = {},
        .bot_events = {}};
    std::set<std::string> scopes(wants.scopes.begin(), wants.scopes.end());
    std::set<std::string> events(wants.events.begin(), wants.events.end());
    for (const auto &[command, sentence] : sentences)
        if (!rows_of(rows, command).empty())
            out.commands.push_back({names.shown(command), std::string(sentence), hint_of(rows, command)});
    for (const auto &row : rows.shortcuts)
        out.shortcuts.push_back({std::string(row.name),
                                 row.kind == shortcut_kind::global ? "global" : "message",
                                 std::string(row.callback), std::string(row.does)});
    if (!out.commands.empty() || !out.shortcuts.empty())
        scopes.emplace("commands");
    for (const auto &row : rows.events) {
        if ((row.listens && !wants.listens) || (row.kind == "reaction" && !wants.reacts))
            continue;
        add_words(events, row.events);
        add_words(scopes, row.scopes);
    }
    out.bot_scopes.assign(scopes.begin(), scopes.end());
    out.bot_events.assign(events.begin(), events.end());
    return to_json(out);
}

} // namespace rapport
