// The tables of entering on both engines: what each verb keeps, replaces, finds again and lets go of.
#include "storage/entering.hpp"
#include "storage/joining.hpp"
#include "storage/people.hpp"
#include "storage/programs.hpp"
#include "storage/recorded.hpp"
#include "storage/sites.hpp"
#include "tests/storage/scratch.hpp"

#include <catch2/catch.hpp>

#include <functional>

using namespace rapport;
using namespace rapport::storage;

namespace {

const team_id here("T0HERE");
const program_slug emap("emap");
const day june{date::year{2027} / 6 / 30};

// A workspace with a program, a term and two people.
struct bench {
    scratch_database at;
    std::unique_ptr<store> db;
    id_source ids{7};
    term_id term = ids.make<term_id>(monday);
    person_id ana = ids.make<person_id>(monday), sam = ids.make<person_id>(monday);

    explicit bench(const std::string &engine) : at(engine), db(at.open()) {
        with([&](session &s) {
            programs programs_here(s, here);
            programs_here.apply_policy(emap, "text", monday, std::nullopt);
            storage::term one;
            one.id = term;
            one.program = emap;
            one.name = "2026";
            one.opens_at = monday;
            programs_here.add_term(one);
            for (const auto &id : {ana, sam}) {
                person who;
                who.id = id;
                who.email = id.str() + "@example.org";
                who.created_at = monday;
                people(s, here).save(who);
            }
        });
    }
    void with(const std::function<void(session &)> &work) {
        must(*db, [&](session &s) { work(s); });
    }
    application applied(role as) {
        application one;
        one.id = ids.make<application_id>(monday);
        one.program = emap;
        one.term = term;
        one.person = ana;
        one.role = as;
        one.answers = "{}";
        one.answer_by = june;
        one.made_at = monday;
        return one;
    }
};

} // namespace

TEST_CASE("an application stands once a role and term, moves only from where it is, and stays on record",
          "[entering][rule-4]") {
    bench b(GENERATE(from_range(engines())));
    const auto first = b.applied(role::protege);
    b.with([&](session &s) {
        applications all(s, here);
        all.add(first);
        CHECK(all.by_id(first.id) == first);
        CHECK(all.standing(b.term, b.ana, role::protege) == first);
        CHECK_FALSE(all.standing(b.term, b.ana, role::mentor));
        CHECK_FALSE(
            all.move(first.id, application_state::accepted, application_state::declined, monday, b.sam));
        CHECK(all.move(first.id, application_state::waiting, application_state::withdrawn, monday, b.sam));
        CHECK_FALSE(all.standing(b.term, b.ana, role::protege));
        const auto second = b.applied(role::protege);
        all.add(second);
        CHECK(all.of_person(b.ana).size() == 2);
        CHECK(all.of_term(b.term).size() == 2);
        CHECK(all.standing(b.term, b.ana, role::protege) == second);
    });
    const auto twice = b.db->write_and_wait({"test"}, [&](session &s) {
        applications(s, here).add(b.applied(role::protege));
        applications(s, here).of_person(b.ana); // PostgreSQL tells with the next read
    });
    CHECK_FALSE(twice.has_value());
}

TEST_CASE("a clearance is replaced, found by person and program, and taken away without a trace",
          "[entering][rule-6]") {
    bench b(GENERATE(from_range(engines())));
    b.with([&](session &s) {
        clearances all(s, here);
        clearance one{emap, b.sam, gate_kind::background_check, june, cleared_by::import, monday};
        all.set(one);
        CHECK(all.find(emap, b.sam, gate_kind::background_check) == one);
        one.until.reset();
        all.set(one);
        all.set({emap, b.sam, gate_kind::training, std::nullopt, cleared_by::own_word, monday});
        CHECK(all.find(emap, b.sam, gate_kind::background_check) == one);
        CHECK(all.of(emap, b.sam).size() == 2);
        CHECK(all.of_program(emap).size() == 2);
        all.take(emap, b.sam, gate_kind::background_check);
        CHECK_FALSE(all.find(emap, b.sam, gate_kind::background_check));
    });
}

