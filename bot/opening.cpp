// Reading, comparing and putting in force; see opening.hpp.
#include "bot/opening.hpp"

#include "config/policy_file.hpp"
#include "config/policy_text.hpp"
#include "handlers/terms.hpp"
#include "mentoring/zones.hpp"
#include "storage/journal.hpp"
#include "storage/records.hpp"

#include <algorithm>
#include <set>

namespace rapport::bot {
namespace {

// Facts of the installation as a whole stand under a name no workspace can have.
const team_id installation{"installation"};

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

bool any_reacts(const std::vector<policy_source> &programs) {
    return std::any_of(programs.begin(), programs.end(), [](const policy_source &each) {
        return each.rules.contacts.hears == listening::conversation && each.rules.replies.reactions_answer;
    });
}

std::vector<program_found> open_programs(storage::session &db, const team_id &team,
                                         const std::vector<policy_source> &programs, instant now) {
    id_source ids;
    storage::records on_file(db, team, ids);
    std::vector<program_found> made;
    for (const auto &each : programs) {
        const auto &slug = each.rules.slug;
        const auto before = on_file.programs.policy_in_force(slug);
        program_found one{slug};
        one.is_new = !before;
        one.differs = before && before->text != each.text;
        one.version =
            before ? before->version : on_file.programs.apply_policy(slug, each.text, now, std::nullopt);
        if (one.is_new)
            settle_terms(on_file, each.rules, now);
        made.push_back(one);
    }
    for (const auto &one : made)
        if (one.is_new)
            on_file.journal.append(team, {now, "rapport", "policy_applied", "program", one.program.str(),
                                          "version " + std::to_string(one.version)});
    return made;
}

house house_of(const config::settings &from) {
    house made;
    made.owners = from.owners;
    made.scribe = &config::scribe();
    for (const auto &[own, shown] : from.commands) {
        command_name which{};
        if (parse_text(own, which))
            made.names.rename(which, shown);
    }
    return made;
}

std::vector<program_found> unreadable_of(const std::vector<storage::applied_policy> &applied) {
    std::vector<program_found> unreadable;
    for (const auto &each : applied)
        if (const auto rules = config::recall_policy(each.text); !rules || rules->slug != each.program)
            unreadable.push_back({each.program, each.version});
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
