// Every policy text that was ever put in force, by program and version: an occasion keeps the version its
// clock started under, so a start needs the older ones too. Putting one in force is programs.hpp's.
#pragma once

#include "mentoring/ids.hpp"
#include "storage/session.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace rapport::storage {

struct applied_policy {
    program_slug program;
    std::int64_t version = 0;
    std::string text;
};

class policy_versions {
    session &db_;
    team_id team_;

  public:
    policy_versions(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    std::vector<applied_policy> all(); // by program and version
};

} // namespace rapport::storage
