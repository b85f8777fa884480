// The rows of home pages on both engines: one a person, waiting as often as it must and no more.
#include "storage/home_pages.hpp"
#include "tests/storage/scratch.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

using namespace rapport;
using namespace rapport::storage;

namespace {

const team_id here("T0HERE");
const person_id ana("01ANA");

struct bench {
    scratch_database at;
    std::unique_ptr<store> db;
    int made = 0;

    explicit bench(const std::string &engine) : at(engine), db(at.open()) {}

    void want(instant when) {
        const outbox_id id(fmt::format("{:026}", ++made));
        must(*db, [&](session &s) { home_pages(s, here).want(id, ana, "home", when); });
    }
    std::vector<outbox_row> claim(const std::string &token) {
        return must(*db,
                    [&](session &s) { return outbox(s).claim(monday + hours{1}, 10, seconds{60}, token); });
    }
    void publish(const outbox_row &row, const std::string &hash) {
        must(*db, [&](session &s) { outbox(s).sent(claim_of(row), channel_id(), hash, monday); });
    }
    outbox_row row() {
        return must(*db, [](session &s) { return outbox(s).find(here, home_pages::key_of(ana)); }).value();
    }
};

} // namespace

TEST_CASE("a page wanted often waits once, at the earliest time it was wanted for") {
    bench b(GENERATE(from_range(engines())));
    b.want(monday + minutes{5});
    b.want(monday + minutes{2});
    b.want(monday + minutes{9});
    const auto row = b.row();
    CHECK(row.state == outbox_state::waiting);
    CHECK(row.verb == outbox_verb::publish_home);
    CHECK(row.policy == send_policy::at_least_once);
    CHECK(row.not_before_at == monday + minutes{2});
    CHECK(b.claim("one").size() == 1);
}

TEST_CASE("a published page waits again when it is wanted again, and remembers its hash") {
    bench b(GENERATE(from_range(engines())));
    b.want(monday);
    b.publish(b.claim("one").at(0), "aa");
    CHECK(b.row().state == outbox_state::sent);
    b.want(monday + minutes{1});
    const auto again = b.claim("two");
    REQUIRE(again.size() == 1);
    CHECK(again[0].sent_ts == "aa");
    CHECK(again[0].attempts == 1);
    CHECK_FALSE(again[0].again);
    CHECK_FALSE(again[0].finished_at);
    CHECK(must(*b.db, [&](session &s) { return outbox(s).start_sending(claim_of(again[0]), monday); }));
}

TEST_CASE("a page that changes while it is on its way is marked, and its call still ends") {
    bench b(GENERATE(from_range(engines())));
    b.want(monday);
    const auto under_way = b.claim("one");
    b.want(monday + minutes{1});
    CHECK(b.claim("two").empty());
    CHECK(b.row().again);
    b.publish(under_way.at(0), "aa");
    CHECK(b.row().state == outbox_state::sent);
}

TEST_CASE("what was put off for trouble is not hurried by another wish") {
    bench b(GENERATE(from_range(engines())));
    b.want(monday);
    const auto rows = b.claim("one");
    must(*b.db, [&](session &s) { outbox(s).later(claim_of(rows.at(0)), monday + hours{2}, "rate"); });
    b.want(monday + minutes{1});
    CHECK(b.row().not_before_at == monday + hours{2});
}

TEST_CASE("a page shown by another way forgets its hash, and one on its way goes once more") {
    bench b(GENERATE(from_range(engines())));
    b.want(monday);
    b.publish(b.claim("one").at(0), "aa");
    must(*b.db, [](session &s) { home_pages(s, here).shown_otherwise(ana); });
    CHECK_FALSE(b.row().sent_ts);
    CHECK_FALSE(b.row().again);
    b.want(monday + minutes{1});
    b.claim("two");
    must(*b.db, [](session &s) { home_pages(s, here).shown_otherwise(ana); });
    CHECK(b.row().again);
}
