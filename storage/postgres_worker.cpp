// See postgres_worker.hpp.
#include "storage/postgres_worker.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport::storage {
namespace {

constexpr int migration_tries = 10;

constexpr command<> one_migrator{"migrations.lock",
                                 "SELECT pg_advisory_xact_lock(hashtextextended(current_schema(), 5390))"};
constexpr command<> wait_for_migrator{"migrations.wait", "SET LOCAL lock_timeout = '120s'"};
constexpr command<> take_your_time{"migrations.time", "SET LOCAL statement_timeout = 0"};
constexpr command<> short_locks{"migrations.locks", "SET LOCAL lock_timeout = '2s'"};

// What PostgreSQL lends to the migrator: a transaction under a lock that other processes respect. Tables are
// locked for two seconds at most at a time, so a running service is not held up; then it is tried again.
class postgres_host final : public schema_host {
    postgres_session &session_;
    postgres_ledger &shared_;

    void once(const std::function<void(session &)> &work) {
        session_.begin(isolation::read_committed);
        session &db = session_;
        db.run(take_your_time);
        db.run(wait_for_migrator);
        db.run(one_migrator);
        db.run(short_locks);
        work(session_);
        session_.commit();
    }

  public:
    postgres_host(postgres_session &db, postgres_ledger &shared) : session_(db), shared_(shared) {}

    void alone(const std::function<void(session &)> &work) override {
        for (int tries = 1;; ++tries)
            try {
                return once(work);
            } catch (const postgres_slow &e) {
                session_.roll_back();
                if (tries == migration_tries)
                    throw opening_error(fmt::format("database {}: {}. Something holds its tables; the "
                                                    "migration was rolled back. Try again.",
                                                    place(), e.what()));
                shared_.pause(milliseconds{500});
            } catch (const engine_lost &e) {
                throw opening_error(fmt::format("database {}: {}", place(), e.what()));
            } catch (...) {
                session_.roll_back();
                throw;
            }
    }
    void script(std::string_view sql) override {
        session_.script(sql);
    }
    void note_version(int) override {} // the ledger is where tools look
    void copy_before(int) override {}  // backups are the server's
    std::string place() const override {
        return session_.place();
    }
};

} // namespace

void postgres_ledger::count(const std::function<void(store_counts &)> &change) {
    const std::lock_guard lock(guard_);
    change(counts_);
}

void postgres_ledger::keep_timings(statement_log &of_worker) {
    const std::lock_guard lock(guard_);
    of_worker.drain_into(timings_);
}

void postgres_ledger::connected(bool again) {
    {
        const std::lock_guard lock(guard_);
        counts_.reopenings += again ? 1 : 0;
        if (ready_)
            return;
        ready_ = true;
        if (reason_.empty())
            return; // the first time: nothing was lost
        reason_.clear();
    }
    if (settings_.tell)
        settings_.tell("storage_reopened", "the database can be reached");
}

void postgres_ledger::lost(const std::string &why) {
    {
        const std::lock_guard lock(guard_);
        const bool told = !ready_;
        ready_ = false;
        reason_ = why + "; nothing is saved until it can be reached again, tried each second";
        if (told)
            return;
    }
    if (settings_.tell)
        settings_.tell("storage_closed", why);
}

void postgres_ledger::unable(const std::string &why) {
    const std::lock_guard lock(guard_);
    able_ = false;
    reason_ = why + "; nothing is saved until the server can write again";
}

void postgres_ledger::able() {
    const std::lock_guard lock(guard_);
    if (!able_)
        reason_.clear();
    able_ = true;
}

store_snapshot postgres_ledger::snapshot() const {
    store_snapshot shown;
    const std::lock_guard lock(guard_);
    shown.ready = ready_ && able_;
    shown.reason = shown.ready ? "" : reason_;
    shown.counts = counts_;
    shown.statements = timings_.rows();
    return shown;
}

void postgres_ledger::pause(milliseconds how_long) {
    std::unique_lock lock(guard_);
    stopped_.wait_for(lock, how_long, [this] { return stopping_; });
}

void postgres_ledger::stop() {
    {
        const std::lock_guard lock(guard_);
        stopping_ = true;
    }
    stopped_.notify_all();
}

postgres_worker::postgres_worker(postgres_ledger &shared) : shared_(shared) {}

