// What a pair, a request and an outreach owe: each kind with its occasion, its people and its dates.
#include "mentoring/obligations.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

using namespace rapport;
using namespace date::literals;

namespace {

const zone berlin = *zone::named("Europe/Berlin");

instant at(day date, int h = 0, int m = 0) {
    return berlin.at(date, hours{h} + minutes{m});
}

const rung_list reply_steps = {
    {2, rung_act::listed}, {3, rung_act::nudge}, {5, rung_act::softer}, {7, rung_act::queue}};

program bare() {
    program rules;
    rules.where = berlin;
    return rules;
}

// Ana (protégé) and Priya (mentor), paired on Thu 1 Oct 2026.
pair_facts ana_and_priya() {
    pair_facts facts;
    facts.id = pair_id{"P1"};
    facts.mentor = {person_id{"priya"}, {berlin, mentor_default(), {}, {}}};
    facts.protege = {person_id{"ana"}, {berlin, protege_default(), {}, {}}};
    facts.began_at = at(2026_y / 10 / 1, 12);
    return facts;
}

std::vector<obligation> of_kind(const outlook &all, obligation_kind kind) {
    std::vector<obligation> some;
    std::copy_if(all.owed.begin(), all.owed.end(), std::back_inserter(some),
                 [kind](const obligation &each) { return each.kind == kind; });
    return some;
}

} // namespace

TEST_CASE("a program that promises nothing makes nobody owe anything") {
    auto facts = ana_and_priya();
    facts.clocks = {{side::mentor, "1.0", at(2026_y / 11 / 2, 10)}};
    facts.milestones = {{"1", side::protege, 2026_y / 11 / 1}};
    const auto all = obligations(bare(), facts, at(2026_y / 11 / 20, 10));
    for (const auto &each : all.owed) {
        CHECK_FALSE(each.due);
        CHECK_FALSE(each.listed);
    }
    CHECK_FALSE(all.look_again_at);
}

TEST_CASE("a reply is owed by the one who was written to, from the first unanswered message",
          "[rule-27][rule-29]") {
    auto rules = bare();
    rules.replies = {reply_promise{3, 7}, clock_days::calendar, loose_message::firm, reply_steps};
    auto facts = ana_and_priya();
    const auto said = at(2026_y / 11 / 2, 10);
    facts.clocks = {{side::mentor, "1793610000.000100", said}};
    const auto all = obligations(rules, facts, said + days{3});
    REQUIRE(all.owed.size() == 1);
    const auto &reply = all.owed[0];
    CHECK(reply.kind == obligation_kind::reply);
    CHECK(reply.person == person_id{"priya"});
    CHECK(reply.subject == "P1");
    CHECK(reply.occasion == "1793610000.000100");
    CHECK(reply.since_at == said);
    CHECK(reply.deadline == said + days{3});
    CHECK(reply.due == step{2, rung_act::nudge, said + days{3}, false});
    CHECK(reply_target(rules, said) == said + days{3});

    facts.clocks[0].owed_by = side::protege;
    CHECK(obligations(rules, facts, said + days{3}).owed[0].person == person_id{"ana"});
    facts.clocks.clear();
    CHECK(obligations(rules, facts, said + days{3}).owed.empty());
}

TEST_CASE("a soft clock is a line and nothing else, however long it runs") {
    auto rules = bare();
    rules.replies = {reply_promise{}, clock_days::calendar, loose_message::firm, reply_steps};
    auto facts = ana_and_priya();
    const auto said = at(2026_y / 11 / 2, 10);
    facts.clocks = {{side::mentor, "1.0", said, clock_strength::soft}};
    for (int d = 0; d < 30; ++d)
        CHECK_FALSE(obligations(rules, facts, said + days{d}).owed[0].due);
    CHECK(obligations(rules, facts, said + days{3}).owed[0].listed);

    // silence in the conversation is no evidence in a pair that talks elsewhere; what was said out loud is
    facts.clocks = {{side::mentor, "1.0", said}};
    facts.talks_elsewhere = true;
    CHECK_FALSE(obligations(rules, facts, said + days{3}).owed[0].due);
    facts.clocks[0].said = true;
    CHECK(obligations(rules, facts, said + days{3}).owed[0].due);
}

