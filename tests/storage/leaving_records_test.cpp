// What is on record about how pairs end, rest and go on, on both engines: endings, notices, bridges, pauses,
// choices and what came of them, quotes and feedback.
#include "storage/closing.hpp"
#include "storage/leaving.hpp"
#include "storage/records.hpp"
#include "tests/storage/scratch.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace rapport::storage;
using namespace date::literals;

namespace {

const team_id here("T0HERE");
const program_slug emap{"emap"};
const instant then{milliseconds{1'793'600'000'000}};

// A pair of Ana and Priya.
struct paired {
    scratch_database at;
    std::unique_ptr<store> db;
    id_source ids{7};
    term_id term;
    person_id ana, priya;
    pair_id pair;

    explicit paired(const std::string &engine) : at(engine), db(at.open()) {
        with([&](records &r) {
            for (auto *who : {&ana, &priya}) {
                *who = r.ids.make<person_id>(then);
                person row;
                row.id = *who;
                row.slack = slack_id{who == &ana ? "U0ANA" : "U0PRIYA"};
                row.created_at = then;
                r.people.save(row);
            }
            r.programs.apply_policy(emap, "one", then, std::nullopt);
            storage::term t;
            t.id = term = r.ids.make<term_id>(then);
            t.program = emap;
            t.name = "2026";
            t.opens_at = then;
            r.programs.add_term(t);
            storage::pair p;
            p.id = pair = r.ids.make<pair_id>(then);
            p.program = emap;
            p.term = term;
            p.mentor = priya;
            p.protege = ana;
            p.began_at = then;
            r.pairs.add(p);
        });
    }
    void with(const std::function<void(records &)> &work) {
        must(*db, [&](session &on) {
            records r(on, here, ids);
            work(r);
        });
    }
};

} // namespace

TEST_CASE("endings are noted once a pair, changed, taken back, and counted by kind in ended pairs alone") {
    paired f(GENERATE(from_range(engines())));
    f.with([&](records &r) {
        auto endings = r.open<storage::endings>();
        pair_ending one{f.pair, ending_kind::cancelled, true, f.priya, then};
        endings.note(one);
        CHECK(endings.of(f.pair) == one);
        CHECK(count_endings(r.db, here, f.term) == ending_counts{}); // it runs still
        r.pairs.end(f.pair, f.priya, then);
        CHECK(count_endings(r.db, here, f.term) == ending_counts{.cancelled = 1});
        one.kind = ending_kind::completed;
        endings.note(one);
        CHECK(count_endings(r.db, here, f.term) == ending_counts{.completed = 1, .early = 1});
        endings.erase(f.pair);
        CHECK_FALSE(endings.of(f.pair));
    });
}

TEST_CASE("one notice runs a pair; its bridge people count as they were named, without what was undone") {
    paired f(GENERATE(from_range(engines())));
    f.with([&](records &r) {
        auto notices = r.open<storage::notices>();
        storage::notice one;
        one.id = r.ids.next(then);
        one.pair = f.pair;
        one.by = f.priya;
        one.given_at = then;
        one.last_day = 2026_y / 12 / 2;
        one.bridge_until = one.last_day;
        notices.add(one);
        CHECK(notices.running(f.pair) == one);
        auto people = r.open<bridge_people>();
        const bridge first{r.ids.next(then), one.id, f.ana, 2026_y / 11 / 5, 2026_y / 11 / 9, f.priya, then};
        bridge second{r.ids.next(then), one.id,  f.priya,       2026_y / 11 / 8,
                      2026_y / 11 / 9,  f.priya, then + days{1}};
        people.name(first);
        people.name(second);
        CHECK(people.of(one.id) == std::vector<bridge>{first, second});
        CHECK(people.undo(second.id, then));
        CHECK_FALSE(people.undo(second.id, then));
        CHECK(people.of(one.id) == std::vector<bridge>{first});
        notices.move(one.id, notice_state::withdrawn, then + days{1});
        CHECK_FALSE(notices.running(f.pair));
        CHECK(notices.latest(f.pair)->state == notice_state::withdrawn);
        auto again = one;
        again.id = r.ids.next(then + days{2});
        again.given_at = then + days{2};
        notices.add(again);
        CHECK(notices.latest(f.pair) == again);
        CHECK(notices.by_id(one.id)->ended_at == then + days{1});
    });
}

