// SQLite when the disk is full, read-only, failing or damaged, when the process is killed, and when another
// one has the file: nobody is told "saved" of what is not, and nothing half done is left (settled 21).
#include "storage/sqlite_writer.hpp"
#include "tests/storage/failing_files.hpp"
#include "tests/storage/scratch.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace rapport;
using namespace rapport::storage;
using Catch::Matchers::Contains;

namespace {

struct number {
    std::int64_t n;
};
constexpr command<> make{"test.make",
                         "CREATE TABLE test_t (id BIGINT NOT NULL PRIMARY KEY, t TEXT NOT NULL)"};
constexpr command<std::int64_t, std::string> put{"test.put", "INSERT INTO test_t (id, t) VALUES ($1, $2)"};
constexpr statement<number> count{"test.count", "SELECT COUNT(*) FROM test_t"};
constexpr statement<number> ids{"test.ids", "SELECT id FROM test_t"};
constexpr command<> clear{"test.clear", "DELETE FROM test_t"};
constexpr statement<number> no_more_pages{"test.limit", "PRAGMA max_page_count = 1"}; // as many as there are
constexpr statement<nothing> read_only{"test.read_only", "PRAGMA query_only = ON"};

// One writer on a file, batches made by hand, and a clock for its reopening.
struct bench {
    scratch_folder folder;
    hand_clock clock;
    std::unique_ptr<sqlite_writer> writer;
    store_settings how;
    std::vector<std::string> events;
    std::map<std::string, std::optional<fault>> told;

    explicit bench(const std::string &vfs = "") {
        how.database = "sqlite:" + (folder / "r.db") + vfs;
        how.clock = clock.reader();
        how.tell = [this](std::string_view event, std::string_view) { events.emplace_back(event); };
        open();
        run({{"make", [](session &s) { s.run(make); }}});
    }
    void open() {
        writer.reset();
        writer = std::make_unique<sqlite_writer>(how, shipped_migrations());
    }
    using work = std::function<void(session &)>;
    // Runs the named units in one batch and keeps what each was told.
    void run(std::vector<std::pair<std::string, work>> units) {
        std::vector<unit_ptr> batch;
        for (auto &[name, does] : units) {
            auto done = [this, name = name](saved<void> what) noexcept {
                told[name] = what.has_error() ? std::optional(what.error()) : std::nullopt;
            };
            batch.push_back(std::make_unique<unit_of<work, decltype(done)>>(run_as{"test"}, does, done));
        }
        told.clear();
        writer->ready() ? writer->run(std::move(batch)) : writer->refuse(std::move(batch));
    }
    std::int64_t rows() {
        std::int64_t n = -1;
        run({{"count", [&](session &s) { n = s.one(count)->n; }}});
        return n;
    }
};

bench::work writes(std::int64_t id, std::size_t size = 10) {
    return [=](session &s) { s.run(put, id, std::string(size, 'x')); };
}

std::string refusal_of(const std::function<void()> &open) {
    try {
        open();
    } catch (const opening_error &e) {
        return e.what();
    }
    return "opened";
}

std::string bytes_of(const std::string &path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
}

} // namespace

