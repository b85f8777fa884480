// See deciding.hpp.
#include "handlers/deciding.hpp"

#include "handlers/clearing.hpp"
#include "handlers/coordinators_message.hpp"
#include "handlers/entering.hpp"
#include "handlers/introductions.hpp"
#include "handlers/lists.hpp"
#include "handlers/naming.hpp"
#include "handlers/owed.hpp"
#include "handlers/pages.hpp"
#include "handlers/sentences.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/which_program.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

std::vector<surface::element> buttons_of(const std::string &id, bool with_read) {
    std::vector<surface::element> out;
    if (with_read)
        out.emplace_back(
            surface::button{.says = "Read it", .action = std::string(application_read), .value = id});
    out.emplace_back(surface::button{.says = "Accept",
                                     .action = std::string(application_accept),
                                     .value = id,
                                     .look = surface::tone::primary});
    out.emplace_back(
        surface::button{.says = "Decline", .action = std::string(application_decline), .value = id});
    return out;
}

// Theirs to decide: of a program they coordinate, and not their own. Else as if it were not there.
result<storage::application> to_decide(desk &at, const std::string &id) {
    auto one = at.on_file.open<storage::applications>().by_id(storage::application_id{id});
    if (!one || !at.who.coordinates_program(one->program) || (at.who.person && one->person == at.who.id()))
        return not_found("application", at.line(command_name::program, "applications"));
    return std::move(*one);
}

surface::mrkdwn in_full_words(desk &at, const storage::application &one) {
    const auto &rules = at.rules().of(one.program);
    const auto who = at.on_file.people.by_id(one.person);
    auto words =
        text("*{}* would like to be {} in {}, since {}.", named(who.value()), role_in_words(rules, one.role),
             rules.name, full_date(at.who.where.day_of(one.made_at)));
    for (const auto &[question, said] : surface::unpacked(one.answers))
        words = surface::lines({words, text("{} *{}*", question, said)});
    if (one.committed_until)
        words = surface::lines({words, text("Takes part until {}.", full_date(*one.committed_until))});
    if (!one.message.empty())
        words = surface::lines({words, text("“{}”", surface::paragraph{one.message})});
    const auto missing = in_words(
        still_missing{false, missing_of(gates_now(at.on_file, rules, one.person, one.role, at.now()))});
    if (!missing.empty())
        words = surface::lines({words, text("Still to come: {}.", missing)});
    return words;
}

// Tells the applicant at their next good hour, a minute later at the earliest.
std::string tell_applicant(storage::records &on_file, const program &rules, const storage::application &one,
                           bool accepts, instant now) {
    const auto who = on_file.people.by_id(one.person);
    const auto hours = hours_of(who.value(), rules, one.role == role::mentor ? side::mentor : side::protege);
    // an id of its own: a decision that was taken back may be made again at once
    auto key = fmt::format("application.decided:{}:{}", one.id.str(), on_file.ids.next(now));
    on_file.outbox.add({.team = on_file.team,
                        .id = on_file.ids.make<storage::outbox_id>(now),
                        .key = key,
                        .verb = storage::outbox_verb::post,
                        .kind = std::string(decision_kind),
                        .policy = storage::send_policy::at_least_once,
                        .person = one.person,
                        .channel = std::nullopt,
                        .pair = std::nullopt,
                        .subject = "application:" + one.id.str(),
                        .params = one.id.str() + (accepts ? " accepted" : " declined"),
                        .not_before_at = hours.next_good(now + partner_hears_after),
                        .created_at = now});
    return key;
}

} // namespace

