// See recording.hpp.
#include "handlers/recording.hpp"

#include "handlers/check_in_questions.hpp"
#include "handlers/entering.hpp"
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

using storage::recorded_what;
using surface::text;

constexpr std::size_t most_title = 200;

// A pair, and the one of it for whom something is recorded.
struct recording_of {
    storage::pair pair;
    storage::person whose;
    side on = side::protege;
    recorded_what what = recorded_what::contact;

    std::string reference() const {
        return fmt::format("{} {}", pair.id.str(), text_of(what));
    }
};

bool by_address_only(const storage::person &who) {
    return !who.slack && who.state == person_state::active;
}

refusal speaks_for_themselves(const desk &at, const storage::person &who) {
    return {"", fmt::format("{} has an account here and can put things down themselves.", first_name(who)),
            at.line(command_name::mentoring)};
}

std::optional<recording_of> in_pair(desk &at, const storage::pair &pair) {
    for (const auto which : {side::mentor, side::protege})
        if (auto who = at.on_file.people.by_id(pair.on(which)); who && by_address_only(*who))
            return recording_of{pair, std::move(*who), which};
    return std::nullopt;
}

// Theirs to record in: a pair of their own, or of a program they coordinate and are in no such pair.
result<recording_of> referred(desk &at, std::string_view value) {
    const auto parts = surface::split_words(value);
    recorded_what what{};
    const auto pair = parts.size() == 2 && parse_text(parts[1], what)
                          ? at.on_file.pairs.by_id(pair_id{parts[0]})
                          : std::nullopt;
    const bool own = pair && at.who.person && pair->side_of(at.who.id());
    if (!pair || pair->state == pair_state::ended || !(own || at.who.coordinates_program(pair->program)))
        return not_found("pair", at.line(command_name::mentoring));
    auto found = in_pair(at, *pair);
    if (!found)
        return refusal{"", "Both of that pair have an account here by now.",
                       at.line(command_name::mentoring)};
    found->what = what;
    return std::move(*found);
}

answer offer(const std::vector<recording_of> &all, const surface::mrkdwn &head) {
    surface::message said{.summary = head};
    said.blocks.emplace_back(surface::section{.text = head});
    for (auto each : all) {
        surface::actions below;
        for (const auto &[what, label] :
             {std::pair(recorded_what::check_in, "Check-in"), std::pair(recorded_what::contact, "Contact"),
              std::pair(recorded_what::milestone, "Milestone")}) {
            each.what = what;
            below.elements.emplace_back(surface::button{
                .says = label, .action = std::string(record_button), .value = each.reference()});
        }
        said.blocks.emplace_back(std::move(below));
    }
    return tell(std::move(said));
}

// --- the three forms

const std::vector<question> &questions_of(desk &at, const recording_of &of) {
    static const std::vector<question> none;
    const auto &form = at.rules().of(of.pair.program).check_ins;
    return form ? form->questions(of.on) : none;
}

void ask_check_in(desk &at, const recording_of &of, surface::modal &form) {
    const auto &questions = questions_of(at, of);
    for (const auto &one : questions)
        form.blocks.emplace_back(check_in_field(one, {}));
    form.blocks.emplace_back(surface::input{
        .field = "note",
        .label = "Anything they said about how it goes?",
        .asks = surface::plain_text_input{.multiline = true, .max_length = static_cast<int>(most_of_a_note)},
        .optional = !questions.empty()});
}

void ask_contact(desk &at, const recording_of &of, surface::modal &form) {
    surface::static_select media;
    for (const auto &[value, word] : medium_words)
        if (value != medium::slack)
            media.options.push_back({.says = std::string(word), .value = std::string(word)});
    form.blocks.emplace_back(surface::input{.field = "how", .label = "How", .asks = std::move(media)});
    form.blocks.emplace_back(surface::input{
        .field = "day", .label = "On", .asks = surface::datepicker{.chosen = at.who.where.day_of(at.now())}});
    const auto other = at.on_file.people.by_id(of.pair.partner_of(of.whose.id));
    form.blocks.emplace_back(surface::input{
        .field = "started",
        .label = "Who started it",
        .asks = surface::radio{.options = {{.says = first_name(of.whose), .value = "whose"},
                                           {.says = first_name(other.value()), .value = "other"}}},
        .optional = true});
    form.blocks.emplace_back(surface::input{.field = "minutes",
                                            .label = "Minutes",
                                            .asks = surface::number_input{.least = 1, .most = 1440},
                                            .optional = true});
}

void ask_milestone(surface::modal &form) {
    form.blocks.emplace_back(
        surface::input{.field = "title",
                       .label = "Milestone",
                       .asks = surface::plain_text_input{.max_length = static_cast<int>(most_title)}});
    form.blocks.emplace_back(
        surface::input{.field = "day", .label = "By", .asks = surface::datepicker{}, .optional = true});
}

