// See sites.hpp.
#include "handlers/sites.hpp"

#include "handlers/entering.hpp"
#include "handlers/lists.hpp"
#include "handlers/naming.hpp"
#include "handlers/surface/packed.hpp"
#include "handlers/taking_back.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {
namespace {

using storage::site_session_kind;
using surface::text;

constexpr int most_minutes = 1440, most_heads = 500;

std::vector<program_slug> coordinated_where(const desk &at, bool (*has)(const program &)) {
    std::vector<program_slug> out;
    for (const auto &slug : at.who.coordinated)
        if (has(at.rules().of(slug)))
            out.push_back(slug);
    return out;
}

bool has_sites(const program &rules) {
    return rules.entry.proteges_are == protege_side::sites;
}
bool has_teams(const program &rules) {
    return rules.entry.mentors_are == mentor_side::teams;
}

// The one program of that kind that somebody coordinates; else why none can be meant.
result<program_slug> only_program(const desk &at, bool (*has)(const program &), const char *of_what) {
    const auto mine = coordinated_where(at, has);
    if (mine.size() == 1)
        return mine.front();
    return refusal{
        "",
        mine.empty()
            ? fmt::format("No program you coordinate has {} on that side.", of_what)
            : fmt::format("You coordinate several programs with {}; their policies name them.", of_what),
        at.line(command_name::program)};
}

template <class Named>
const Named *found_by_name(const std::vector<Named> &all, const std::string &name) {
    const auto it =
        std::find_if(all.begin(), all.end(), [&](const Named &one) { return shape::alike(one.name, name); });
    return it == all.end() ? nullptr : &*it;
}

void note_about_program(desk &at, const char *act, const program_slug &slug, const std::string &id) {
    at.on_file.journal.append(at.asked.team, {.at = at.now(),
                                              .actor = at.who.id().str(),
                                              .act = act,
                                              .subject_kind = "program",
                                              .subject = slug.str(),
                                              .detail = id});
}

// --- sessions

// Where somebody may log: sites of programs they are enrolled in as mentors, with every gate open.
struct tutoring {
    program_slug slug;
    storage::term term;
    std::vector<storage::site> sites;
};

result<tutoring> where_they_tutor(desk &at) {
    const auto mend = at.line(command_name::mentoring);
    for (const auto &one : at.who.memberships) {
        const auto *rules = at.rules().find(one.program);
        if (!rules || !has_sites(*rules) || one.role != role::mentor)
            continue;
        const auto enrolled = at.on_file.programs.enrolled(one.term, at.who.id(), role::mentor);
        const auto missing = missing_now(at.on_file, *rules, enrolled.value(), at.now());
        if (!missing.none())
            return refusal{
                "", fmt::format("Before sessions in {} begin: {}.", rules->name, in_words(missing)), mend};
        auto sites = at.on_file.open<storage::sites>().of(one.program);
        if (sites.empty())
            return refusal{
                "", fmt::format("{} has no site yet. Whom to ask: {}.", rules->name, contact_of(*rules)),
                mend};
        return tutoring{one.program, at.on_file.programs.term_by_id(one.term).value(), std::move(sites)};
    }
    return refusal{"", "You are in no program that goes to a site, such as a school.", mend};
}

surface::modal form_of(desk &at, const tutoring &where) {
    surface::modal form{.callback = std::string(session_form),
                        .title = "Log a session",
                        .submit = "Log",
                        .metadata = where.slug.str()};
    surface::static_select sites;
    for (std::size_t i = 0; i < where.sites.size() && i < 100; ++i)
        sites.options.push_back({.says = where.sites[i].name, .value = where.sites[i].id});
    if (where.sites.size() == 1)
        sites.chosen = where.sites.front().id;
    form.blocks.emplace_back(surface::input{.field = "site", .label = "Where", .asks = std::move(sites)});
    form.blocks.emplace_back(surface::input{
        .field = "day", .label = "On", .asks = surface::datepicker{.chosen = at.who.where.day_of(at.now())}});
    form.blocks.emplace_back(surface::input{.field = "minutes",
                                            .label = "Minutes",
                                            .asks = surface::number_input{.least = 1, .most = most_minutes}});
    form.blocks.emplace_back(surface::input{.field = "heads",
                                            .label = "How many pupils",
                                            .asks = surface::number_input{.least = 0, .most = most_heads}});
    surface::radio kinds;
    for (const auto &[value, word] : storage::site_session_kind_words)
        kinds.options.push_back({.says = std::string(word), .value = std::string(word)});
    kinds.chosen = std::string(text_of(site_session_kind::tutoring));
    form.blocks.emplace_back(surface::input{.field = "kind", .label = "It was", .asks = std::move(kinds)});
    form.blocks.emplace_back(surface::context{{text("A count only: no pupil is ever on record.")}});
    return form;
}

answer logged(desk &at, const tutoring &where, storage::site_session one) {
    one.id = at.on_file.ids.next(at.now());
    one.term = where.term.id;
    one.tutor = at.who.id();
    one.logged_at = at.now();
    auto sites = at.on_file.open<storage::sites>();
    sites.log(one);
    note_about_program(at, "site_session", where.slug, one.id);
    const auto site = sites.by_id(one.site);
    auto undo = undo_button(at, session_act, one.id);
    return done(
        with_buttons(text("Logged: {} at {} on {}, {} minutes, {} {}.", text_of(one.kind), site->name,
                          full_date(one.on_day), one.minutes, one.heads, one.heads == 1 ? "pupil" : "pupils"),
                     {std::move(undo)}));
}

answer wrong_under(const char *field, const char *words) {
    form_errors wrong;
    wrong.under[field] = words;
    return {.what = outcome::refused, .form = std::move(wrong)};
}

// The number of a field; -1 where it is none.
std::int64_t number_in(const fields &holds, const char *field) {
    const auto words = surface::one_line(holds.text(field));
    return shape::digits_only(words) ? std::strtoll(words.c_str(), nullptr, 10) : -1;
}

} // namespace

