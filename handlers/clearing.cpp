// See clearing.hpp.
#include "handlers/clearing.hpp"

#include "handlers/applying.hpp"
#include "handlers/deciding.hpp"
#include "handlers/entering.hpp"
#include "handlers/naming.hpp"
#include "handlers/nudging.hpp"
#include "handlers/sentences.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/which_program.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

// What a coordinator's line is about: somebody, and what they are in the program's open and planned terms.
struct gate_meant {
    storage::person who;
    program_slug slug;
    std::vector<storage::membership> in;
};

result<gate_meant> meant(desk &at, const std::string &example) {
    auto who = person_meant(at, "person", example);
    if (!who)
        return who.error();
    auto slug = coordinated_program(at, at.words.text("program"), example);
    if (!slug)
        return slug.error();
    if (at.who.person && who->id == at.who.id())
        return refusal{"", "Your own gates are for another coordinator to open.", example};
    gate_meant out{std::move(*who), std::move(*slug), {}};
    for (auto &one : at.on_file.programs.memberships(out.who.id))
        if (one.program == out.slug && one.term_is != term_state::closed &&
            one.state != enrolment_state::left)
            out.in.push_back(std::move(one));
    return out;
}

std::optional<gate_kind> kind_of_gate(std::string_view word) {
    for (const auto kind : {gate_kind::background_check, gate_kind::training})
        if (short_word(kind) == word)
            return kind;
    return std::nullopt;
}

// What of theirs asks for this gate.
std::vector<storage::membership> asking_for(desk &at, const gate_meant &what, gate_kind kind) {
    const auto &rules = at.rules().of(what.slug);
    std::vector<storage::membership> out;
    for (const auto &one : what.in) {
        const auto all = gates_of(rules, one.role, {}, today_of(rules, at.now()));
        if (std::any_of(all.begin(), all.end(),
                        [&](const gate_view &gate) { return gate.what.kind == kind; }))
            out.push_back(one);
    }
    return out;
}

refusal no_such_gate(desk &at, const gate_meant &what, gate_kind kind) {
    const auto &rules = at.rules().of(what.slug);
    return {"", fmt::format("{} asks no {} of {}.", rules.name, short_word(kind), first_name(what.who)),
            at.line(command_name::program, "people")};
}

// Their pairs are looked at: what was raised about the gate goes, what ends next is known.
void look_at_pairs_of(desk &at, const person_id &who) {
    for (const auto &pair : at.on_file.pairs.open_of_person(who))
        at.on_file.pairs.look_by(pair.id, at.now());
}

void settle_lines(desk &at, const gate_meant &what, gate_kind kind) {
    for (const auto &line : at.on_file.attention.open(what.slug))
        if (line.kind == gate_ended_line && line.person == what.who.id &&
            line.occasion.starts_with(short_word(kind)))
            at.on_file.attention.clear(line.pair, line.kind, line.occasion, line.person, at.who.id(),
                                       at.now());
}

// "slug person gate until|- said_by set_at", or "slug person gate" where there was none.
std::string before_words(desk &at, const program_slug &slug, const person_id &who, gate_kind kind) {
    const auto before = at.on_file.open<storage::clearances>().find(slug, who, kind);
    auto words = fmt::format("{} {} {}", slug.str(), who.str(), short_word(kind));
    if (before)
        words += fmt::format(" {} {} {}", before->until ? text_of(*before->until) : "-",
                             text_of(before->said_by), before->set_at.time_since_epoch().count());
    return words;
}

void put(desk &at, const program_slug &slug, const person_id &who, gate_kind kind, std::optional<day> until,
         cleared_by said_by) {
    at.on_file.open<storage::clearances>().set({slug, who, kind, until, said_by, at.now()});
    settle_enrolments(at.on_file, at.rules().of(slug), slug, who, at.now());
    note_about(at, "gate", who, fmt::format("{} {}", slug.str(), short_word(kind)));
}

result<storage::application> waiting_application(desk &at, const gate_meant &what) {
    auto applications = at.on_file.open<storage::applications>();
    for (const auto &each : what.in)
        if (auto one = applications.standing(each.term, what.who.id, each.role);
            one && one->state == application_state::waiting)
            return std::move(*one);
    return refusal{"", fmt::format("No application of {} waits for an answer.", first_name(what.who)),
                   at.line(command_name::program, "applications")};
}

} // namespace

