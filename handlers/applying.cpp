// Applying, withdrawing, being told; see applying.hpp. The form is made in application_form.cpp.
#include "handlers/applying.hpp"

#include "handlers/application_form.hpp"
#include "handlers/clearing.hpp"
#include "handlers/deciding.hpp"
#include "handlers/entering.hpp"
#include "handlers/introductions.hpp"
#include "handlers/naming.hpp"
#include "handlers/owed.hpp"
#include "handlers/sentences.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using surface::text;

std::string reference(const program_slug &slug, role as) {
    return fmt::format("{} {}", slug.str(), text_of(as));
}

// "slug role", as buttons and forms carry it.
std::optional<wanted_role> referred(const desk &at, std::string_view value) {
    const auto parts = surface::split_words(value);
    role as{};
    if (parts.size() != 2 || !parse_text(parts[1], as) || as == role::coordinator)
        return std::nullopt;
    const program_slug slug{parts[0]};
    return at.rules().find(slug) ? std::optional(wanted_role{slug, as}) : std::nullopt;
}

bool side_is_people(const program &rules, role as) {
    return as == role::mentor || rules.entry.proteges_are == protege_side::people;
}

bool takes_applicants(const program &rules, role as) {
    const auto way = way_in(rules, as);
    return side_is_people(rules, as) && (way == entry_way::open || way == entry_way::application);
}

std::vector<role> roles_to_apply_for(const program &rules) {
    std::vector<role> out;
    for (const auto as : {role::mentor, role::protege})
        if (takes_applicants(rules, as))
            out.push_back(as);
    return out;
}

std::string apply_line(const desk &at, const program_slug &slug, role as) {
    return at.line(command_name::mentoring, fmt::format("apply {} {}", text_of(as), slug.str()));
}

// --- who may apply

std::optional<storage::enrolment> enrolled_in(desk &at, const wanted_role &what, const storage::term &term) {
    if (!at.who.person)
        return std::nullopt;
    auto found = at.on_file.programs.enrolled(term.id, at.who.id(), what.as);
    return found && found->state != enrolment_state::left ? found : std::nullopt;
}

std::optional<refusal> wrong_role(const desk &at, const wanted_role &what) {
    const auto &rules = at.rules().of(what.slug);
    if (takes_applicants(rules, what.as))
        return std::nullopt;
    const auto others = roles_to_apply_for(rules);
    const auto mend = others.empty() ? at.line(command_name::mentoring, "contact")
                                     : apply_line(at, what.slug, others.front());
    if (!side_is_people(rules, what.as))
        return refusal{"",
                       fmt::format("In {} the {} are places such as schools, never single people.",
                                   rules.name, rules.protege_word.many),
                       mend};
    return refusal{"",
                   fmt::format("{} of {} {}. Whom to ask: {}.",
                               what.as == role::mentor ? "Mentors" : "Those who are mentored", rules.name,
                               way_in(rules, what.as) == entry_way::invitation
                                   ? "come by invitation"
                                   : "are put in by its coordinators",
                               contact_of(rules)),
                   mend};
}

// Twice: they applied, or are in it already.
std::optional<refusal> already(desk &at, const wanted_role &what, const storage::term &term) {
    const auto enrolled = enrolled_in(at, what, term);
    if (!enrolled)
        return std::nullopt;
    const auto &rules = at.rules().of(what.slug);
    const auto word = role_in_words(rules, what.as);
    const auto mend = at.line(command_name::mentoring);
    if (enrolled->state != enrolment_state::applied)
        return refusal{"", fmt::format("You are in {} as {} already.", rules.name, word), mend};
    const auto one = at.on_file.open<storage::applications>().standing(term.id, at.who.id(), what.as);
    const auto since = one ? full_date(at.who.where.day_of(one->made_at)) : std::string("before");
    return refusal{
        "",
        fmt::format("You applied to {} as {} on {}; that application stands.{}", rules.name, word, since,
                    one && one->answer_by ? fmt::format(" You hear by {}.", full_date(*one->answer_by))
                                          : std::string()),
        mend};
}

std::string when_open(const program &rules, const apply_window &window) {
    if (window.opens_on)
        return fmt::format("Applications to {} open on {}.", rules.name, full_date(*window.opens_on));
    return fmt::format("Applications to {} closed on {}; the next opening has no date yet.", rules.name,
                       full_date(*window.closed_on));
}

