// Help out of the tables; see help.hpp.
#include "handlers/help.hpp"

#include "handlers/asking.hpp"
#include "handlers/telling_pair.hpp"
#include "handlers/usage_shape.hpp"

#include <vector>

namespace rapport {
namespace {

using surface::mrkdwn;
using surface::text;

mrkdwn row_line(const desk &at, const command_row &row) {
    auto call = at.here.names.line(row.command, row.verb);
    if (const auto words = row.words.shown(); !words.empty())
        call += " " + words;
    return text("`{}` {}", call, row.does);
}

std::vector<const command_row *> rows_for(const desk &at, command_name command, help how) {
    std::vector<const command_row *> out;
    for (const auto &row : at.rows.commands) {
        const bool fits_here = how == help::all || at.who.is(row.shown_to);
        if (row.command == command && fits_here && allowed(row.may, at.who.stands))
            out.push_back(&row);
    }
    if (how == help::fitting && out.size() > most_verbs_in_help)
        out.resize(most_verbs_in_help);
    return out;
}

// The other commands, so that one help is enough to find them all.
mrkdwn other_commands(const desk &at, command_name command) {
    mrkdwn out;
    for (const auto &[other, word] : command_name_words)
        if (other != command && !rows_for(at, other, help::all).empty())
            out = out.text.empty() ? text("`{}`", at.line(other)) : text("{}, `{}`", out, at.line(other));
    return out.text.empty() ? out : text("Other commands: {}", out);
}

mrkdwn contact_line(const program &rules) {
    const auto &card = rules.contact;
    auto line = text("{}: {}", rules.name, card.name);
    if (!card.email.empty())
        line = text("{}, {}", line, surface::web_link{"mailto:" + card.email, card.email});
    if (!card.phone.empty())
        line = text("{}, {}", line, card.phone);
    return line;
}

} // namespace

help help_wanted(std::string_view words) {
    if (shape::alike(words, "help") || words == "?")
        return help::fitting;
    return shape::alike(words, "help all") || shape::alike(words, "all help") ? help::all : help::none;
}

mrkdwn whom_to_ask(const desk &at) {
    auto slugs = at.who.programs();
    if (slugs.empty())
        slugs = at.rules().slugs();
    mrkdwn out;
    std::size_t shown_cards = 0;
    for (const auto &slug : slugs) {
        const auto *rules = at.rules().find(slug);
        if (rules == nullptr || rules->contact.name.empty() || shown_cards == 3)
            continue;
        ++shown_cards;
        out = surface::lines({out, contact_line(*rules)});
    }
    return out;
}

result<answer> show_contact(desk &at) {
    const auto card = whom_to_ask(at);
    if (card.text.empty())
        return tell(text("No program here names anybody to ask. The owners of this workspace can help."));
    return tell(with_buttons(text("*Whom to ask*\n{}", card), private_line_buttons(at)));
}

answer help_for(const desk &at, command_name command, help how) {
    const auto rows = rows_for(at, command, how);
    const auto all = rows_for(at, command, help::all);
    surface::message out;
    std::vector<mrkdwn> paragraphs; // eight rows each, so that none is cut
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i % most_verbs_in_help == 0)
            paragraphs.emplace_back();
        paragraphs.back() = surface::lines({paragraphs.back(), row_line(at, *rows[i])});
    }
    if (all.empty())
        paragraphs.push_back(text("Nothing of `{}` is for you now. `{}` shows where you stand.",
                                  at.line(command), at.line(command_name::mentoring)));
    if (rows.size() < all.size())
        paragraphs.push_back(text("`{}` shows the rest.", at.line(command, "help all")));
    else
        paragraphs.push_back(other_commands(at, command));
    if (const auto card = whom_to_ask(at); !card.text.empty())
        paragraphs.push_back(text("*Whom to ask*\n{}", card));
    for (const auto &one : paragraphs) {
        if (one.text.empty())
            continue;
        out.summary = surface::lines({out.summary, one});
        out.blocks.emplace_back(surface::section{.text = one});
    }
    return tell(std::move(out));
}

} // namespace rapport
