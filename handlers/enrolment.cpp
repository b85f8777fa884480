// Enrolling, appointing, listing and learning of people; see enrolment.hpp.
#include "handlers/enrolment.hpp"

#include "handlers/channel_enrolment.hpp"
#include "handlers/deciding.hpp"
#include "handlers/entering.hpp"
#include "handlers/home_page.hpp"
#include "handlers/introductions.hpp"
#include "handlers/leaving_pause.hpp"
#include "handlers/naming.hpp"
#include "handlers/nudging.hpp"
#include "handlers/pages.hpp"
#include "handlers/surface/characters.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"
#include "handlers/which_program.hpp"
#include "storage/joining.hpp"
#include "storage/merging.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace rapport {
namespace {

using surface::text;

} // namespace

namespace {

// Somebody who is known by an address only, put on record if they are not yet.
storage::person by_address(desk &at, const std::string &address) {
    if (auto known = at.on_file.people.by_email(address))
        return std::move(*known);
    storage::person who;
    who.id = at.on_file.ids.make<person_id>(at.now());
    who.email = address;
    who.created_at = at.now();
    at.on_file.people.save(who);
    at.on_file.open<storage::lookups>().list(address, at.now());
    return who;
}

result<storage::person> to_enrol(desk &at, const std::string &example) {
    if (const auto slack = at.words.person("person"))
        return participant(at, *slack, example);
    return by_address(at, at.words.text("person"));
}

std::string what_comes(const storage::person &who, const program &rules, const std::string &missing) {
    auto words = who.slack ? fmt::format("Their first message says who put them here and what {} promises.",
                                         rules.name)
                           : std::string("They are known by address only: nothing is sent to them by me.");
    if (!missing.empty())
        words += fmt::format(" Before they can be paired: {}.", missing);
    return words;
}

} // namespace

result<answer> enrol(desk &at) {
    const auto example = at.line(command_name::program, "enrol @ana protege");
    role as{};
    if (!parse_text(at.words.text("role"), as))
        throw std::logic_error("enrol: a role that is none");
    if (at.words.channel("person"))
        return enrol_channel(at, as);
    const auto slug = coordinated_program(at, at.words.text("program"), example);
    if (!slug)
        return slug.error();
    const auto &rules = at.rules().of(*slug);
    if (as == role::protege && rules.entry.proteges_are == protege_side::sites)
        return refusal{
            "", fmt::format("In {} the {} are places, never people.", rules.name, rules.protege_word.many),
            at.line(command_name::program, "site add Lincoln School")};
    const auto term = term_to_enter(at, *slug);
    if (!term)
        return term.error();
    const auto who = to_enrol(at, example);
    if (!who)
        return who.error();
    const auto before = at.on_file.programs.enrolled(term->id, who->id, as);
    if (before && before->state != enrolment_state::left && before->state != enrolment_state::applied)
        return tell(text("{} is enrolled as {} in {} already. Nothing changed.", named(*who),
                         role_in_words(rules, as), rules.name));
    if (const auto applied = at.on_file.open<storage::applications>().standing(term->id, who->id, as);
        applied && applied->state == application_state::waiting)
        return decide(at, *applied, true); // they asked to come in: that is the same
    storage::enrolment row;
    row.id = before ? before->id : at.on_file.ids.make<enrolment_id>(at.now());
    row.term = term->id;
    row.person = who->id;
    row.role = as;
    row.by_person = at.who.id();
    row.since_at = at.now();
    at.on_file.programs.enrol(row);
    home_follows(at.on_file, who->id, partner_hears_at(at));
    settle_enrolments(at.on_file, rules, *slug, who->id, at.now());
    auto greeted = plan_greeting(at.on_file, who->id, *slug, at.now());
    auto undo = undo_button(at, enrolment_act, row.id.str(), std::move(greeted));
    note_about(at, "enrol", who->id, fmt::format("{} {}", slug->str(), text_of(as)));
    const auto missing = in_words(missing_now(at.on_file, rules, row, at.now()));
    return done_with_undo(text("{} is enrolled as {} in {}. {}", named(*who), role_in_words(rules, as),
                               rules.name, what_comes(*who, rules, missing)),
                          std::move(undo));
}

// Subject: the enrolment's id.
result<surface::mrkdwn> undo_enrolment(desk &at, const storage::undo_offer &offer) {
    const enrolment_id id{offer.subject};
    const auto found = at.on_file.programs.enrolment_by_id(id);
    if (!found || found->state == enrolment_state::left)
        return refusal{"", "That enrolment was taken back already.",
                       at.line(command_name::program, "people")};
    for (const auto &pair : at.on_file.pairs.open_of_person(found->person))
        if (pair.term == found->term)
            return refusal{"", "They are in a pair by now; end that first.",
                           at.line(command_name::program, "people")};
    at.on_file.programs.set_enrolment_state(id, enrolment_state::left, at.now());
    note_about(at, "unenrol", found->person, std::string(text_of(found->role)));
    return text("Taken back: they are no longer enrolled as that.");
}