// Outside the window: the four parts, and "tell me then".
answer not_open(desk &at, const wanted_role &what, const apply_window &window) {
    const auto &rules = at.rules().of(what.slug);
    const refusal why{at.line(command_name::mentoring, "apply " + reference(what.slug, what.as)),
                      fmt::format("{} Questions: {}.", when_open(rules, window), contact_of(rules)),
                      "Press the button, and I tell you when it opens."};
    auto out = refuse(why);
    if (out.says)
        out.says->blocks.emplace_back(
            surface::actions{{surface::button{.says = "Tell me then",
                                              .action = std::string(tell_me_button),
                                              .value = reference(what.slug, what.as)}}});
    return out;
}

// --- taking part at once, where nobody decides

answer joined(desk &at, const wanted_role &what, const storage::term &term) {
    const auto &rules = at.rules().of(what.slug);
    const auto before = at.on_file.programs.enrolled(term.id, at.who.id(), what.as);
    storage::enrolment row;
    row.id = before ? before->id : at.on_file.ids.make<enrolment_id>(at.now());
    row.term = term.id;
    row.person = at.who.id();
    row.role = what.as;
    row.since_at = at.now();
    at.on_file.programs.enrol(row);
    auto greeted = plan_greeting(at.on_file, at.who.id(), what.slug, at.now());
    note_about(at, "join", at.who.id(), reference(what.slug, what.as));
    return done(
        with_buttons(text("You are in {} as {}. {} sees to the rest.", rules.name,
                          role_in_words(rules, what.as), rules.contact.name),
                     {undo_button(at, application_act, "joined " + row.id.str(), std::move(greeted))}));
}

// Everything that must hold before the form opens, and once more when it comes back.
std::optional<answer> turned_away(desk &at, const wanted_role &what, const storage::term &term) {
    if (!at.who.person)
        return refuse({"", "I am only just learning who you are.", "the same again in a minute."});
    if (auto why = wrong_role(at, what))
        return refuse(*why);
    if (auto why = already(at, what, term))
        return refuse(*why);
    const auto window = window_at(at.rules().of(what.slug), at.now());
    if (!window.open)
        return not_open(at, what, window);
    return std::nullopt;
}

result<answer> begin(desk &at, const wanted_role &what) {
    const auto term = term_to_apply_for(at, what.slug);
    if (!term)
        return term.error();
    if (auto away = turned_away(at, what, *term))
        return std::move(*away);
    const auto &rules = at.rules().of(what.slug);
    if (!rules.formal)
        return joined(at, what, *term);
    if (!at.asked.can_open_form)
        return refusal{"", "A form cannot be opened from here.", apply_line(at, what.slug, what.as)};
    return open_form(application_form(at, what));
}

// Several programs or roles could be meant: a button each.
answer which_one(desk &at, const std::vector<program_slug> &slugs) {
    std::vector<surface::element> buttons;
    for (const auto &slug : slugs)
        for (const auto as : roles_to_apply_for(at.rules().of(slug)))
            if (buttons.size() < 20)
                buttons.emplace_back(
                    surface::button{.says = surface::plain_text("{}: as {}", at.rules().of(slug).name,
                                                                role_in_words(at.rules().of(slug), as)),
                                    .action = std::string(apply_button),
                                    .value = reference(slug, as)});
    if (buttons.empty())
        return tell(
            text("Nobody applies here: people are put in by their coordinators. `{}` shows whom to ask.",
                 at.line(command_name::mentoring, "contact")));
    return tell(with_buttons(text("What would you like to apply for? Nothing is sent until you say so."),
                             std::move(buttons)));
}

} // namespace

result<answer> apply(desk &at) {
    const auto example = at.line(command_name::mentoring, "apply");
    const auto &word = at.words.text("program");
    const auto slugs = at.rules().slugs();
    std::optional<role> as;
    if (role chosen{}; parse_text(at.words.text("role"), chosen))
        as = chosen;
    if (word.empty() && slugs.size() != 1 && !slugs.empty())
        return which_one(at, slugs);
    const auto slug = program_meant(at, word, example);
    if (!slug)
        return slug.error();
    const auto roles = roles_to_apply_for(at.rules().of(*slug));
    if (!as && roles.size() == 1)
        as = roles.front();
    if (!as && roles.empty())
        as = role::protege; // refused, with the reason
    return as ? begin(at, {*slug, *as}) : result<answer>(which_one(at, {*slug}));
}

