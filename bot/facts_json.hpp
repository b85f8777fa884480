// What is kept about one person, or in one program, as JSON: for the one who asks for their own data, and for
// the operator who keeps a program's records elsewhere. Others are named by our own ids only.
#pragma once

#include "storage/session.hpp"

#include <optional>
#include <string>

namespace rapport::bot {

// Whose facts: one of the two is given.
struct facts_wanted {
    std::string person;  // a platform id or an e-mail address
    std::string program; // a slug
};

// The workspace this database serves; none before the first start.
std::optional<team_id> served_team(storage::session &db);

// The facts as indented JSON; none if nobody, or no program, is known by that name.
std::optional<std::string> facts_json(storage::session &db, const team_id &team, const facts_wanted &whose);

} // namespace rapport::bot
