// What is settled before the first request: the policies of the settings read and put in force, their terms
// opened, the workspace compared with the one the database knows.
#pragma once

#include "config/problem.hpp"
#include "config/settings.hpp"
#include "handlers/desk.hpp"
#include "mentoring/program.hpp"
#include "storage/policy_versions.hpp"
#include "storage/session.hpp"

#include <string>
#include <vector>

namespace rapport::bot {

struct policy_source {
    std::string text; // as it stands in its file
    program rules;
};

struct policies_read {
    std::vector<policy_source> all;
    std::vector<config::problem> problems; // of every file; empty: all can stand
};

// Reads every policy file the settings name. Two files of one slug are a problem.
policies_read read_policies(const config::settings &from);

// Whether some program follows who writes in a pair's conversation; without one no message event is asked
// for.
bool any_listens(const std::vector<policy_source> &programs);

struct put_in_force {
    program_slug program;
    std::int64_t version = 0;
    bool changed = false; // new, or another text than the one in force before
};

// In one transaction: puts each text in force where it differs from the one that is (settled 8), with a
// journal row, and opens the program's first term (settled 2). Gives the versions by program.
std::vector<put_in_force> open_programs(storage::session &db, const team_id &team,
                                        const std::vector<policy_source> &programs, instant now);

// The owners, command names and policies that hold while the service runs.
house house_of(const config::settings &from, const std::vector<policy_source> &programs,
               const std::vector<put_in_force> &versions);

// Adds the older versions of these programs, as the database holds them: what began under one keeps it
// (settled 8). Gives those whose text this release cannot read; what began under such a one follows the
// version in force.
std::vector<put_in_force> add_older(house &here, const std::vector<storage::applied_policy> &applied);

// The workspace this database serves: noted the first time. Empty if it is `team`, else the one it is.
std::string other_workspace(storage::session &db, const team_id &team);

} // namespace rapport::bot