result<answer> appoint(desk &at) {
    const auto example = at.line(command_name::program, "appoint @noor");
    const auto who = participant(at, *at.words.person("person"), example);
    if (!who)
        return who.error();
    const auto slug = coordinated_program(at, at.words.text("program"), example);
    if (!slug)
        return slug.error();
    const auto &name = at.rules().of(*slug).name;
    if (at.on_file.programs.coordinates(*slug, who->id))
        return tell(text("{} coordinates {} already. Nothing changed.", named(*who), name));
    at.on_file.programs.appoint(*slug, who->id, at.who.id(), at.now());
    home_follows(at.on_file, who->id, partner_hears_at(at));
    auto undo = undo_button(at, appointment_act, fmt::format("{} {}", slug->str(), who->id.str()));
    note_about(at, "appoint", who->id, slug->str());
    return done_with_undo(text("{} coordinates {} now: `{}` shows them what needs a person.", named(*who),
                               name, at.line(command_name::program)),
                          std::move(undo));
}

// Subject: "slug person".
result<surface::mrkdwn> undo_appointment(desk &at, const storage::undo_offer &offer) {
    const auto parts = surface::split_words(offer.subject);
    if (parts.size() != 2)
        throw std::logic_error("appointment: an undo that was not written here");
    at.on_file.programs.dismiss(program_slug{parts[0]}, person_id{parts[1]}, at.now());
    note_about(at, "dismiss", person_id{parts[1]}, parts[0]);
    return text("Taken back: they do not coordinate it any more.");
}

// --- who there is

namespace {

struct listed_person {
    storage::person who;
    role as;
    enrolment_state state;
    std::ptrdiff_t pairs;
    std::string missing; // before they can be paired, in words
};

// Those without a pair first: they are whom the list is opened for.
std::vector<listed_person> people_of(desk &at, const program &rules, const term_id &term) {
    const auto pairs = at.on_file.pairs.of_term(term);
    std::vector<listed_person> all;
    for (const auto &one : at.on_file.programs.enrolments(term)) {
        if (one.state == enrolment_state::left)
            continue;
        const auto who = at.on_file.people.by_id(one.person);
        const auto count = std::count_if(pairs.begin(), pairs.end(), [&](const storage::pair &pair) {
            return pair.state != pair_state::ended &&
                   (one.role == role::mentor ? pair.mentor : pair.protege) == one.person;
        });
        all.push_back({who.value(), one.role, one.state, count,
                       in_words(missing_now(at.on_file, rules, one, at.now()))});
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const auto &a, const auto &b) { return (a.pairs == 0) > (b.pairs == 0); });
    return all;
}

surface::mrkdwn person_line(const program &rules, const listed_person &one) {
    const auto pairs = one.as == role::coordinator ? std::string()
                       : one.pairs == 0            ? std::string(", in no pair")
                       : one.pairs == 1            ? std::string(", in a pair")
                                                   : fmt::format(", in {} pairs", one.pairs);
    const auto state = one.who.state == person_state::deactivated ? std::string(", account deactivated")
                       : !one.missing.empty()                     ? ", " + one.missing
                       : one.state == enrolment_state::active     ? std::string()
                                                                  : fmt::format(", {}", text_of(one.state));
    return text("{}: {}{}{}", named(one.who), role_in_words(rules, one.as), pairs, state);
}

result<answer> people_from(desk &at, const program_slug &slug, std::size_t from) {
    const auto term = term_to_enter(at, slug);
    if (!term)
        return term.error();
    const auto &rules = at.rules().of(slug);
    const auto all = people_of(at, rules, term->id);
    if (all.empty())
        return tell(text("Nobody is enrolled in {} yet. A first one: `{}`", rules.name,
                         at.line(command_name::program, "enrol @ana protege")));
    const auto without = std::count_if(all.begin(), all.end(), [](const auto &one) {
        return one.pairs == 0 && one.as != role::coordinator;
    });
    surface::message said{
        .summary = text("{}, {}: {} enrolled, {} in no pair.", rules.name, term->name, all.size(), without)};
    std::vector<surface::section> rows;
    for (const auto &one : all)
        rows.push_back({.text = person_line(rules, one)});
    said.blocks = surface::joined(
        {{surface::section{.text = said.summary}}, paged(std::move(rows), from, people_page, slug.str())});
    return tell(std::move(said));
}

} // namespace

