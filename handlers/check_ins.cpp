// Filing check-ins; see check_ins.hpp. Periods and lateness are the rules' (mentoring/obligations).
#include "handlers/check_ins.hpp"

#include "handlers/check_in_questions.hpp"
#include "handlers/coordinators_message.hpp"
#include "handlers/meetings.hpp"
#include "handlers/naming.hpp"
#include "handlers/nudging.hpp"
#include "handlers/own_pair.hpp"
#include "handlers/pages.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/thoughts.hpp"
#include "mentoring/comparing.hpp"
#include "mentoring/moments.hpp"
#include "mentoring/obligations.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

constexpr int most_history = 1000; // check-ins of one side; nobody has as many

// What one filing is about.
struct filing {
    storage::pair pair;
    side by;
    calendar_month period;

    std::string reference() const { // in metadata, buttons and undo
        return fmt::format("{} {}", pair.id.str(), text_of(period));
    }
};

std::string month_name(calendar_month which) {
    return fmt::format("{} {}", full_name(which.month()), static_cast<int>(which.year()));
}

std::vector<filed_check_in> filed_by(desk &at, const storage::pair &pair, side by) {
    std::vector<filed_check_in> all;
    for (const auto &one : at.on_file.check_ins.history(pair.id, by, 24))
        if (const auto period = parse_month(one.period))
            all.push_back({by, *period});
    return all;
}

filing meant_now(desk &at, const storage::pair &pair) {
    const auto by = *pair.side_of(at.who.id());
    const auto &rules = at.rules().of(pair.program);
    return {pair, by, period_meant(rules, pair.began_at, by, filed_by(at, pair, by), at.now())};
}

// What is said about a form of a pair that is over: to its own people alone.
refusal closed_form(desk &at, std::string_view id, const refusal &otherwise) {
    const auto pair = at.on_file.pairs.by_id(pair_id{std::string(id)});
    if (!pair || !at.who.person || !pair->side_of(at.who.id()))
        return otherwise;
    const auto partner = first_name(partner_in(at, *pair));
    const auto term = at.on_file.programs.term_by_id(pair->term);
    return {fmt::format("a check-in about {}", partner),
            term && term->state == term_state::closed
                ? fmt::format("That term closed on {}, and its check-ins with it.",
                              full_date(at.who.where.day_of(term->closes_at.value_or(at.now()))))
                : fmt::format("Your pair with {} has ended, and its check-ins with it.", partner),
            at.line(command_name::mentoring, "contact")};
}

// From "pair" or "pair 2026-11"; checked against who asks.
result<filing> referred(desk &at, std::string_view reference) {
    const auto blank = reference.find(' ');
    const auto pair = own_pair(at, reference.substr(0, blank));
    if (!pair)
        return closed_form(at, reference.substr(0, blank), pair.error());
    auto what = meant_now(at, *pair);
    if (blank == std::string_view::npos)
        return what;
    const auto period = parse_month(reference.substr(blank + 1));
    const auto here = at.rules().of(pair->program).where;
    if (!period || *period > month_of(here, at.now()) || *period < month_of(here, pair->began_at))
        return refusal{"", "That period is not one of this pair's.", at.line(command_name::checkin)};
    what.period = *period;
    return what;
}

bool is_late(desk &at, const filing &what) {
    const auto &rules = at.rules().of(what.pair.program);
    return rules.check_ins && at.now() >= late_from(rules, *rules.check_ins, what.period);
}

// The form's questions; and at the start, in the middle and at the end the protégé's outcome items (rule 21).
std::vector<question> questions_of(desk &at, const filing &what) {
    const auto &rules = at.rules().of(what.pair.program);
    auto all = rules.check_ins ? rules.check_ins->questions(what.by) : std::vector<question>();
    if (what.by == side::protege && moment_of(rules, what.pair.began_at, what.period))
        for (auto one : rules.leaving.outcomes) {
            one.id = "outcome." + one.id;
            all.push_back(std::move(one));
        }
    return all;
}

// Meetings of this period or before that nobody has said anything about.
std::vector<storage::meeting> asked_after(desk &at, const filing &what) {
    auto all = meetings_to_ask_after(at.on_file, what.pair, at.now());
    const auto where = at.rules().of(what.pair.program).where;
    std::erase_if(all,
                  [&](const storage::meeting &one) { return month_of(where, one.starts_at) > what.period; });
    if (all.size() > 5)
        all.resize(5);
    return all;
}

// --- what coordinators hear of it

