// The door to everything durable. A unit is a callable over a session; it runs in one transaction and its
// owner hears of it only once it is on disk. Which engine stands behind is known to open_store alone.
#pragma once

#include "storage/fault.hpp"
#include "storage/session.hpp"

#include <concepts>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace rapport::storage {

// PostgreSQL only; SQLite has one writer, so every unit there is alone.
enum class isolation {
    serializable,   // handlers: as if alone; re-run on a collision, so a unit must be callable twice
    read_committed, // claims, outcomes, the planner: rows are taken by lock or by unique key
};

// How a unit is run. `name` appears in logs and metrics: "command", "claim".
struct run_as {
    std::string_view name;
    isolation level = isolation::serializable;
    milliseconds budget{2500}; // from the moment it is written; spent waiting or colliding it ends as `busy`.
                               // SQLite has no collisions: there the length of the queue is the limit
};

// A unit with its type forgotten: what stores queue and run.
class unit {
  public:
    explicit unit(run_as how) : how_(how), written_(std::chrono::steady_clock::now()) {}
    unit(const unit &) = delete;
    unit &operator=(const unit &) = delete;
    virtual ~unit() = default;

    virtual void run(session &db) = 0;
    // Exactly once, after the commit or the fault; must not throw.
    virtual void finish(std::optional<fault> what) noexcept = 0;

    const run_as &how() const {
        return how_;
    }
    std::chrono::steady_clock::time_point deadline() const {
        return written_ + how_.budget;
    }

  private:
    run_as how_;
    std::chrono::steady_clock::time_point written_;
};

template <class Work>
using made_by = std::invoke_result_t<Work &, session &>;

template <class Work, class Done>
class unit_of final : public unit {
    using made = made_by<Work>;
    struct done_without_value {};
    Work work_;
    Done done_;
    std::optional<std::conditional_t<std::is_void_v<made>, done_without_value, made>> made_;

  public:
    unit_of(run_as how, Work work, Done done) : unit(how), work_(std::move(work)), done_(std::move(done)) {}

    void run(session &db) override {
        if constexpr (std::is_void_v<made>) {
            work_(db);
            made_.emplace();
        } else {
            made_.emplace(work_(db));
        }
    }
    void finish(std::optional<fault> what) noexcept override {
        if (what)
            done_(saved<made>(std::move(*what)));
        else if constexpr (std::is_void_v<made>)
            done_(saved<made>());
        else
            done_(saved<made>(std::move(*made_)));
    }
};

// One statement's timings since start, under its name.
struct statement_timing {
    std::string name;
    std::int64_t runs = 0, errors = 0;
    std::chrono::nanoseconds total{}, slowest{};
};

// Counted since start.
struct store_counts {
    std::int64_t units = 0;          // finished, however
    std::int64_t units_failed = 0;   // threw
    std::int64_t refused_busy = 0;   // queue full, or time spent on collisions
    std::int64_t batches = 0;        // transactions begun
    std::int64_t batches_failed = 0; // lost whole
    std::int64_t reruns = 0;         // PostgreSQL: 40001 and 40P01
    std::int64_t ambiguous = 0;      // PostgreSQL: link lost under COMMIT
    std::int64_t reopenings = 0;     // connections made again after a loss
    std::chrono::nanoseconds commit_total{}, commit_slowest{};
};

// What /readyz and /metrics ask; cheap, from any thread.
struct store_snapshot {
    bool ready = false;
    std::string reason;                    // why not, for an operator; empty while ready
    std::size_t queued = 0;                // units waiting now
    std::optional<std::int64_t> wal_bytes; // SQLite on a file
    std::optional<std::int64_t> disk_free; // SQLite on a file: bytes left to its file system
    store_counts counts;
    std::vector<statement_timing> statements; // by name
};

class store {
  public:
    store() = default;
    store(const store &) = delete;
    store &operator=(const store &) = delete;
    virtual ~store() = default;

    // Runs `work(session&)` in a transaction and then calls `done(saved<T>)`, T being what work returned:
    // after COMMIT on a thread of the store, or before this returns when the unit is not even queued (`busy`,
    // `unavailable`). `done` must not throw and must not block: it posts to where it belongs.
    template <std::invocable<session &> Work, class Done>
    void write(run_as how, Work work, Done done) {
        submit(std::make_unique<unit_of<Work, Done>>(how, std::move(work), std::move(done)));
    }

    // The same for those who can wait: tests and command-line verbs. Never from a unit or a `done`.
    template <std::invocable<session &> Work>
    saved<made_by<Work>> write_and_wait(run_as how, Work work) {
        std::promise<saved<made_by<Work>>> told;
        auto heard = told.get_future();
        write(how, std::move(work),
              [&told](saved<made_by<Work>> what) noexcept { told.set_value(std::move(what)); });
        return heard.get();
    }

    // Moves everything written out of the side log into the main file and empties it, so that what was erased
    // is gone from disk (SQLite; PostgreSQL looks after its own log). Runs between batches.
    virtual saved<void> settle_on_disk() = 0;
    // The same soon, for those who cannot wait: at the next pause between batches.
    virtual void settle_soon() = 0;

    // Copies the whole database into a new file, 0600, synced and under its name only when complete, a few
    // pages between batches: what is acknowledged meanwhile is in it too. `done` is called once, on a thread
    // of the store, perhaps before this returns; it must not throw. One copy at a time (`busy`). PostgreSQL
    // has its own tools for that (`unavailable`).
    virtual void copy_to(std::string path, std::function<void(saved<void>)> done) = 0;

    // Finishes what is queued, then refuses all else. Called by the destructor too.
    virtual void stop() = 0;

    virtual store_snapshot snapshot() const = 0;

  private:
    virtual void submit(std::unique_ptr<unit> what) = 0;
};

// Something an operator should read: `event` is a stable word ("storage_closed"), `detail` a sentence.
using store_listener = std::function<void(std::string_view event, std::string_view detail)>;

struct store_settings {
    std::string database;            // "sqlite:PATH", "sqlite::memory:", or "postgres://..."
    instant opened_at{};             // noted beside the migrations that are applied
    std::size_t queue_limit = 1024;  // units waiting; beyond it `busy`
    std::size_t batch_limit = 256;   // units in one SQLite transaction
    int workers = 8;                 // PostgreSQL connections, each with a thread
    milliseconds reopen_every{1000}; // after a loss
    milliseconds lock_wait{5000};    // SQLite: for the process before us to let go of the file
    std::function<instant()> clock;  // engine_now() on SQLite; the steady clock if empty
    store_listener tell;             // from the store's threads; may be empty
};

// Opens, migrates and starts. Throws opening_error. SQLite frees the leases of the process before it.
std::unique_ptr<store> open_store(store_settings settings);

// A store without threads: write() has run the unit and called done before it returns. For tests,
// the simulator and command-line verbs; the same code as the threaded one up to the queue. A unit written
// by a `done` runs after it, in a transaction of its own.
std::unique_ptr<store> open_inline_store(store_settings settings);

} // namespace rapport::storage
