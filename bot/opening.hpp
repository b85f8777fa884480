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
// Whether some program takes a reaction for an answer: then its events and scope are asked for.
bool any_reacts(const std::vector<policy_source> &programs);

struct program_found {
    program_slug program;
    std::int64_t version = 0;
    bool is_new = false;  // opened now, with the text of its file
    bool differs = false; // the file says something else than what is in force
};

// In one transaction: opens the programs that are not on file yet, each with its text, a journal row and its
// first term (settled 2). What is in force of the others stays: a changed file is for `policy apply` (settled
// 8). Gives the versions by program.
std::vector<program_found> open_programs(storage::session &db, const team_id &team,
                                         const std::vector<policy_source> &programs, instant now);

// The owners and command names that hold while the service runs; the policies are the database's.
house house_of(const config::settings &from);

// Those whose text this release cannot read; what began under such a one follows the version in force
// (house_in_force.hpp reads the others).
std::vector<program_found> unreadable_of(const std::vector<storage::applied_policy> &applied);

// The workspace this database serves: noted the first time. Empty if it is `team`, else the one it is.
std::string other_workspace(storage::session &db, const team_id &team);

} // namespace rapport::bot