TEST_CASE("an ask with a date before the ladder is warned of before that date") {
    auto rules = bare();
    rules.replies = {reply_promise{}, clock_days::calendar, loose_message::firm, reply_steps};
    auto facts = ana_and_priya();
    const auto asked = at(2026_y / 11 / 2, 10);
    facts.clocks = {{side::mentor, "ask1", asked, clock_strength::firm, true, at(2026_y / 11 / 4, 12)}};
    const auto all = obligations(rules, facts, at(2026_y / 11 / 4, 11));
    CHECK(all.owed[0].due == step{2, rung_act::nudge, at(2026_y / 11 / 4, 11), false});
    CHECK(all.owed[0].deadline == at(2026_y / 11 / 4, 12));
    CHECK_FALSE(obligations(rules, facts, at(2026_y / 11 / 4, 10)).owed[0].due);
}

TEST_CASE("a program without reply promise lists a line after a week and never nudges", "[rule-80]") {
    auto rules = bare();
    rules.replies.steps = {{7, rung_act::listed}};
    auto facts = ana_and_priya();
    const auto said = at(2026_y / 11 / 2, 10);
    facts.clocks = {{side::mentor, "1.0", said}};
    CHECK_FALSE(obligations(rules, facts, said + days{6}).owed[0].listed);
    CHECK(obligations(rules, facts, said + days{7}).owed[0].listed);
    CHECK_FALSE(obligations(rules, facts, said + days{9}).owed[0].due);
    CHECK_FALSE(reply_target(rules, said));
}

TEST_CASE("what a message that was only seen starts follows policy and pair") {
    auto rules = bare();
    CHECK(strength_of_loose(rules, false) == clock_strength::firm);
    CHECK(strength_of_loose(rules, true) == clock_strength::soft);
    rules.replies.loose = loose_message::soft;
    CHECK(strength_of_loose(rules, false) == clock_strength::soft);
    rules.replies.loose = loose_message::none;
    CHECK_FALSE(strength_of_loose(rules, false));
    rules.replies.loose = loose_message::firm;
    rules.contacts.hears = listening::none;
    CHECK_FALSE(strength_of_loose(rules, false));
}

TEST_CASE("each side owes a check-in a month until it is filed", "[rule-33][rule-34]") {
    auto rules = bare();
    rules.check_ins.emplace();
    rules.check_ins->due_day = 28;
    rules.check_ins->grace_days = 7;
    rules.check_ins->steps = {{-2, rung_act::nudge}, {2, rung_act::softer}, {5, rung_act::queue}};
    auto facts = ana_and_priya();

    const auto early = obligations(rules, facts, at(2026_y / 10 / 20, 10));
    REQUIRE(early.owed.size() == 2);
    CHECK_FALSE(early.owed[0].due);
    CHECK(early.owed[0].occasion == "2026-10");
    CHECK(early.owed[0].deadline == at(2026_y / 10 / 29));

    const auto open = obligations(rules, facts, at(2026_y / 10 / 26, 8));
    CHECK(open.owed[0].due == step{1, rung_act::nudge, at(2026_y / 10 / 26, 8), false});
    CHECK(open.owed[1].due == step{1, rung_act::nudge, at(2026_y / 10 / 26, 8), false});

    facts.filed = {{side::mentor, 2026_y / 10}};
    const auto half = obligations(rules, facts, at(2026_y / 10 / 26, 8));
    REQUIRE(half.owed.size() == 1);
    CHECK(half.owed[0].person == person_id{"ana"});

    facts.filed.push_back({side::protege, 2026_y / 10});
    const auto done = obligations(rules, facts, at(2026_y / 10 / 26, 8));
    CHECK(done.owed.empty());
    CHECK(done.look_again_at == at(2026_y / 11 / 1)); // the next month brings its own

    // after grace and ladder the old one is left alone
    facts.filed.clear();
    for (const auto &each : obligations(rules, facts, at(2026_y / 11 / 15, 10)).owed)
        CHECK(each.occasion == "2026-11");
}

