// Looking at the database a setting names without changing it: is it there, ours, whole, of our schema, and
// may we write? For those who ask before the service is started; nothing is migrated, made or repaired here.
#pragma once

#include "mentoring/words.hpp"

#include <string>

namespace rapport::storage {

enum class database_state {
    absent,      // will be made at start
    ready,       // ours, whole, of the schema this program has
    older,       // ours, whole; what is missing of the schema is applied at start
    in_use,      // SQLite: another process holds it
    locked,      // PostgreSQL: another process holds its tables for long
    read_only,   // can be read, not written
    newer,       // was used by a newer program
    edited,      // holds a migration whose text is not ours
    damaged,     // not whole
    foreign,     // belongs to another application
    unreachable, // no file can be made there, or no server answers
};
RAPPORT_WORDS(database_state, 11,
              {{database_state::absent, "absent"},
               {database_state::ready, "ready"},
               {database_state::older, "older"},
               {database_state::in_use, "in_use"},
               {database_state::locked, "locked"},
               {database_state::read_only, "read_only"},
               {database_state::newer, "newer"},
               {database_state::edited, "edited"},
               {database_state::damaged, "damaged"},
               {database_state::foreign, "foreign"},
               {database_state::unreachable, "unreachable"}})

// `says` is a sentence for an operator without the address (it may hold a password); `mend` is empty where
// the service would start.
struct database_look {
    database_state state = database_state::unreachable;
    std::string says = {}, mend = {};

    bool can_start() const {
        return mend.empty();
    }
};

// "sqlite:PATH" or "postgres://...", as in the settings. Throws nothing a person could cause.
database_look look_at(const std::string &database);

} // namespace rapport::storage
