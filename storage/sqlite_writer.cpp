// See sqlite_writer.hpp.
#include "storage/sqlite_writer.hpp"

#include "storage/outbox.hpp"
#include "storage/sqlite_image.hpp"

#include <fmt/format.h>

#include <exception>
#include <sys/stat.h>
#include <sys/statvfs.h>

namespace rapport::storage {
namespace {

constexpr command<std::string> fill_room{
    "probe.fill", "INSERT INTO room_probe (id, filler) VALUES (1, $1) ON CONFLICT (id) DO NOTHING"};
constexpr command<> empty_room{"probe.empty", "DELETE FROM room_probe"};

// What SQLite lends to the migrator. Alone it is anyway: the file is locked.
class sqlite_host final : public schema_host {
    sqlite_connection &connection_;
    sqlite_session &session_;
    const sqlite_place &place_;

  public:
    sqlite_host(sqlite_connection &connection, sqlite_session &db, const sqlite_place &where)
        : connection_(connection), session_(db), place_(where) {}

    void alone(const std::function<void(session &)> &work) override {
        connection_.script("BEGIN IMMEDIATE");
        try {
            work(session_);
            connection_.script("COMMIT");
        } catch (...) {
            session_.begin_unit();
            if (connection_.in_transaction())
                connection_.script("ROLLBACK");
            throw;
        }
    }
    void script(std::string_view sql) override {
        connection_.script(std::string(sql));
    }
    void note_version(int number) override {
        connection_.script(fmt::format("PRAGMA user_version={}", number));
    }
    void copy_before(int number) override {
        if (place_.in_memory())
            return;
        const auto copy = fmt::format("{}.before-{:04}", place_.path, number);
        copy_database(connection_, copy);
    }
    std::string place() const override {
        return place_.path;
    }
};

instant steady_now() {
    return instant{
        std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch())};
}

} // namespace

std::optional<sqlite_place> sqlite_place_of(const store_settings &settings) {
    constexpr std::string_view scheme = "sqlite:";
    if (!settings.database.starts_with(scheme))
        return std::nullopt;
    sqlite_place where{settings.database.substr(scheme.size()), settings.lock_wait, {}};
    if (const auto at = where.path.find("?vfs="); at != std::string::npos) {
        where.vfs = where.path.substr(at + 5);
        where.path.resize(at);
    }
    if (where.path.empty())
        throw opening_error("database \"sqlite:\": name a file after the colon, or \"sqlite::memory:\"");
    return where;
}

sqlite_writer::sqlite_writer(const store_settings &settings, std::span<const migration> known)
    : settings_(settings),
      place_(sqlite_place_of(settings).value()),
      known_(known),
      clock_(settings.clock ? settings.clock : steady_now) {
    open();
    session_->begin_unit();
    connection_->script("BEGIN IMMEDIATE");
    outbox(*session_).free_leases_of_the_process_before(settings_.opened_at);
    connection_->script("COMMIT");
    open_ = true;
}

sqlite_writer::~sqlite_writer() {
    end_copy({fault_kind::unavailable, "the store has stopped"});
}

void sqlite_writer::open() {
    connection_ = std::make_unique<sqlite_connection>(place_);
    session_ = std::make_unique<sqlite_session>(*connection_, clock_);
    sqlite_host host(*connection_, *session_, place_);
    try {
        if (place_.in_memory() && fill_from_image(*connection_, known_, settings_.opened_at))
            return;
        migrate(host, known_, settings_.opened_at);
        if (place_.in_memory())
            keep_image(*connection_, known_, settings_.opened_at);
    } catch (const engine_lost &e) {
        throw opening_error(fmt::format("database {}: {}", place_.path, e.what()));
    }
}

