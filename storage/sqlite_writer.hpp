// Runs batches of units on the one SQLite connection, without threads: one transaction a batch, a savepoint a
// unit, one sync. Knows when the file is lost and when to try it again (settled 21); the queue and the thread
// around it are the store's.
#pragma once

#include "storage/migrations.hpp"
#include "storage/sqlite_connection.hpp"
#include "storage/sqlite_copy.hpp"
#include "storage/sqlite_session.hpp"
#include "storage/store.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace rapport::storage {

using unit_ptr = std::unique_ptr<unit>;

// "sqlite:data/rapport.db?vfs=name" taken apart; std::nullopt if it names no SQLite database.
std::optional<sqlite_place> sqlite_place_of(const store_settings &settings);

class sqlite_writer {
  public:
    // Opens and migrates, and frees the leases of the process before. Throws opening_error.
    sqlite_writer(const store_settings &settings, std::span<const migration> known);
    ~sqlite_writer();

    // Runs every unit in one transaction and tells each, in order, after the commit.
    void run(std::vector<unit_ptr> batch);
    // Tells each the file is closed.
    void refuse(std::vector<unit_ptr> batch);
    // Makes the connection anew if it is time to; gives whether it is open.
    bool ready();
    // Copies the log into the file and empties it. Throws what the engine says.
    void settle_on_disk();

    // Begins a copy, or tells `done` why not. One at a time.
    using copied = std::function<void(saved<void>)>;
    void begin_copy(std::string path, copied done);
    bool copying() const {
        return copy_ != nullptr;
    }
    // A few pages more; tells whoever asked once it is over.
    void go_on_copying();
    // Gives an unfinished copy up.
    void end_copy(fault why);

    // From any thread; `queued` is left to the store.
    store_snapshot snapshot() const;
    void count_busy();
    sqlite3 *handle_for_tests() {
        return connection_ ? connection_->handle() : nullptr;
    }

  private:
    struct gone {
        sqlite_damage damage;
        std::string why;
    };
    void open();
    void close(const gone &why);
    void probe_room();
    std::optional<gone> attempt(std::vector<unit_ptr> &batch, std::vector<std::optional<fault>> &outcome);
    std::optional<fault> run_one(unit &what);
    void commit();
    void publish(const std::vector<std::optional<fault>> &outcome, bool lost);
    void tell(std::string_view event, std::string_view detail) const;

    store_settings settings_;
    sqlite_place place_;
    std::span<const migration> known_;
    std::function<instant()> clock_;
    std::unique_ptr<sqlite_connection> connection_;
    std::unique_ptr<sqlite_session> session_;
    std::unique_ptr<sqlite_copy> copy_; // before the connection goes, this goes
    copied copied_;
    std::optional<instant> try_again_at_; // none while open, or closed until a restart
    std::chrono::nanoseconds last_commit_{};

    mutable std::mutex guard_; // of what snapshot() reads
    bool open_ = false;
    std::string reason_;
    store_counts counts_;
    statement_log timings_;
};

} // namespace rapport::storage