TEST_CASE("the nudge for a check-in due on a weekend reaches a mentor on the weekday before") {
    auto rules = bare();
    rules.check_ins.emplace();
    rules.check_ins->due_day = 29; // Sunday 29 Nov 2026
    rules.check_ins->steps = {{-1, rung_act::nudge}};
    const auto facts = ana_and_priya();
    const auto all = obligations(rules, facts, at(2026_y / 11 / 27, 19));
    const auto &mentor = of_kind(all, obligation_kind::check_in)[0];
    CHECK(mentor.due == step{1, rung_act::nudge, at(2026_y / 11 / 27, 19), false}); // Friday
}

TEST_CASE("the first check-in of a pair is that of a month it had two weeks of") {
    auto rules = bare();
    rules.check_ins.emplace();
    rules.check_ins->due_day = 28;
    const auto now = at(2026_y / 12 / 5);
    CHECK(check_in_periods(rules, at(2026_y / 11 / 14), now) ==
          std::vector<calendar_month>{2026_y / 11, 2026_y / 12});
    CHECK(check_in_periods(rules, at(2026_y / 11 / 15), now) == std::vector<calendar_month>{2026_y / 12});
    rules.check_ins->last_period = 2026_y / 11;
    CHECK(check_in_periods(rules, at(2026_y / 11 / 15), now).empty());
    rules.check_ins.reset();
    CHECK(check_in_periods(rules, at(2026_y / 1 / 1), now).empty());
}

TEST_CASE("a check-in means the oldest unfiled period still in grace, else the current one") {
    auto rules = bare();
    rules.check_ins.emplace();
    rules.check_ins->due_day = 31;
    rules.check_ins->grace_days = 7;
    const auto began = at(2026_y / 9 / 1);
    std::vector<filed_check_in> filed;
    CHECK(late_from(rules, *rules.check_ins, 2026_y / 11) == at(2026_y / 12 / 8));
    CHECK(period_meant(rules, began, side::mentor, filed, at(2026_y / 12 / 7, 23)) == 2026_y / 11);
    CHECK(period_meant(rules, began, side::mentor, filed, at(2026_y / 12 / 8)) == 2026_y / 12);
    filed = {{side::mentor, 2026_y / 11}};
    CHECK(period_meant(rules, began, side::mentor, filed, at(2026_y / 12 / 1)) == 2026_y / 12);
    CHECK(period_meant(rules, began, side::protege, filed, at(2026_y / 12 / 1)) == 2026_y / 11);
}

TEST_CASE("a contact floor counts who started, or anybody, a calendar month", "[rule-26][rule-78]") {
    auto rules = bare();
    rules.contacts.floor = contact_floor{2, counted_contacts::mentor_initiated, {{-7, rung_act::nudge}}};
    auto facts = ana_and_priya();
    const auto now = at(2026_y / 11 / 23, 10); // Monday, a week before the month's end
    facts.contacts = {{2026_y / 10, 2, 2}, {2026_y / 11, 1, 5}};
    auto owed = obligations(rules, facts, now).owed;
    REQUIRE(owed.size() == 1);
    CHECK(owed[0].person == person_id{"priya"});
    CHECK(owed[0].occasion == "2026-11");
    CHECK(owed[0].due->act == rung_act::nudge);

    rules.contacts.floor->counts = counted_contacts::any;
    CHECK(obligations(rules, facts, now).owed.empty());
    facts.contacts[1].all = 1;
    CHECK(obligations(rules, facts, now).owed.size() == 2);
    facts.talks_elsewhere = true;
    CHECK(obligations(rules, facts, now).owed.empty());

    // the month a pair began in hopes for its own part of it, and for nothing in the last days
    facts.talks_elsewhere = false;
    facts.contacts = {{2026_y / 11, 1, 1}};
    facts.began_at = at(2026_y / 11 / 7);
    CHECK_FALSE(obligations(rules, facts, now).owed.empty());
    facts.began_at = at(2026_y / 11 / 12); // one is enough
    CHECK(obligations(rules, facts, now).owed.empty());
    facts.contacts.clear();
    CHECK_FALSE(obligations(rules, facts, now).owed.empty());
    facts.began_at = at(2026_y / 11 / 24);
    CHECK(obligations(rules, facts, now).owed.empty());
}