result<answer> log_session(desk &at) {
    const auto where = where_they_tutor(at);
    if (!where)
        return where.error();
    const auto heads = at.words.number("n");
    const auto lasted = at.words.length("30m");
    if (!heads || !lasted || where->sites.size() != 1) {
        if (!at.asked.can_open_form)
            return refusal{"", "A form cannot be opened from here.",
                           at.line(command_name::mentoring, "session 12 45m")};
        return open_form(form_of(at, *where));
    }
    if (*heads > most_heads)
        return refusal{"", fmt::format("{} pupils are more than one session holds.", *heads),
                       at.line(command_name::mentoring, "session 12 45m")};
    storage::site_session one;
    one.site = where->sites.front().id;
    one.heads = *heads;
    one.minutes = lasted->count();
    const auto when = at.words.date("past date");
    one.on_day = when ? when->date : at.who.where.day_of(at.now());
    return logged(at, *where, one);
}

result<answer> take_session(desk &at) {
    const auto where = where_they_tutor(at);
    if (!where)
        return where.error();
    const auto &holds = at.sent().holds;
    storage::site_session one;
    one.site = holds.chosen("site");
    if (std::none_of(where->sites.begin(), where->sites.end(),
                     [&](auto &site) { return site.id == one.site; }))
        return wrong_under("site", "Choose where it was. Nothing was saved.");
    const auto on = holds.date("day");
    if (!on || *on > at.who.where.day_of(at.now()))
        return wrong_under("day", "Choose a day that has been. Nothing was saved.");
    one.on_day = *on;
    one.minutes = number_in(holds, "minutes");
    if (one.minutes < 1 || one.minutes > most_minutes)
        return wrong_under("minutes", "Minutes are a number from 1 to 1440. Nothing was saved.");
    one.heads = number_in(holds, "heads");
    if (one.heads < 0 || one.heads > most_heads)
        return wrong_under("heads", "Pupils are a number from 0 to 500. Nothing was saved.");
    if (!parse_text(holds.chosen("kind"), one.kind))
        return wrong_under("kind", "Choose one of the two. Nothing was saved.");
    return logged(at, *where, one);
}

// Subject: the session's id.
result<surface::mrkdwn> undo_session(desk &at, const storage::undo_offer &offer) {
    if (!at.on_file.open<storage::sites>().undo_session(offer.subject, at.now()))
        return refusal{"", "That session was taken back already.", at.line(command_name::mentoring)};
    return text("Taken back: the session is not counted.");
}

// --- sites