result<answer> clear_gate(desk &at) {
    const auto what = meant(at, at.line(command_name::program, "clear @priya training"));
    if (!what)
        return what.error();
    const auto kind = kind_of_gate(at.words.text("gate"));
    if (!kind) {
        const auto one = waiting_application(at, *what);
        return one ? decide(at, *one, true) : result<answer>(one.error());
    }
    const auto asking = asking_for(at, *what, *kind);
    if (asking.empty())
        return no_such_gate(at, *what, *kind);
    const auto &rules = at.rules().of(what->slug);
    const auto today = today_of(rules, at.now());
    const auto given = at.words.date("until");
    const auto until =
        given ? std::optional(given->date) : clear_until(rules, asking.front().role, *kind, today);
    const auto before = at.on_file.open<storage::clearances>().find(what->slug, what->who.id, *kind);
    if (before && before->until == until)
        return tell(text("That is on record already{}. Nothing changed.",
                         until ? ", until " + full_date(*until) : std::string()));
    auto undo = undo_button(at, clearance_act, before_words(at, what->slug, what->who.id, *kind));
    put(at, what->slug, what->who.id, *kind, until, cleared_by::coordinator);
    settle_lines(at, *what, *kind);
    look_at_pairs_of(at, what->who.id);
    const auto enrolled = at.on_file.programs.enrolment_by_id(asking.front().id);
    const auto missing = in_words(missing_now(at.on_file, rules, *enrolled, at.now()));
    return done(with_buttons(text("{}: {} cleared{}. {}", named(what->who), short_word(*kind),
                                  further(until ? "until " + full_date(*until) : std::string()),
                                  missing.empty() ? std::string("Nothing is missing; they can be paired.")
                                                  : fmt::format("Still missing: {}.", missing)),
                             {std::move(undo)}));
}

result<answer> not_cleared(desk &at) {
    const auto what = meant(at, at.line(command_name::program, "not-cleared @priya check"));
    if (!what)
        return what.error();
    const auto kind = kind_of_gate(at.words.text("gate"));
    if (!kind) {
        const auto one = waiting_application(at, *what);
        return one ? decide(at, *one, false) : result<answer>(one.error());
    }
    if (asking_for(at, *what, *kind).empty())
        return no_such_gate(at, *what, *kind);
    auto clearances = at.on_file.open<storage::clearances>();
    const auto before = clearances.find(what->slug, what->who.id, *kind);
    std::vector<surface::element> buttons;
    if (before) {
        buttons.emplace_back(
            undo_button(at, clearance_act, before_words(at, what->slug, what->who.id, *kind)));
        clearances.take(what->slug, what->who.id, *kind);
        settle_enrolments(at.on_file, at.rules().of(what->slug), what->slug, what->who.id, at.now());
        note_about(at, "gate", what->who.id, fmt::format("{} {}", what->slug.str(), short_word(*kind)));
    }
    const bool paired =
        std::any_of(at.who.coordinated.begin(), at.who.coordinated.end(), [&](const program_slug &slug) {
            const auto pairs = at.on_file.pairs.open_of_person(what->who.id);
            return slug == what->slug &&
                   std::any_of(pairs.begin(), pairs.end(), [&](auto &pair) { return pair.program == slug; });
        });
    return done(with_buttons(
        text("{} is not cleared: nothing of a {} is on record, and no reason is kept. They "
             "cannot be paired.{}",
             named(what->who), short_word(*kind),
             further(paired ? "They are in a pair now; whether it goes on is yours to say." : "")),
        std::move(buttons)));
}

result<answer> training_is_done(desk &at) {
    const program_slug slug{at.pressed().value};
    const auto *rules = at.rules().find(slug);
    if (!rules || !at.who.person)
        return not_found("training", at.line(command_name::mentoring));
    for (const auto &one : at.on_file.programs.memberships(at.who.id())) {
        if (one.program != slug || one.term_is == term_state::closed || one.state == enrolment_state::left)
            continue;
        for (const auto &gate : missing_of(gates_now(at.on_file, *rules, at.who.id(), one.role, at.now()))) {
            if (gate.what.kind != gate_kind::training)
                continue;
            auto undo =
                undo_button(at, clearance_act, before_words(at, slug, at.who.id(), gate_kind::training));
            put(at, slug, at.who.id(), gate_kind::training,
                clear_until(*rules, one.role, gate_kind::training, today_of(*rules, at.now())),
                cleared_by::own_word);
            look_at_pairs_of(at, at.who.id());
            return done(with_buttons(
                text("Noted, by your own word: the training for {} is done. Thank you.", rules->name),
                {std::move(undo)}));
        }
    }
    return tell(text("No training of yours is open in {}.", rules->name));
}

// Subject: before_words.
result<surface::mrkdwn> undo_clearance(desk &at, const storage::undo_offer &offer) {
    const auto parts = surface::split_words(offer.subject);
    const auto kind = parts.size() >= 3 ? kind_of_gate(parts[2]) : std::nullopt;
    if (!kind || !at.rules().find(program_slug{parts[0]}))
        throw std::logic_error("clearance: an undo that was not written here");
    const program_slug slug{parts[0]};
    const person_id who{parts[1]};
    auto clearances = at.on_file.open<storage::clearances>();
    cleared_by said_by{};
    if (parts.size() == 6 && parse_text(parts[4], said_by))
        clearances.set({slug, who, *kind, parse_day(parts[3]), said_by,
                        instant{milliseconds{std::strtoll(parts[5].c_str(), nullptr, 10)}}});
    else
        clearances.take(slug, who, *kind);
    settle_enrolments(at.on_file, at.rules().of(slug), slug, who, at.now());
    look_at_pairs_of(at, who);
    note_about(at, "gate", who, fmt::format("{} {}", slug.str(), short_word(*kind)));
    return text("Taken back. The {} stands as before.", short_word(*kind));
}