TEST_CASE("a first meeting is owed by both until it is had, counted from the pairing", "[rule-79]") {
    auto rules = bare();
    rules.first_meeting =
        first_meeting_rules{30, {medium::video}, {{-7, rung_act::nudge}, {3, rung_act::queue}}};
    auto facts = ana_and_priya();
    CHECK_FALSE(obligations(rules, facts, at(2026_y / 10 / 23, 10)).owed[0].due);
    const auto all = obligations(rules, facts, at(2026_y / 10 / 26, 10)); // day -7 is Saturday 24 Oct
    REQUIRE(all.owed.size() == 2);
    CHECK(all.owed[0].due->due_at == at(2026_y / 10 / 26, 8));
    CHECK(all.owed[1].due->due_at == at(2026_y / 10 / 24, 8));
    CHECK(all.owed[0].occasion == "2026-10-01");
    facts.has_met = true;
    CHECK(obligations(rules, facts, at(2026_y / 10 / 26, 10)).owed.empty());
}

TEST_CASE("getting started is one obligation for agreement, goals and plan") {
    auto rules = bare();
    rules.getting_started = getting_started_rules{21, {{-4, rung_act::nudge}}};
    auto facts = ana_and_priya();
    CHECK(of_kind(obligations(rules, facts, at(2026_y / 10 / 20, 10)), obligation_kind::getting_started)
              .size() == 2);
    facts.has_started = true;
    CHECK(obligations(rules, facts, at(2026_y / 10 / 20, 10)).owed.empty());
}

TEST_CASE("a milestone is followed as firmly as its owner wants, by number and date", "[rule-43]") {
    auto rules = bare();
    rules.milestone_steps = {{-7, rung_act::listed}, {0, rung_act::nudge}};
    auto facts = ana_and_priya();
    facts.milestones = {{"3", side::protege, 2026_y / 12 / 1}};
    const auto due = obligations(rules, facts, at(2026_y / 12 / 1, 8)).owed;
    REQUIRE(due.size() == 1);
    CHECK(due[0].occasion == "3/2026-12-01");
    CHECK(due[0].person == person_id{"ana"});
    CHECK(due[0].due->act == rung_act::nudge);
    facts.milestones[0].follow = firmness::line;
    CHECK_FALSE(obligations(rules, facts, at(2026_y / 12 / 1, 8)).owed[0].due);
    CHECK(obligations(rules, facts, at(2026_y / 12 / 1, 8)).owed[0].listed);
    facts.milestones[0].follow = firmness::none;
    CHECK(obligations(rules, facts, at(2026_y / 12 / 1, 8)).owed.empty());
}

TEST_CASE("a meeting is told of the day before to both, in good hours, and a moved one again", "[rule-82]") {
    auto facts = ana_and_priya();
    facts.meetings = {{"m1", at(2026_y / 11 / 9, 9)}}; // Monday 9:00
    const auto all = obligations(bare(), facts, at(2026_y / 11 / 9, 8)).owed;
    REQUIRE(all.size() == 2);
    CHECK(all[0].due->due_at == at(2026_y / 11 / 9, 8)); // the mentor's Sunday is no good day
    CHECK(all[1].due->due_at == at(2026_y / 11 / 8, 9)); // the protégé's is
    const auto before = all[0].occasion;
    facts.meetings[0].at += hours{1};
    CHECK(obligations(bare(), facts, at(2026_y / 11 / 9, 8)).owed[0].occasion != before);
    // afterwards only a line asks whether it happened
    const auto later = obligations(bare(), facts, at(2026_y / 11 / 9, 12)).owed;
    CHECK_FALSE(later[0].due);
    CHECK(later[0].listed);
    CHECK(obligations(bare(), facts, at(2026_y / 11 / 17, 12)).owed.empty());
}

TEST_CASE("at the end of a term each side is asked how to go on, until it has said") {
    auto rules = bare();
    rules.term = day_range{2026_y / 8 / 20, 2027_y / 5 / 14};
    rules.leaving.closing = {closing_choice::stop, closing_choice::next_cycle};
    rules.leaving.closing_steps = {{-21, rung_act::nudge}, {-7, rung_act::softer}};
    auto facts = ana_and_priya();
    const auto now = at(2027_y / 4 / 26, 10);
    CHECK(obligations(rules, facts, now).owed.size() == 2);
    CHECK(obligations(rules, facts, now).owed[0].due);
    facts.chose_closing = {side::mentor};
    CHECK(obligations(rules, facts, now).owed.size() == 1);
    facts.ends_at = now;
    CHECK(obligations(rules, facts, now).owed.empty());
}

