// The inbox on both engines: once, remembered, delivered, forgotten.
#include "storage/inbox.hpp"
#include "tests/storage/scratch.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace rapport::storage;

namespace {

const team_id here("T0HERE"), elsewhere("T0ELSE");
const slack_id ana("U0ANA");

} // namespace

TEST_CASE("a delivery is new once, in its workspace") {
    const scratch_database at(GENERATE(from_range(engines())));
    const auto db = at.open();
    const auto arrive = [&](const team_id &team) {
        return must(*db, [&](session &s) { return inbox(s).first_time(team, "evt-1", "command", monday); });
    };
    CHECK_FALSE(arrive(here));
    const auto again = arrive(here);
    REQUIRE(again);
    CHECK(again->kind == "command");
    CHECK(again->received_at == monday);
    CHECK_FALSE(again->answered_at);
    CHECK_FALSE(arrive(elsewhere));
}

TEST_CASE("an answer is kept for duplicates until it is delivered") {
    const scratch_database at(GENERATE(from_range(engines())));
    const auto db = at.open();
    must(*db, [&](session &s) {
        inbox in(s);
        in.first_time(here, "k", "command", monday);
        in.keep_answer(here, "k", "{\"text\":\"Saved 🎉\"}", ana, channel_id("D1"), monday + seconds{1});
    });
    const auto duplicate =
        must(*db, [&](session &s) { return inbox(s).first_time(here, "k", "command", monday); });
    REQUIRE(duplicate);
    CHECK(duplicate->answer == "{\"text\":\"Saved 🎉\"}");
    CHECK(duplicate->answered_at == monday + seconds{1});

    const auto deliver = [&] {
        return must(*db, [&](session &s) { return inbox(s).mark_delivered(here, "k", monday + seconds{2}); });
    };
    CHECK(deliver());
    CHECK_FALSE(deliver());
    const auto later = must(*db, [&](session &s) { return inbox(s).first_time(here, "k", "x", monday); });
    REQUIRE(later);
    CHECK_FALSE(later->answer);
    CHECK(later->delivered_at == monday + seconds{2});
}

TEST_CASE("undelivered answers come oldest first, and are forgotten after their hour") {
    const scratch_database at(GENERATE(from_range(engines())));
    const auto db = at.open();
    must(*db, [&](session &s) {
        inbox in(s);
        for (const int n : {3, 1, 2}) {
            const auto key = "k" + std::to_string(n);
            in.first_time(here, key, "press", monday);
            in.keep_answer(here, key, "said " + key, ana, std::nullopt, monday + minutes{n});
        }
    });
    const auto waiting = [&](instant before) {
        return must(*db, [&](session &s) { return inbox(s).undelivered(before, 10); });
    };
    const auto two = waiting(monday + minutes{3});
    REQUIRE(two.size() == 2);
    CHECK(two[0].key == "k1");
    CHECK(two[0].to == ana);
    CHECK_FALSE(two[0].channel);
    CHECK(two[1].answer == "said k2");
    CHECK(must(*db, [&](session &s) { return inbox(s).forget_answers(monday + minutes{3}); }) == 2);
    CHECK(waiting(monday + hours{1}).size() == 1);
}

TEST_CASE("old deliveries are pruned in bounded steps") {
    const scratch_database at(GENERATE(from_range(engines())));
    const auto db = at.open();
    must(*db, [&](session &s) {
        for (int n = 0; n < 5; ++n)
            inbox(s).first_time(here, "k" + std::to_string(n), "command", monday + days{n});
    });
    const auto prune = [&] {
        return must(*db, [&](session &s) { return inbox(s).prune(monday + days{3}, 2); });
    };
    CHECK(prune() == 2);
    CHECK(prune() == 1);
    CHECK(prune() == 0);
    CHECK_FALSE(must(*db, [&](session &s) { return inbox(s).first_time(here, "k0", "command", monday); }));
    CHECK(must(*db, [&](session &s) { return inbox(s).first_time(here, "k3", "command", monday); }));
}

TEST_CASE("erasing a person takes what was kept for him and leaves the keys") {
    const scratch_database at(GENERATE(from_range(engines())));
    const auto db = at.open();
    must(*db, [&](session &s) {
        inbox in(s);
        in.first_time(here, "k", "command", monday);
        in.keep_answer(here, "k", "for Ana", ana, channel_id("D1"), monday);
        in.forget_person(here, ana);
    });
    CHECK(must(*db, [&](session &s) { return inbox(s).undelivered(monday + days{1}, 9); }).empty());
    const auto known = must(*db, [&](session &s) { return inbox(s).first_time(here, "k", "x", monday); });
    REQUIRE(known);
    CHECK_FALSE(known->answer);
}

TEST_CASE("an answer to what never came is a bug") {
    const scratch_database at(GENERATE(from_range(engines())));
    const auto db = at.open();
    const auto told = db->write_and_wait(
        {"test"}, [&](session &s) { inbox(s).keep_answer(here, "never", "x", ana, std::nullopt, monday); });
    REQUIRE(told.has_error());
    CHECK(told.error().kind == fault_kind::unit_failed);
}
