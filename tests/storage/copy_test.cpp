// A copy of the database while it is in use: acks go on, the copy opens and holds what was acknowledged
// before it began; nothing is replaced and nothing half done is left.
#include "storage/inbox.hpp"
#include "tests/storage/scratch.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <sys/stat.h>

using namespace rapport;
using namespace rapport::storage;

namespace {

namespace fs = std::filesystem;
const team_id here("T0HERE");

std::unique_ptr<store> opened(const std::string &file) {
    store_settings how;
    how.database = "sqlite:" + file;
    how.opened_at = monday;
    return open_store(how);
}

void note(store &db, const std::string &key) {
    must(db, [&](session &s) { inbox(s).first_time(here, key, "command", monday); });
}
bool has(store &db, const std::string &key) {
    return must(db, [&](session &s) { return inbox(s).first_time(here, key, "look", monday).has_value(); });
}

std::future<saved<void>> copy(store &db, const std::string &path) {
    auto told = std::make_shared<std::promise<saved<void>>>();
    auto heard = told->get_future();
    db.copy_to(path, [told](saved<void> became) { told->set_value(std::move(became)); });
    return heard;
}

} // namespace

TEST_CASE("a copy holds what was acknowledged before it, and units go on while it is made") {
    const scratch_folder in;
    const auto db = opened((in / "rapport.db"));
    for (int i = 0; i < 200; ++i) // several hundred pages, so that it takes many steps
        must(*db, [&](session &s) {
            inbox box(s);
            const auto key = "old-" + std::to_string(i);
            box.first_time(here, key, "command", monday);
            box.keep_answer(here, key, std::string(20'000, 'x'), slack_id("U1"), std::nullopt, monday);
        });
    auto heard = copy(*db, (in / "copy.db"));
    int meanwhile = 0;
    while (heard.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
        note(*db, "new-" + std::to_string(meanwhile++)); // each is acknowledged
    REQUIRE(heard.get().has_value());
    CHECK(meanwhile > 5);
    db->stop();

    struct stat seen {};
    REQUIRE(::stat((in / "copy.db").c_str(), &seen) == 0);
    CHECK((seen.st_mode & 0777) == 0600);
    CHECK_FALSE(fs::exists((in / "copy.db.part")));
    const auto restored = opened((in / "copy.db"));
    CHECK(has(*restored, "old-0"));
    CHECK(has(*restored, "old-199"));
    CHECK(has(*restored, "new-0"));
    CHECK_FALSE(has(*restored, "never"));
}

TEST_CASE("a copy never replaces a file, and one at a time is made") {
    const scratch_folder in;
    const auto db = opened((in / "rapport.db"));
    const auto itself = copy(*db, (in / "rapport.db")).get();
    REQUIRE(itself.has_error());
    CHECK(itself.error().why.find("is there already") != std::string::npos);
    const auto nowhere = copy(*db, (in / "no/such/folder/copy.db")).get();
    REQUIRE(nowhere.has_error());
    CHECK(nowhere.error().kind == fault_kind::not_saved);
    note(*db, "after"); // and the store is none the worse
    CHECK(has(*db, "after"));
}

TEST_CASE("a copy cut off by the end of the store leaves no file") {
    const scratch_folder in;
    const auto db = opened((in / "rapport.db"));
    for (int i = 0; i < 50; ++i)
        must(*db, [&](session &s) {
            inbox box(s);
            const auto key = "old-" + std::to_string(i);
            box.first_time(here, key, "command", monday);
            box.keep_answer(here, key, std::string(50'000, 'x'), slack_id("U1"), std::nullopt, monday);
        });
    auto heard = copy(*db, (in / "copy.db"));
    db->stop();
    const auto became = heard.get();
    CHECK(became.has_value() == fs::exists((in / "copy.db")));
    CHECK_FALSE(fs::exists((in / "copy.db.part")));
    CHECK(copy(*db, (in / "late.db")).get().error().kind == fault_kind::unavailable);
}

TEST_CASE("PostgreSQL is told to be copied by its own tools") {
    for (const auto &engine : engines()) {
        const scratch_database at(engine);
        if (!at.postgres())
            continue;
        const auto db = at.open();
        const auto became = copy(*db, "/nowhere/copy.db").get();
        REQUIRE(became.has_error());
        CHECK(became.error().why.find("pg_dump") != std::string::npos);
    }
}

TEST_CASE("what was erased is gone from the side log soon after it is asked for") {
    const scratch_folder in;
    const auto db = opened((in / "rapport.db"));
    const std::string said = "what somebody was answered";
    must(*db, [&](session &s) {
        inbox box(s);
        box.first_time(here, "k", "command", monday);
        box.keep_answer(here, "k", said, slack_id("U1"), std::nullopt, monday);
    });
    must(*db, [&](session &s) { inbox(s).forget_answers(monday + hours{1}); });
    db->settle_soon();
    must(*db, [](session &) {}); // it is done at the latest behind this batch,
    must(*db, [](session &) {}); // so before the next
    for (const auto &each : fs::directory_iterator(in.path())) {
        std::ifstream file(each.path(), std::ios::binary);
        const std::string all((std::istreambuf_iterator<char>(file)), {});
        CHECK(all.find(said) == std::string::npos);
    }
}