bool settle_application(storage::records &on_file, const house &here, const storage::application &one,
                        bool accepts, const std::optional<person_id> &by, instant now, std::string *told) {
    const auto &rules = here.rules.of(one.program);
    const auto enrolled = on_file.programs.enrolled(one.term, one.person, one.role);
    if (!enrolled || !on_file.open<storage::applications>().move(
                         one.id, application_state::waiting,
                         accepts ? application_state::accepted : application_state::declined, now, by))
        return false;
    on_file.programs.set_enrolment_state(enrolled->id,
                                         accepts ? enrolment_state::waiting : enrolment_state::left,
                                         accepts ? std::nullopt : std::optional(now));
    if (accepts)
        settle_enrolments(on_file, rules, one.program, one.person, now);
    settle_about(on_file, application_line, one.id.str(), one.person, by, now);
    auto key = tell_applicant(on_file, rules, one, accepts, now);
    if (told)
        *told = std::move(key);
    return true;
}

result<answer> decide(desk &at, const storage::application &one, bool accepts) {
    const auto &rules = at.rules().of(one.program);
    std::string told;
    if (!settle_application(at.on_file, at.here, one, accepts, at.who.id(), at.now(), &told))
        return tell(text("That application was answered or withdrawn already. Nothing changed."));
    note_about(at, "decide", one.person, one.program.str());
    auto undo = undo_button(at, decision_act, one.id.str(), std::move(told));
    const auto who = at.on_file.people.by_id(one.person);
    const auto missing = in_words(
        still_missing{false, missing_of(gates_now(at.on_file, rules, one.person, one.role, at.now()))});
    return done(with_buttons(
        accepts ? text("{} is accepted as {} in {}, and hears of it.{}", named(who.value()),
                       role_in_words(rules, one.role), rules.name,
                       further(missing.empty() ? std::string("They can be paired.")
                                               : fmt::format("Before they can be paired: {}.", missing)))
                : text("{} hears kindly that there is no place this time. No reason is asked or kept.",
                       named(who.value())),
        {std::move(undo)}));
}

result<answer> accept_application(desk &at) {
    const auto one = to_decide(at, at.pressed().value);
    if (!one)
        return one.error();
    return decide(at, *one, true);
}

result<answer> decline_application(desk &at) {
    const auto one = to_decide(at, at.pressed().value);
    if (!one)
        return one.error();
    return decide(at, *one, false);
}

result<answer> read_application_of(desk &at) {
    const auto one = to_decide(at, at.pressed().value);
    if (!one)
        return one.error();
    if (one->state != application_state::waiting)
        return tell(text("That application was answered or withdrawn already."));
    return tell(with_buttons(in_full_words(at, *one), buttons_of(one->id.str(), false)));
}

// Subject: the application's id.
result<surface::mrkdwn> undo_decision(desk &at, const storage::undo_offer &offer) {
    auto applications = at.on_file.open<storage::applications>();
    const auto one = applications.by_id(storage::application_id{offer.subject});
    const auto enrolled =
        one ? at.on_file.programs.enrolled(one->term, one->person, one->role) : std::nullopt;
    const auto mend = at.line(command_name::program, "applications");
    if (!enrolled || (one->state != application_state::accepted && one->state != application_state::declined))
        return refusal{"", "That application was withdrawn meanwhile.", mend};
    for (const auto &pair : at.on_file.pairs.open_of_person(one->person))
        if (pair.term == one->term)
            return refusal{"", "They are in a pair by now; end that first.",
                           at.line(command_name::program, "people")};
    if (one->state == application_state::declined && applications.standing(one->term, one->person, one->role))
        return refusal{"", "They applied anew meanwhile.", mend};
    applications.move(one->id, one->state, application_state::waiting, std::nullopt, std::nullopt);
    at.on_file.programs.set_enrolment_state(enrolled->id, enrolment_state::applied, std::nullopt);
    raise_about(at.on_file, at.here, one->program, application_line, one->id.str(), one->person, at.now());
    note_about(at, "undecide", one->person, one->program.str());
    return text("Taken back: the application waits again.");
}

result<answer> list_applications(desk &at) {
    return applications_from(at, at.words.text("program"), 0);
}

