// Those who came in by a channel or a list: asked about one at a time, kept as news of them, never twice.
#include "bot/newcomers.hpp"
#include "handlers/house_in_force.hpp"
#include "storage/joining.hpp"
#include "storage/records.hpp"
#include "tests/bot/intake_bench.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace rapport::bot;
using namespace rapport::bot::tests;

namespace {

const team_id home{"T0HOME"};

void on_file(intake_bench &b, const std::function<void(storage::records &)> &work) {
    const auto made = b.store->write_and_wait({"bench"}, [&](storage::session &db) {
        id_source ids;
        storage::records r(db, home, ids);
        work(r);
    });
    REQUIRE(made.has_value());
}

void list(intake_bench &b, const std::string &slack) {
    on_file(b, [&](storage::records &r) {
        auto joining = r.open<storage::joining>();
        storage::joining_member one;
        one.slack = slack_id{slack};
        one.term = term_id{std::string(26, 'T')};
        one.by_person = person_id{std::string(26, 'P')};
        one.batch = std::string(26, 'B');
        one.listed_at = b.clock.at;
        joining.list(one);
        joining.confirm(one.batch, b.clock.at);
    });
}

struct bench : intake_bench {
    newcomers coming{io.get_executor(), {*store, to, clock, log}};
    int learned = 0;

    bench() {
        coming.set_place(home);
        coming.set_house(std::make_shared<house_in_force>(house{}, home));
        coming.on_learned([this] { ++learned; });
    }
};

} // namespace

TEST_CASE("who was listed is asked about one by one, and is on record then", "[rule-4]") {
    bench b;
    list(b, "U0ANA");
    on_file(b, [&](storage::records &r) { r.open<storage::lookups>().list("kim@example.org", b.clock.at); });
    b.to.answers["users.lookupByEmail"] = {
        slack::failure::none,
        "",
        R"({"ok":true,"user":{"id":"U0KIM","name":"kim","tz":"Europe/Berlin"}})",
        {}};
    b.coming.wake();
    b.until([&] { return b.learned == 2; });
    CHECK(b.to.of("users.info").size() == 1);
    CHECK(b.to.of("users.lookupByEmail").size() == 1);
    on_file(b, [&](storage::records &r) {
        CHECK(r.people.by_slack(slack_id{"U0ANA"}));
        CHECK(r.people.by_slack(slack_id{"U0KIM"}));
    });
}

TEST_CASE(
    "somebody the platform does not know is on no list any more; a platform out of reach is asked again",
    "[rule-4]") {
    bench b;
    list(b, "U0GONE");
    b.to.answers["users.info"] = {slack::failure::target_gone, "user_not_found", "", {}};
    b.coming.wake();
    b.until([&] { return b.learned == 1; });
    on_file(b,
            [&](storage::records &r) { CHECK(r.open<storage::joining>().of(slack_id{"U0GONE"}).empty()); });

    list(b, "U0ANA");
    b.to.answers["users.info"] = {slack::failure::later, "timeout", "", {}};
    b.coming.wake();
    b.until([&] { return b.to.of("users.info").size() == 2; });
    bool again = false;
    b.until([&] {
        on_file(b, [&](storage::records &r) {
            const auto all = r.open<storage::joining>().of(slack_id{"U0ANA"});
            again = all.size() == 1 && !all[0].asked_at;
        });
        return again;
    });
    CHECK(again);
}