TEST_CASE("what was given is not given again, and belongs to its own occasion only") {
    auto rules = bare();
    rules.milestone_steps = {{0, rung_act::nudge}};
    auto facts = ana_and_priya();
    facts.milestones = {{"3", side::protege, 2026_y / 12 / 1}};
    const auto now = at(2026_y / 12 / 1, 9);
    facts.given = {{obligation_kind::milestone, person_id{"ana"}, "3/2026-12-01", 1, at(2026_y / 12 / 1, 8)}};
    CHECK_FALSE(obligations(rules, facts, now).owed[0].due);
    for (const auto &other :
         {given_rung{obligation_kind::reply, person_id{"ana"}, "3/2026-12-01", 1, now},
          given_rung{obligation_kind::milestone, person_id{"priya"}, "3/2026-12-01", 1, now},
          given_rung{obligation_kind::milestone, person_id{"ana"}, "3/2026-12-02", 1, now}}) {
        facts.given = {other};
        CHECK(obligations(rules, facts, now).owed[0].due);
    }
    facts.given = {{obligation_kind::milestone, person_id{"ana"}, "3/2026-12-01", 1, at(2026_y / 12 / 1, 8)}};
    facts.reminders = {
        {obligation_kind::milestone, person_id{"ana"}, "3/2026-12-01", at(2026_y / 12 / 2, 9)}};
    CHECK(obligations(rules, facts, at(2026_y / 12 / 2, 9)).owed[0].due->again);
}

TEST_CASE("a request is answered within 48 hours of its notice, warned of in the last good hour before",
          "[rule-74]") {
    auto rules = bare();
    rules.requests.emplace();
    request_facts facts;
    facts.id = "R1";
    facts.mentor = {person_id{"priya"}, {berlin, mentor_default(), {}, {}}};
    facts.protege = {person_id{"sam"}, {berlin, protege_default(), {}, {}}};
    facts.asked_at = at(2026_y / 11 / 2, 7);
    CHECK(
        obligations(rules, facts, at(2026_y / 11 / 4, 9)).owed.empty()); // the mentor has not heard of it yet

    facts.notified_at = at(2026_y / 11 / 2, 10); // Monday
    const auto before = obligations(rules, facts, at(2026_y / 11 / 4, 8, 59));
    CHECK_FALSE(before.owed[0].due);
    CHECK(before.look_again_at == at(2026_y / 11 / 4, 9));
    const auto warned = obligations(rules, facts, at(2026_y / 11 / 4, 9));
    CHECK(warned.owed[0].person == person_id{"priya"});
    CHECK(warned.owed[0].due == step{1, rung_act::nudge, at(2026_y / 11 / 4, 9), false});
    CHECK(warned.owed[0].deadline == at(2026_y / 11 / 4, 10));
    CHECK_FALSE(warned.owed[1].due);

    facts.given = {{obligation_kind::request, person_id{"priya"}, "R1", 1, at(2026_y / 11 / 4, 9)}};
    const auto passed = obligations(rules, facts, at(2026_y / 11 / 4, 10));
    CHECK_FALSE(passed.owed[0].due);
    CHECK(passed.owed[1].person == person_id{"sam"});
    CHECK(passed.owed[1].due == step{2, rung_act::softer, at(2026_y / 11 / 4, 10), false});

    const auto lapsed = obligations(rules, facts, at(2026_y / 11 / 9, 10));
    REQUIRE(lapsed.owed.size() == 1);
    CHECK(lapsed.owed[0].due == step{3, rung_act::lapse, at(2026_y / 11 / 9, 10), false});
}

