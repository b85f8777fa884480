// Reading, comparing and putting in force; see opening.hpp.
#include "bot/opening.hpp"

#include "config/policy_file.hpp"
#include "mentoring/zones.hpp"
#include "storage/journal.hpp"
#include "storage/records.hpp"

#include <algorithm>
#include <set>

namespace rapport::bot {
namespace {

// Facts of the installation as a whole stand under a name no workspace can have.
const team_id installation{"installation"};

storage::term first_term(storage::records &on_file, const program &rules, instant now) {
    storage::term made;
    made.id = on_file.ids.make<term_id>(now);
    made.program = rules.slug;
    made.name = rules.name;
    made.state = term_state::open;
    made.opens_at = now;
    if (rules.term) {
        made.opens_at = rules.where.start_of(rules.term->from);
        made.closes_at = rules.where.start_of(day{date::sys_days{rules.term->until} + days{1}});
    }
    return made;
}

} // namespace

policies_read read_policies(const config::settings &from) {
    policies_read made;
    std::set<program_slug> seen;
    for (const auto &file : from.programs) {
        auto loaded = config::load_policy(file);
        auto &problems = loaded.reading.problems;
        made.problems.insert(made.problems.end(), problems.begin(), problems.end());
        if (!loaded.reading.value)
            continue;
        if (!seen.insert(loaded.reading.value->slug).second) {
            made.problems.push_back({file.string(),
                                     {},
                                     loaded.reading.value->slug.str(),
                                     "Two policy files are for the same program.",
                                     "Name one file a program under `programs` of the settings."});
            continue;
        }
        made.all.push_back({std::move(loaded.text), std::move(*loaded.reading.value)});
    }
    return made;
}

bool any_listens(const std::vector<policy_source> &programs) {
    return std::any_of(programs.begin(), programs.end(), [](const policy_source &each) {
        return each.rules.contacts.hears == listening::conversation;
    });
}

std::vector<put_in_force> open_programs(storage::session &db, const team_id &team,
                                        const std::vector<policy_source> &programs, instant now) {
    id_source ids;
    storage::records on_file(db, team, ids);
    std::vector<put_in_force> made;
    for (const auto &each : programs) {
        const auto &slug = each.rules.slug;
        const auto before = on_file.programs.policy_in_force(slug);
        put_in_force one{slug, on_file.programs.apply_policy(slug, each.text, now, std::nullopt), false};
        one.changed = !before || before->version != one.version;
        if (!on_file.programs.open_term(slug) && on_file.programs.terms(slug).empty())
            on_file.programs.add_term(first_term(on_file, each.rules, now));
        made.push_back(one);
    }
    for (const auto &one : made)
        if (one.changed)
            on_file.journal.append(team, {now, "rapport", "policy_applied", "program", one.program.str(),
                                          "version " + std::to_string(one.version)});
    return made;
}

house house_of(const config::settings &from, const std::vector<policy_source> &programs,
               const std::vector<put_in_force> &versions) {
    house made;
    made.owners = from.owners;
    for (const auto &[own, shown] : from.commands) {
        command_name which{};
        if (parse_text(own, which))
            made.names.rename(which, shown);
    }
    for (const auto &each : programs)
        for (const auto &one : versions)
            if (one.program == each.rules.slug)
                made.rules.add(one.version, each.rules);
    return made;
}

std::vector<put_in_force> add_older(house &here, const std::vector<storage::applied_policy> &applied) {
    std::vector<put_in_force> unreadable;
    for (const auto &each : applied) {
        const auto newest = here.rules.version_of(each.program);
        if (newest == 0 || each.version >= newest)
            continue; // of a program that is not run any more, or read from its file just now
        auto reading = config::read_policy(each.text, "policy");
        if (reading.value && reading.value->slug == each.program)
            here.rules.add(each.version, std::move(*reading.value));
        else
            unreadable.push_back({each.program, each.version, false});
    }
    return unreadable;
}

std::string other_workspace(storage::session &db, const team_id &team) {
    storage::facts facts(db, installation);
    const auto known = facts.get("team");
    if (!known)
        facts.set("team", team.str());
    return !known || *known == team.str() ? std::string() : *known;
}

} // namespace rapport::bot
