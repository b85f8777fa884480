// Planning: pairs whose time to be looked at has come are asked what is due in them, and what is due is put
// into the outbox as intents. What is sent of it, when and in which words is outgoing's.
#pragma once

#include "handlers/outgoing.hpp"

namespace rapport {

// What one step of the planner did.
struct planned {
    int pairs = 0; // looked at
    int rows = 0;  // added to the outbox; planning the same occasion twice adds none
};

// Looks at up to `limit` pairs that are due at `now`, over all workspaces, and sets when to look at each
// again. `pairs == limit`: there may be more.
planned plan(storage::session &db, id_source &ids, const house &here, instant now, int limit);

} // namespace rapport
