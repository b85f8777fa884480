// The schema's history: applied once, never edited, never downgraded, and never into somebody else's
// database.
#include "storage/migrations.hpp"
#include "tests/storage/scratch.hpp"

#include <catch2/catch.hpp>
#include <sqlite3.h>

#include <filesystem>
#include <thread>

using namespace rapport;
using namespace rapport::storage;
using Catch::Matchers::Contains;

namespace {

struct number {
    std::int64_t n;
};
constexpr statement<number> applied{"test.applied", "SELECT COUNT(*) FROM rapport_migrations"};
constexpr statement<number> extra_rows{"test.extra_rows", "SELECT COUNT(*) FROM test_extra"};
constexpr command<> put_extra{"test.put_extra", "INSERT INTO test_extra (id) VALUES (1)"};

// The shipped engine room and then what a test adds.
std::vector<migration> with(std::initializer_list<migration> more) {
    std::vector<migration> known{shipped_migrations().front()};
    known.insert(known.end(), more.begin(), more.end());
    return known;
}
constexpr migration extra{2, "0002_extra", "aaaaaaaaaaaaaaaa",
                          "CREATE TABLE test_extra (id BIGINT PRIMARY KEY);"};
constexpr migration broken{3, "0003_broken", "bbbbbbbbbbbbbbbb",
                           "INSERT INTO test_extra (id) VALUES (7); SELEKT nonsense;"};

std::int64_t count_of(store &db, const statement<number> &what) {
    return must(db, [&](session &s) { return s.one(what)->n; });
}

std::string refusal_of(const std::function<void()> &open) {
    try {
        open();
    } catch (const opening_error &e) {
        return e.what();
    }
    return "opened";
}

// A file made by other means than ours.
void outside(const std::string &path, const char *sql) {
    sqlite3 *db = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
    REQUIRE(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(db);
}

} // namespace

TEST_CASE("the shipped migrations are numbered upwards from one, named and summed") {
    const auto all = shipped_migrations();
    REQUIRE(all.size() >= 2);
    for (std::size_t i = 0; i < all.size(); ++i) {
        CHECK((i == 0 ? all[i].number == 1 : all[i].number > all[i - 1].number));
        CHECK(all[i].sha256.size() == 64);
        CHECK(all[i].sql.size() > 10);
    }
    CHECK(all[0].name == "0001_engine_room");
}

TEST_CASE("migrations are applied once and remembered") {
    const scratch_folder folder;
    const scratch_database at(GENERATE(from_range(engines())), folder);
    const auto known = with({extra});
    {
        const auto db = at.open_with(known);
        CHECK(count_of(*db, applied) == 2);
        must(*db, [](session &s) { s.run(put_extra); });
    }
    const auto db = at.open_with(known);
    CHECK(count_of(*db, applied) == 2);
    CHECK(count_of(*db, extra_rows) == 1);
}

TEST_CASE("a migration that fails is undone whole, and the ones before it are kept") {
    const scratch_folder folder;
    const scratch_database at(GENERATE(from_range(engines())), folder);
    const auto known = with({extra, broken});
    CHECK_THAT(refusal_of([&] { at.open_with(known); }),
               Contains("0003_broken could not be applied") && Contains("the ones before it are kept"));
    const auto db = at.open_with(with({extra}));
    CHECK(count_of(*db, extra_rows) == 0);
}

TEST_CASE("a database newer than the program is refused") {
    const scratch_folder folder;
    const scratch_database at(GENERATE(from_range(engines())), folder);
    at.open_with(with({extra}));
    CHECK_THAT(refusal_of([&] { at.open_with(with({})); }),
               Contains("its schema is 2 (0002_extra), this program knows up to 1"));
}

TEST_CASE("a migration edited after it was applied is refused") {
    const scratch_folder folder;
    const scratch_database at(GENERATE(from_range(engines())), folder);
    at.open_with(with({extra}));
    auto edited = extra;
    edited.sha256 = "cccccccccccccccc";
    CHECK_THAT(refusal_of([&] { at.open_with(with({edited})); }),
               Contains("0002_extra was applied with another text"));
}

TEST_CASE("a comment for PostgreSQL is part of a migration there") {
    const scratch_folder folder;
    const scratch_database at(GENERATE(from_range(engines())), folder);
    const migration marked{2, "0002_marked", "d",
                           "CREATE TABLE test_extra (id BIGINT PRIMARY KEY); "
                           "/* postgres: INSERT INTO test_extra (id) VALUES (1); */"};
    const auto db = at.open_with(with({marked}));
    CHECK(count_of(*db, extra_rows) == (at.postgres() ? 1 : 0));
}

TEST_CASE("two processes may start on one PostgreSQL database at once") {
    if (engines().size() < 2)
        return;
    const scratch_folder folder;
    const scratch_database at("postgres", folder);
    std::vector<std::string> ends(4, "not run");
    {
        std::vector<std::jthread> starters;
        for (auto &end : ends)
            starters.emplace_back([&] { end = refusal_of([&] { at.open_with(with({extra})); }); });
    }
    for (const auto &end : ends)
        CHECK(end == "opened");
    const auto db = at.open_with(with({extra}));
    CHECK(count_of(*db, applied) == 2);
}

TEST_CASE("tables of another program in the same PostgreSQL schema are not touched") {
    if (engines().size() < 2)
        return;
    const scratch_folder folder;
    const scratch_database at("postgres", folder);
    const migration theirs{1, "0001_theirs", "e",
                           "CREATE TABLE outbox (theirs BIGINT); DROP TABLE rapport_migrations; "
                           "CREATE TABLE rapport_migrations (number BIGINT NOT NULL PRIMARY "
                           "KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at BIGINT "
                           "NOT NULL);"};
    at.open_with(std::vector{theirs});
    CHECK_THAT(refusal_of([&] { at.open_with(with({})); }), Contains("applied with another text"));
}

TEST_CASE("a copy is made before a database with records is changed") {
    const scratch_folder folder;
    const scratch_database at("sqlite", folder);
    at.open_with(with({}));
    CHECK_FALSE(std::filesystem::exists(folder / "bare.db.before-0002"));
    at.open_with(with({extra}));
    const auto copy = folder / "bare.db.before-0002";
    REQUIRE(std::filesystem::exists(copy));
    CHECK((std::filesystem::status(copy).permissions() & std::filesystem::perms::mask) ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    auto how = at.settings();
    how.database = "sqlite:" + copy;
    const auto before = open_inline_store(how);
    CHECK(count_of(*before, applied) >= 1);
}

TEST_CASE("another application's SQLite file is refused and left as it is") {
    const scratch_folder folder;
    const scratch_database at("sqlite", folder);
    const auto path = folder / "bare.db";
    SECTION("by its application id") {
        outside(path, "PRAGMA application_id = 77; CREATE TABLE theirs (x)");
    }
    SECTION("by its tables") {
        outside(path, "CREATE TABLE theirs (x)");
    }
    const auto size = std::filesystem::file_size(path);
    CHECK_THAT(refusal_of([&] { at.open_with(with({})); }), Contains("belongs to another application"));
    CHECK(std::filesystem::file_size(path) == size);
    CHECK_FALSE(std::filesystem::exists(path + "-wal"));
}

TEST_CASE("the file says whose it is and which schema it has") {
    const scratch_folder folder;
    const scratch_database at("sqlite", folder);
    at.open_with(with({extra}));
    sqlite3 *db = nullptr;
    REQUIRE(sqlite3_open((folder / "bare.db").c_str(), &db) == SQLITE_OK);
    const auto pragma = [&](const char *sql) {
        sqlite3_stmt *query = nullptr;
        sqlite3_prepare_v2(db, sql, -1, &query, nullptr);
        sqlite3_step(query);
        const auto n = sqlite3_column_int64(query, 0);
        sqlite3_finalize(query);
        return n;
    };
    CHECK(pragma("PRAGMA application_id") == 0x52617070);
    CHECK(pragma("PRAGMA user_version") == 2);
    sqlite3_close(db);
}