void postgres_worker::connect() {
    try_again_at_ = std::chrono::steady_clock::now() + shared_.settings().reopen_every;
    session_ = std::make_unique<postgres_session>(shared_.settings().database);
    shared_.connected(ever_connected_);
    ever_connected_ = true;
}

bool postgres_worker::ready() {
    if (session_)
        return true;
    if (std::chrono::steady_clock::now() < try_again_at_)
        return false;
    try {
        connect();
        return true;
    } catch (const std::exception &e) {
        shared_.lost(e.what());
        return false;
    }
}

void postgres_worker::bring_schema_up(std::span<const migration> known, instant now) {
    postgres_host host(*session_, shared_);
    migrate(host, known, now);
}

void postgres_worker::ping() {
    if (!session_)
        return;
    try {
        session_->ping();
    } catch (const std::exception &e) {
        drop(e.what());
    }
}

void postgres_worker::drop(const std::string &why) {
    session_.reset();
    shared_.lost(why);
}

// Doubles from 2 ms to 64 ms, of which a part is chance, so that the same two do not meet again.
milliseconds postgres_worker::back_off(int tries) {
    const auto most = 1 << std::min(tries, 6);
    return milliseconds{std::uniform_int_distribution<int>(most / 2, most)(chance_)};
}

void postgres_worker::serve(unit &what) {
    std::optional<fault> outcome;
    const auto in_time = [&] { return std::chrono::steady_clock::now() < what.deadline(); };
    auto then = next::again;
    for (int tries = 0; then != next::done; ++tries) {
        if (!in_time()) {
            outcome = fault{fault_kind::busy,
                            fmt::format("{}: its time was spent ({} tries)", what.how().name, tries)};
            break;
        }
        if (then == next::reconnect)
            try_again_at_ = {};
        if (!ready()) {
            outcome = fault{fault_kind::unavailable, shared_.snapshot().reason};
            break;
        }
        then = attempt(what, tries + 1, outcome);
    }
    shared_.count([&](store_counts &c) {
        ++c.units;
        c.units_failed += outcome && outcome->kind == fault_kind::unit_failed ? 1 : 0;
        c.refused_busy += outcome && outcome->kind == fault_kind::busy ? 1 : 0;
        c.ambiguous += outcome && outcome->kind == fault_kind::ambiguous ? 1 : 0;
        c.batches_failed += outcome && outcome->kind == fault_kind::not_saved ? 1 : 0;
    });
    if (session_)
        shared_.keep_timings(session_->log);
    what.finish(std::move(outcome));
}

postgres_worker::next postgres_worker::attempt(unit &what, int tries, std::optional<fault> &outcome) {
    const auto end_with = [&](fault_kind kind, const std::string &why) {
        outcome = fault{kind, why};
        try {
            session_->roll_back();
        } catch (const std::exception &e) {
            drop(e.what());
        }
        return next::done;
    };
    try {
        session_->begin(what.how().level);
        what.run(*session_);
        session_->rethrow_if_spoiled();
        const auto from = std::chrono::steady_clock::now();
        session_->commit();
        const std::chrono::nanoseconds took = std::chrono::steady_clock::now() - from;
        shared_.able();
        shared_.count([&](store_counts &c) {
            ++c.batches;
            c.commit_total += took;
            c.commit_slowest = std::max(c.commit_slowest, took);
        });
        return next::done;
    } catch (const postgres_collision &) {
        shared_.count([](store_counts &c) { ++c.reruns; });
        end_with(fault_kind::busy, "");
        outcome.reset();
        shared_.pause(back_off(tries));
        return next::again;
    } catch (const postgres_lost &e) {
        drop(e.what());
        if (!e.under_commit)
            return next::reconnect;
        outcome = fault{fault_kind::ambiguous, e.what()};
        return next::done;
    } catch (const postgres_slow &e) {
        return end_with(fault_kind::busy, e.what());
    } catch (const postgres_unable &e) {
        shared_.unable(e.what());
        return end_with(fault_kind::not_saved, e.what());
    } catch (const std::exception &e) {
        return end_with(fault_kind::unit_failed, fmt::format("{}: {}", what.how().name, e.what()));
    } catch (...) {
        return end_with(fault_kind::unit_failed, fmt::format("{}: threw no std::exception", what.how().name));
    }
}

} // namespace rapport::storage
