// One function a table; see facts_json.hpp. What product 5 gives a reader is what is written for them: a
// person gets their own words, the operator of a program gets states, dates and counts.
#include "bot/facts_json.hpp"

#include "storage/about_person.hpp"
#include "storage/records.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace rapport::bot {
namespace {

using json = nlohmann::ordered_json;
constexpr std::int64_t most = 100'000; // of one list; nobody has as many

json when(instant at) {
    return date::format("%FT%TZ", at);
}
json when(const std::optional<instant> &at) {
    return at ? when(*at) : json();
}
json when(const day &on) {
    return date::format("%F", on);
}
json when(const std::optional<day> &on) {
    return on ? when(*on) : json();
}
template <class Id>
json id(const Id &which) {
    return which.str();
}
template <class Id>
json id(const std::optional<Id> &which) {
    return which ? json(which->str()) : json();
}
json text(const std::optional<std::string> &what) {
    return what ? json(*what) : json();
}

json of_person(const storage::person &who) {
    return {{"id", id(who.id)},
            {"platform_id", id(who.slack)},
            {"email", text(who.email)},
            {"name", who.name},
            {"state", text_of(who.state)},
            {"guest", who.guest},
            {"zone", text(who.zone)},
            {"platform_zone", text(who.platform_zone)},
            {"good_hours", text(who.hours)},
            {"away_from", when(who.away_from_at)},
            {"away_until", when(who.away_until_at)},
            {"greeted", when(who.greeted_at)},
            {"known_since", when(who.created_at)}};
}

json of_pair(const storage::pair &one) {
    return {{"id", id(one.id)},
            {"program", id(one.program)},
            {"term", id(one.term)},
            {"mentor", id(one.mentor)},
            {"protege", id(one.protege)},
            {"state", text_of(one.state)},
            {"began", when(one.began_at)},
            {"ended", when(one.ended_at)},
            {"talks_elsewhere", one.talks_elsewhere}};
}

json of_milestone(const storage::milestone &one, bool with_words) {
    json made{{"number", one.number},
              {"due", when(one.due)},
              {"state", text_of(one.state)},
              {"author", id(one.author)},
              {"created", when(one.created_at)},
              {"agreed_by", id(one.agreed_by)},
              {"agreed", when(one.agreed_at)},
              {"done_by", id(one.done_by)},
              {"done", when(one.done_at)}};
    if (with_words)
        made["title"] = one.title;
    return made;
}

json of_check_in(const storage::check_in &one) {
    return {{"period", one.period},
            {"side", text_of(one.side)},
            {"version", one.version},
            {"filed", when(one.filed_at)},
            {"filed_by", id(one.filed_by)},
            {"late", one.late},
            {"note", one.note},
            {"answers", json::parse(one.answers, nullptr, false).is_discarded() ? json(one.answers)
                                                                                : json::parse(one.answers)}};
}

json of_contact(const storage::contact &one) {
    return {{"day", when(one.on_day)},
            {"medium", text_of(one.medium)},
            {"source", text_of(one.source)},
            {"started_by", id(one.started_by)},
            {"minutes", one.minutes ? json(*one.minutes) : json()},
            {"logged_by", id(one.logged_by)}};
}

json of_clock(const storage::reply_clock &one) {
    return {{"pair", id(one.pair)},
            {"waiting", id(one.waiting)},
            {"owed_by", id(one.owed_by)},
            {"medium", text_of(one.medium)},
            {"strength", text_of(one.strength)},
            {"started", when(one.started_at)},
            {"due_by", when(one.due_by_at)}};
}

json of_membership(const storage::membership &one) {
    return {{"program", id(one.program)},
            {"term", id(one.term)},
            {"role", text_of(one.role)},
            {"state", text_of(one.state)},
            {"since", when(one.since_at)}};
}

json of_row(const storage::kept_fact &one) {
    return {{"table", one.table}, {"kind", one.kind},   {"detail", one.detail},
            {"words", one.words}, {"at", when(one.at)}, {"until", when(one.until)}};
}

template <class All, class Shape>
json list_of(const All &all, Shape shape) {
    auto made = json::array();
    for (const auto &one : all)
        made.push_back(shape(one));
    return made;
}

// Everything of a pair that one of the two may have.
json pair_for(storage::records &on_file, const storage::pair &one, const person_id &whose) {
    auto made = of_pair(one);
    const auto side = one.side_of(whose);
    made["milestones"] =
        list_of(on_file.milestones.of_pair(one.id), [](const auto &m) { return of_milestone(m, true); });
    if (side)
        made["check_ins"] = list_of(on_file.check_ins.history(one.id, *side, most), of_check_in);
    made["contacts"] = list_of(on_file.contacts.latest(one.id, most), of_contact);
    return made;
}

std::optional<storage::person> found(storage::records &on_file, const std::string &name) {
    if (name.find('@') == std::string::npos)
        return on_file.people.by_slack(slack_id{name});
    auto lower = name;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return on_file.people.by_email(lower);
}

std::optional<json> person_facts(storage::session &db, storage::records &on_file, const std::string &name) {
    const auto who = found(on_file, name);
    if (!who)
        return std::nullopt;
    json made{{"person", of_person(*who)}};
    made["enrolments"] = list_of(on_file.programs.memberships(who->id), of_membership);
    made["pairs"] = list_of(on_file.pairs.of_person(who->id),
                            [&](const auto &one) { return pair_for(on_file, one, who->id); });
    made["waits_for"] = list_of(on_file.clocks.awaited_by(who->id), of_clock);
    made["owes"] = list_of(on_file.clocks.owed_by(who->id), of_clock);
    made["rows"] = list_of(storage::kept_about(db, on_file.team, who->id), of_row);
    return made;
}

json term_facts(storage::records &on_file, const storage::term &term) {
    json made{{"id", id(term.id)},
              {"name", term.name},
              {"state", text_of(term.state)},
              {"opens", when(term.opens_at)},
              {"closes", when(term.closes_at)}};
    made["enrolments"] = list_of(on_file.programs.enrolments(term.id), [](const auto &one) {
        return json{{"person", id(one.person)},
                    {"role", text_of(one.role)},
                    {"state", text_of(one.state)},
                    {"since", when(one.since_at)},
                    {"ended", when(one.ended_at)}};
    });
    made["pairs"] = list_of(on_file.pairs.of_term(term.id), [&](const auto &one) {
        auto row = of_pair(one);
        row["milestones"] =
            list_of(on_file.milestones.of_pair(one.id), [](const auto &m) { return of_milestone(m, false); });
        auto check_ins = json::array();
        for (const auto side : {side::mentor, side::protege})
            for (const auto &filed : on_file.check_ins.history(one.id, side, most))
                check_ins.push_back(of_check_in(filed));
        row["check_ins"] = std::move(check_ins);
        row["contacts"] = list_of(on_file.contacts.latest(one.id, most), of_contact);
        return row;
    });
    return made;
}

std::optional<json> program_facts(storage::records &on_file, const program_slug &slug) {
    const auto row = on_file.programs.find(slug);
    if (!row)
        return std::nullopt;
    json made{{"program", id(slug)},
              {"policy_version", row->version},
              {"opened", when(row->opened_at)},
              {"closed", when(row->closed_at)}};
    made["terms"] =
        list_of(on_file.programs.terms(slug), [&](const auto &term) { return term_facts(on_file, term); });
    return made;
}

} // namespace

std::optional<team_id> served_team(storage::session &db) {
    const auto known = storage::facts(db, team_id{"installation"}).get("team");
    return known ? std::optional(team_id{*known}) : std::nullopt;
}

std::optional<std::string> facts_json(storage::session &db, const team_id &team, const facts_wanted &whose) {
    id_source ids;
    storage::records on_file(db, team, ids);
    const auto made = whose.person.empty() ? program_facts(on_file, program_slug{whose.program})
                                           : person_facts(db, on_file, whose.person);
    if (!made)
        return std::nullopt;
    return made->dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace rapport::bot
