// The outbox on both engines: planned once, claimed once, finished by the one who claimed.
#include "storage/outbox.hpp"
#include "tests/storage/scratch.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <set>

using namespace rapport;
using namespace rapport::storage;

namespace {

const team_id here("T0HERE");
const person_id priya("01PRIYA"), sam("01SAM");

outbox_item nudge(int n, const person_id &who = priya) {
    outbox_item item;
    item.team = here;
    item.id = outbox_id(fmt::format("{:026}", n));
    item.key = fmt::format("P1/reply/{}", n);
    item.kind = "nudge.reply";
    item.person = who;
    item.subject = fmt::format("ask:{}", n);
    item.params = "{\"since\":\"2025-11-03\"}";
    item.not_before_at = monday + minutes{n};
    item.created_at = monday;
    return item;
}

bool add(store &db, const outbox_item &item) {
    return must(db, [&](session &s) { return outbox(s).add(item); });
}
std::vector<outbox_row> claim(store &db, instant now, const std::string &token = "tok", int limit = 10,
                              span_of_time lease = seconds{60}) {
    return must(db, [&](session &s) { return outbox(s).claim(now, limit, lease, token); });
}
template <class Verb>
auto in_outbox(store &db, Verb verb) {
    return must(db, [&](session &s) {
        outbox box(s);
        return verb(box);
    });
}
outbox_row row(store &db, int n) {
    return in_outbox(db, [&](outbox &box) { return box.find(here, nudge(n).key); }).value();
}

// A store whose lease clock the test moves: PostgreSQL has its own, so there a lease of no length stands for
// one that ran out.
struct leased {
    scratch_database at;
    hand_clock clock;
    std::unique_ptr<store> db;
    explicit leased(const std::string &engine) : at(engine) {
        auto how = at.settings();
        how.clock = clock.reader();
        db = at.open(how);
    }
    std::vector<outbox_row> claim_expired(const std::string &token) {
        auto rows = claim(*db, monday + hours{1}, token, 10, milliseconds{0});
        clock.forward(milliseconds{1});
        return rows;
    }
};

} // namespace

TEST_CASE("planning twice plans once, whatever became of the first") {
    const scratch_database at(GENERATE(from_range(engines())));
    const auto db = at.open();
    CHECK(add(*db, nudge(1)));
    auto twice = nudge(1);
    twice.id = outbox_id(std::string(26, '9'));
    CHECK_FALSE(add(*db, twice));
    const auto rows = claim(*db, monday + hours{1});
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].id == nudge(1).id);
    in_outbox(*db, [&](outbox &box) {
        return box.sent(claim_of(rows[0]), channel_id("D1"), "1762164000.000100", monday);
    });
    CHECK_FALSE(add(*db, twice));
}

TEST_CASE("a row comes back as it was planned") {
    const scratch_database at(GENERATE(from_range(engines())));
    const auto db = at.open();
    auto item = nudge(7);
    item.channel = channel_id("C7");
    item.pair = pair_id("P7");
    item.verb = outbox_verb::publish_home;
    item.policy = send_policy::at_least_once;
    add(*db, item);
    const auto found = row(*db, 7);
    CHECK(found.verb == outbox_verb::publish_home);
    CHECK(found.policy == send_policy::at_least_once);
    CHECK(found.person == priya);
    CHECK(found.channel == channel_id("C7"));
    CHECK(found.pair == pair_id("P7"));
    CHECK(found.subject == "ask:7");
    CHECK(found.params == item.params);
    CHECK(found.state == outbox_state::waiting);
    CHECK(found.attempts == 0);
    CHECK_FALSE(found.again);
    CHECK_FALSE(found.token);
}

TEST_CASE("claims take what is due, oldest first, each row once") {
    const scratch_database at(GENERATE(from_range(engines())));
    const auto db = at.open();
    for (const int n : {3, 1, 2, 90})
        add(*db, nudge(n));
    const auto two = claim(*db, monday + hours{1}, "a", 2);
    REQUIRE(two.size() == 2);
    CHECK(two[0].id == nudge(1).id);
    CHECK(two[1].id == nudge(2).id);
    CHECK(two[0].attempts == 1);
    CHECK(claim(*db, monday + hours{1}, "b").size() == 1);
    CHECK(claim(*db, monday + hours{1}, "c").empty());
    CHECK(in_outbox(*db, [](outbox &box) { return box.due_at(); }) == monday + minutes{90});
}

