// Two records of one person made one: who was on record by an address only turns out to be somebody with an
// account. Everything said of the one is said of the other from then on, and the first record goes.
#pragma once

#include "storage/session.hpp"

#include <string_view>
#include <vector>

namespace rapport::storage {

// Whether the two can be one: they stand on two sides of nothing (a pair, a request, an invitation).
bool may_be_one(session &db, const team_id &team, const person_id &one, const person_id &other);

// Everything about `from` is about `into` now, and `from` is gone. Of what both have only one of (a role in a
// term, a gate, a field of a profile) the newer stands; of two running pairs with the same partner `into`'s
// runs on and the other one has ended. The address stays one of theirs. The journal keeps the ids it was
// written with. Needs may_be_one.
void make_one(session &db, const team_id &team, const person_id &into, const person_id &from, instant now);

// The columns it looks at, "table.column": every one that names a person must be among them.
std::vector<std::string_view> merged_columns();

} // namespace rapport::storage