result<answer> change_site(desk &at) {
    const auto slug = only_program(at, has_sites, "sites");
    if (!slug)
        return slug.error();
    const auto &name = at.words.text("name");
    auto sites = at.on_file.open<storage::sites>();
    const auto all = sites.of(*slug);
    const auto *known = found_by_name(all, name);
    if (at.words.text("do") == "end") {
        if (!known)
            return refusal{"", fmt::format("There is no site “{}”.", name),
                           at.line(command_name::program, "sites")};
        sites.end(known->id, at.now());
        note_about_program(at, "site_end", *slug, known->id);
        auto undo = undo_button(at, site_act, known->id + " ended");
        return done(with_buttons(text("{} is no site of {} any more; its sessions stay counted.", known->name,
                                      at.rules().of(*slug).name),
                                 {std::move(undo)}));
    }
    if (known)
        return tell(text("{} is a site already. Nothing changed.", known->name));
    storage::site one{at.on_file.ids.next(at.now()), *slug, name, at.now(), std::nullopt};
    sites.add(one);
    note_about_program(at, "site_add", *slug, one.id);
    auto undo = undo_button(at, site_act, one.id + " added");
    return done(with_buttons(
        text("{} is a site of {}. Sessions there are logged with `{}`; no pupil is ever on "
             "record.",
             name, at.rules().of(*slug).name, at.line(command_name::mentoring, "session 12 45m")),
        {std::move(undo)}));
}

// Subject: "id added|ended".
result<surface::mrkdwn> undo_site(desk &at, const storage::undo_offer &offer) {
    const auto parts = surface::split_words(offer.subject);
    if (parts.size() != 2)
        throw std::logic_error("site: an undo that was not written here");
    at.on_file.open<storage::sites>().end(parts[0],
                                          parts[1] == "added" ? std::optional(at.now()) : std::nullopt);
    return text("Taken back.");
}

result<answer> list_sites(desk &at) {
    const auto slug = only_program(at, has_sites, "sites");
    if (!slug)
        return slug.error();
    return sites_from(at, slug->str(), 0);
}

result<answer> sites_from(desk &at, const std::string &program, std::size_t from) {
    const program_slug slug{program};
    const auto term = term_to_enter(at, slug);
    if (!term)
        return term.error();
    auto sites = at.on_file.open<storage::sites>();
    const auto all = sites.of(slug);
    if (all.empty())
        return tell(text("No site yet. A first one: `{}`",
                         at.line(command_name::program, "site add Lincoln School")));
    const auto sessions = sites.sessions(term->id);
    std::vector<surface::section> rows;
    for (const auto &site : all) {
        std::int64_t count = 0, minutes_there = 0, heads = 0;
        for (const auto &one : sessions)
            if (one.site == site.id) {
                ++count;
                minutes_there += one.minutes;
                heads += one.heads;
            }
        rows.push_back({.text = text("*{}*: {} {}, {} minutes, {} heads counted", site.name, count,
                                     count == 1 ? "session" : "sessions", minutes_there, heads)});
    }
    surface::message said{.summary = text("{}: {} {}, {} sessions this term.", at.rules().of(slug).name,
                                          all.size(), all.size() == 1 ? "site" : "sites", sessions.size())};
    said.blocks = surface::joined(
        {{surface::section{.text = said.summary}}, list_page(std::move(rows), from, "sites", program)});
    return tell(std::move(said));
}

// --- teams

result<answer> change_team(desk &at) {
    const auto slug = only_program(at, has_teams, "teams");
    if (!slug)
        return slug.error();
    const auto &name = at.words.text("name");
    auto teams = at.on_file.open<storage::mentor_teams>();
    const auto all = teams.of(*slug);
    const auto *known = found_by_name(all, name);
    if (at.words.text("do") == "end") {
        if (!known)
            return refusal{"", fmt::format("There is no team “{}”.", name),
                           at.line(command_name::program, "teams")};
        teams.end(known->id, at.now());
        note_about_program(at, "team_end", *slug, known->id);
        auto undo = undo_button(at, team_act, "team " + known->id + " ended");
        return done(with_buttons(text("{} takes no requests any more; its pairs go on.", known->name),
                                 {std::move(undo)}));
    }
    if (known)
        return tell(text("{} is a team already. Nothing changed.", known->name));
    storage::mentor_team one{at.on_file.ids.next(at.now()), *slug, name, at.now(), std::nullopt};
    teams.add(one);
    note_about_program(at, "team_add", *slug, one.id);
    auto undo = undo_button(at, team_act, "team " + one.id + " added");
    return done(
        with_buttons(text("{} is a team of {}. Put its people in: `{}`", name, at.rules().of(*slug).name,
                          at.line(command_name::program, "team-member add @sam " + name)),
                     {std::move(undo)}));
}