// Where the two see it differently how often they are in touch, a coordinator is asked to ask; where they see
// it alike after a change, nobody is. No answer is shown by this (product 5).
void compare_sides(desk &at, const filing &what) {
    const auto &rules = at.rules().of(what.pair.program);
    const auto period = text_of(what.period);
    const auto a = at.on_file.check_ins.standing(what.pair.id, side::mentor, period),
               b = at.on_file.check_ins.standing(what.pair.id, side::protege, period);
    const bool differ =
        rules.check_ins && a && b &&
        answers_differ(*rules.check_ins, surface::unpacked(a->answers), surface::unpacked(b->answers));
    if (differ)
        ask_for_help(at.on_file, at.here, what.pair, std::string(they_differ), period, what.pair.protege,
                     at.now(), at.now());
    else
        at.on_file.attention.clear(what.pair.id, std::string(they_differ), period, what.pair.protege,
                                   std::nullopt, at.now());
}

// "Would you like a coordinator to get in touch?"
void pass_on_wish(desk &at, const filing &what) {
    const auto standing = at.on_file.check_ins.standing(what.pair.id, what.by, text_of(what.period));
    const auto answers = standing ? surface::unpacked(standing->answers) : answers_by_question();
    const auto wish = answers.find("need-help");
    const auto occasion = "check-in:" + text_of(what.period);
    const auto &who = what.pair.on(what.by);
    if (wish != answers.end() && wish->second == "yes")
        ask_for_help(at.on_file, at.here, what.pair, std::string(asked_for_help), occasion, who, at.now(),
                     at.now());
    else
        at.on_file.attention.clear(what.pair.id, std::string(asked_for_help), occasion, who, std::nullopt,
                                   at.now());
}

std::string readers_of(desk &at, const filing &what) {
    const auto &rules = at.rules().of(what.pair.program);
    const auto partner = first_name(partner_in(at, what.pair));
    if (rules.check_ins && !rules.check_ins->readers.empty())
        return fmt::format("{} {} never sees it.", rules.check_ins->readers, partner);
    return fmt::format("Read by you and the coordinators of {}, with your name. {} never sees it.",
                       rules.name, partner);
}

// --- filing

// Stores a version, takes what was waiting for it off the table, and gives what to say.
answer file(desk &at, const filing &what, std::string note,
            const std::map<std::string, std::string> &answers) {
    storage::check_in row;
    row.pair = what.pair.id;
    row.side = what.by;
    row.period = text_of(what.period);
    row.filed_by = at.who.id();
    row.filed_at = at.now();
    row.late = is_late(at, what);
    row.note = std::move(note);
    row.answers = surface::packed(answers);
    const auto version = at.on_file.check_ins.file(row);
    compare_sides(at, what);
    pass_on_wish(at, what);
    look_at(at.on_file, at.here, what.pair.id, at.now());

    auto said = text("Check-in for {} is recorded{}{}. Thank you.", month_name(what.period),
                     version > 1 ? ", in place of the one before" : "", row.late ? ", marked late" : "");
    auto message = surface::said(std::move(said));
    message.blocks.emplace_back(surface::context{{text("{}", readers_of(at, what))}});
    if (const auto thought = take_thought(at.on_file, at.here, *at.who.person, what.pair, at.now()))
        message.blocks.emplace_back(surface::context{{*thought}});
    surface::actions below;
    below.elements.emplace_back(
        surface::button{.says = version > 1 || !answers.empty() ? "Change it" : "Open the form",
                        .action = std::string(check_in_button),
                        .value = what.reference()});
    below.elements.emplace_back(
        undo_button(at, check_in_act, fmt::format("{} {} {}", what.reference(), text_of(what.by), version)));
    message.blocks.emplace_back(std::move(below));
    return done(std::move(message));
}

// --- the form

result<answer> show_form(desk &at, const filing &what) {
    const auto before = at.on_file.check_ins.standing(what.pair.id, what.by, text_of(what.period));
    const auto answers = before ? surface::unpacked(before->answers) : std::map<std::string, std::string>();
    surface::modal form{.callback = std::string(check_in_form),
                        .title = "Check-in",
                        .submit = before ? "Change" : "Send",
                        .close = "Not now",
                        .metadata = what.reference()};
    form.blocks.emplace_back(
        surface::section{.text = text("*{}*, how it goes with {}.{}", month_name(what.period),
                                      first_name(partner_in(at, what.pair)),
                                      is_late(at, what) ? " It is past its day, and still welcome." : "")});
    for (const auto &one : questions_of(at, what))
        form.blocks.emplace_back(check_in_field(one, answers));
    for (const auto &one : asked_after(at, what)) {
        surface::radio menu;
        menu.options = {{.says = "Yes", .value = "yes"}, {.says = "No", .value = "no"}};
        form.blocks.emplace_back(
            surface::input{.field = "m." + one.id,
                           .label = surface::plain_text("You had set a time on {}. Did you meet?",
                                                        in_full(one.starts_at, at.who.where)),
                           .asks = std::move(menu),
                           .optional = true});
    }
    form.blocks.emplace_back(
        surface::input{.field = "note",
                       .label = "Anything to add about how it goes?",
                       .asks = surface::plain_text_input{.initial = before ? before->note : "",
                                                         .multiline = true,
                                                         .max_length = static_cast<int>(most_of_a_note)},
                       .hint = "How the pairing goes, not what you talk about.",
                       .optional = !questions_of(at, what).empty()});
    form.blocks.emplace_back(surface::context{{text("{}", readers_of(at, what))}});
    if (!at.asked.can_open_form)
        return refusal{"", "A form cannot be opened from here.", at.line(command_name::checkin, "All well")};
    return open_form(std::move(form));
}

} // namespace