TEST_CASE("a person's lines of the day are claimed together, and no one else's") {
    const scratch_database at(GENERATE(from_range(engines())));
    const auto db = at.open();
    add(*db, nudge(1));
    add(*db, nudge(2));
    add(*db, nudge(3, sam));
    auto confirmation = nudge(4);
    confirmation.kind = "confirm.milestone";
    add(*db, confirmation);
    add(*db, nudge(600));
    const auto lines = in_outbox(*db, [&](outbox &box) {
        return box.claim_for_person(here, priya, "nudge.", monday + hours{2}, 20, seconds{60}, "day");
    });
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].id == nudge(1).id);
    CHECK(lines[1].id == nudge(2).id);
    CHECK(claim(*db, monday + hours{2}).size() == 2);
}

TEST_CASE("what was sent can be found to be updated in place") {
    const scratch_database at(GENERATE(from_range(engines())));
    const auto db = at.open();
    add(*db, nudge(1));
    const auto find = [&] {
        return in_outbox(*db, [](outbox &box) { return box.sent_as(here, nudge(1).key); });
    };
    CHECK_FALSE(find());
    const auto rows = claim(*db, monday + hours{1});
    const auto by = claim_of(rows.at(0));
    CHECK(in_outbox(*db, [&](outbox &box) { return box.start_sending(by, monday); }));
    CHECK(in_outbox(*db, [&](outbox &box) { return box.sent(by, channel_id("D9"), "17.2", monday); }));
    CHECK(find() == sent_message{channel_id("D9"), "17.2"});
    CHECK(row(*db, 1).finished_at == monday);
}

TEST_CASE("only the holder of the claim may begin and finish") {
    const scratch_database at(GENERATE(from_range(engines())));
    const auto db = at.open();
    add(*db, nudge(1));
    auto stranger = claim_of(claim(*db, monday + hours{1}, "mine").at(0));
    stranger.token = "late";
    in_outbox(*db, [&](outbox &box) {
        CHECK_FALSE(box.start_sending(stranger, monday));
        CHECK_FALSE(box.sent(stranger, channel_id("D1"), "1.1", monday));
        CHECK_FALSE(box.later(stranger, monday, "x"));
        CHECK_FALSE(box.failed(stranger, monday, "x", monday));
        CHECK_FALSE(box.refused(stranger, "x", monday));
        CHECK_FALSE(box.missed(stranger, "x", monday));
        CHECK_FALSE(box.unwanted(stranger, "x", monday));
        return 0;
    });
    CHECK(row(*db, 1).state == outbox_state::leased);
}

TEST_CASE("the words of an outcome lead where they say") {
    const scratch_database at(GENERATE(from_range(engines())));
    const auto db = at.open();
    add(*db, nudge(1));
    auto twice = nudge(2);
    twice.policy = send_policy::at_least_once;
    add(*db, twice);
    const auto rows = claim(*db, monday + hours{1});
    REQUIRE(rows.size() == 2);
    const auto once = claim_of(rows[0]), repeatable = claim_of(rows[1]);
    const auto then = monday + hours{2};
    SECTION("later: waits again") {
        CHECK(in_outbox(*db, [&](outbox &box) { return box.later(once, then, "ratelimited"); }));
        CHECK(row(*db, 1).state == outbox_state::waiting);
        CHECK(row(*db, 1).not_before_at == then);
        CHECK_FALSE(row(*db, 1).again);
        CHECK(claim(*db, then - milliseconds{1}).empty());
        CHECK(claim(*db, then).at(0).attempts == 2);
    }
    SECTION("failed: a nudge is ambiguous, a confirmation goes again and says so") {
        in_outbox(*db, [&](outbox &box) {
            CHECK(box.failed(once, then, "timeout", monday));
            return box.failed(repeatable, then, "timeout", monday);
        });
        CHECK(row(*db, 1).state == outbox_state::ambiguous);
        CHECK(row(*db, 2).state == outbox_state::waiting);
        CHECK(row(*db, 2).again);
        CHECK(row(*db, 2).not_before_at == then);
        CHECK(claim(*db, then).size() == 1);
    }
    SECTION("refused: parked, and listed") {
        CHECK(in_outbox(*db, [&](outbox &box) { return box.refused(once, "channel_not_found", monday); }));
        const auto parked =
            in_outbox(*db, [](outbox &box) { return box.troubled(outbox_state::parked, 10); });
        REQUIRE(parked.size() == 1);
        CHECK(parked[0].reason == "channel_not_found");
    }
    SECTION("missed and unwanted: over") {
        in_outbox(*db, [&](outbox &box) {
            CHECK(box.missed(once, "too_late", monday));
            return box.unwanted(repeatable, "answered", monday);
        });
        CHECK(row(*db, 1).state == outbox_state::missed);
        CHECK(row(*db, 2).state == outbox_state::withdrawn);
        CHECK_FALSE(in_outbox(*db, [](outbox &box) { return box.due_at(); }));
    }
}

