// Two records made one, on both engines: no column that names a person is forgotten, and of what both have
// the right one stands.
#include "storage/mentor_requests.hpp"
#include "storage/merging.hpp"
#include "storage/profiles.hpp"
#include "storage/records.hpp"
#include "tests/storage/scratch.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

using namespace rapport;
using namespace rapport::storage;

namespace {

const team_id here("T0HERE");
const program_slug emap("emap");

struct column {
    std::string table, name;
};
// By their key: every column that refers to a person. By their name: those that hold an id without one.
constexpr statement<column> referring_sql{
    "test.referring", "SELECT m.name, f.\"from\" FROM sqlite_master m, pragma_foreign_key_list(m.name) f "
                      "WHERE m.type = 'table' AND f.\"table\" = 'person' AND f.\"from\" <> 'team'"};
constexpr statement<column> named_sql{
    "test.named", "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c "
                  "WHERE m.type = 'table' AND (c.name LIKE '%\\_by' ESCAPE '\\' OR c.name LIKE '%person' OR "
                  "c.name IN ('mentor', 'protege', 'author', 'tutor', 'whose', 'first', 'second', 'waiting', "
                  "'protege_of', 'member'))"};

// Named like a person's, and a word of a list or a lease.
const std::set<std::string> no_people = {
    "reply_clock.set_by",     "reply_clock.settled_by", "clearance.said_by",     "profile_field.seen_by",
    "profile_before.seen_by", "nudge.carried_by",       "application.answer_by", "mentor_request.asked_by"};

struct two {
    scratch_database at;
    std::unique_ptr<store> db;
    id_source ids{9};
    term_id term = ids.make<term_id>(monday);
    person_id ana = ids.make<person_id>(monday), sam = ids.make<person_id>(monday),
              mail = ids.make<person_id>(monday);

    explicit two(const std::string &engine) : at(engine), db(at.open()) {
        with([&](records &r) {
            r.programs.apply_policy(emap, "text", monday, std::nullopt);
            storage::term one;
            one.id = term;
            one.program = emap;
            one.name = "2026";
            one.opens_at = monday;
            r.programs.add_term(one);
            for (const auto &id : {ana, sam, mail}) {
                person who;
                who.id = id;
                if (id == mail)
                    who.email = "sam@example.org";
                else
                    who.slack = slack_id{"U0" + id.str().substr(20)};
                who.created_at = monday;
                r.people.save(who);
            }
        });
    }
    void with(const std::function<void(records &)> &work) {
        must(*db, [&](session &s) {
            records on_file(s, here, ids);
            work(on_file);
        });
    }
    void enrol(records &r, const person_id &who, enrolment_state how) {
        enrolment one;
        one.id = ids.make<enrolment_id>(monday);
        one.term = term;
        one.person = who;
        one.role = role::mentor;
        one.state = how;
        one.since_at = monday;
        r.programs.enrol(one);
    }
    pair_id pairs(records &r, const person_id &mentor) {
        pair one;
        one.id = ids.make<pair_id>(monday);
        one.program = emap;
        one.term = term;
        one.mentor = mentor;
        one.protege = ana;
        one.began_at = monday;
        r.pairs.add(one);
        return one.id;
    }
};

} // namespace

TEST_CASE("every column of the schema that names a person is merged", "[one-person]") {
    scratch_database database("sqlite");
    const auto store = open_inline_store(database.settings());
    const auto merged = merged_columns();
    std::size_t looked_at = 0;
    must(*store, [&](session &db) {
        for (const auto &from : {db.all(referring_sql), db.all(named_sql)})
            for (const auto &each : from) {
                const auto name = each.table + "." + each.name;
                ++looked_at;
                INFO("add it to storage/merging.cpp: " << name);
                CHECK((no_people.contains(name) ||
                       std::find(merged.begin(), merged.end(), name) != merged.end()));
            }
    });
    CHECK(looked_at > 60);
    store->stop();
}

TEST_CASE("of what both records have, the further or newer stands, and nothing is there twice",
          "[one-person]") {
    for (const auto &engine : engines()) {
        INFO(engine);
        two t(engine);
        pair_id kept, ended;
        t.with([&](records &r) {
            t.enrol(r, t.sam, enrolment_state::left);
            t.enrol(r, t.mail, enrolment_state::active);
            kept = t.pairs(r, t.sam);
            ended = t.pairs(r, t.mail);
            auto words = r.open<profiles>();
            words.set(t.sam, profile_field::goals, {"old", seen_by::everyone}, monday);
            words.set(t.mail, profile_field::goals, {"new", seen_by::partners}, monday + days{1});
            words.set(t.sam, profile_field::interests, {"newer", seen_by::everyone}, monday + days{2});
            words.set(t.mail, profile_field::interests, {"older", seen_by::everyone}, monday);
            words.set(t.mail, profile_field::room, {"3", seen_by::everyone}, monday);
            CHECK(may_be_one(r.db, here, t.sam, t.mail));
            CHECK_FALSE(may_be_one(r.db, here, t.ana, t.mail));
            CHECK_FALSE(may_be_one(r.db, here, t.sam, t.sam));
            make_one(r.db, here, t.sam, t.mail, monday + days{3});
        });
        t.with([&](records &r) {
            CHECK_FALSE(r.people.by_id(t.mail));
            CHECK(r.people.by_id(t.sam)->email == "sam@example.org");
            const auto enrolled = r.programs.enrolments(t.term);
            REQUIRE(enrolled.size() == 1);
            CHECK(enrolled[0].person == t.sam);
            CHECK(enrolled[0].state == enrolment_state::active);
            CHECK(r.pairs.by_id(kept)->state == pair_state::open);
            CHECK(r.pairs.by_id(ended)->state == pair_state::ended);
            CHECK(r.pairs.by_id(ended)->mentor == t.sam);
            const auto words = r.open<profiles>().of(t.sam);
            CHECK(words.at(profile_field::goals) == profile_entry{"new", seen_by::partners});
            CHECK(words.at(profile_field::interests).words == "newer");
            CHECK(words.at(profile_field::room).words == "3");
        });
    }
}

TEST_CASE("a second address stays one of theirs", "[one-person]") {
    for (const auto &engine : engines()) {
        INFO(engine);
        two t(engine);
        t.with([&](records &r) {
            auto sam = r.people.by_id(t.sam).value();
            sam.email = "s@example.org";
            r.people.save(sam);
            make_one(r.db, here, t.sam, t.mail, monday);
        });
        t.with([&](records &r) {
            CHECK(r.people.by_email("s@example.org")->id == t.sam);
            CHECK(r.people.by_email("sam@example.org")->id == t.sam);
            CHECK_FALSE(r.people.by_email("ana@example.org"));
        });
    }
}
