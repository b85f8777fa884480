// The schema as numbered files (storage/schema), built into the program; each is applied once, in order, in a
// transaction, and remembered with its checksum. What an engine must lend for that is `schema_host`.
#pragma once

#include "storage/session.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace rapport::storage {

struct migration {
    int number;
    std::string_view name, sha256, sql;
};

// The files of storage/schema, numbered 1, 2, 3, ...
std::span<const migration> shipped_migrations();

// What an engine lends to the migrator.
class schema_host {
  public:
    virtual ~schema_host() = default;

    // Runs `work` in a transaction of its own that no other process migrates beside; rolled back if it
    // throws.
    virtual void alone(const std::function<void(session &)> &work) = 0;
    // Runs a script of several statements inside that transaction.
    virtual void script(std::string_view sql) = 0;
    // Notes the schema's number where tools look for it, inside that transaction.
    virtual void note_version(int number) = 0;
    // A copy to go back to, before a database with records is changed.
    virtual void copy_before(int number) = 0;
    // How the database is called in messages.
    virtual std::string place() const = 0;
};

// Brings the database to the last of `known`. Throws opening_error, before anything is changed, if the
// database is newer than `known` or holds a migration whose text is no longer the same; if applying fails,
// with what was applied so far kept. Gives the number of migrations applied.
int migrate(schema_host &host, std::span<const migration> known, instant now);

} // namespace rapport::storage
