// Reading who asks; see caller.hpp.
#include "handlers/caller.hpp"

#include <algorithm>
#include <stdexcept>

namespace rapport {
namespace {

zone zone_of(const caller &who, const policies &rules) {
    if (who.person)
        for (const auto &name : {who.person->zone, who.person->platform_zone})
            if (name)
                if (auto found = zone::named(*name))
                    return *found;
    auto slugs = who.programs();
    if (slugs.empty() && rules.slugs().size() == 1)
        slugs = rules.slugs(); // nobody yet, and only one program they can mean
    for (const auto &slug : slugs)
        if (const auto *found = rules.find(slug))
            return found->where;
    return {};
}

unsigned standing_of(const caller &who) {
    unsigned out = who.owner ? owns | coordinates : nobody;
    if (!who.coordinated.empty())
        out |= coordinates;
    for (const auto &each : who.pairs)
        out |= each.mentor == who.person->id ? mentors : mentored;
    if (!who.memberships.empty() || !who.pairs.empty())
        out |= enrolled;
    if ((out & enrolled) == 0)
        out |= is_outside;
    else if (who.pairs.empty())
        out |= is_waiting;
    return out;
}

} // namespace

const person_id &caller::id() const {
    if (!person)
        throw std::logic_error("caller: asked for the id of somebody who is not on file");
    return person->id;
}

bool caller::coordinates_program(const program_slug &which) const {
    return std::find(coordinated.begin(), coordinated.end(), which) != coordinated.end();
}

std::vector<program_slug> caller::programs() const {
    std::vector<program_slug> out;
    for (const auto &one : memberships)
        out.push_back(one.program);
    for (const auto &one : pairs)
        out.push_back(one.program);
    if (!owner) // every program is an owner's, but only these are theirs as a person in it
        out.insert(out.end(), coordinated.begin(), coordinated.end());
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

caller who_asks(storage::records &on_file, const policies &rules, const std::vector<slack_id> &owners,
                const slack_id &who) {
    caller out;
    out.slack = who;
    out.person = on_file.people.by_slack(who);
    out.owner = std::find(owners.begin(), owners.end(), who) != owners.end();
    if (out.person) {
        for (const auto &one : on_file.programs.memberships(out.person->id))
            if (one.term_is == term_state::open && one.state != enrolment_state::left)
                out.memberships.push_back(one);
        out.pairs = on_file.pairs.open_of_person(out.person->id);
    }
    for (const auto &slug : rules.slugs())
        if (out.owner || (out.person && on_file.programs.coordinates(slug, out.person->id)))
            out.coordinated.push_back(slug);
    out.where = zone_of(out, rules);
    out.stands = standing_of(out);
    return out;
}

} // namespace rapport