// --- taking them

answer wrong_under(std::string field, std::string words) {
    form_errors wrong;
    wrong.under[std::move(field)] = std::move(words);
    return {.what = outcome::refused, .form = std::move(wrong)};
}

// Marks it, and says so with an undo.
answer kept(desk &at, const recording_of &of, const std::string &ref, const surface::mrkdwn &said) {
    at.on_file.open<storage::recorded>().add({of.pair.id, of.what, ref, of.whose.id, at.who.id(), at.now()});
    note_about(at, "record_for", of.whose.id, std::string(text_of(of.what)));
    look_at(at.on_file, at.here, of.pair.id, at.now());
    auto undo = undo_button(at, record_act, fmt::format("{} {}", of.reference(), ref));
    return done(with_buttons(said, {std::move(undo)}));
}

result<answer> take_check_in(desk &at, const recording_of &of) {
    auto read = read_check_in(at.sent().holds, questions_of(at, of));
    if (auto *wrong = std::get_if<form_errors>(&read))
        return answer{.what = outcome::refused, .form = std::move(*wrong)};
    auto &given = std::get<check_in_given>(read);
    const auto &rules = at.rules().of(of.pair.program);
    std::vector<filed_check_in> filed;
    for (const auto &one : at.on_file.check_ins.history(of.pair.id, of.on, 24))
        if (const auto period = parse_month(one.period))
            filed.push_back({of.on, *period});
    const auto period = period_meant(rules, of.pair.began_at, of.on, filed, at.now());
    storage::check_in row;
    row.pair = of.pair.id;
    row.side = of.on;
    row.period = text_of(period);
    row.filed_by = at.who.id();
    row.filed_at = at.now();
    row.late = rules.check_ins && at.now() >= late_from(rules, *rules.check_ins, period);
    row.note = std::move(given.note);
    row.answers = surface::packed(given.answers);
    const auto version = at.on_file.check_ins.file(row);
    return kept(at, of, fmt::format("{} {}", row.period, version),
                text("The {} check-in of {} is recorded, marked as recorded by you.",
                     month_in_words(row.period), first_name(of.whose)));
}

result<answer> take_contact(desk &at, const recording_of &of) {
    const auto &holds = at.sent().holds;
    storage::contact what;
    if (!parse_text(holds.chosen("how"), what.medium))
        return wrong_under("how", "Choose how you were in touch. Nothing was saved.");
    const auto on = holds.date("day");
    const auto began = at.rules().of(of.pair.program).where.day_of(of.pair.began_at);
    if (!on || *on > at.who.where.day_of(at.now()))
        return wrong_under("day", "Choose a day that has been. Nothing was saved.");
    if (*on < plus_days(began, -1))
        return wrong_under("day",
                           fmt::format("They were paired on {}. Nothing was saved.", full_date(began)));
    const auto minutes_text = surface::one_line(holds.text("minutes"));
    if (!minutes_text.empty()) {
        const auto lasted = std::strtol(minutes_text.c_str(), nullptr, 10);
        if (lasted < 1 || lasted > 1440)
            return wrong_under("minutes", "Minutes are a number from 1 to 1440. Nothing was saved.");
        what.minutes = lasted;
    }
    what.id = at.on_file.ids.next(at.now());
    what.pair = of.pair.id;
    what.on_day = *on;
    const auto started = holds.chosen("started");
    if (started == "whose" || started == "other")
        what.started_by = started == "whose" ? of.whose.id : of.pair.partner_of(of.whose.id);
    what.logged_by = at.who.id();
    what.logged_at = at.now();
    at.on_file.contacts.add(what);
    return kept(at, of, what.id,
                text("A contact of {} on {} is recorded, marked as recorded by you.", first_name(of.whose),
                     full_date(what.on_day)));
}

result<answer> take_milestone(desk &at, const recording_of &of) {
    const auto title = surface::one_line(at.sent().holds.text("title"));
    const auto by = at.sent().holds.date("day");
    if (title.empty())
        return wrong_under("title", "A milestone has a title. Nothing was saved.");
    if (const auto n = surface::code_points(title); n > most_title)
        return wrong_under(
            "title", fmt::format("At most {} characters; this has {}. Nothing was saved.", most_title, n));
    if (by && *by < at.who.where.day_of(at.now()))
        return wrong_under("day", "That day is past. Nothing was saved.");
    storage::milestone one;
    one.pair = of.pair.id;
    one.number = at.on_file.pairs.next_milestone(of.pair.id);
    one.title = title;
    one.due = by;
    one.author = of.whose.id;
    one.created_at = at.now();
    one.changed_at = at.now();
    at.on_file.milestones.save(one);
    return kept(at, of, std::to_string(one.number),
                text("Milestone {} of {} is recorded, marked as recorded by you: {}.", one.number,
                     first_name(of.whose), one.title));
}

} // namespace

