// One PostgreSQL connection and the units run on it: begin, run, commit, again on a collision, anew after a
// loss. No thread of its own; what it counts is shared by the store's workers.
#pragma once

#include "storage/migrations.hpp"
#include "storage/postgres_session.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <random>

namespace rapport::storage {

// What the workers of a store share.
class postgres_ledger {
  public:
    explicit postgres_ledger(const store_settings &settings) : settings_(settings) {}

    void count(const std::function<void(store_counts &)> &change);
    void keep_timings(statement_log &of_worker);
    // A connection was made or lost: readiness is that of the last one heard of.
    void connected(bool again);
    void lost(const std::string &why);
    void unable(const std::string &why); // connected, but the server cannot keep anything
    void able();
    store_snapshot snapshot() const;
    // Waits, unless the store is stopped meanwhile.
    void pause(milliseconds how_long);
    void stop();
    const store_settings &settings() const {
        return settings_;
    }

  private:
    const store_settings &settings_;
    mutable std::mutex guard_;
    std::condition_variable stopped_;
    bool stopping_ = false, ready_ = false, able_ = true;
    std::string reason_;
    store_counts counts_;
    statement_log timings_;
};

class postgres_worker {
  public:
    explicit postgres_worker(postgres_ledger &shared);

    // Connects if it is not connected and the last try is long enough ago; gives whether it is. Never throws.
    bool ready();
    // Connects now. Throws opening_error.
    void connect();
    void bring_schema_up(std::span<const migration> known, instant now);
    // Runs the unit to its end and tells it.
    void serve(unit &what);
    // Notices a server that went away while nothing was asked of it.
    void ping();

  private:
    enum class next { done, again, reconnect };
    next attempt(unit &what, int tries, std::optional<fault> &outcome);
    void drop(const std::string &why);
    milliseconds back_off(int tries);

    postgres_ledger &shared_;
    std::unique_ptr<postgres_session> session_;
    std::chrono::steady_clock::time_point try_again_at_{};
    bool ever_connected_ = false;
    std::minstd_rand chance_{std::random_device{}()};
};

} // namespace rapport::storage