TEST_CASE("what is not begun can be withdrawn by key, prefix or subject; what is begun cannot") {
    const scratch_database at(GENERATE(from_range(engines())));
    const auto db = at.open();
    for (const int n : {1, 2, 3})
        add(*db, nudge(n));
    SECTION("by key") {
        CHECK(in_outbox(*db, [](outbox &box) {
                  return box.withdraw(here, nudge(2).key, "answered", monday);
              }) == 1);
        CHECK(row(*db, 2).state == outbox_state::withdrawn);
        CHECK(row(*db, 2).reason == "answered");
    }
    SECTION("by prefix, by bytes") {
        auto near_miss = nudge(4);
        near_miss.key = "P1/replY/4";
        add(*db, near_miss);
        CHECK(in_outbox(*db, [](outbox &box) {
                  return box.withdraw_prefix(here, "P1/reply/", "answered", monday);
              }) == 3);
        CHECK(in_outbox(*db, [&](outbox &box) { return box.find(here, near_miss.key); })->state ==
              outbox_state::waiting);
    }
    SECTION("by subject") {
        CHECK(in_outbox(*db, [](outbox &box) {
                  return box.withdraw_subject(here, "ask:3", "pair_ended", monday);
              }) == 1);
        CHECK(row(*db, 3).state == outbox_state::withdrawn);
    }
    SECTION("claimed but not begun: the claim is lost") {
        const auto by = claim_of(claim(*db, monday + hours{1}, "t", 1).at(0));
        CHECK(in_outbox(*db,
                        [](outbox &box) { return box.withdraw(here, nudge(1).key, "undone", monday); }) == 1);
        CHECK_FALSE(in_outbox(*db, [&](outbox &box) { return box.start_sending(by, monday); }));
    }
    SECTION("begun: too late") {
        const auto by = claim_of(claim(*db, monday + hours{1}, "t", 1).at(0));
        CHECK(in_outbox(*db, [&](outbox &box) { return box.start_sending(by, monday); }));
        CHECK(in_outbox(*db,
                        [](outbox &box) { return box.withdraw(here, nudge(1).key, "undone", monday); }) == 0);
        CHECK(row(*db, 1).state == outbox_state::leased);
    }
}

TEST_CASE("a lease that ran out frees its row, unless the sending had begun") {
    leased it(GENERATE(from_range(engines())));
    add(*it.db, nudge(1));
    add(*it.db, nudge(2));
    auto twice = nudge(3);
    twice.policy = send_policy::at_least_once;
    add(*it.db, twice);
    const auto rows = it.claim_expired("first");
    REQUIRE(rows.size() == 3);
    in_outbox(*it.db, [&](outbox &box) {
        return box.start_sending(claim_of(rows[1]), monday) && box.start_sending(claim_of(rows[2]), monday);
    });
    const auto unclear =
        in_outbox(*it.db, [](outbox &box) { return box.resolve_expired(monday + hours{1}); });
    REQUIRE(unclear.size() == 1);
    CHECK(unclear[0].id == nudge(2).id);
    CHECK(row(*it.db, 1).state == outbox_state::waiting);
    CHECK_FALSE(row(*it.db, 1).again);
    CHECK(row(*it.db, 2).state == outbox_state::ambiguous);
    CHECK(row(*it.db, 3).state == outbox_state::waiting);
    CHECK(row(*it.db, 3).again);

    SECTION("the late worker may not finish what another may have taken") {
        CHECK_FALSE(in_outbox(*it.db, [&](outbox &box) {
            return box.sent(claim_of(rows[2]), channel_id("D1"), "1.1", monday);
        }));
        CHECK_FALSE(
            in_outbox(*it.db, [&](outbox &box) { return box.start_sending(claim_of(rows[0]), monday); }));
    }
    SECTION("but he may say that the ambiguous one arrived") {
        CHECK(in_outbox(*it.db, [&](outbox &box) {
            return box.sent(claim_of(rows[1]), channel_id("D1"), "1.1", monday);
        }));
        CHECK(row(*it.db, 2).state == outbox_state::sent);
    }
}