result<answer> open_application(desk &at) {
    const auto parts = surface::split_words(at.pressed().value);
    if (parts.size() == 2 && parts[1] == "which" && at.rules().find(program_slug{parts[0]}))
        return which_one(at, {program_slug{parts[0]}});
    const auto what = referred(at, at.pressed().value);
    if (!what)
        return not_found("program", at.line(command_name::mentoring));
    return begin(at, *what);
}

result<answer> take_application(desk &at) {
    const auto what = referred(at, at.sent().metadata);
    if (!what)
        return not_found("program", at.line(command_name::mentoring));
    const auto term = term_to_apply_for(at, what->slug);
    if (!term)
        return term.error();
    if (auto away = turned_away(at, *what, *term))
        return std::move(*away);
    auto read = read_application(at, *what, at.sent().holds);
    if (auto *wrong = std::get_if<form_errors>(&read))
        return answer{.what = outcome::refused, .form = std::move(*wrong)};
    if (auto *why = std::get_if<refusal>(&read))
        return std::move(*why);
    auto given = std::move(std::get<application_given>(read));

    const auto &rules = at.rules().of(what->slug);
    const bool decided = way_in(rules, what->as) == entry_way::open;
    auto applications = at.on_file.open<storage::applications>();
    storage::application one;
    one.id = at.on_file.ids.make<storage::application_id>(at.now());
    one.program = what->slug;
    one.term = term->id;
    one.person = at.who.id();
    one.role = what->as;
    one.state = decided ? application_state::accepted : application_state::waiting;
    one.answers = surface::packed(given.answers);
    one.message = std::move(given.message);
    one.committed_until = given.committed_until;
    one.answer_by = decided ? std::nullopt : answer_promised_by(rules, at.now());
    one.made_at = at.now();
    // an accepted one of somebody who left since makes room
    if (const auto stale = applications.standing(term->id, one.person, one.role))
        applications.move(stale->id, stale->state, application_state::withdrawn, at.now(), one.person);
    applications.add(one);
    if (given.shows)
        at.on_file.open<storage::outside_consents>().set(what->slug, one.person, *given.shows, at.now());
    at.on_file.open<storage::interests>().withdraw(what->slug, one.person);

    const auto before = at.on_file.programs.enrolled(term->id, one.person, one.role);
    storage::enrolment row;
    row.id = before ? before->id : at.on_file.ids.make<enrolment_id>(at.now());
    row.term = term->id;
    row.person = one.person;
    row.role = one.role;
    row.state = decided ? enrolment_state::waiting : enrolment_state::applied;
    row.since_at = at.now();
    at.on_file.programs.enrol(row);
    std::optional<std::string> told;
    if (decided) {
        settle_enrolments(at.on_file, rules, what->slug, one.person, at.now());
        told = plan_greeting(at.on_file, one.person, what->slug, at.now());
    } else {
        raise_about(at.on_file, at.here, what->slug, application_line, one.id.str(), one.person, at.now());
    }
    note_about(at, "apply", one.person, reference(what->slug, what->as));

    const auto missing = missing_of(gates_now(at.on_file, rules, one.person, one.role, at.now()));
    surface::mrkdwn said =
        decided ? text("You are in {} as {}.", rules.name, role_in_words(rules, what->as))
                : text("Your application to {} as {} is in. Thank you.{}", rules.name,
                       role_in_words(rules, what->as),
                       further(one.answer_by ? fmt::format("You hear by {}.", full_date(*one.answer_by))
                                             : fmt::format("{} answers you here.", rules.contact.name)));
    for (const auto &gate : missing)
        said = surface::lines({said, gate_line(gate)});
    std::vector<surface::element> below;
    for (auto &button : gate_buttons(what->slug, missing))
        below.emplace_back(std::move(button));
    below.emplace_back(undo_button(at, application_act, "applied " + one.id.str(), std::move(told)));
    return done(with_buttons(std::move(said), std::move(below)));
}

