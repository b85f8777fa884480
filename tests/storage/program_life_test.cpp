// What programs keep about their own life, on both engines: turnings, drafts of policies, versions in force,
// doors, invitations, a term in numbers.
#include "storage/drafts.hpp"
#include "storage/open_doors.hpp"
#include "storage/policy_versions.hpp"
#include "storage/records.hpp"
#include "storage/term_counts.hpp"
#include "storage/turnings.hpp"
#include "tests/storage/scratch.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace rapport::storage;

namespace {

const team_id here("T0HERE");
const program_slug emap{"emap"};

// Ana and Priya, a program with one term.
struct furnished {
    scratch_database at;
    std::unique_ptr<store> db;
    id_source ids{7};
    term_id term;
    person_id ana, priya;

    explicit furnished(const std::string &engine) : at(engine), db(at.open()) {
        with([&](records &r) {
            for (auto *who : {&ana, &priya}) {
                *who = r.ids.make<person_id>(monday);
                person row;
                row.id = *who;
                row.slack = slack_id{who == &ana ? "U0ANA" : "U0PRIYA"};
                row.created_at = monday;
                r.people.save(row);
            }
            r.programs.apply_policy(emap, "one", monday, std::nullopt);
            storage::term t;
            t.id = term = r.ids.make<term_id>(monday);
            t.program = emap;
            t.name = "2026";
            t.opens_at = monday;
            r.programs.add_term(t);
        });
    }
    void with(const std::function<void(records &)> &work) {
        must(*db, [&](session &s) {
            records r(s, here, ids);
            work(r);
        });
    }
};

} // namespace

TEST_CASE("a turning is due in the order of time, over programs, and is visited once") {
    furnished f(GENERATE(from_range(engines())));
    f.with([&](records &r) {
        auto table = r.open<turnings>();
        CHECK_FALSE(next_turning(r.db));
        table.plan({emap, "T1", "begins run", monday + days{2}, {}});
        table.plan({emap, "T1", "begins apply", monday + days{1}, {}});
        table.plan({emap, "T1", "begins recruit", monday - days{9}, monday});
        CHECK(next_turning(r.db) == monday + days{1});
        CHECK_FALSE(turning_due(r.db, monday));
        const auto due = turning_due(r.db, monday + days{3});
        REQUIRE(due);
        CHECK(due->kind == "begins apply");
        CHECK(due->team == here);
        CHECK(table.visit(emap, "T1", "begins apply", monday + days{3}));
        CHECK_FALSE(table.visit(emap, "T1", "begins apply", monday + days{3}));
        CHECK(turning_due(r.db, monday + days{3})->kind == "begins run");
        table.drop(emap, "T1", "begins run");
        table.drop(emap, "T1", "begins apply"); // visited: it stays
        CHECK_FALSE(next_turning(r.db));
        CHECK(table.of(emap, "T1").size() == 2);
        table.plan({emap, "T1", "begins apply", monday + days{8}, {}}); // on another day once more
        CHECK(next_turning(r.db) == monday + days{8});
    });
}

TEST_CASE("a stamp tells whether what is in force changed, by version and by text") {
    furnished f(GENERATE(from_range(engines())));
    std::string first;
    f.with([&](records &r) {
        first = r.programs.policies_stamp();
        CHECK_FALSE(first.empty());
        r.programs.apply_policy(emap, "one", monday + days{1}, std::nullopt);
        CHECK(r.programs.policies_stamp() == first);
        CHECK(r.programs.apply_policy(emap, "two", monday, f.ana) == 2);
        CHECK(r.programs.policies_stamp() != first);
        const auto all = r.open<policy_versions>().all();
        REQUIRE(all.size() == 2);
        CHECK(all[1].text == "two");
        const auto history = r.programs.policy_history(emap);
        CHECK(history.at(0).version == 2);
        CHECK(history.at(0).applied_by == f.ana);
    });
    // a version lost with its transaction is not mistaken for another of its number
    std::string lost, kept;
    const auto apply = [&](const char *text, std::string &stamp, bool fails) {
        f.db->write_and_wait({"test"}, [&](session &s) {
            programs on(s, here);
            on.apply_policy(emap, text, monday, std::nullopt);
            stamp = on.policies_stamp();
            if (fails)
                throw std::runtime_error("on purpose");
        });
    };
    apply("three", lost, true);
    apply("another three", kept, false);
    CHECK(lost != kept);
}

