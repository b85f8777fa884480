// One SQLite file, opened the one way that is safe with Debian's SQLite: alone (EXCLUSIVE), WAL, every commit
// synced. Leaves statements to the session and batches to the writer.
#pragma once

#include "storage/fault.hpp"

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace rapport::storage {

// "Rapp": in the file's header, so that `file` and we can tell whose it is.
inline constexpr std::int64_t sqlite_application_id = 0x52617070;

struct sqlite_place {
    std::string path;                      // or ":memory:"
    std::chrono::milliseconds lock_wait{}; // for another process to let go of it
    std::string vfs;                       // tests: a file system that fails; empty is the system's

    bool in_memory() const {
        return path == ":memory:";
    }
};

// What an SQLite result code means for the batch it came in (settled 21).
enum class sqlite_damage {
    none,      // the statement's own error
    retryable, // full, read-only, out of memory or handles: close, reopen each second
    fatal,     // I/O error or corruption: stay closed until a restart
};
sqlite_damage damage_of(int code);

// Thrown when the file itself failed.
struct sqlite_lost : engine_lost {
    sqlite_lost(sqlite_damage how_bad, const std::string &why) : engine_lost(why), damage(how_bad) {}
    sqlite_damage damage;
};

class sqlite_connection {
  public:
    // The whole opening sequence with quick_check. Throws opening_error (in use elsewhere, another
    // application's, damaged, not writable) before anything is written to a file that is not ours.
    explicit sqlite_connection(const sqlite_place &where);
    ~sqlite_connection();
    sqlite_connection(const sqlite_connection &) = delete;
    sqlite_connection &operator=(const sqlite_connection &) = delete;

    sqlite3 *handle() const {
        return db_;
    }
    // False once SQLite has rolled the whole transaction back by itself.
    bool in_transaction() const {
        return sqlite3_get_autocommit(db_) == 0;
    }
    // Several statements without arguments. Throws statement_error or sqlite_lost.
    void script(const std::string &sql);
    // The first column of the first row of a query without arguments; "" if there is none.
    std::string word(const std::string &sql);
    // After an I/O error: closing leaves the log as it is instead of copying from it.
    void leave_log_alone();
    // Throws what `code` means: sqlite_lost or statement_error, with the engine's words.
    [[noreturn]] void fail(int code, std::string_view doing) const;

  private:
    void open(const sqlite_place &where);
    void check_owner(const sqlite_place &where);
    void check_pages(const sqlite_place &where);

    sqlite3 *db_ = nullptr;
};

// A whole copy of the open database in a new file, 0600, synced before this returns; it appears under its
// name only when it is complete. An older file of that name is replaced.
void copy_database(sqlite_connection &from, const std::string &path);

} // namespace rapport::storage