TEST_CASE("a lease that runs is left alone") {
    leased it(GENERATE(from_range(engines())));
    add(*it.db, nudge(1));
    claim(*it.db, monday + hours{1}, "t", 10, seconds{600});
    CHECK(in_outbox(*it.db, [](outbox &box) { return box.resolve_expired(monday); }).empty());
    CHECK(row(*it.db, 1).state == outbox_state::leased);
}

TEST_CASE("a restart on SQLite frees what was claimed and owns up to what was begun") {
    const scratch_folder folder;
    store_settings how;
    how.database = "sqlite:" + (folder / "r.db");
    how.opened_at = monday + hours{5};
    how.lock_wait = milliseconds{0};
    {
        const auto before = open_inline_store(how);
        add(*before, nudge(1));
        add(*before, nudge(2));
        const auto rows = claim(*before, monday + hours{1}, "t", 10, hours{100});
        in_outbox(*before, [&](outbox &box) { return box.start_sending(claim_of(rows.at(1)), monday); });
    }
    const auto after = open_inline_store(how);
    CHECK(row(*after, 1).state == outbox_state::waiting);
    CHECK(row(*after, 2).state == outbox_state::ambiguous);
    CHECK(row(*after, 2).finished_at == monday + hours{5});
    const auto listed =
        in_outbox(*after, [](outbox &box) { return box.troubled(outbox_state::ambiguous, 9); });
    CHECK(listed.size() == 1);
}

TEST_CASE("counts tell what waits, since when, and what is in trouble") {
    const scratch_database at(GENERATE(from_range(engines())));
    const auto db = at.open();
    for (const int n : {1, 2, 3, 4})
        add(*db, nudge(n));
    const auto rows = claim(*db, monday + hours{1}, "t", 3);
    in_outbox(*db, [&](outbox &box) {
        box.refused(claim_of(rows.at(0)), "x", monday);
        return box.failed(claim_of(rows.at(1)), monday, "x", monday);
    });
    const auto seen = in_outbox(*db, [](outbox &box) { return box.counts(); });
    CHECK(seen.waiting == 1);
    CHECK(seen.leased == 1);
    CHECK(seen.parked == 1);
    CHECK(seen.ambiguous == 1);
    CHECK(seen.oldest_waiting == monday + minutes{4});
}

TEST_CASE("finished rows are pruned by age, and a person's rows are erased") {
    const scratch_database at(GENERATE(from_range(engines())));
    const auto db = at.open();
    for (const int n : {1, 2})
        add(*db, nudge(n));
    add(*db, nudge(3, sam));
    in_outbox(*db, [](outbox &box) { return box.withdraw(here, nudge(1).key, "x", monday); });
    CHECK(in_outbox(*db, [](outbox &box) { return box.prune(monday, 10); }) == 0);
    CHECK(in_outbox(*db, [](outbox &box) { return box.prune(monday + days{1}, 10); }) == 1);
    CHECK(in_outbox(*db, [](outbox &box) { return box.forget_person(here, priya); }) == 1);
    CHECK(row(*db, 3).person == sam);
}

TEST_CASE("two workers never claim the same row") {
    const scratch_database at(GENERATE(from_range(engines())));
    auto how = at.settings();
    const auto db = open_store(how);
    must(*db, [](session &s) {
        for (int n = 1; n <= 300; ++n)
            outbox(s).add(nudge(n));
    });
    std::vector<std::future<saved<std::vector<outbox_row>>>> heard;
    for (int n = 0; n < 40; ++n) {
        auto told = std::make_shared<std::promise<saved<std::vector<outbox_row>>>>();
        heard.push_back(told->get_future());
        db->write(
            {"claim", isolation::read_committed, seconds{60}},
            [n](session &s) {
                return outbox(s).claim(monday + days{1}, 10, seconds{60}, "w" + std::to_string(n));
            },
            [told](saved<std::vector<outbox_row>> what) noexcept { told->set_value(std::move(what)); });
    }
    std::set<std::string> seen;
    std::size_t total = 0;
    for (auto &each : heard) {
        const auto rows = each.get().value();
        CHECK(rows.size() <= 10);
        total += rows.size();
        for (const auto &one : rows)
            seen.insert(one.id.str());
    }
    CHECK(seen.size() == 300);
    CHECK(total == 300);
}