TEST_CASE("a request that would leave its mentor no good hour waits for the end of the next one") {
    auto rules = bare();
    rules.requests.emplace();
    const good_hours mentor{berlin, mentor_default(), {}, {}};
    CHECK(answer_by(rules, *rules.requests, mentor, at(2026_y / 11 / 6, 10)) == at(2026_y / 11 / 8, 10));
    CHECK(answer_by(rules, *rules.requests, mentor, at(2026_y / 11 / 6, 19, 30)) == at(2026_y / 11 / 9, 9));
    // every quarter of an hour of a week, for every choice of hours: a warning after the notice, in time
    for (const auto &choice : hours_choices) {
        const good_hours some{berlin, hours_of(choice.word, mentor_default()), {}, {}};
        for (auto from = at(2026_y / 11 / 2); from < at(2026_y / 11 / 9); from += minutes{15}) {
            const auto answer = answer_by(rules, *rules.requests, some, from);
            const auto warning = some.last_good_before(answer);
            REQUIRE(warning);
            REQUIRE(*warning >= from + hours{1});
            REQUIRE(*warning + hours{1} <= answer);
            REQUIRE(answer >= from + hours{48});
        }
    }
}

TEST_CASE("the week to ask a mentor starts at the later of sign-up and opening", "[rule-73]") {
    auto rules = bare();
    rules.requests.emplace();
    rules.requests->outreach = outreach_rules{7, {{5, rung_act::nudge}, {7, rung_act::queue}}};
    outreach_facts facts{enrolment_id{"E1"},
                         {person_id{"sam"}, {berlin, protege_default(), {}, {}}},
                         at(2026_y / 6 / 1, 9),
                         at(2026_y / 9 / 21, 9),
                         {},
                         {}};
    const auto before = obligations(rules, facts, at(2026_y / 7 / 1));
    CHECK(before.owed.empty());
    CHECK(before.look_again_at == facts.window_opened_at);
    CHECK(obligations(rules, facts, at(2026_y / 9 / 26, 9)).owed[0].due->act == rung_act::nudge);
    CHECK(obligations(rules, facts, at(2026_y / 9 / 26, 9)).owed[0].occasion == "2026-09-21");
    facts.given = {{obligation_kind::outreach, person_id{"sam"}, "2026-09-21", 1, at(2026_y / 9 / 26, 9)}};
    CHECK(obligations(rules, facts, at(2026_y / 9 / 28, 9)).owed[0].due->act == rung_act::queue);
    rules.requests->outreach.reset();
    CHECK(obligations(rules, facts, at(2026_y / 9 / 28, 9)).owed.empty());
}

TEST_CASE("no two messages of a year share their key, and each was found by looking when told to") {
    auto rules = bare();
    rules.replies = {reply_promise{}, clock_days::calendar, loose_message::firm, reply_steps};
    rules.contacts.floor = contact_floor{2, counted_contacts::any, {{-5, rung_act::nudge}}};
    rules.check_ins.emplace();
    rules.check_ins->steps = {{-2, rung_act::nudge}, {2, rung_act::softer}, {5, rung_act::queue}};
    rules.first_meeting = first_meeting_rules{30, {}, {{-7, rung_act::nudge}, {1, rung_act::queue}}};
    rules.milestone_steps = {{0, rung_act::nudge}};
    auto facts = ana_and_priya();
    facts.clocks = {{side::mentor, "1.0", at(2026_y / 11 / 2, 10)}};
    facts.milestones = {{"1", side::protege, 2026_y / 12 / 1}, {"2", side::mentor, 2027_y / 2 / 28}};
    std::map<std::string, int> keys;
    auto now = facts.began_at;
    while (now < at(2027_y / 9 / 1)) {
        const auto all = obligations(rules, facts, now);
        bool any = false;
        for (const auto &each : all.owed)
            if (each.due) {
                any = true;
                ++keys[std::string(text_of(each.kind)) + "|" + each.person.str() + "|" + each.occasion + "|" +
                       std::to_string(each.due->rung)];
                facts.given.push_back({each.kind, each.person, each.occasion, each.due->rung, now});
                CHECK(each.due->due_at == now); // the look came exactly when it was due
            }
        if (any)
            continue;
        REQUIRE(all.look_again_at);
        REQUIRE(*all.look_again_at > now);
        now = *all.look_again_at;
    }
    for (const auto &[key, times] : keys) {
        INFO(key);
        CHECK(times == 1);
    }
    CHECK(keys.count("check-in|ana|2027-03|1") == 1);
    CHECK(keys.count("contact-floor|priya|2026-11|1") == 1);
    CHECK(keys.count("milestone|ana|1/2026-12-01|1") == 1);
    CHECK(keys.count("reply|priya|1.0|4") == 1);
}