// Subject: "applied application" or "joined enrolment".
result<surface::mrkdwn> undo_application(desk &at, const storage::undo_offer &offer) {
    const auto parts = surface::split_words(offer.subject);
    if (parts.size() != 2)
        throw std::logic_error("application: an undo that was not written here");
    auto applications = at.on_file.open<storage::applications>();
    std::optional<storage::enrolment> enrolled;
    if (parts[0] == "joined") {
        enrolled = at.on_file.programs.enrolment_by_id(enrolment_id{parts[1]});
    } else if (const auto one = applications.by_id(storage::application_id{parts[1]})) {
        const bool untouched = one->state == application_state::waiting ||
                               (one->state == application_state::accepted && !one->decided_at);
        if (!untouched)
            return refusal{"", "That application was answered meanwhile.", at.line(command_name::mentoring)};
        applications.move(one->id, one->state, application_state::withdrawn, at.now(), at.who.id());
        settle_about(at.on_file, application_line, one->id.str(), one->person, std::nullopt, at.now());
        enrolled = at.on_file.programs.enrolled(one->term, one->person, one->role);
    }
    if (!enrolled || enrolled->state == enrolment_state::left)
        return refusal{"", "That was taken back already.", at.line(command_name::mentoring)};
    for (const auto &pair : at.on_file.pairs.open_of_person(enrolled->person))
        if (pair.term == enrolled->term)
            return refusal{"", "You are in a pair by now.", at.line(command_name::mentoring, "contact")};
    at.on_file.programs.set_enrolment_state(enrolled->id, enrolment_state::left, at.now());
    note_about(at, "unapply", enrolled->person, std::string(text_of(enrolled->role)));
    return text("Taken back. Nobody was told.");
}

// --- withdrawing

namespace {

// What of theirs can be withdrawn: enrolments by an application or of one's own, before there is a pair.
std::vector<storage::membership> withdrawable(desk &at) {
    std::vector<storage::membership> out;
    if (!at.who.person)
        return out;
    for (const auto &one : at.on_file.programs.memberships(at.who.id())) {
        const bool over = one.term_is == term_state::closed || one.state == enrolment_state::left;
        const bool paired =
            std::any_of(at.who.pairs.begin(), at.who.pairs.end(), [&](const storage::pair &pair) {
                return pair.term == one.term &&
                       (one.role == role::mentor ? pair.mentor : pair.protege) == at.who.id();
            });
        if (!over && !paired && one.role != role::coordinator && at.rules().find(one.program))
            out.push_back(one);
    }
    return out;
}

answer withdrawn(desk &at, const storage::membership &one) {
    const auto &rules = at.rules().of(one.program);
    auto applications = at.on_file.open<storage::applications>();
    const auto standing = applications.standing(one.term, at.who.id(), one.role);
    if (standing) {
        applications.move(standing->id, standing->state, application_state::withdrawn, at.now(), at.who.id());
        settle_about(at.on_file, application_line, standing->id.str(), standing->person, std::nullopt,
                     at.now());
    }
    at.on_file.programs.set_enrolment_state(one.id, enrolment_state::left, at.now());
    note_about(at, "withdraw", at.who.id(), reference(one.program, one.role));
    auto undo = undo_button(at, withdrawal_act,
                            fmt::format("{} {} {} {}", one.id.str(), text_of(one.state),
                                        standing ? standing->id.str() : "-",
                                        standing ? text_of(standing->state) : "-"));
    return done(
        with_buttons(text("You are no longer {} in {}. Thank you for telling me; you are welcome back.",
                          one.state == enrolment_state::applied ? "an applicant"
                                                                : "down as " + role_in_words(rules, one.role),
                          rules.name),
                     {std::move(undo)}));
}

} // namespace

result<answer> withdraw(desk &at) {
    auto mine = withdrawable(at);
    if (const auto &word = at.words.text("program"); !word.empty())
        std::erase_if(mine, [&](const storage::membership &one) {
            return !shape::alike(one.program.str(), word) &&
                   !shape::alike(at.rules().of(one.program).name, word);
        });
    if (mine.empty())
        return refusal{"",
                       at.who.pairs.empty() ? "There is nothing of yours to withdraw."
                                            : "You are in a pair, and that is more than an application.",
                       at.line(command_name::mentoring, "contact")};
    if (mine.size() == 1)
        return withdrawn(at, mine.front());
    std::vector<surface::element> buttons;
    for (const auto &one : mine)
        buttons.emplace_back(
            surface::button{.says = surface::plain_text("{}: {}", at.rules().of(one.program).name,
                                                        role_in_words(at.rules().of(one.program), one.role)),
                            .action = std::string(withdraw_button),
                            .value = one.id.str()});
    return tell(with_buttons(text("From which would you like to withdraw?"), std::move(buttons)));
}