TEST_CASE("a full database fails the whole batch, and nothing of it is there afterwards") {
    bench on;
    on.run({{"before", writes(1)}});
    on.run({{"limit", [](session &s) { s.all(no_more_pages); }}});
    on.run({{"first", writes(2)}, {"filler", writes(3, 200'000)}, {"after", writes(4)}});
    for (const auto *name : {"first", "filler", "after"}) {
        INFO(name);
        REQUIRE(on.told[name]);
        CHECK(on.told[name]->kind == fault_kind::not_saved);
    }
    const auto shown = on.writer->snapshot();
    CHECK_FALSE(shown.ready);
    CHECK_THAT(shown.reason, Contains("full"));
    CHECK(shown.counts.batches_failed == 1);
    CHECK(on.events == std::vector<std::string>{"storage_closed"});

    on.run({{"meanwhile", writes(5)}});
    REQUIRE(on.told["meanwhile"]);
    CHECK(on.told["meanwhile"]->kind == fault_kind::unavailable);

    on.clock.forward(milliseconds{1000});
    CHECK(on.rows() == 1);
    CHECK(on.writer->snapshot().ready);
    CHECK(on.events.back() == "storage_reopened");
    on.run({{"again", writes(2)}});
    CHECK_FALSE(on.told["again"]);
    CHECK(on.rows() == 2);
}

TEST_CASE("a database that turned read-only fails the batch and is opened anew") {
    bench on;
    on.run({{"turn", [](session &s) { s.all(read_only); }}});
    on.run({{"a", writes(1)}, {"b", writes(2)}});
    CHECK(on.told["a"]->kind == fault_kind::not_saved);
    CHECK(on.told["b"]->kind == fault_kind::not_saved);
    on.clock.forward(milliseconds{999});
    CHECK_FALSE(on.writer->ready());
    on.clock.forward(milliseconds{1});
    CHECK(on.rows() == 0);
}

TEST_CASE("a sync that fails tells every unit of the batch, and the file stays closed until a restart") {
    auto &files = the_failing_files();
    files = {};
    bench on("?vfs=failing");
    on.run({{"before", writes(1)}});
    CHECK_FALSE(on.told["before"]);
    files.sync_result = SQLITE_IOERR_FSYNC;
    on.run({{"a", writes(2)}, {"b", writes(3)}});
    CHECK(on.told["a"]->kind == fault_kind::not_saved);
    CHECK(on.told["b"]->kind == fault_kind::not_saved);
    files = {};
    on.clock.forward(minutes{10});
    CHECK_FALSE(on.writer->ready());
    CHECK_THAT(on.writer->snapshot().reason, Contains("closed until a restart"));
    on.open();
    const auto rows = on.rows();
    CHECK((rows == 1 || rows == 3)); // what the disk took is not known, but it is all of a batch or none
}

TEST_CASE("a write that fails inside a unit fails its batch") {
    auto &files = the_failing_files();
    files = {};
    bench on("?vfs=failing");
    files.write_result = SQLITE_IOERR_WRITE;
    on.run({{"a", writes(1)}, {"b", writes(2)}});
    CHECK(on.told["a"]->kind == fault_kind::not_saved);
    CHECK(on.told["b"]->kind == fault_kind::not_saved);
    files = {};
    on.open();
    CHECK(on.rows() == 0);
}

TEST_CASE("a batch costs one sync, and one that only reads costs none") {
    auto &files = the_failing_files();
    files = {};
    bench on("?vfs=failing");
    on.run({{"warm", writes(0)}});
    std::vector<std::pair<std::string, bench::work>> fifty;
    for (int n = 1; n <= 50; ++n)
        fifty.emplace_back(std::to_string(n), writes(n));
    files.syncs = 0;
    on.run(fifty);
    CHECK(files.syncs == 1);
    CHECK(on.rows() == 51);
    CHECK(files.syncs == 1);
}

TEST_CASE("a unit's own error leaves the rest of its batch saved") {
    bench on;
    on.run({{"good", writes(1)},
            {"taken", writes(1)},
            {"throws",
             [](session &s) {
                 s.run(put, 2, "x");
                 throw std::logic_error("bug");
             }},
            {"last", writes(3)}});
    CHECK_FALSE(on.told["good"]);
    CHECK(on.told["taken"]->kind == fault_kind::unit_failed);
    CHECK_THAT(on.told["throws"]->why, Contains("bug"));
    CHECK_FALSE(on.told["last"]);
    CHECK(on.rows() == 2);
}

TEST_CASE("a real disk that fills up loses nothing that was told saved, and goes on when there is room") {
    const scratch_folder folder;
    if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=2500k") != 0) {
        std::cout
            << "skipped: a real full disk (only root may mount one); the limit on pages stands for it\n";
        return;
    }
    const auto room = folder / "to_be_freed";
    std::ofstream(room) << std::string(600'000, '.');
    hand_clock clock;
    store_settings how;
    how.database = "sqlite:" + (folder / "r.db");
    how.clock = clock.reader();
    std::set<std::int64_t> kept;
    {
        const auto db = open_inline_store(how);
        must(*db, [](session &s) { s.run(make); });
        bool full = false;
        std::int64_t id = 0;
        for (; id < 1000 && !full; ++id) {
            const auto told = db->write_and_wait({"test"}, writes(id, 5'000));
            full = told.has_error();
            if (!full)
                kept.insert(id);
        }
        CHECK(full);
        CHECK(kept.size() > 10);
        CHECK_FALSE(db->snapshot().ready);
        clock.forward(seconds{1});
        CHECK(db->write_and_wait({"test"}, writes(id++, 5'000)).has_error());
        std::filesystem::remove(room);
        clock.forward(seconds{1});
        REQUIRE(db->write_and_wait({"test"}, writes(id, 5'000)).has_value());
        kept.insert(id);
        std::set<std::int64_t> there;
        for (const auto &row : must(*db, [](session &s) { return s.all(ids); }))
            there.insert(row.n);
        CHECK(there == kept);
    }
    ::umount(folder.path().c_str());
}

TEST_CASE("what was told saved survives the process being killed") {
    for (int round = 0; round < 5; ++round) {
        const scratch_folder folder;
        store_settings how;
        how.database = "sqlite:" + (folder / "r.db");
        int wire[2];
        REQUIRE(::pipe(wire) == 0);
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(wire[0]);
            const auto db = open_store(how);
            must(*db, [](session &s) { s.run(make); });
            for (std::int64_t id = 0;; ++id)
                db->write({"test"}, writes(id, 300), [id, out = wire[1]](saved<void> what) noexcept {
                    if (what.has_value() && ::write(out, &id, sizeof id) != sizeof id)
                        std::_Exit(1);
                });
        }
        ::close(wire[1]);
        std::set<std::int64_t> told;
        std::int64_t id = 0;
        for (int n = 0; n < 500 + 300 * round && ::read(wire[0], &id, sizeof id) == sizeof id; ++n)
            told.insert(id);
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        while (::read(wire[0], &id, sizeof id) == sizeof id)
            told.insert(id);
        ::close(wire[0]);
        const auto db = open_inline_store(how);
        std::set<std::int64_t> there;
        for (const auto &row : must(*db, [](session &s) { return s.all(ids); }))
            there.insert(row.n);
        CHECK(told.size() >= 500);
        CHECK(std::includes(there.begin(), there.end(), told.begin(), told.end()));
    }
}

TEST_CASE("a damaged file, a file of another kind and a missing folder are refused in words") {
    const scratch_folder folder;
    store_settings how;
    how.database = "sqlite:" + (folder / "r.db");
    const auto open = [&] { open_inline_store(how); };
    SECTION("damaged") {
        open();
        std::fstream file(folder / "r.db", std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(4096);
        file << std::string(8192, '\x5a');
        file.close();
        CHECK_THAT(refusal_of(open), Contains("damaged"));
    }
    SECTION("not a database") {
        std::ofstream(folder / "r.db") << std::string(5000, 'n');
        CHECK_THAT(refusal_of(open), Contains("not a database"));
    }
    SECTION("no such folder") {
        how.database = "sqlite:" + (folder / "none/r.db");
        CHECK_THAT(refusal_of(open), Contains("cannot be made") && Contains("Make its folder"));
    }
    SECTION("a folder") {
        how.database = "sqlite:" + folder.path();
        CHECK_THAT(refusal_of(open), Contains("is not a file"));
    }
    SECTION("no name") {
        how.database = "sqlite:";
        CHECK_THAT(refusal_of(open), Contains("name a file"));
    }
    SECTION("no engine of ours, and no word of its password") {
        how.database = "mysql://rapport:hunter2@db/x";
        CHECK_THAT(refusal_of(open), Contains("mysql") && !Contains("hunter2"));
        how.database = "postgres://rapport:hunter2@[bad/x";
        CHECK_THAT(refusal_of(open), Contains("cannot be read") && !Contains("hunter2"));
    }
}

TEST_CASE("a file that is open elsewhere is refused, and free again afterwards") {
    const scratch_folder folder;
    store_settings how;
    how.database = "sqlite:" + (folder / "r.db");
    how.lock_wait = milliseconds{0};
    int ready[2], go[2];
    REQUIRE(::pipe(ready) == 0);
    REQUIRE(::pipe(go) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(go[1]);
        const auto db = open_inline_store(how);
        char byte = 1;
        const bool heard = ::write(ready[1], &byte, 1) == 1 && ::read(go[0], &byte, 1) >= 0;
        std::_Exit(heard ? 0 : 1);
    }
    ::close(go[0]);
    char byte = 0;
    REQUIRE(::read(ready[0], &byte, 1) == 1);
    CHECK_THAT(refusal_of([&] { open_inline_store(how); }), Contains("is in use by another process"));
    ::close(go[1]);
    ::waitpid(child, nullptr, 0);
    ::close(ready[0]);
    ::close(ready[1]);
    CHECK(refusal_of([&] { open_inline_store(how); }) == "opened");
}

TEST_CASE("the file and its log are its owner's alone") {
    const scratch_folder folder;
    const auto path = folder / "r.db";
    std::ofstream(path).close();
    std::filesystem::permissions(path, std::filesystem::perms(0644));
    store_settings how;
    how.database = "sqlite:" + path;
    const auto db = open_inline_store(how);
    must(*db, [](session &s) { s.run(make); });
    for (const auto *part : {"", "-wal"}) {
        struct stat found {};
        REQUIRE(::stat((path + part).c_str(), &found) == 0);
        CHECK((found.st_mode & 0777) == 0600);
    }
    CHECK_FALSE(std::filesystem::exists(path + "-shm"));
}

TEST_CASE("what is deleted is gone from the files once they are settled") {
    const scratch_folder folder;
    store_settings how;
    how.database = "sqlite:" + (folder / "r.db");
    const auto db = open_store(how);
    must(*db, [](session &s) { s.run(make); });
    const std::string canary = "canary-7f3a-of-Ana";
    must(*db, [&](session &s) {
        for (int id = 0; id < 200; ++id)
            s.run(put, id, canary + std::to_string(id));
    });
    CHECK(bytes_of(folder / "r.db-wal").find(canary) != std::string::npos);
    must(*db, [](session &s) { s.run(clear); });
    REQUIRE(db->settle_on_disk().has_value());
    CHECK(bytes_of(folder / "r.db").find(canary) == std::string::npos);
    CHECK(bytes_of(folder / "r.db-wal").find(canary) == std::string::npos);
    CHECK(db->snapshot().wal_bytes == 0);
    CHECK(db->snapshot().disk_free > 0);
}

TEST_CASE("databases in memory are independent of one another") {
    const scratch_database at("sqlite");
    const auto a = at.open(), b = at.open();
    must(*a, [](session &s) { s.run(make); });
    CHECK(b->write_and_wait({"test"}, [](session &s) { s.run(put, 1, "x"); }).has_error());
}