void sqlite_writer::close(const gone &why) {
    end_copy({fault_kind::unavailable, why.why});
    if (why.damage == sqlite_damage::fatal && connection_)
        connection_->leave_log_alone();
    session_.reset();
    connection_.reset();
    const bool again = why.damage != sqlite_damage::fatal;
    try_again_at_ = again ? std::optional(clock_() + settings_.reopen_every) : std::nullopt;
    const auto reason =
        fmt::format("database {}: {}; {}", place_.path, why.why,
                    again ? "nothing is saved until it can be written again, tried each second"
                          : "closed until a restart, because what the disk holds is not known any more");
    {
        const std::lock_guard lock(guard_);
        open_ = false;
        reason_ = reason;
    }
    tell("storage_closed", reason);
}

void sqlite_writer::probe_room() {
    session_->begin_unit();
    connection_->script("BEGIN IMMEDIATE");
    static_cast<session &>(*session_).run(fill_room, std::string(64 * 1024, '.'));
    connection_->script("COMMIT");
    connection_->script("BEGIN IMMEDIATE");
    static_cast<session &>(*session_).run(empty_room);
    connection_->script("COMMIT");
}

bool sqlite_writer::ready() {
    if (connection_)
        return true;
    if (!try_again_at_ || clock_() < *try_again_at_)
        return false;
    try {
        open();
        probe_room();
    } catch (const std::runtime_error &e) {
        const auto *lost = dynamic_cast<const sqlite_lost *>(&e);
        close({lost ? lost->damage : sqlite_damage::retryable, e.what()});
        return false;
    }
    try_again_at_.reset();
    {
        const std::lock_guard lock(guard_);
        open_ = true;
        reason_.clear();
        ++counts_.reopenings;
    }
    tell("storage_reopened", fmt::format("database {}: can be written again", place_.path));
    return true;
}

void sqlite_writer::refuse(std::vector<unit_ptr> batch) {
    std::string why;
    {
        const std::lock_guard lock(guard_);
        why = reason_;
        counts_.units += static_cast<std::int64_t>(batch.size());
    }
    for (auto &each : batch)
        each->finish(fault{fault_kind::unavailable, why});
}

void sqlite_writer::run(std::vector<unit_ptr> batch) {
    std::vector<std::optional<fault>> outcome(batch.size());
    const auto lost = attempt(batch, outcome);
    if (lost) {
        for (auto &each : outcome)
            if (!each)
                each = fault{fault_kind::not_saved, lost->why};
        if (lost->damage == sqlite_damage::none && !connection_->in_transaction())
            session_->begin_unit(); // only the commit was refused: the connection is sound
        else
            close(*lost);
    }
    publish(outcome, lost.has_value());
    for (std::size_t i = 0; i < batch.size(); ++i)
        batch[i]->finish(std::move(outcome[i]));
}