result<answer> list_people(desk &at) {
    const auto slug =
        coordinated_program(at, at.words.text("program"), at.line(command_name::program, "people"));
    if (!slug)
        return slug.error();
    return people_from(at, *slug, 0);
}

result<answer> page_people(desk &at) {
    const auto parts = surface::split_words(at.pressed().value);
    if (parts.size() != 2 || !at.who.coordinates_program(program_slug{parts[0]}))
        return not_found("list", at.line(command_name::program, "people"));
    auto page = people_from(at, program_slug{parts[0]},
                            static_cast<std::size_t>(std::strtoul(parts[1].c_str(), nullptr, 10)));
    if (!page)
        return page.error();
    return in_place(std::move(*page));
}

// --- what the workspace says of people

namespace {

std::string as_stored(std::string address) {
    for (auto &c : address)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return address;
}

// Somebody known by an address has an account here now: they are greeted, and their pairs get a conversation.
// `before`: the programs whose greeting they had as somebody with an account.
void recognised(desk &at, const storage::person &who, const std::set<program_slug> &before = {}) {
    for (const auto &one : at.on_file.programs.memberships(who.id))
        if (one.term_is == term_state::open && one.state != enrolment_state::left &&
            !before.contains(one.program))
            plan_greeting(at.on_file, who.id, one.program, at.now());
    for (const auto &pair : at.on_file.pairs.open_of_person(who.id)) {
        const auto other = at.on_file.people.by_id(pair.partner_of(who.id));
        if (!pair.channel && other && other->slack)
            plan_introduction(at.on_file, pair, at.now());
        at.on_file.pairs.look_by(pair.id, at.now());
    }
}

// The workspace says that an address on record is this account's. If the account has a record of its own, the
// two are one from now on.
void take_up_address(desk &at, const slack_id &account, const std::string &address) {
    const auto mine = at.on_file.people.by_slack(account);
    const auto theirs = address.empty() ? std::nullopt : at.on_file.people.by_email(address);
    if (!mine || !theirs || theirs->slack ||
        !storage::may_be_one(at.on_file.db, at.asked.team, mine->id, theirs->id))
        return;
    std::set<program_slug> before;
    for (const auto &one : at.on_file.programs.memberships(mine->id))
        if (one.term_is == term_state::open && one.state != enrolment_state::left)
            before.insert(one.program);
    storage::make_one(at.on_file.db, at.asked.team, mine->id, theirs->id, at.now());
    at.on_file.journal.append(at.asked.team, {.at = at.now(),
                                              .actor = "workspace",
                                              .act = "merge",
                                              .subject_kind = "person",
                                              .subject = mine->id.str(),
                                              .detail = theirs->id.str()});
    recognised(at, *at.on_file.people.by_id(mine->id), before);
}

} // namespace

result<answer> learn_person(desk &at) {
    const auto &seen = at.as<person_described>();
    if (seen.bot || seen.stranger || seen.who.empty()) {
        drop_from_lists(at, seen.who);
        return silence();
    }
    const auto address = as_stored(seen.email);
    take_up_address(at, seen.who, address);
    auto known = at.on_file.people.by_slack(seen.who);
    if (!known && !address.empty()) {
        known = at.on_file.people.by_email(address); // on record by address only until now
        if (known && known->slack)
            known.reset(); // that address is somebody else's here
    }
    const bool was_by_address = known && !known->slack;
    auto who = known.value_or(storage::person{});
    if (!known) {
        who.id = at.on_file.ids.make<person_id>(at.now());
        who.created_at = at.now();
    }
    const auto before = who;
    who.slack = seen.who;
    if (!seen.name.empty())
        who.name = surface::shortened(surface::one_line(seen.name), 200);
    if (!seen.zone.empty() && zone::named(seen.zone))
        who.platform_zone = seen.zone;
    who.guest = seen.guest;
    if (who.state != person_state::gone)
        who.state = seen.deactivated ? person_state::deactivated : person_state::active;
    if (known && who == before) {
        enrol_as_listed(at, who);
        return silence();
    }
    at.on_file.people.save(who);
    enrol_as_listed(at, who);
    if (was_by_address)
        recognised(at, who);
    if (before.state != who.state && known) {
        if (who.state == person_state::deactivated)
            rest_with_account(at, who);
        else
            account_is_back(at, who);
    }
    if (before.platform_zone != who.platform_zone) // what is unsent is planned anew (settled 6)
        for (const auto &pair : at.on_file.pairs.open_of_person(who.id))
            at.on_file.pairs.look_by(pair.id, at.now());
    return silence();
}

} // namespace rapport