result<answer> record_for_partner(desk &at) {
    const auto found = in_pair(at, at.pair());
    if (!found)
        return speaks_for_themselves(at, partner_in(at, at.pair()));
    return offer({*found},
                 text("What did {} tell you? It is marked as recorded by you; nothing is sent to {}.",
                      first_name(found->whose), first_name(found->whose)));
}

result<answer> record_for(desk &at) {
    const auto who = person_meant(at, "person", at.line(command_name::program, "record kim@example.org"));
    if (!who)
        return who.error();
    if (!by_address_only(*who))
        return speaks_for_themselves(at, *who);
    std::vector<recording_of> all;
    for (const auto &pair : at.on_file.pairs.open_of_person(who->id))
        if (at.who.coordinates_program(pair.program) && !pair.side_of(at.who.id()))
            if (auto found = in_pair(at, pair); found && found->whose.id == who->id)
                all.push_back(std::move(*found));
    if (all.empty())
        return refusal{"", fmt::format("{} is in no pair of a program you coordinate.", first_name(*who)),
                       at.line(command_name::program, "people")};
    return offer(all, text("What did {} tell you? It is marked as recorded by you; nothing is sent to them.",
                           named(*who)));
}

result<answer> open_record(desk &at) {
    const auto of = referred(at, at.pressed().value);
    if (!of)
        return of.error();
    surface::modal form{.callback = std::string(record_form),
                        .title = "Record for someone",
                        .submit = "Record",
                        .metadata = of->reference()};
    const auto &rules = at.rules().of(of->pair.program);
    form.blocks.emplace_back(
        surface::section{.text = text("For *{}*, in {}.", named(of->whose), rules.name)});
    switch (of->what) {
    case recorded_what::check_in:
        ask_check_in(at, *of, form);
        break;
    case recorded_what::contact:
        ask_contact(at, *of, form);
        break;
    case recorded_what::milestone:
        ask_milestone(form);
        break;
    }
    form.blocks.emplace_back(
        surface::context{{text("The coordinators of {} see it, marked as recorded by you.", rules.name)}});
    return open_form(std::move(form));
}

result<answer> take_record(desk &at) {
    const auto of = referred(at, at.sent().metadata);
    if (!of)
        return of.error();
    switch (of->what) {
    case recorded_what::check_in:
        return take_check_in(at, *of);
    case recorded_what::contact:
        return take_contact(at, *of);
    case recorded_what::milestone:
        break;
    }
    return take_milestone(at, *of);
}

// Subject: "pair what ref...".
result<surface::mrkdwn> undo_record(desk &at, const storage::undo_offer &offer) {
    const auto parts = surface::split_words(offer.subject);
    recorded_what what{};
    if (parts.size() < 3 || !parse_text(parts[1], what))
        throw std::logic_error("record: an undo that was not written here");
    const pair_id pair{parts[0]};
    auto ref = parts[2];
    if (what == recorded_what::check_in && parts.size() == 4) {
        ref += " " + parts[3];
        const auto found = at.on_file.open<storage::recorded>().find(pair, what, ref);
        const auto of = at.on_file.pairs.by_id(pair);
        const auto on = found && of ? of->side_of(found->whose) : std::nullopt;
        if (!on || !at.on_file.check_ins.undo(pair, *on, parts[2], std::stoll(parts[3]), at.now()))
            return refusal{"", "That check-in was changed meanwhile.", at.line(command_name::mentoring)};
    } else if (what == recorded_what::contact) {
        if (!at.on_file.contacts.undo(ref, at.now()))
            return refusal{"", "That contact was taken back already.", at.line(command_name::mentoring)};
    } else {
        const auto one = at.on_file.milestones.find(pair, std::strtoll(ref.c_str(), nullptr, 10));
        if (!one || one->changed_at != one->created_at || one->agreed_at)
            return refusal{"", "That milestone was changed meanwhile.",
                           at.line(command_name::milestone, "drop " + ref)};
        at.on_file.milestones.erase(pair, one->number);
    }
    at.on_file.open<storage::recorded>().take(pair, what, ref);
    look_at(at.on_file, at.here, pair, at.now());
    return text("Taken back. It is not on record any more.");
}

std::string recorded_by(storage::records &on_file, const pair_id &pair, recorded_what what,
                        const std::string &ref) {
    const auto found = on_file.open<storage::recorded>().find(pair, what, ref);
    const auto who = found ? on_file.people.by_id(found->by_person) : std::nullopt;
    return who ? ", recorded by " + first_name(*who) : std::string();
}

} // namespace rapport
