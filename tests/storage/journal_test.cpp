// The journal on both engines: in order, sealed, and telling when somebody changed it.
#include "storage/journal.hpp"
#include "tests/storage/scratch.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace rapport::storage;

namespace {

const team_id here("T0HERE");
constexpr command<> edit{"test.edit", "UPDATE journal SET act = 'cleared' WHERE seq = 2"};
constexpr command<> cut_middle{"test.cut", "DELETE FROM journal WHERE seq = 2"};
constexpr command<> cut_tail{"test.cut_tail", "DELETE FROM journal WHERE seq = 3"};
constexpr command<> move_boundary{"test.move",
                                  "UPDATE journal SET subject_kind = 'pairP', subject = '2' WHERE seq = 2"};

journal_entry act(int n) {
    return {monday + seconds{n}, "01ANA", "pair.end", "pair", "P" + std::to_string(n), "kindly"};
}

void write_three(store &db) {
    for (const int n : {1, 2, 3})
        must(db, [&](session &s) { journal(s).append(here, act(n)); });
}

journal_check checked(store &db, int step) {
    journal_check so_far;
    for (int rounds = 0; rounds < 10 && !so_far.whole && !so_far.bad; ++rounds)
        so_far = must(db, [&](session &s) { return journal(s).verify(here, so_far, step); });
    return so_far;
}

} // namespace

TEST_CASE("acts are numbered from one and read newest first") {
    const scratch_database at(GENERATE(from_range(engines())));
    const auto db = at.open();
    write_three(*db);
    const auto two = must(*db, [](session &s) { return journal(s).page(here, std::nullopt, 2); });
    REQUIRE(two.size() == 2);
    CHECK(two[0].seq == 3);
    CHECK(two[0].subject == "P3");
    const auto rest = must(*db, [&](session &s) { return journal(s).page(here, two[1].seq, 2); });
    REQUIRE(rest.size() == 1);
    CHECK(rest[0].seq == 1);
    CHECK(rest[0].at == monday + seconds{1});
}

TEST_CASE("an untouched journal checks as whole, in any step") {
    const scratch_database at(GENERATE(from_range(engines())));
    const auto db = at.open();
    CHECK(checked(*db, 10).whole);
    write_three(*db);
    for (const int step : {1, 3, 10}) {
        const auto seen = checked(*db, step);
        CHECK(seen.whole);
        CHECK(seen.seq == 3);
    }
}

TEST_CASE("a changed, missing or cut-off row is found") {
    const scratch_database at(GENERATE(from_range(engines())));
    const auto db = at.open();
    write_three(*db);
    SECTION("changed") {
        must(*db, [](session &s) { s.run(edit); });
        CHECK(checked(*db, 10).bad == "row 2 or the one before it was changed");
    }
    SECTION("text moved from one field to the next") {
        must(*db, [](session &s) { s.run(move_boundary); });
        CHECK(checked(*db, 10).bad);
    }
    SECTION("missing") {
        must(*db, [](session &s) { s.run(cut_middle); });
        CHECK(checked(*db, 10).bad == "row 2 is missing");
    }
    SECTION("cut off") {
        must(*db, [](session &s) { s.run(cut_tail); });
        CHECK(checked(*db, 10).bad == "3 rows were written and 2 are there");
    }
}

TEST_CASE("a unit that fails leaves no gap in the journal") {
    const scratch_database at(GENERATE(from_range(engines())));
    const auto db = at.open();
    write_three(*db);
    const auto told = db->write_and_wait({"test"}, [](session &s) {
        journal(s).append(here, act(4));
        throw std::logic_error("bug");
    });
    CHECK(told.has_error());
    must(*db, [](session &s) { journal(s).append(here, act(4)); });
    const auto seen = checked(*db, 10);
    CHECK(seen.whole);
    CHECK(seen.seq == 4);
}
