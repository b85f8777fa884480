// Erasing names every table and runs on both engines; letting go takes what is old and nothing else.
#include "storage/erasing.hpp"
#include "storage/migrations.hpp"
#include "storage/profiles.hpp"
#include "storage/records.hpp"
#include "tests/storage/scratch.hpp"

#include <catch2/catch.hpp>

#include <regex>

using namespace rapport;
using namespace rapport::storage;

namespace {

const team_id here("T0HERE");
const program_slug emap{"emap"};

// Priya and Ana, a pair in a term that closed on `closed`, with a check-in, a contact and a profile.
struct furnished {
    scratch_database at;
    std::unique_ptr<store> db;
    id_source ids{7};
    term_id term;
    pair_id pair;
    person_id ana, priya;

    furnished(const std::string &engine, instant closed) : at(engine), db(at.open()) {
        with([&](records &r) {
            for (auto *who : {&ana, &priya}) {
                *who = r.ids.make<person_id>(monday);
                person row;
                row.id = *who;
                row.slack = slack_id{who == &ana ? "U0ANA" : "U0PRIYA"};
                row.name = who == &ana ? "Ana Lima" : "Priya Shah";
                row.created_at = monday;
                r.people.save(row);
            }
            r.programs.apply_policy(emap, "one", monday, std::nullopt);
            term = a_term(r, term_state::closed, closed);
            storage::pair two;
            two.id = pair = r.ids.make<pair_id>(monday);
            two.program = emap;
            two.term = term;
            two.mentor = priya;
            two.protege = ana;
            two.began_at = monday;
            r.pairs.add(two);
            enrol(r, term, ana);
            check_in filed;
            filed.pair = pair;
            filed.period = "2026-11";
            filed.filed_by = ana;
            filed.filed_at = monday;
            filed.note = "We found our rhythm";
            r.check_ins.file(filed);
            contact call;
            call.id = r.ids.next(monday);
            call.pair = pair;
            call.started_by = ana;
            call.logged_by = ana;
            call.on_day = day(date::year(2026) / 11 / 17);
            r.contacts.add(call);
            r.open<profiles>().set(ana, profile_field::interests, {"robotics", seen_by::everyone}, monday);
        });
    }
    term_id a_term(records &r, term_state state, std::optional<instant> closes) {
        storage::term t;
        t.id = r.ids.make<term_id>(monday);
        t.program = emap;
        t.name = "2026";
        t.state = state;
        t.opens_at = monday;
        t.closes_at = closes;
        r.programs.add_term(t);
        return t.id;
    }
    static void enrol(records &r, const term_id &into, const person_id &who) {
        enrolment one;
        one.id = r.ids.make<enrolment_id>(monday);
        one.term = into;
        one.person = who;
        one.since_at = monday;
        r.programs.enrol(one);
    }
    void with(const std::function<void(records &)> &work) {
        must(*db, [&](session &s) {
            records r(s, here, ids);
            work(r);
        });
    }
    std::string note(records &r) {
        return r.check_ins.history(pair, side::protege, 9).at(0).note;
    }
};

} // namespace

TEST_CASE("every table has its line of erasing, or is named as one without words of a person") {
    const std::regex made("CREATE TABLE ([a-z_]+)");
    for (const auto &each : shipped_migrations()) {
        const std::string sql(each.sql);
        for (auto found = std::sregex_iterator(sql.begin(), sql.end(), made); found != std::sregex_iterator();
             ++found) {
            INFO("add a statement for it to storage/erasing.cpp: " << (*found)[1]);
            CHECK(is_erased_from((*found)[1].str()));
        }
    }
}

TEST_CASE("after erasing nothing leads to the person, and what is the other's stands") {
    furnished f(GENERATE(from_range(engines())), monday + days{300});
    f.with([&](records &r) {
        CHECK(count_known(r.db, here, f.ana).check_ins == 1);
        CHECK(count_known(r.db, here, f.ana).profile_fields == 1);
        erase(r.db, here, f.ana, monday + days{1});
    });
    f.with([&](records &r) {
        const auto ana = r.people.by_id(f.ana);
        REQUIRE(ana);
        CHECK(ana->state == person_state::gone);
        CHECK_FALSE(ana->slack);
        CHECK(ana->name.empty());
        CHECK_FALSE(r.people.by_slack(slack_id{"U0ANA"}));
        CHECK(f.note(r).empty());
        CHECK(r.open<profiles>().of(f.ana).empty());
        CHECK(r.programs.enrolled(f.term, f.ana, role::protege)->state == enrolment_state::left);
        CHECK(r.people.by_id(f.priya)->name == "Priya Shah");
        CHECK(r.contacts.latest(f.pair, 9).size() == 1);
    });
}

TEST_CASE("what is older than a program keeps it loses its words and days, once; counts stay") {
    furnished f(GENERATE(from_range(engines())), monday + days{10});
    const kept_until long_ago{monday + days{9}, monday + days{9}, monday + days{9}};
    const kept_until now{monday + days{11}, monday + days{11}, monday + days{11}};
    f.with([&](records &r) {
        CHECK(let_go(r.db, here, emap, long_ago) == 0);
        CHECK(f.note(r) == "We found our rhythm");
        CHECK(let_go(r.db, here, program_slug{"sloan"}, now) == 0);
        CHECK(let_go(r.db, here, emap, now) == 3);
        CHECK(let_go(r.db, here, emap, now) == 0);
        CHECK(f.note(r).empty());
        const auto contacts = r.contacts.latest(f.pair, 9);
        REQUIRE(contacts.size() == 1);
        CHECK_FALSE(contacts[0].started_by);
        CHECK_FALSE(contacts[0].logged_by);
        CHECK(contacts[0].on_day == day(date::year(2026) / 11 / 1));
        CHECK(r.open<profiles>().of(f.ana).empty());
    });
}

TEST_CASE("a profile stays while its person is in a term that runs or closed later") {
    furnished f(GENERATE(from_range(engines())), monday + days{10});
    const kept_until now{monday + days{11}, monday + days{11}, monday + days{11}};
    f.with([&](records &r) {
        furnished::enrol(r, f.a_term(r, term_state::open, std::nullopt), f.ana);
        CHECK(let_go(r.db, here, emap, now) == 2);
        CHECK(r.open<profiles>().of(f.ana).size() == 1);
    });
}