result<answer> check_in(desk &at) {
    const auto &pair = at.pair();
    const auto what = meant_now(at, pair);
    if (!at.words.has("note"))
        return show_form(at, what);
    const auto before = at.on_file.check_ins.standing(pair.id, what.by, text_of(what.period));
    // a note in one line keeps what the form said before
    return file(at, what, at.words.text("note"),
                before ? surface::unpacked(before->answers) : std::map<std::string, std::string>());
}

result<answer> open_check_in(desk &at) {
    const auto what = referred(at, at.pressed().value);
    if (!what)
        return what.error();
    return show_form(at, *what);
}

result<answer> file_check_in(desk &at) {
    const auto &sent = at.sent();
    const auto what = referred(at, sent.metadata);
    if (!what)
        return what.error();
    auto read = read_check_in(sent.holds, questions_of(at, *what));
    if (auto *wrong = std::get_if<form_errors>(&read))
        return answer{.what = outcome::refused, .form = std::move(*wrong)};
    auto &[answers, note] = std::get<check_in_given>(read);
    for (const auto &one : asked_after(at, *what))
        if (const auto said = sent.holds.chosen("m." + one.id); said == "yes" || said == "no")
            note_happened(at, what->pair, one.id, said == "yes");
    return file(at, *what, std::move(note), answers);
}

namespace {

answer history_from(desk &at, const storage::pair &pair, std::size_t from) {
    const auto by = *pair.side_of(at.who.id());
    const auto all = at.on_file.check_ins.history(pair.id, by, most_history);
    const auto partner = first_name(partner_in(at, pair));
    if (all.empty())
        return tell(text("You filed no check-in about {} yet. `{}` opens this period's.", partner,
                         at.line(command_name::checkin)));
    std::vector<surface::section> rows;
    for (const auto &one : all) {
        const auto period = parse_month(one.period);
        rows.push_back({.text = text("*{}*, filed {}{}. {}", period ? month_name(*period) : one.period,
                                     in_full(at.who.where.day_of(one.filed_at), at.who.where),
                                     one.late ? ", late" : "", surface::shortened(one.note, 200))});
    }
    surface::message said{
        .summary = text("Your check-ins about {}, newest first: {} on file.", partner, all.size())};
    said.blocks = surface::joined({{surface::section{.text = said.summary}},
                                   paged(std::move(rows), from, check_in_page, pair.id.str())});
    return tell(std::move(said));
}

} // namespace

result<answer> check_in_history(desk &at) {
    return history_from(at, at.pair(), 0);
}

result<answer> page_check_ins(desk &at) {
    const auto wanted = read_page(at.pressed().value);
    if (!wanted)
        return not_found("list", at.line(command_name::checkin, "history"));
    const auto pair = own_pair(at, wanted->about);
    if (!pair)
        return pair.error();
    return in_place(history_from(at, *pair, wanted->from));
}

// Subject: "pair period side version".
result<surface::mrkdwn> undo_check_in(desk &at, const storage::undo_offer &offer) {
    const auto parts = surface::split_words(offer.subject);
    side by{};
    if (parts.size() != 4 || !parse_text(parts[2], by))
        throw std::logic_error("check-in: an undo that was not written here");
    const pair_id pair{parts[0]};
    if (!at.on_file.check_ins.undo(pair, by, parts[1], std::stoll(parts[3]), at.now()))
        return refusal{"", "That check-in was changed meanwhile.", at.line(command_name::checkin, "history")};
    const auto of = at.on_file.pairs.by_id(pair);
    if (const auto period = parse_month(parts[1]); of && period) {
        compare_sides(at, {*of, by, *period});
        pass_on_wish(at, {*of, by, *period});
    }
    look_at(at.on_file, at.here, pair, at.now());
    const auto before = at.on_file.check_ins.standing(pair, by, parts[1]);
    return text("The check-in is taken back.{}", before ? " The one before it stands again." : "");
}

} // namespace rapport