TEST_CASE("consents, interest, drafts and counts of invited keep the newest word", "[entering][rule-1]") {
    bench b(GENERATE(from_range(engines())));
    b.with([&](session &s) {
        outside_consents consents(s, here);
        CHECK_FALSE(consents.of(emap, b.ana));
        consents.set(emap, b.ana, {"field", "goals"}, monday);
        CHECK(consents.of(emap, b.ana) == std::vector<std::string>{"field", "goals"});
        consents.set(emap, b.ana, {}, monday);
        CHECK(consents.of(emap, b.ana) == std::vector<std::string>{});

        interests asked(s, here);
        CHECK(asked.ask(emap, b.ana, role::mentor, monday));
        CHECK_FALSE(asked.ask(emap, b.ana, role::mentor, monday));
        CHECK(asked.waiting(emap).size() == 1);
        asked.told(emap, b.ana, monday);
        CHECK(asked.waiting(emap).empty());
        CHECK(asked.ask(emap, b.ana, role::protege, monday));
        CHECK(asked.find(emap, b.ana)->role == role::protege);
        asked.withdraw(emap, b.ana);
        CHECK_FALSE(asked.find(emap, b.ana));

        import_drafts drafts(s, here);
        drafts.keep(b.sam, {std::string(26, 'A'), emap, "email,role", monday});
        drafts.keep(b.sam, {std::string(26, 'B'), emap, "email,role", monday});
        CHECK_FALSE(drafts.find(b.sam, std::string(26, 'A')));
        CHECK(drafts.find(b.sam, std::string(26, 'B')));
        drafts.keep(b.ana, {std::string(26, 'C'), emap, "email,role", monday + days{2}});
        CHECK_FALSE(drafts.find(b.sam, std::string(26, 'B'))); // a day old
        drafts.drop(b.ana);
        CHECK_FALSE(drafts.find(b.ana, std::string(26, 'C')));

        invited_counts counts(s, here);
        counts.set(b.term, "alumni office", 40);
        counts.set(b.term, "alumni office", 50);
        REQUIRE(counts.of(b.term).size() == 1);
        CHECK(counts.of(b.term)[0].people == 50);
    });
}

TEST_CASE("who was listed is asked about once, in the order of the yes; again only where nobody answered",
          "[entering][rule-4]") {
    bench b(GENERATE(from_range(engines())));
    b.with([&](session &s) {
        joining all(s, here);
        joining_member one;
        one.slack = slack_id{"U0NEW"};
        one.term = b.term;
        one.by_person = b.sam;
        one.batch = std::string(26, 'A');
        one.listed_at = monday;
        all.list(one);
        CHECK_FALSE(next_to_ask(s, monday)); // not confirmed
        one.batch = std::string(26, 'B');
        all.list(one);
        CHECK(all.of_batch(std::string(26, 'A')).empty());
        all.confirm(one.batch, monday);
        CHECK(all.waiting(b.term) == 1);
        lookups(s, here).list("kim@example.org", monday);
        lookups(s, here).list("kim@example.org", monday);
        CHECK(lookups(s, here).listed("kim@example.org"));
        const auto first = next_to_ask(s, monday);
        REQUIRE(first);
        CHECK(first->slack == slack_id{"U0NEW"});
        const auto second = next_to_ask(s, monday);
        REQUIRE(second);
        CHECK(second->email == "kim@example.org");
        CHECK_FALSE(next_to_ask(s, monday));
        ask_again(s, *second);
        CHECK(next_to_ask(s, monday)->email == "kim@example.org");
        all.done(slack_id{"U0NEW"}, b.term, role::protege);
        CHECK(all.of(slack_id{"U0NEW"}).empty());
        all.list(one);
        all.drop_batch(one.batch);
        CHECK(all.of_batch(one.batch).empty());
    });
}

TEST_CASE("sites, sessions and teams of mentors", "[entering][rule-59]") {
    bench b(GENERATE(from_range(engines())));
    b.with([&](session &s) {
        sites all(s, here);
        const std::string school(26, 'S');
        all.add({school, emap, "Lincoln School", monday, std::nullopt});
        CHECK(all.of(emap).size() == 1);
        site_session one;
        one.id = std::string(26, 'X');
        one.site = school;
        one.term = b.term;
        one.tutor = b.sam;
        one.on_day = june;
        one.minutes = 45;
        one.heads = 12;
        one.logged_at = monday;
        all.log(one);
        REQUIRE(all.sessions(b.term).size() == 1);
        CHECK(all.session_by_id(one.id)->heads == 12);
        CHECK(all.undo_session(one.id, monday));
        CHECK_FALSE(all.undo_session(one.id, monday));
        CHECK(all.sessions(b.term).empty());
        all.end(school, monday);
        CHECK(all.of(emap).empty());
        all.end(school, std::nullopt);
        CHECK(all.by_id(school)->name == "Lincoln School");

        mentor_teams teams(s, here);
        const std::string car(26, 'C');
        teams.add({car, emap, "Solar Car", monday, std::nullopt});
        teams.join(car, b.sam, monday);
        teams.join(car, b.ana, monday + seconds{1});
        CHECK(teams.members(car) == std::vector<person_id>{b.sam, b.ana});
        teams.leave(car, b.sam, monday);
        teams.join(car, b.sam, monday + seconds{2});
        CHECK(teams.members(car) == std::vector<person_id>{b.ana, b.sam}); // anew, at the end
        teams.end(car, monday);
        CHECK(teams.of(emap).empty());
        CHECK(teams.by_id(car));
    });
}
