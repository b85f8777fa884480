// See feedback_page.hpp.
#include "handlers/feedback_page.hpp"

#include "handlers/naming.hpp"
#include "handlers/pages.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/which_program.hpp"
#include "storage/closing.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

constexpr std::size_t most_of_words = 400; // of one answer in a list

std::string name_of(desk &at, const person_id &who) {
    const auto found = at.on_file.people.by_id(who);
    return found ? first_name(*found) : std::string("somebody");
}

bool may_read(const desk &at, const storage::pair &pair) {
    return !at.who.person || !pair.side_of(at.who.id());
}

surface::message listed_page(surface::mrkdwn head, std::vector<surface::section> rows, std::size_t from,
                             std::string_view action, const program_slug &slug) {
    surface::message said{.summary = std::move(head)};
    said.blocks = surface::joined(
        {{surface::section{.text = said.summary}}, paged(std::move(rows), from, action, slug.str())});
    return said;
}

answer feedback_from(desk &at, const program_slug &slug, std::size_t from) {
    const auto &rules = at.rules().of(slug);
    std::vector<surface::section> rows;
    for (const auto &one : at.on_file.open<storage::feedbacks>().of_program(slug)) {
        const auto pair = at.on_file.pairs.by_id(one.pair);
        if (!pair || !may_read(at, *pair))
            continue;
        auto words =
            text("*{}* about {}, {}, on {}{}.", name_of(at, pair->on(one.side)),
                 name_of(at, pair->on(other_side(one.side))), text_of(one.moment),
                 full_date(rules.where.day_of(one.given_at)), one.to_partner ? ", shared with them" : "");
        if (!surface::one_line(one.went_well).empty())
            words = surface::lines(
                {words, text("Helps most: {}", surface::shortened(one.went_well, most_of_words))});
        if (!surface::one_line(one.would_help).empty())
            words = surface::lines(
                {words, text("Would help: {}", surface::shortened(one.would_help, most_of_words))});
        rows.push_back({.text = std::move(words)});
    }
    if (rows.empty())
        return tell(text("{}: no feedback was given yet.", rules.name));
    const auto count = rows.size();
    return tell(
        listed_page(text("{}: feedback, newest first, {} given. For coordinators only.", rules.name, count),
                    std::move(rows), from, feedback_page, slug));
}

// The check-ins of a side in words: "at-ease: yes, understood: no. <note>".
surface::mrkdwn check_in_words(desk &at, const program &rules, const storage::pair &pair,
                               const storage::check_in &one) {
    auto words = text("*{}* about {}{}.", name_of(at, pair.on(one.side)),
                      name_of(at, pair.on(other_side(one.side))), one.late ? ", late" : "");
    const auto answers = surface::unpacked(one.answers);
    for (const auto &[id, said] : answers) {
        auto asked = id;
        if (rules.check_ins)
            for (const auto &question : rules.check_ins->questions(one.side))
                if (question.id == id)
                    asked = question.asks;
        for (const auto &question : rules.leaving.outcomes)
            if ("outcome." + question.id == id)
                asked = question.asks;
        words = surface::lines({words, text("{} {}", asked, said)});
    }
    if (!one.note.empty())
        words = surface::lines({words, text("Note: {}", surface::shortened(one.note, most_of_words))});
    return words;
}

// The newest month of the open term in which anybody filed.
answer check_ins_from(desk &at, const program_slug &slug, std::size_t from) {
    const auto &rules = at.rules().of(slug);
    const auto term = at.on_file.programs.open_term(slug);
    const auto pairs = term ? at.on_file.pairs.of_term(term->id) : std::vector<storage::pair>();
    const auto this_month = month_of(rules.where, at.now());
    for (const auto &period : {this_month, plus_months(this_month, -1)}) {
        std::vector<surface::section> rows;
        for (const auto &pair : pairs)
            for (const auto which : {side::mentor, side::protege})
                if (may_read(at, pair))
                    if (const auto one = at.on_file.check_ins.standing(pair.id, which, text_of(period)))
                        rows.push_back({.text = check_in_words(at, rules, pair, *one)});
        if (rows.empty())
            continue;
        const auto count = rows.size();
        return tell(
            listed_page(text("{}: {} check-ins of {}. For coordinators only; partners never see them.",
                             rules.name, count, month_in_words(text_of(period))),
                        std::move(rows), from, check_ins_read_page, slug));
    }
    return tell(text("{}: no check-in of this month or the last one is in.", rules.name));
}

result<answer> page_of(desk &at, const char *verb,
                       answer (*page)(desk &, const program_slug &, std::size_t)) {
    const auto wanted = read_page(at.pressed().value);
    if (!wanted || !at.who.coordinates_program(program_slug{wanted->about}))
        return not_found("list", at.line(command_name::program, verb));
    return in_place(page(at, program_slug{wanted->about}, wanted->from));
}

} // namespace

result<answer> read_feedback(desk &at) {
    const auto slug =
        coordinated_program(at, at.words.text("program"), at.line(command_name::program, "feedback"));
    if (!slug)
        return slug.error();
    return feedback_from(at, *slug, 0);
}

result<answer> page_feedback(desk &at) {
    return page_of(at, "feedback", feedback_from);
}

result<answer> read_check_ins(desk &at) {
    const auto slug =
        coordinated_program(at, at.words.text("program"), at.line(command_name::program, "check-ins"));
    if (!slug)
        return slug.error();
    return check_ins_from(at, *slug, 0);
}

result<answer> page_read_check_ins(desk &at) {
    return page_of(at, "check-ins", check_ins_from);
}

} // namespace rapport