result<answer> applications_from(desk &at, const std::string &program, std::size_t from) {
    const auto slug = coordinated_program(at, program, at.line(command_name::program, "applications"));
    if (!slug)
        return slug.error();
    const auto term = term_to_apply_for(at, *slug);
    if (!term)
        return term.error();
    const auto &rules = at.rules().of(*slug);
    auto all = at.on_file.open<storage::applications>().of_term(term->id);
    std::erase_if(all, [&](const storage::application &one) {
        return one.state != application_state::waiting || (at.who.person && one.person == at.who.id());
    });
    if (all.empty())
        return tell(text("No application to {} waits for an answer.", rules.name));
    surface::message said{.summary = text("{}: {} {} for an answer.", rules.name, all.size(),
                                          all.size() == 1 ? "application waits" : "applications wait")};
    said.blocks.emplace_back(surface::section{.text = said.summary});
    const auto row = [&](std::size_t i) -> std::vector<surface::block> {
        const auto who = at.on_file.people.by_id(all[i].person);
        return {surface::section{.text = text("{}, as {}, since {}", named(who.value()),
                                              role_in_words(rules, all[i].role),
                                              full_date(at.who.where.day_of(all[i].made_at)))},
                surface::actions{buttons_of(all[i].id.str(), true)}};
    };
    for (auto &block : paged_of(all.size(), from, list_turn, list_value("applications", slug->str()), row))
        said.blocks.push_back(std::move(block));
    return tell(std::move(said));
}

std::optional<surface::mrkdwn> entering_sentence(storage::records &on_file, const house &here,
                                                 const storage::attention_line &line, const zone &where) {
    const auto who = on_file.people.by_id(line.person);
    const auto *rules = here.rules.find(line.program);
    if (!who || !rules)
        return std::nullopt;
    if (line.kind == application_line) {
        const auto one = on_file.open<storage::applications>().by_id(storage::application_id{line.occasion});
        if (!one)
            return std::nullopt;
        return text("Applied as {} on {}{}.", role_in_words(*rules, one->role),
                    short_date(where.day_of(one->made_at)),
                    one->answer_by ? fmt::format("; an answer is promised by {}", short_date(*one->answer_by))
                                   : std::string());
    }
    if (line.kind == gate_ended_line)
        return text("{} of {} ended while they are in a pair. `{}` when it is there again.",
                    line.occasion.starts_with("check") ? "The check" : "The training", first_name(*who),
                    here.names.line(command_name::program,
                                    fmt::format("clear {} {}", in_a_line(*who),
                                                line.occasion.substr(0, line.occasion.find(' ')))));
    return std::nullopt;
}

std::vector<surface::element> entering_buttons(const storage::attention_line &line) {
    return line.kind == application_line ? buttons_of(line.occasion, true) : std::vector<surface::element>();
}

std::optional<surface::message> decision_notice(storage::records &on_file, const house &here,
                                                const storage::outbox_row &row) {
    const auto parts = surface::split_words(row.params);
    const auto one = parts.size() == 2
                         ? on_file.open<storage::applications>().by_id(storage::application_id{parts[0]})
                         : std::nullopt;
    const auto *rules = one ? here.rules.find(one->program) : nullptr;
    const auto who = one ? on_file.people.by_id(one->person) : std::nullopt;
    if (!rules || !who || text_of(one->state) != parts[1])
        return std::nullopt;
    if (one->state == application_state::declined)
        return surface::said(
            text("Hi {}. Thank you for applying to {}. There is no place for you as {} this time. You are "
                 "welcome to ask {}.",
                 first_name(*who), rules->name, role_in_words(*rules, one->role), contact_of(*rules)));
    const auto missing = missing_of(gates_now(on_file, *rules, one->person, one->role, row.not_before_at));
    auto said = text("Hi {}. You are in: {} takes you as {}. Until a pair is found there is {} to do.",
                     first_name(*who), rules->name, role_in_words(*rules, one->role),
                     missing.empty() ? "nothing" : "little");
    for (const auto &gate : missing)
        said = surface::lines({said, gate_line(gate)});
    std::vector<surface::element> buttons;
    for (auto &each : gate_buttons(one->program, missing))
        buttons.emplace_back(std::move(each));
    return with_buttons(std::move(said), std::move(buttons));
}

} // namespace rapport