result<answer> withdraw_by_button(desk &at) {
    for (const auto &one : withdrawable(at))
        if (one.id.str() == at.pressed().value)
            return withdrawn(at, one);
    return refusal{"", "That cannot be withdrawn now: it is over, or there is a pair.",
                   at.line(command_name::mentoring)};
}

// Subject: "enrolment state application|- state|-".
result<surface::mrkdwn> undo_withdrawal(desk &at, const storage::undo_offer &offer) {
    const auto parts = surface::split_words(offer.subject);
    enrolment_state state{};
    if (parts.size() != 4 || !parse_text(parts[1], state))
        throw std::logic_error("withdrawal: an undo that was not written here");
    const auto enrolled = at.on_file.programs.enrolment_by_id(enrolment_id{parts[0]});
    if (!enrolled || enrolled->state != enrolment_state::left)
        return refusal{"", "You are in it again already.", at.line(command_name::mentoring)};
    auto applications = at.on_file.open<storage::applications>();
    application_state was{};
    if (const auto one = applications.by_id(storage::application_id{parts[2]});
        one && parse_text(parts[3], was)) {
        if (applications.standing(one->term, one->person, one->role))
            return refusal{"", "You applied anew meanwhile.", at.line(command_name::mentoring)};
        applications.move(one->id, application_state::withdrawn, was, std::nullopt, std::nullopt);
        if (was == application_state::waiting)
            raise_about(at.on_file, at.here, one->program, application_line, one->id.str(), one->person,
                        at.now());
    }
    at.on_file.programs.set_enrolment_state(enrolled->id, state, std::nullopt);
    note_about(at, "rejoin", enrolled->person, std::string(text_of(enrolled->role)));
    return text("Taken back. Everything stands as before.");
}

// --- being told

namespace {

constexpr days look_again_for_a_date{7};

good_hours hours_for(const storage::person &who, const program &rules, role as) {
    return hours_of(who, rules, as == role::mentor ? side::mentor : side::protege);
}

// One row for one person: at the first good hour of the day it opens, else in a week to look again.
std::string plan_opening(storage::records &on_file, const program &rules, const storage::person &who, role as,
                         instant now) {
    const auto window = window_at(rules, now);
    const auto hours = hours_for(who, rules, as);
    const auto at = hours.next_good(window.open       ? now
                                    : window.opens_on ? std::max(now, rules.where.start_of(*window.opens_on))
                                                      : now + look_again_for_a_date);
    // an id of its own: what was planned for the same hour before is withdrawn below
    auto key = fmt::format("apply.opens:{}:{}:{}", rules.slug.str(), who.id.str(), on_file.ids.next(now));
    on_file.outbox.withdraw_subject(
        on_file.team, fmt::format("apply.opens:{}:{}", rules.slug.str(), who.id.str()), "newer", now);
    on_file.outbox.add({.team = on_file.team,
                        .id = on_file.ids.make<storage::outbox_id>(now),
                        .key = key,
                        .verb = storage::outbox_verb::post,
                        .kind = std::string(window_opens_kind),
                        .policy = storage::send_policy::at_least_once,
                        .person = who.id,
                        .channel = std::nullopt,
                        .pair = std::nullopt,
                        .subject = fmt::format("apply.opens:{}:{}", rules.slug.str(), who.id.str()),
                        .params = reference(rules.slug, as),
                        .not_before_at = at,
                        .created_at = now});
    return key;
}

} // namespace

result<answer> tell_me_then(desk &at) {
    const auto what = referred(at, at.pressed().value);
    if (!what || !at.who.person)
        return not_found("program", at.line(command_name::mentoring));
    const auto &rules = at.rules().of(what->slug);
    const auto window = window_at(rules, at.now());
    if (window.open)
        return begin(at, *what);
    if (!at.on_file.open<storage::interests>().ask(what->slug, at.who.id(), what->as, at.now()))
        return tell(text("You are on the list for {} already. I tell you when it opens.", rules.name));
    plan_opening(at.on_file, rules, *at.who.person, what->as, at.now());
    auto undo = undo_button(at, interest_act, what->slug.str());
    return done(with_buttons(text("I tell you when {} opens{}. You need do nothing until then.", rules.name,
                                  window.opens_on ? ", on " + full_date(*window.opens_on) : std::string()),
                             {std::move(undo)}));
}

