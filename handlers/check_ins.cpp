// Filing check-ins; see check_ins.hpp. Periods and lateness are the rules' (mentoring/obligations).
#include "handlers/check_ins.hpp"

#include "handlers/check_in_questions.hpp"
#include "handlers/naming.hpp"
#include "handlers/nudging.hpp"
#include "handlers/own_pair.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"
#include "mentoring/obligations.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

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

// From "pair" or "pair 2026-11"; checked against who asks.
result<filing> referred(desk &at, std::string_view reference) {
    const auto blank = reference.find(' ');
    const auto pair = own_pair(at, reference.substr(0, blank));
    if (!pair)
        return pair.error();
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

const std::vector<question> &questions_of(desk &at, const filing &what) {
    static const std::vector<question> none;
    const auto &form = at.rules().of(what.pair.program).check_ins;
    return form ? form->questions(what.by) : none;
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
    look_at(at.on_file, at.here, what.pair.id, at.now());

    auto said = text("Check-in for {} is recorded{}{}. Thank you.", month_name(what.period),
                     version > 1 ? ", in place of the one before" : "", row.late ? ", marked late" : "");
    auto message = surface::said(std::move(said));
    message.blocks.emplace_back(surface::context{{text("{}", readers_of(at, what))}});
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
    return file(at, *what, std::move(note), answers);
}

result<answer> check_in_history(desk &at) {
    const auto &pair = at.pair();
    const auto by = *pair.side_of(at.who.id());
    const auto all = at.on_file.check_ins.history(pair.id, by, 25);
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
    said.blocks =
        surface::joined({{surface::section{.text = said.summary}},
                         surface::listed(std::move(rows), text("{} can give you the older ones",
                                                               at.rules().of(pair.program).contact.name))});
    return tell(std::move(said));
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
    look_at(at.on_file, at.here, pair, at.now());
    const auto before = at.on_file.check_ins.standing(pair, by, parts[1]);
    return text("The check-in is taken back.{}", before ? " The one before it stands again." : "");
}

} // namespace rapport
