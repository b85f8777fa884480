// See entering.hpp.
#include "handlers/entering.hpp"

#include "handlers/coordinators_message.hpp"
#include "handlers/naming.hpp"
#include "handlers/nudging.hpp"
#include "handlers/which_program.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

std::string gate_words(const gate_view &one) {
    if (one.stands == gate_standing::expired && one.until)
        return fmt::format("{} ended {}", short_word(one.what.kind), short_date(*one.until));
    return one.what.kind == gate_kind::training ? "training not done yet" : "waiting for check";
}

} // namespace

std::optional<storage::term> entering_term(storage::records &on_file, const program_slug &slug) {
    if (auto open = on_file.programs.open_term(slug))
        return open;
    for (auto &each : on_file.programs.terms(slug))
        if (each.state == term_state::planned)
            return std::move(each);
    return std::nullopt;
}

result<storage::term> term_to_enter(const desk &at, const program_slug &slug) {
    auto found = entering_term(at.on_file, slug);
    if (!found)
        return refusal{"", fmt::format("{} has no term that is open or planned.", at.rules().of(slug).name),
                       at.line(command_name::program)};
    return std::move(*found);
}

result<storage::term> term_to_apply_for(const desk &at, const program_slug &slug) {
    const auto all = at.on_file.programs.terms(slug);
    const auto planned = std::find_if(
        all.begin(), all.end(), [](const storage::term &one) { return one.state == term_state::planned; });
    return planned != all.end() ? result<storage::term>(*planned) : term_to_enter(at, slug);
}

result<storage::person> person_meant(const desk &at, std::string_view argument, const std::string &example) {
    if (const auto who = at.words.person(argument))
        return participant(at, *who, example);
    const auto &address = at.words.text(argument);
    auto found = at.on_file.people.by_email(address);
    if (!found)
        return refusal{"", fmt::format("Nobody is on record under {}.", address),
                       fmt::format("`{}` puts them on record.",
                                   at.line(command_name::program, fmt::format("enrol {} mentor", address)))};
    if (found->state != person_state::active)
        return refusal{"", fmt::format("The account of {} is deactivated.", first_name(*found)), example};
    return std::move(*found);
}

std::string in_a_line(const storage::person &who) {
    if (who.slack)
        return fmt::format("<@{}>", who.slack->str());
    return who.email.value_or(std::string());
}

std::string role_in_words(const program &rules, role as) {
    switch (as) {
    case role::mentor:
        return rules.mentor_word.one;
    case role::protege:
        return rules.protege_word.one;
    case role::coordinator:
        break;
    }
    return "coordinator";
}

std::vector<gate_view> gates_now(storage::records &on_file, const program &rules, const person_id &who,
                                 role as, instant now) {
    std::vector<clearance_fact> facts;
    for (const auto &each : on_file.open<storage::clearances>().of(rules.slug, who))
        facts.push_back({each.gate, each.until});
    return gates_of(rules, as, facts, today_of(rules, now));
}

still_missing missing_now(storage::records &on_file, const program &rules, const storage::enrolment &who,
                          instant now) {
    still_missing what;
    if (who.role == role::coordinator)
        return what;
    what.application = who.state == enrolment_state::applied;
    what.gates = missing_of(gates_now(on_file, rules, who.person, who.role, now));
    return what;
}

std::string in_words(const still_missing &what) {
    std::string words = what.application ? "application not decided" : "";
    for (const auto &each : what.gates)
        words += (words.empty() ? "" : ", ") + gate_words(each);
    return words;
}

std::string pairing_bar(storage::records &on_file, const program &rules, const storage::term &term,
                        const storage::person &who, role as, instant now) {
    const auto enrolled = on_file.programs.enrolled(term.id, who.id, as);
    if (!enrolled || enrolled->state == enrolment_state::left)
        return fmt::format("{} is not enrolled as {} in {}.", first_name(who), role_in_words(rules, as),
                           rules.name);
    const auto missing = missing_now(on_file, rules, *enrolled, now);
    return missing.none() ? std::string()
                          : fmt::format("{} cannot be paired yet: {}.", first_name(who), in_words(missing));
}

