// A fresh database of each engine for a test, gone after it. PostgreSQL takes part when RAPPORT_TEST_POSTGRES
// names a server (tests/support/with_postgres), each database being a schema of its own there.
#pragma once

#include "storage/migrations.hpp"
#include "storage/store.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace rapport::storage {

// "sqlite" and, where there is a server, "postgres"; says once that it is skipped where there is none.
std::vector<std::string> engines();

// An empty folder, removed with all in it.
class scratch_folder {
    std::string path_;

  public:
    scratch_folder();
    ~scratch_folder();
    scratch_folder(const scratch_folder &) = delete;
    scratch_folder &operator=(const scratch_folder &) = delete;
    std::string operator/(const std::string &name) const {
        return path_ + "/" + name;
    }
    const std::string &path() const {
        return path_;
    }
};

// A clock for leases and reopening that goes when it is told to.
struct hand_clock {
    std::shared_ptr<instant> now = std::make_shared<instant>(milliseconds{1'000'000});
    void forward(milliseconds by) {
        *now += by;
    }
    std::function<instant()> reader() const {
        return [now = now] { return *now; };
    }
};

// A database of the named engine: open() as often as the test wants.
class scratch_database {
    std::string engine_, address_, schema_;
    bool bare_;

  public:
    // Migrated at the latest by the first open(). SQLite: in memory.
    explicit scratch_database(const std::string &engine);
    // Nothing in it, not even a ledger of migrations. SQLite: a file in `folder`.
    scratch_database(const std::string &engine, const scratch_folder &folder);
    ~scratch_database();
    scratch_database(const scratch_database &) = delete;
    scratch_database &operator=(const scratch_database &) = delete;

    store_settings settings() const;
    bool postgres() const {
        return engine_ == "postgres";
    }
    // With the schema that ships. SQLite runs units on the caller's thread, PostgreSQL on its workers.
    std::unique_ptr<store> open() const;
    std::unique_ptr<store> open(store_settings settings) const;
    // On this thread, with a schema of the test's own.
    std::unique_ptr<store> open_with(std::span<const migration> known) const;
};

// What a unit made, or the test fails with the fault.
template <class Work>
auto must(store &db, Work work) {
    return db.write_and_wait({"test"}, std::move(work)).value();
}

// 2025-11-03 10:00 UTC, a Monday.
inline constexpr instant monday{milliseconds{1'762'164'000'000}};

} // namespace rapport::storage