TEST_CASE("one pause runs a pair; ended it can run again, and an account's has no end of its own") {
    paired f(GENERATE(from_range(engines())));
    f.with([&](records &r) {
        auto pauses = r.open<storage::pauses>();
        storage::pause one;
        one.id = r.ids.next(then);
        one.pair = f.pair;
        one.by = f.ana;
        one.from_at = then;
        one.until_at = then + days{9};
        pauses.add(one);
        CHECK(pauses.running(f.pair) == one);
        pauses.end(one.id, f.ana, then + days{1});
        CHECK_FALSE(pauses.running(f.pair));
        CHECK(pauses.of_pair(f.pair).at(0).ended_by == f.ana);
        pauses.run_again(one.id);
        CHECK(pauses.running(f.pair) == one);
        pauses.for_account(one.id);
        CHECK(pauses.running(f.pair)->cause == pause_cause::account);
        CHECK_FALSE(pauses.running(f.pair)->until_at);
        pauses.erase(one.id);
        CHECK(pauses.of_pair(f.pair).empty());
    });
}

TEST_CASE("a choice replaces the one before, an outcome is settled once and waits until it is carried") {
    paired f(GENERATE(from_range(engines())));
    f.with([&](records &r) {
        auto wishes = r.open<closing_wishes>();
        wishes.choose({f.pair, f.ana, closing_choice::stop, true, then});
        const closing_wish now{f.pair, f.ana, closing_choice::next_cycle, false, then + days{1}};
        wishes.choose(now);
        CHECK(wishes.of_pair(f.pair) == std::vector<closing_wish>{now});
        CHECK_FALSE(wishes.of(f.pair, f.priya));
        auto outcomes = r.open<pair_outcomes>();
        CHECK(outcomes.settle({f.pair, closing_choice::next_cycle, {}, then}));
        CHECK_FALSE(outcomes.settle({f.pair, closing_choice::stop, {}, then}));
        REQUIRE(outcomes.waiting(emap).size() == 1);
        CHECK(outcomes.waiting(program_slug{"other"}).empty());
        outcomes.carried(f.pair, f.pair);
        CHECK(outcomes.waiting(emap).empty());
        CHECK(outcomes.of(f.pair)->next == f.pair);
        outcomes.erase(f.pair);
        CHECK_FALSE(outcomes.of(f.pair));
        wishes.erase(f.pair, f.ana);
        CHECK(wishes.of_pair(f.pair).empty());
    });
}

TEST_CASE("a quote moves only from the state it is in; feedback is one a side and moment") {
    paired f(GENERATE(from_range(engines())));
    f.with([&](records &r) {
        auto quotes = r.open<storage::quotes>();
        const storage::quote one{r.ids.next(then),      f.pair, emap, f.term, f.ana, "I found my way", true,
                                 quote_state::proposed, then,   {}};
        quotes.add(one);
        CHECK(quotes.by_id(one.id) == one);
        CHECK(quotes.approved(emap).empty());
        CHECK(quotes.move(one.id, quote_state::proposed, quote_state::approved, then));
        CHECK_FALSE(quotes.move(one.id, quote_state::proposed, quote_state::approved, then));
        CHECK(quotes.approved(emap).size() == 1);
        CHECK(quotes.approved_of(f.pair).size() == 1);

        auto feedbacks = r.open<storage::feedbacks>();
        feedback_row given{f.pair, side::protege, feedback_time::middle, f.ana, "calls", "", false, then};
        feedbacks.give(given);
        given.to_partner = true;
        feedbacks.give(given);
        CHECK(feedbacks.of_pair(f.pair) == std::vector<feedback_row>{given});
        CHECK(feedbacks.of_program(emap).size() == 1);
        CHECK(feedbacks.of(f.pair, side::protege, feedback_time::middle) == given);
        CHECK_FALSE(feedbacks.of(f.pair, side::mentor, feedback_time::middle));
        feedbacks.erase(f.pair, side::protege, feedback_time::middle);
        CHECK(feedbacks.of_pair(f.pair).empty());
    });
}
