// What people do most, on each engine: what the bench of the other suites does in memory must hold on a real
// server too. Skipped there, and said so, where no server is named.
#include "tests/handlers/mail_round.hpp"
#include "tests/storage/scratch.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace rapport::tests;

namespace {

struct on_engine {
    storage::scratch_database at;
    office o;

    explicit on_engine(const std::string &engine) : at(engine), o(the_tables(), at.settings().database) {}
};

} // namespace

TEST_CASE("on each engine: check-ins and milestones are recorded, agreed to, and taken back") {
    on_engine e(GENERATE(from_range(storage::engines())));
    auto &o = e.o;
    const auto filed = o.says("ana", "/checkin All well", "G0PAIR");
    CHECK(o.says("ana", "/checkin history", "G0PAIR").says("All well"));
    o.presses("ana", filed, "Undo");
    CHECK_FALSE(o.says("ana", "/checkin history", "G0PAIR").says("All well"));

    o.says("ana", "/milestone add Draft résumé by 1 Dec", "G0PAIR");
    o.says("priya", "/milestone done 1", "G0PAIR");
    std::vector<storage::milestone> all;
    o.on_file([&](storage::records &r) { all = r.milestones.of_pair(o.pair); });
    REQUIRE(all.size() == 1);
    CHECK(all[0].state == milestone_state::done);
    CHECK(o.says("ana", "/milestone reopen 7", "G0PAIR").says("Nothing was saved"));
}

TEST_CASE("on each engine: the same delivery twice is one act, and a contact counts once") {
    on_engine e(GENERATE(from_range(storage::engines())));
    auto &o = e.o;
    const auto first = o.says("ana", "/mentoring log call yesterday 30m", "G0PAIR");
    const auto again = o.delivers(o.last());
    CHECK(again.text == first.text);
    CHECK(again.raw.seen_before);
    std::vector<storage::contact> all;
    o.on_file([&](storage::records &r) { all = r.contacts.latest(o.pair, 50); });
    CHECK(all.size() == 1);
}

TEST_CASE("on each engine: a coordinator enrols, pairs and ends; everybody else is refused") {
    on_engine e(GENERATE(from_range(storage::engines())));
    auto &o = e.o;
    CHECK(o.says("ana", "/program pair @sam @mei").says("Nothing was saved"));
    const auto paired = o.says("noor", "/program pair @sam @mei");
    CHECK_FALSE(paired.says("Nothing was saved"));
    std::vector<storage::pair> all;
    o.on_file([&](storage::records &r) { all = r.pairs.of_term(o.term); });
    CHECK(all.size() == 2);
    CHECK_FALSE(o.says("noor", "/program end @sam @mei").says("Nothing was saved"));
    CHECK(o.says("noor", "/program people").says("<@U0ANA>"));
}

TEST_CASE("on each engine: a message waits, is nudged for on day three, and one press settles it") {
    on_engine e(GENERATE(from_range(storage::engines())));
    auto &o = e.o;
    mail_round mail(o);
    mail.deliver();
    mail.writes("ana");
    mail.calls.clear();
    mail.pass(days{3} + hours{2});
    const auto heard = mail.to("D0PRIYA");
    REQUIRE(heard.size() == 1);
    CHECK(heard[0].says("Ana"));
    CHECK(o.presses("priya", mail.shown(heard[0]), "I replied elsewhere").says("Thank you"));
    mail.pass(days{6});
    for (const auto &each : mail.to("D0PRIYA"))
        CHECK((each.ts == heard[0].ts || !each.says("has been waiting")));
}
