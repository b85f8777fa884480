// A copy of the open database, made a few pages at a time between batches, so that no ack waits for it. What
// is written meanwhile is in the copy too: it stands for the moment it ended.
#pragma once

#include "storage/sqlite_connection.hpp"

#include <string>

namespace rapport::storage {

class sqlite_copy {
  public:
    // Begins a new file beside `path`. Throws opening_error where it cannot be made, or `path` is there
    // already: a copy never replaces anything.
    sqlite_copy(sqlite_connection &from, std::string path);
    ~sqlite_copy(); // an unfinished copy leaves no file
    sqlite_copy(const sqlite_copy &) = delete;
    sqlite_copy &operator=(const sqlite_copy &) = delete;

    // Copies up to `pages` more. True once all is copied, synced, and stands under its name, readable by its
    // owner only. Throws opening_error where the new file fails, sqlite_lost where the database does.
    bool step(int pages);

    static constexpr int pages_a_step = 64; // settled 27

  private:
    void close();
    void put_in_place();
    [[noreturn]] void fail(const std::string &why) const;

    sqlite3 *from_;
    std::string path_, half_;
    sqlite3 *to_ = nullptr;
    sqlite3_backup *under_way_ = nullptr;
    int file_ = -1; // the half copy, to hurry what was written to the disk
};

} // namespace rapport::storage
