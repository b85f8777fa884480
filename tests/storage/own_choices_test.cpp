// What people chose, what coordinators did and announced, and what somebody was told lately, on both engines.
#include "storage/announcements.hpp"
#include "storage/coordinator_acts.hpp"
#include "storage/own_choices.hpp"
#include "storage/records.hpp"
#include "storage/told_lately.hpp"
#include "tests/storage/scratch.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace rapport::storage;

namespace {

const team_id here("T0HERE");
const program_slug emap{"emap"};

struct with_priya {
    scratch_database at;
    std::unique_ptr<store> db;
    id_source ids{7};
    person_id priya;

    explicit with_priya(const std::string &engine) : at(engine), db(at.open()) {
        work([&](records &r) {
            person row;
            row.id = priya = r.ids.make<person_id>(monday);
            row.slack = slack_id{"U0PRIYA"};
            row.name = "Priya";
            row.created_at = monday;
            r.people.save(row);
        });
    }
    void work(const std::function<void(records &)> &what) {
        must(*db, [&](session &s) {
            records r(s, here, ids);
            what(r);
        });
    }
    outbox_item message(const std::string &key, instant due) {
        outbox_item out;
        out.team = here;
        out.id = ids.make<outbox_id>(monday);
        out.key = key;
        out.kind = "nudge.reply";
        out.person = priya;
        out.not_before_at = due;
        out.created_at = monday;
        return out;
    }
};

} // namespace

TEST_CASE("what somebody chose is kept whole, replaced whole, and nothing where nothing was chosen") {
    with_priya t(GENERATE(from_range(engines())));
    t.work([&](records &r) {
        auto choices = r.open<own_choices>();
        CHECK(choices.of(t.priya) == own_choice{t.priya, {}, {}, {}, {}, {}, false, {}});
        own_choice mine{t.priya, monday, monday + days{3}, "Wed", 2, "line", true, monday};
        choices.save(mine);
        CHECK(choices.of(t.priya) == mine);
        mine = {t.priya, {}, {}, {}, {}, {}, false, monday + days{1}};
        choices.save(mine);
        CHECK(choices.of(t.priya) == mine);
    });
}

TEST_CASE("what waits for good hours or caps is woken, what an hour was chosen for is not") {
    with_priya t(GENERATE(from_range(engines())));
    t.work([&](records &r) {
        for (const auto *key : {"one", "two"})
            r.outbox.add(t.message(key, monday));
        r.outbox.add(t.message("chosen", monday + days{2}));
        const auto claimed = r.outbox.claim(monday, 10, minutes{5}, r.ids.next(monday));
        REQUIRE(claimed.size() == 2);
        r.outbox.later(claim_of(claimed[0]), monday + days{5}, "hours");
        r.outbox.later(claim_of(claimed[1]), monday + days{5}, "too_soon");
        CHECK(r.open<own_choices>().wake(t.priya, monday + days{1}) == 1);
        CHECK(r.outbox.claim(monday + days{1}, 10, minutes{5}, r.ids.next(monday)).size() == 1);
    });
}

TEST_CASE("the newest word about a line holds, and can be taken back") {
    with_priya t(GENERATE(from_range(engines())));
    t.work([&](records &r) {
        auto acts = r.open<coordinator_acts>();
        const pair_id pair{"01ARZ3NDEKTSV4RRFFQ69G5FAV"};
        const coordinator_act one{r.ids.next(monday), emap,    pair,   "reply", "1.2", t.priya,
                                  act_kind::wrote,    t.priya, monday, {}};
        acts.add(one);
        CHECK(acts.since(emap, monday) == std::vector{one});
        CHECK(acts.since(emap, monday + days{1}).empty());
        CHECK(acts.since(program_slug{"sloan"}, monday).empty());
        CHECK(acts.undo(pair, "reply", "1.2", t.priya, monday));
        CHECK_FALSE(acts.undo(pair, "reply", "1.2", t.priya, monday));
        CHECK(acts.since(emap, monday).empty());
    });
}

TEST_CASE("an announcement is kept with its readers, and taken back once") {
    with_priya t(GENERATE(from_range(engines())));
    t.work([&](records &r) {
        auto all = r.open<announcements>();
        const announcement one{r.ids.next(monday),    emap,   t.priya, "The room is open.",
                               announced_to::mentors, monday, {}};
        all.add(one);
        CHECK(all.by_id(one.id) == one);
        CHECK(all.undo(one.id, monday));
        CHECK_FALSE(all.undo(one.id, monday));
        CHECK(all.by_id(one.id)->undone_at == monday);
        CHECK_FALSE(all.by_id("01ARZ3NDEKTSV4RRFFQ69G5FAV"));
    });
}

TEST_CASE("what somebody was told lately is newest first, and only what was sent to them") {
    with_priya t(GENERATE(from_range(engines())));
    t.work([&](records &r) {
        std::vector<std::string> sent;
        for (int i = 0; i < 3; ++i) {
            r.outbox.add(t.message("m" + std::to_string(i), monday + hours{i}));
            const auto claimed = r.outbox.claim(monday + hours{i}, 1, minutes{5}, r.ids.next(monday));
            REQUIRE(claimed.size() == 1);
            const auto claim = claim_of(claimed[0]);
            REQUIRE(r.outbox.start_sending(claim, monday + hours{i}));
            REQUIRE(r.outbox.sent(claim, channel_id{"D0PRIYA"}, "1." + std::to_string(i), monday + hours{i}));
            sent.push_back(claimed[0].id.str());
        }
        r.outbox.add(t.message("later", monday + days{9}));
        std::vector<std::string> told;
        for (const auto &each : r.open<told_lately>().to(t.priya, 2))
            told.push_back(each.id);
        CHECK(told == std::vector<std::string>{sent[2], sent[1]});
        CHECK(r.open<told_lately>().to(person_id{"01ARZ3NDEKTSV4RRFFQ69G5FAV"}, 9).empty());
    });
}