result<answer> change_member(desk &at) {
    const auto slug = only_program(at, has_teams, "teams");
    if (!slug)
        return slug.error();
    const auto example = at.line(command_name::program, "team-member add @sam Solar Car");
    const auto who = person_meant(at, "person", example);
    if (!who)
        return who.error();
    auto teams = at.on_file.open<storage::mentor_teams>();
    const auto all = teams.of(*slug);
    const auto &name = at.words.text("name");
    const auto *team = found_by_name(all, name);
    if (!team)
        return refusal{"", fmt::format("There is no team “{}”.", name),
                       at.line(command_name::program, "teams")};
    const auto members = teams.members(team->id);
    const bool in = std::find(members.begin(), members.end(), who->id) != members.end();
    const bool adds = at.words.text("do") == "add";
    if (in == adds)
        return tell(
            text("{} is {} {} already. Nothing changed.", named(*who), adds ? "in" : "out of", team->name));
    const auto &rules = at.rules().of(*slug);
    const auto term = term_to_enter(at, *slug);
    if (!term)
        return term.error();
    const auto enrolled = at.on_file.programs.enrolled(term->id, who->id, role::mentor);
    if (adds && (!enrolled || enrolled->state == enrolment_state::left))
        return refusal{"",
                       fmt::format("{} is not enrolled as {} in {}.", first_name(*who), rules.mentor_word.one,
                                   rules.name),
                       at.line(command_name::program, fmt::format("enrol {} mentor", in_a_line(*who)))};
    if (adds)
        teams.join(team->id, who->id, at.now());
    else
        teams.leave(team->id, who->id, at.now());
    note_about(at, adds ? "team_join" : "team_leave", who->id, team->id);
    auto undo = undo_button(
        at, team_act, fmt::format("member {} {} {}", team->id, who->id.str(), adds ? "joined" : "left"));
    return done(with_buttons(text("{} is {} {}.", named(*who), adds ? "in" : "no longer in", team->name),
                             {std::move(undo)}));
}

// Subject: "team id added|ended" or "member id person joined|left".
result<surface::mrkdwn> undo_team(desk &at, const storage::undo_offer &offer) {
    const auto parts = surface::split_words(offer.subject);
    auto teams = at.on_file.open<storage::mentor_teams>();
    if (parts.size() == 3 && parts[0] == "team")
        teams.end(parts[1], parts[2] == "added" ? std::optional(at.now()) : std::nullopt);
    else if (parts.size() == 4 && parts[3] == "joined")
        teams.leave(parts[1], person_id{parts[2]}, at.now());
    else if (parts.size() == 4)
        teams.join(parts[1], person_id{parts[2]}, at.now());
    else
        throw std::logic_error("team: an undo that was not written here");
    return text("Taken back.");
}

result<answer> list_teams(desk &at) {
    const auto slug = only_program(at, has_teams, "teams");
    if (!slug)
        return slug.error();
    return teams_from(at, slug->str(), 0);
}

result<answer> teams_from(desk &at, const std::string &program, std::size_t from) {
    const program_slug slug{program};
    auto teams = at.on_file.open<storage::mentor_teams>();
    const auto all = teams.of(slug);
    if (all.empty())
        return tell(
            text("No team yet. A first one: `{}`", at.line(command_name::program, "team add Solar Car")));
    std::vector<surface::section> rows;
    for (const auto &team : all) {
        surface::mrkdwn names;
        for (const auto &id : teams.members(team.id)) {
            const auto who = at.on_file.people.by_id(id);
            names = names.text.empty() ? named(who.value()) : text("{}, {}", names, named(who.value()));
        }
        rows.push_back(
            {.text = text("*{}*: {}", team.name, names.text.empty() ? text("nobody yet") : names)});
    }
    surface::message said{.summary = text("{}: {} {}.", at.rules().of(slug).name, all.size(),
                                          all.size() == 1 ? "team" : "teams")};
    said.blocks = surface::joined(
        {{surface::section{.text = said.summary}}, list_page(std::move(rows), from, "teams", program)});
    return tell(std::move(said));
}

std::optional<person_id> first_with_room(storage::records &on_file, const program &rules,
                                         const storage::term &term, const storage::mentor_team &team,
                                         const std::function<std::optional<int>(const person_id &)> &takes,
                                         instant now) {
    const auto pairs = on_file.pairs.of_term(term.id);
    for (const auto &id : on_file.open<storage::mentor_teams>().members(team.id)) {
        const auto who = on_file.people.by_id(id);
        if (!who || who->state != person_state::active ||
            !pairing_bar(on_file, rules, term, *who, role::mentor, now).empty())
            continue;
        const auto has = std::count_if(pairs.begin(), pairs.end(), [&](const storage::pair &pair) {
            return pair.mentor == id && pair.state != pair_state::ended;
        });
        const auto most = takes(id);
        if (!most || has < *most)
            return id;
    }
    return std::nullopt;
}

} // namespace rapport
