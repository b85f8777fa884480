// The messages somebody was sent of late, newest first, for the question why.
#pragma once

#include "storage/session.hpp"

#include <string>
#include <vector>

namespace rapport::storage {

struct told_row {
    std::string id; // of the outbox
};

class told_lately {
    session &db_;
    team_id team_;

  public:
    told_lately(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    std::vector<told_row> to(const person_id &who, std::int64_t most);
};

} // namespace rapport::storage