// The transaction. What comes back is why the whole of it is lost; `outcome` then holds only the faults that
// units brought on themselves.
std::optional<sqlite_writer::gone> sqlite_writer::attempt(std::vector<unit_ptr> &batch,
                                                          std::vector<std::optional<fault>> &outcome) {
    try {
        session_->begin_unit();
        session_->control("BEGIN IMMEDIATE");
        for (std::size_t i = 0; i < batch.size(); ++i)
            outcome[i] = run_one(*batch[i]);
        commit();
        return std::nullopt;
    } catch (const sqlite_lost &e) {
        return gone{e.damage, e.what()};
    } catch (const std::exception &e) { // the commit, a savepoint or its rollback was refused
        if (connection_->in_transaction())
            sqlite3_exec(connection_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
        return gone{sqlite_damage::none, e.what()};
    }
}

// One unit in its savepoint. Its own error is its outcome; an error that took the transaction with it is
// thrown, because a statement after that would commit by itself.
std::optional<fault> sqlite_writer::run_one(unit &what) {
    session_->begin_unit();
    session_->control("SAVEPOINT unit");
    std::optional<fault> failed;
    try {
        what.run(*session_);
        if (session_->spoiled())
            failed = fault{fault_kind::unit_failed, "a statement failed and the unit went on"};
    } catch (const sqlite_lost &) {
        throw;
    } catch (const std::exception &e) {
        failed = fault{fault_kind::unit_failed, fmt::format("{}: {}", what.how().name, e.what())};
    } catch (...) {
        failed = fault{fault_kind::unit_failed, fmt::format("{}: threw no std::exception", what.how().name)};
    }
    if (!connection_->in_transaction())
        throw sqlite_lost(sqlite_damage::retryable,
                          fmt::format("the transaction was rolled back under {}", what.how().name));
    session_->begin_unit();
    if (failed)
        session_->control("ROLLBACK TO unit");
    session_->control("RELEASE unit");
    return failed;
}

void sqlite_writer::commit() {
    const auto from = std::chrono::steady_clock::now();
    session_->control("COMMIT");
    last_commit_ = std::chrono::steady_clock::now() - from;
}

void sqlite_writer::publish(const std::vector<std::optional<fault>> &outcome, bool lost) {
    const std::lock_guard lock(guard_);
    counts_.units += static_cast<std::int64_t>(outcome.size());
    ++counts_.batches;
    counts_.batches_failed += lost ? 1 : 0;
    for (const auto &each : outcome)
        counts_.units_failed += each && each->kind == fault_kind::unit_failed ? 1 : 0;
    if (!lost) {
        counts_.commit_total += last_commit_;
        counts_.commit_slowest = std::max(counts_.commit_slowest, last_commit_);
    }
    if (session_)
        session_->log.drain_into(timings_);
}

void sqlite_writer::settle_on_disk() {
    if (!connection_)
        throw engine_lost("the database is closed");
    if (place_.in_memory())
        return;
    try {
        if (connection_->word("PRAGMA wal_checkpoint(TRUNCATE)") != "0")
            throw statement_error("the log could not be emptied");
    } catch (const sqlite_lost &e) {
        // a page that could not be written there is as unknown as one of a commit
        close({e.damage, e.what()});
        throw;
    }
}

void sqlite_writer::begin_copy(std::string path, copied done) {
    if (copying())
        return done(fault{fault_kind::busy, "another copy is being made"});
    if (!connection_)
        return done(fault{fault_kind::unavailable, "the database is closed"});
    try {
        copy_ = std::make_unique<sqlite_copy>(*connection_, std::move(path));
        copied_ = std::move(done);
    } catch (const std::exception &e) {
        done(fault{fault_kind::not_saved, e.what()});
    }
}

void sqlite_writer::go_on_copying() {
    if (!copying())
        return;
    try {
        if (!copy_->step(sqlite_copy::pages_a_step))
            return;
    } catch (const sqlite_lost &e) {
        return close({e.damage, e.what()});
    } catch (const std::exception &e) {
        return end_copy({fault_kind::not_saved, e.what()});
    }
    copy_.reset();
    std::exchange(copied_, nullptr)({});
}

void sqlite_writer::end_copy(fault why) {
    if (!copying())
        return;
    copy_.reset();
    std::exchange(copied_, nullptr)(std::move(why));
}

store_snapshot sqlite_writer::snapshot() const {
    store_snapshot shown;
    {
        const std::lock_guard lock(guard_);
        shown.ready = open_;
        shown.reason = reason_;
        shown.counts = counts_;
        shown.statements = timings_.rows();
    }
    if (place_.in_memory())
        return shown;
    struct stat log {};
    shown.wal_bytes = ::stat((place_.path + "-wal").c_str(), &log) == 0 ? log.st_size : 0;
    struct statvfs room {};
    if (::statvfs(place_.path.c_str(), &room) == 0)
        shown.disk_free = static_cast<std::int64_t>(room.f_bavail) * static_cast<std::int64_t>(room.f_frsize);
    return shown;
}

void sqlite_writer::count_busy() {
    const std::lock_guard lock(guard_);
    ++counts_.units;
    ++counts_.refused_busy;
}

void sqlite_writer::tell(std::string_view event, std::string_view detail) const {
    if (settings_.tell)
        settings_.tell(event, detail);
}

} // namespace rapport::storage