std::optional<refusal> barred_from_pairing(const desk &at, const program &rules, const storage::term &term,
                                           const storage::person &who, role as) {
    auto why = pairing_bar(at.on_file, rules, term, who, as, at.now());
    if (why.empty())
        return std::nullopt;
    const auto enrolled = at.on_file.programs.enrolled(term.id, who.id, as);
    if (!enrolled || enrolled->state == enrolment_state::left)
        return refusal{
            "", std::move(why),
            at.line(command_name::program, fmt::format("enrol {} {}", in_a_line(who), text_of(as)))};
    const auto missing = missing_now(at.on_file, rules, *enrolled, at.now());
    const auto gate =
        missing.application ? std::string_view("application") : short_word(missing.gates.front().what.kind);
    return refusal{"", std::move(why),
                   at.line(command_name::program, fmt::format("clear {} {}", in_a_line(who), gate))};
}

void settle_enrolments(storage::records &on_file, const program &rules, const program_slug &slug,
                       const person_id &who, instant now) {
    for (const auto &each : on_file.programs.memberships(who)) {
        if (each.program != slug || each.term_is == term_state::closed || each.role == role::coordinator)
            continue;
        if (each.state != enrolment_state::waiting && each.state != enrolment_state::active)
            continue;
        const auto missing = missing_of(gates_now(on_file, rules, who, each.role, now));
        const auto state = missing.empty() ? enrolment_state::active : enrolment_state::waiting;
        if (state != each.state)
            on_file.programs.set_enrolment_state(each.id, state, std::nullopt);
    }
}

std::string contact_of(const program &rules) {
    auto words = rules.contact.name;
    for (const auto &each : {rules.contact.email, rules.contact.phone})
        if (!each.empty())
            words += ", " + each;
    return words;
}

void note_about(desk &at, const char *act, const person_id &whom, std::string detail) {
    at.on_file.journal.append(at.asked.team, {.at = at.now(),
                                              .actor = at.who.id().str(),
                                              .act = act,
                                              .subject_kind = "person",
                                              .subject = whom.str(),
                                              .detail = std::move(detail)});
}

result<program_slug> program_meant(const desk &at, const std::string &word, const std::string &example) {
    const auto all = at.rules().slugs();
    if (word.empty() && all.size() == 1)
        return all.front();
    for (const auto &slug : all)
        if (shape::alike(slug.str(), word) || shape::alike(at.rules().of(slug).name, word))
            return slug;
    if (all.empty())
        return refusal{"", "No program runs here yet.", at.line(command_name::mentoring)};
    std::string names;
    for (const auto &slug : all)
        names += (names.empty() ? "" : ", ") + slug.str();
    return refusal{"",
                   word.empty() ? fmt::format("Several programs run here: {}. Say which one.", names)
                                : fmt::format("There is no program “{}” here. There is {}.", word, names),
                   fmt::format("{} {}", example, all.front().str())};
}

void raise_about(storage::records &on_file, const house &here, const program_slug &program,
                 std::string_view kind, const std::string &occasion, const person_id &whom, instant now) {
    storage::attention_line line;
    line.program = program;
    line.kind = kind;
    line.occasion = occasion;
    line.person = whom;
    line.since_at = now;
    line.raised_at = now;
    if (!on_file.attention.raise(line) &&
        !on_file.attention.reopen(line.pair, line.kind, line.occasion, line.person))
        return;
    tell_coordinators(on_file, here, line, now);
}

void settle_about(storage::records &on_file, std::string_view kind, const std::string &occasion,
                  const person_id &whom, const std::optional<person_id> &by, instant now) {
    if (!on_file.attention.clear(pair_id(), std::string(kind), occasion, whom, by, now))
        return;
    for (const auto &line : on_file.nudges.of_pair(pair_id())) {
        const auto shown = shown_by(on_file, line);
        if (!shown || shown->kind != kind || shown->occasion != occasion || shown->person != whom ||
            line.closed_at)
            continue;
        on_file.nudges.close(line.id, storage::nudge_outcome::settled, now);
        if (line.channel && line.ts)
            show_again(on_file, line.person, *line.channel, *line.ts, now);
    }
}

} // namespace rapport
