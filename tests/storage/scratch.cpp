// See scratch.hpp.
#include "tests/storage/scratch.hpp"

#include "storage/postgres_store.hpp"
#include "storage/sqlite_store.hpp"

#include <libpq-fe.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <unistd.h>

namespace rapport::storage {
namespace {

const char *server() {
    const char *named = std::getenv("RAPPORT_TEST_POSTGRES");
    return named && *named ? named : nullptr;
}

void tell_server(const std::string &sql) {
    PGconn *link = PQconnectdb(server());
    PGresult *done = PQexec(link, sql.c_str());
    const bool fine = PQresultStatus(done) == PGRES_COMMAND_OK;
    const std::string why = PQerrorMessage(link);
    PQclear(done);
    PQfinish(link);
    if (!fine)
        throw std::runtime_error(sql + ": " + why);
}

// Making 25 tables costs PostgreSQL half a second, emptying them a few milliseconds: so a schema is used
// again once it is empty, and dropped when the tests end. A table of a test's own is called test_...
class schema_pool {
    std::vector<std::string> all_, free_;

  public:
    ~schema_pool() {
        for (const auto &each : all_)
            try {
                tell_server("SET client_min_messages = warning; DROP SCHEMA " + each + " CASCADE");
            } catch (const std::exception &e) {
                std::fprintf(stderr, "%s\n", e.what());
            }
    }
    std::string take_bare() {
        all_.push_back("t" + std::to_string(::getpid()) + "_" + std::to_string(all_.size()));
        tell_server("CREATE SCHEMA " + all_.back());
        return all_.back();
    }
    std::string take() {
        if (free_.empty())
            return take_bare();
        auto one = free_.back();
        free_.pop_back();
        return one;
    }
    void give_back(const std::string &schema) {
        try {
            tell_server("SET session_replication_role = replica; " // no foreign keys while emptying
                        "DO $$ DECLARE t RECORD; BEGIN FOR t IN SELECT tablename FROM pg_tables "
                        "WHERE schemaname = '" +
                        schema +
                        "' AND tablename <> 'rapport_migrations' LOOP "
                        "IF t.tablename LIKE 'test\\_%' THEN EXECUTE 'DROP TABLE " +
                        schema + ".' || t.tablename; ELSE EXECUTE 'DELETE FROM " + schema +
                        ".' || t.tablename; END IF; END LOOP; END $$");
            free_.push_back(schema);
        } catch (const std::exception &e) {
            std::fprintf(stderr, "%s\n", e.what());
        }
    }
};

schema_pool &free_schemas() {
    static schema_pool pool;
    return pool;
}

} // namespace

std::vector<std::string> engines() {
    if (server())
        return {"sqlite", "postgres"};
    static const bool told = [] {
        std::puts("skipped: every case on PostgreSQL (RAPPORT_TEST_POSTGRES is not set; run "
                  "tests/support/with_postgres COMMAND)");
        return true;
    }();
    static_cast<void>(told);
    return {"sqlite"};
}

scratch_folder::scratch_folder() {
    std::string shape = (std::filesystem::temp_directory_path() / "rapport-test-XXXXXX").string();
    if (!::mkdtemp(shape.data()))
        throw std::runtime_error("no temporary folder");
    path_ = shape;
}

scratch_folder::~scratch_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

scratch_database::scratch_database(const std::string &engine, const scratch_folder &folder)
    : engine_(engine), bare_(true) {
    if (!postgres()) {
        address_ = "sqlite:" + (folder / "bare.db");
        return;
    }
    schema_ = free_schemas().take_bare();
    address_ = std::string("postgres:") + server() + " options='-c search_path=" + schema_ + "'";
}

scratch_database::scratch_database(const std::string &engine) : engine_(engine), bare_(false) {
    if (!postgres()) {
        address_ = "sqlite::memory:";
        return;
    }
    schema_ = free_schemas().take();
    address_ = std::string("postgres:") + server() + " options='-c search_path=" + schema_ + "'";
}

scratch_database::~scratch_database() {
    if (postgres() && !bare_)
        free_schemas().give_back(schema_);
}

store_settings scratch_database::settings() const {
    store_settings how;
    how.database = address_;
    how.opened_at = monday;
    how.lock_wait = milliseconds{0};
    how.workers = 4;
    return how;
}

std::unique_ptr<store> scratch_database::open() const {
    return open(settings());
}

std::unique_ptr<store> scratch_database::open(store_settings how) const {
    return postgres() ? open_store(std::move(how)) : open_inline_store(std::move(how));
}

std::unique_ptr<store> scratch_database::open_with(std::span<const migration> known) const {
    return postgres() ? open_inline_postgres_store(settings(), known)
                      : open_inline_sqlite_store(settings(), known);
}

} // namespace rapport::storage