TEST_CASE("drafts are rewritten while open, then scheduled or decided, and found by state") {
    furnished f(GENERATE(from_range(engines())));
    f.with([&](records &r) {
        auto table = r.open<drafts>();
        policy_draft one;
        one.id = r.ids.next(monday);
        one.program = emap;
        one.text = "a";
        one.made_by = f.ana;
        one.made_at = monday;
        table.add(one);
        table.rewrite(one.id, "b");
        one.text = "b";
        CHECK(table.newest(emap, draft_kind::change, draft_state::open) == one);
        CHECK_FALSE(table.newest(emap, draft_kind::founding, draft_state::open));
        table.schedule(one.id, monday + days{3}, f.priya, monday);
        const auto coming = table.newest(emap, draft_kind::change, draft_state::scheduled);
        REQUIRE(coming);
        CHECK(coming->applies_at == monday + days{3});
        table.rewrite(one.id, "c"); // too late
        CHECK(table.by_id(one.id)->text == "b");
        table.decide(one.id, draft_state::applied, f.priya, monday);
        CHECK(table.all(draft_kind::change, draft_state::applied).size() == 1);
    });
}

TEST_CASE("one invitation of two people waits at a time; a door is one row a person") {
    furnished f(GENERATE(from_range(engines())));
    f.with([&](records &r) {
        auto table = r.open<invitations>();
        invitation one{r.ids.next(monday),     emap,   f.term, f.priya, f.ana, f.ana,
                       invitation_state::open, monday, {},     {}};
        table.add(one);
        CHECK(table.waiting(f.term, f.priya, f.ana) == one);
        CHECK_FALSE(table.waiting(f.term, f.ana, f.priya)); // the other way round
        CHECK(one.invited() == f.priya);
        CHECK(table.decide(one.id, invitation_state::declined, {}, monday));
        CHECK_FALSE(table.decide(one.id, invitation_state::declined, {}, monday));
        CHECK(table.open_of(f.ana).empty());
        one.id = r.ids.next(monday);
        table.add(one); // asked again later
        CHECK(table.open_of(f.ana).size() == 1);

        auto doors = r.open<open_doors>();
        CHECK_FALSE(doors.of(f.priya));
        doors.set({f.priya, true, "Tue 3 to 5", monday});
        doors.set({f.priya, false, "Tue 3 to 6", monday});
        CHECK(doors.of(f.priya) == open_door{f.priya, false, "Tue 3 to 6", monday});
    });
}

TEST_CASE("a term in numbers counts what is there: people not gone, pairs, contacts not taken back") {
    furnished f(GENERATE(from_range(engines())));
    f.with([&](records &r) {
        CHECK(count_term(r.db, here, f.term) == term_counts{});
        for (const auto as : {role::mentor, role::protege}) {
            enrolment e;
            e.id = r.ids.make<enrolment_id>(monday);
            e.term = f.term;
            e.person = as == role::mentor ? f.priya : f.ana;
            e.role = as;
            e.since_at = monday;
            r.programs.enrol(e);
        }
        storage::pair p;
        p.id = r.ids.make<pair_id>(monday);
        p.program = emap;
        p.term = f.term;
        p.mentor = f.priya;
        p.protege = f.ana;
        p.began_at = monday;
        r.pairs.add(p);
        const auto counts = count_term(r.db, here, f.term);
        CHECK(counts.mentors == 1);
        CHECK(counts.proteges == 1);
        CHECK(counts.running == 1);
        CHECK(counts.contacts == 0);
        r.pairs.end(p.id, std::nullopt, monday);
        CHECK(count_term(r.db, here, f.term).running == 0);
        CHECK(count_term(r.db, here, f.term).pairs == 1);
    });
}