// Subject: the program's slug.
result<surface::mrkdwn> undo_interest(desk &at, const storage::undo_offer &offer) {
    at.on_file.open<storage::interests>().withdraw(program_slug{offer.subject}, offer.person);
    at.on_file.outbox.withdraw_subject(at.asked.team,
                                       fmt::format("apply.opens:{}:{}", offer.subject, offer.person.str()),
                                       "undone", at.now());
    return text("Taken back. You are not on the list any more.");
}

void plan_openings(storage::records &on_file, const house &here, const program_slug &slug, instant now) {
    const auto *rules = here.rules.find(slug);
    if (!rules)
        return;
    for (const auto &one : on_file.open<storage::interests>().waiting(slug))
        if (const auto who = on_file.people.by_id(one.person))
            plan_opening(on_file, *rules, *who, one.role, now);
}

std::optional<surface::message> window_opens(storage::records &on_file, const house &here,
                                             const storage::outbox_row &row, instant now) {
    const auto parts = surface::split_words(row.params);
    role as{};
    const auto *rules = parts.size() == 2 ? here.rules.find(program_slug{parts[0]}) : nullptr;
    const auto who = row.person ? on_file.people.by_id(*row.person) : std::nullopt;
    if (!rules || !who || !parse_text(parts[1], as))
        return std::nullopt;
    auto interests = on_file.open<storage::interests>();
    const auto asked = interests.find(rules->slug, who->id);
    if (!asked || (asked->told_at && !row.again))
        return std::nullopt;
    const auto window = window_at(*rules, now);
    if (!window.open) {
        plan_opening(on_file, *rules, *who, as, now); // no date was known, or it was moved
        return std::nullopt;
    }
    interests.told(rules->slug, who->id, now);
    return with_buttons(text("Hi {}. {} takes applications now{}. You asked me to tell you.",
                             first_name(*who), rules->name,
                             window.until ? ", until " + full_date(*window.until) : std::string()),
                        {surface::button{.says = "Apply",
                                         .action = std::string(apply_button),
                                         .value = reference(rules->slug, as),
                                         .look = surface::tone::primary}});
}

// --- what there is

std::vector<surface::section> programs_to_enter(desk &at) {
    std::vector<surface::section> rows;
    for (const auto &slug : at.rules().slugs()) {
        const auto &rules = at.rules().of(slug);
        const auto roles = roles_to_apply_for(rules);
        const auto window = window_at(rules, at.now());
        const bool asks = !roles.empty() && window.open;
        std::string when;
        if (asks && window.until)
            when = fmt::format("Applications until {}.", full_date(*window.until));
        else if (!roles.empty() && !window.open)
            when = when_open(rules, window);
        surface::section row{.text = text("*{}*: {}{} Whom to ask: {}.", rules.name, rules.purpose,
                                          further(when), contact_of(rules))};
        if (asks && roles.size() == 1)
            row.beside = surface::button{.says = "Apply",
                                         .action = std::string(apply_button),
                                         .value = reference(slug, roles.front())};
        else if (asks)
            row.beside = surface::button{
                .says = "Apply", .action = std::string(apply_button), .value = slug.str() + " which"};
        else if (!roles.empty())
            row.beside = surface::button{.says = "Tell me when",
                                         .action = std::string(tell_me_button),
                                         .value = reference(slug, roles.back())};
        rows.push_back(std::move(row));
    }
    return rows;
}

// --- what a mentor from outside may see

result<answer> choose_outside_view(desk &at) {
    const auto example = at.line(command_name::mentoring, "outside-view");
    auto word = at.words.text("program");
    if (word.empty() && at.who.memberships.size() == 1)
        word = at.who.memberships.front().program.str();
    const auto slug = program_meant(at, word, example);
    if (!slug)
        return slug.error();
    if (!at.asked.can_open_form || !at.who.person)
        return refusal{"", "A form cannot be opened from here.", example};
    return open_form(outside_view_form(at, *slug));
}

result<answer> keep_outside_view(desk &at) {
    const program_slug slug{at.sent().metadata};
    if (!at.who.person || !at.rules().find(slug))
        return not_found("program", at.line(command_name::mentoring));
    const auto shows = outside_fields_of(at.sent().holds);
    at.on_file.open<storage::outside_consents>().set(slug, at.who.id(), shows, at.now());
    note_about(at, "outside_view", at.who.id(), slug.str());
    return done(text("Saved. A mentor from outside sees your name{}.", outside_words(shows)));
}

} // namespace rapport