// --- as their own person reads it

surface::mrkdwn gate_line(const gate_view &one) {
    if (one.what.kind == gate_kind::training) {
        const auto link = one.what.link.empty()
                              ? text("the training")
                              : text("{}", surface::web_link{one.what.link, "the training"});
        return one.stands == gate_standing::expired && one.until
                   ? text("Please do {} again; the last one held until {}.", link, full_date(*one.until))
                   : text("Still missing: {}. Say so when it is done.", link);
    }
    return one.stands == gate_standing::expired && one.until
               ? text("The background check held until {}; a new one is with the coordinators.",
                      full_date(*one.until))
               : text("Waiting for check: the background check is with the coordinators; you need do "
                      "nothing.");
}

std::vector<surface::button> gate_buttons(const program_slug &slug, const std::vector<gate_view> &missing) {
    std::vector<surface::button> out;
    for (const auto &one : missing)
        if (one.what.kind == gate_kind::training)
            out.push_back(
                {.says = "I did the training", .action = std::string(training_done), .value = slug.str()});
    return out;
}

std::vector<surface::section> where_i_stand(desk &at) {
    std::vector<surface::section> rows;
    if (!at.who.person)
        return rows;
    for (const auto &one : at.on_file.programs.memberships(at.who.id())) {
        const auto *rules = at.rules().find(one.program);
        if (!rules || one.term_is == term_state::closed || one.state == enrolment_state::left ||
            one.role == role::coordinator)
            continue;
        const bool paired =
            std::any_of(at.who.pairs.begin(), at.who.pairs.end(), [&](const storage::pair &pair) {
                return pair.term == one.term &&
                       (one.role == role::mentor ? pair.mentor : pair.protege) == at.who.id();
            });
        const auto missing = missing_of(gates_now(at.on_file, *rules, at.who.id(), one.role, at.now()));
        if (paired && missing.empty())
            continue;
        surface::mrkdwn words;
        const auto word = role_in_words(*rules, one.role);
        if (one.state == enrolment_state::applied) {
            const auto applied =
                at.on_file.open<storage::applications>().standing(one.term, at.who.id(), one.role);
            words = text("You applied to {} as {}.{}", rules->name, word,
                         further(applied && applied->answer_by
                                     ? fmt::format("You hear by {}.", full_date(*applied->answer_by))
                                     : fmt::format("{} answers you here.", rules->contact.name)));
        } else if (paired) {
            words = text("{}, as {}:", rules->name, word);
        } else {
            words = text("You are enrolled as {} in {}. {} sees to your pair{}.", word, rules->name,
                         rules->contact.name,
                         missing.empty() ? text("; there is nothing you need to do")
                                         : further("once this is there"));
        }
        for (const auto &gate : missing)
            words = surface::lines({words, gate_line(gate)});
        surface::section row{.text = std::move(words)};
        if (const auto buttons = gate_buttons(one.program, missing); !buttons.empty())
            row.beside = buttons.front();
        else if (!paired)
            row.beside =
                surface::button{.says = "Withdraw",
                                .action = std::string(withdraw_button),
                                .value = one.id.str(),
                                .asks_first = surface::confirm{
                                    .title = "Withdraw?", .says = "You can take it back for ten minutes."}};
        rows.push_back(std::move(row));
    }
    return rows;
}

// --- while somebody is in a pair

std::optional<instant> notice_ended_gates(storage::records &on_file, const house &here,
                                          const storage::pair &pair, instant now) {
    const auto &rules = here.rules.of(pair.program);
    std::optional<instant> next;
    for (const auto which : {side::mentor, side::protege}) {
        const auto &who = pair.on(which);
        for (const auto &gate : gates_now(on_file, rules, who, role_of(which), now)) {
            if (!gate.until)
                continue; // without end, or never there: whoever made the pair knew
            if (gate.stands == gate_standing::expired) {
                ask_for_help(on_file, here, pair, std::string(gate_ended_line),
                             fmt::format("{} {}", short_word(gate.what.kind), text_of(*gate.until)), who,
                             rules.where.start_of(plus_days(*gate.until, 1)), now);
                continue;
            }
            const auto ends = rules.where.start_of(plus_days(*gate.until, 1));
            next = next ? std::min(*next, ends) : ends;
        }
    }
    return next;
}

} // namespace rapport
