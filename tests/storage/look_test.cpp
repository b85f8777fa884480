// What `rapport check` is told of a database before anything is started: each state on a real file or server,
// and that looking changes nothing.
#include "storage/look.hpp"
#include "storage/sqlite_connection.hpp"
#include "storage/store.hpp"
#include "tests/storage/scratch.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <unistd.h>

using namespace rapport;
using storage::database_state;
using storage::look_at;

namespace {

namespace fs = std::filesystem;

struct folder_of_ours {
    fs::path path;
    folder_of_ours() {
        auto name = (fs::temp_directory_path() / "rapport-look-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path = name;
        fs::permissions(path, fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec);
    }
    ~folder_of_ours() {
        std::error_code gone;
        fs::remove_all(path, gone);
    }
    std::string database() const {
        return "sqlite:" + (path / "rapport.db").string();
    }
    std::string bytes() const {
        std::ostringstream text;
        text << std::ifstream(path / "rapport.db", std::ios::binary).rdbuf();
        return text.str();
    }
};

void make(const std::string &database) {
    storage::store_settings how;
    how.database = database;
    how.workers = 1;
    storage::open_inline_store(how)->stop();
}

void script(const folder_of_ours &at, const std::string &sql) {
    sqlite3 *db = nullptr;
    REQUIRE(sqlite3_open((at.path / "rapport.db").c_str(), &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(db);
}

} // namespace

TEST_CASE("looking at a database that is not there makes none") {
    folder_of_ours at;
    const auto seen = look_at("sqlite:" + (at.path / "new" / "rapport.db").string());
    CHECK(seen.state == database_state::absent);
    CHECK(seen.can_start());
    CHECK(fs::is_empty(at.path));
}

TEST_CASE("a whole database of our schema is ready, and looking leaves it as it was") {
    folder_of_ours at;
    make(at.database());
    const auto before = at.bytes();
    const auto seen = look_at(at.database());
    CHECK(seen.state == database_state::ready);
    CHECK(at.bytes() == before);
    CHECK(std::distance(fs::directory_iterator(at.path), {}) == 1);
}

TEST_CASE("a database that another process holds is in use") {
    folder_of_ours at;
    storage::store_settings how;
    how.database = at.database();
    const auto running = storage::open_inline_store(how);
    const auto seen = look_at(at.database());
    CHECK(seen.state == database_state::in_use);
    CHECK_FALSE(seen.can_start());
}

TEST_CASE("a database of a newer program, and one whose migration was edited, are told apart") {
    folder_of_ours at;
    make(at.database());
    script(at, "UPDATE rapport_migrations SET sha256 = 'other' WHERE number = 1");
    CHECK(look_at(at.database()).state == database_state::edited);
    script(
        at,
        "INSERT INTO rapport_migrations (number, name, sha256, applied_at) VALUES (9999, 'later', 'x', 0)");
    const auto seen = look_at(at.database());
    CHECK(seen.state == database_state::newer);
    CHECK(seen.mend.find("newer program") != std::string::npos);
}

TEST_CASE("a damaged file, one that is none, and one of another application are refused with their mend") {
    folder_of_ours at;
    SECTION("no database at all") {
        std::ofstream(at.path / "rapport.db") << std::string(8192, 'x');
        CHECK(look_at(at.database()).state == database_state::damaged);
    }
    SECTION("pages overwritten") {
        make(at.database());
        {
            std::fstream file(at.path / "rapport.db", std::ios::in | std::ios::out | std::ios::binary);
            file.seekp(8192);
            file << std::string(60'000, 'x');
        }
        const auto seen = look_at(at.database());
        CHECK(seen.state == database_state::damaged);
        CHECK(seen.mend.find("backup") != std::string::npos);
    }
    SECTION("another application's") {
        script(at, "CREATE TABLE songs (title TEXT)");
        CHECK(look_at(at.database()).state == database_state::foreign);
    }
}

TEST_CASE("a database this user may not write is read-only, wherever the right is missing") {
    if (::geteuid() != 0) // as root everything may be written: the test becomes somebody else for a moment
        return;
    folder_of_ours at;
    make(at.database());
    fs::permissions(at.path / "rapport.db", fs::perms::others_read | fs::perms::owner_all);
    REQUIRE(::seteuid(65534) == 0);
    const auto seen = look_at(at.database());
    const auto fresh = look_at("sqlite:" + (at.path / "other.db").string());
    REQUIRE(::seteuid(0) == 0);
    CHECK(seen.state == database_state::read_only);
    CHECK(fresh.state == database_state::read_only);
    CHECK(seen.mend.find("user of the service") != std::string::npos);
}

TEST_CASE("a PostgreSQL server that does not answer is unreachable, and its address is not repeated") {
    const auto seen = look_at("postgres://rapport:hush-hush@127.0.0.1:1/rapport");
    CHECK(seen.state == database_state::unreachable);
    CHECK((seen.says + seen.mend).find("hush-hush") == std::string::npos);
}

TEST_CASE("a PostgreSQL database is really connected to: empty, ready, newer, locked") {
    for (const auto &engine : storage::engines()) {
        if (engine != "postgres")
            continue;
        storage::scratch_folder folder;
        storage::scratch_database bare(engine, folder);
        const auto address = bare.settings().database;
        CHECK(look_at(address).state == database_state::absent);
        auto open = storage::open_inline_store(bare.settings());
        CHECK(look_at(address).state == database_state::ready);
        const auto run = [&](const storage::command<> &what) {
            CHECK(open->write_and_wait({"test"}, [&](storage::session &db) { db.run(what); }).has_value());
        };
        constexpr storage::command<> newer{
            "test.newer", "INSERT INTO rapport_migrations (number, name, sha256, applied_at) "
                          "VALUES (9999, 'later', 'x', 0)"};
        run(newer);
        CHECK(look_at(address).state == database_state::newer);
        CHECK(open->write_and_wait({"test"},
                                   [&](storage::session &db) {
                                       constexpr storage::command<> lock{
                                           "test.lock",
                                           "LOCK TABLE rapport_migrations IN ACCESS EXCLUSIVE MODE"};
                                       db.changed(lock); // sent now, held until the unit ends
                                       CHECK(look_at(address).state == database_state::locked);
                                   })
                  .has_value());
        open->stop();
    }
}
