// Check-ins, milestones and logged contacts as their people use them.
#include "handlers/milestones.hpp"
#include "tests/support/office.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace rapport;
using rapport::tests::heard;
using rapport::tests::office;

namespace {

bool saved_nothing(const heard &h) {
    return h.says("Nothing was saved");
}

bool offers(const heard &h, const std::string &label) {
    return std::any_of(h.buttons.begin(), h.buttons.end(), [&](const auto &b) { return b.label == label; });
}

std::vector<storage::milestone> milestones(office &o) {
    std::vector<storage::milestone> all;
    o.on_file([&](storage::records &r) { all = r.milestones.of_pair(o.pair); });
    return all;
}

std::vector<storage::contact> contacts(office &o) {
    std::vector<storage::contact> all;
    o.on_file([&](storage::records &r) { all = r.contacts.latest(o.pair, 50); });
    return all;
}

std::optional<storage::check_in> filed_as(office &o, side by, const std::string &period) {
    std::optional<storage::check_in> found;
    o.on_file([&](storage::records &r) { found = r.check_ins.standing(o.pair, by, period); });
    return found;
}

// The notice of the newest outbox row, as the pair's conversation would read it.
std::optional<surface::message> newest_notice(office &o) {
    std::optional<surface::message> said;
    const auto key = o.outgoing().back().key;
    o.on_file([&](storage::records &r) { said = milestone_notice(r, o.here, *r.outbox.find(r.team, key)); });
    return said;
}

// Priya mentors Mei too: a line of hers can mean two pairs.
void pair_priya_with_mei(office &o) {
    const auto priya = o.id_of("priya"), mei = o.id_of("mei");
    o.on_file([&](storage::records &r) {
        storage::pair p;
        p.id = r.ids.make<pair_id>(o.now);
        p.program = program_slug{"starter"};
        p.term = o.term;
        p.mentor = priya;
        p.protege = mei;
        p.began_at = o.now - days{20};
        r.pairs.add(p);
    });
}

} // namespace

TEST_CASE("a check-in in one line stands for the period that is meant, is settled, and can be taken back") {
    office o; // Monday 2 November: October's check-in is still in grace
    const auto h = o.says("ana", "/checkin All well");
    CHECK(h.says("Check-in for October 2026 is recorded"));
    CHECK(offers(h, "Open the form"));
    const auto filed = filed_as(o, side::protege, "2026-10");
    REQUIRE(filed);
    CHECK(filed->note == "All well");
    CHECK_FALSE(filed->late);
    CHECK(filed_as(o, side::mentor, "2026-10") == std::nullopt);

    const auto undone = o.presses("ana", h, "Undo");
    CHECK(undone.says("taken back"));
    CHECK(filed_as(o, side::protege, "2026-10") == std::nullopt);
    CHECK(o.presses("ana", h, "Undo").says("taken back already"));
}

TEST_CASE("once the older period is filed, the check-in means the current one") {
    office o;
    o.says("ana", "/checkin All well");
    CHECK(o.says("ana", "/checkin Still well").says("Check-in for November 2026"));
    CHECK(o.says("priya", "/checkin Fine").says("Check-in for October 2026"));
}

TEST_CASE(
    "filing again edits: the old version is kept, the new one stands, and undo brings the old one back") {
    office o;
    o.now += days{10}; // October is closed now
    o.says("ana", "/checkin First words");
    const auto again = o.says("ana", "/checkin Second words");
    CHECK(again.says("in place of the one before"));
    CHECK(filed_as(o, side::protege, "2026-11")->note == "Second words");
    o.presses("ana", again, "Undo");
    CHECK(filed_as(o, side::protege, "2026-11")->note == "First words");
}

TEST_CASE("the form says who reads it, holds what was filed, and is kept") {
    office o;
    auto form = o.says("priya", "/checkin");
    REQUIRE(form.form == "checkin");
    CHECK(form.says("October 2026"));
    CHECK(form.says("Ana never sees it"));
    auto sent = o.submits("priya", form, fields{{"note", std::string("Two good talks.\nMore to come.")}});
    CHECK(sent.says("is recorded"));
    CHECK(filed_as(o, side::mentor, "2026-10")->note == "Two good talks.\nMore to come.");
}

TEST_CASE("the policy's questions are asked, needed answers are needed, and only offered ones are taken") {
    office o;
    auto rules = tests::starter_program();
    rules.check_ins->protege_questions = {{"met", "Did you meet?", question_kind::yes_no, {}, true},
                                          {"times", "How many times?", question_kind::count, {}, false}};
    o.here.rules.add(2, rules);
    auto form = o.says("ana", "/checkin");
    CHECK(form.fields == std::vector<std::string>{"q.met", "q.times", "note"});

    auto refused = o.submits("ana", form, fields{{"note", std::string("well")}});
    CHECK(refused.errors.count("q.met") == 1);
    refused = o.submits("ana", form, fields{{"q.met", choice{"perhaps"}}});
    CHECK(refused.errors.count("q.met") == 1);
    refused = o.submits("ana", form, fields{{"q.met", choice{"yes"}}, {"note", std::string(2001, 'a')}});
    CHECK(refused.errors.count("note") == 1);
    CHECK(filed_as(o, side::protege, "2026-10") == std::nullopt);

    o.submits("ana", form, fields{{"q.met", choice{"yes"}}, {"q.times", choice{"3+"}}});
    CHECK(filed_as(o, side::protege, "2026-10")->answers == R"({"met":"yes","times":"3+"})");
    CHECK(o.submits("priya", form, fields{{"q.met", choice{"yes"}}}).errors.empty() ==
          false); // another's form: as hers
}

TEST_CASE("a check-in of a closed period is kept and marked late, never refused", "[rule-33]") {
    office o;
    auto form = o.says("ana", "/checkin"); // October's, left open
    o.now += days{20};
    const auto sent = o.submits("ana", form, fields{{"note", std::string("At last")}});
    CHECK(sent.says("marked late"));
    CHECK(filed_as(o, side::protege, "2026-10")->late);
}

TEST_CASE("a form of a pair that ended is refused on top of the form, so that nothing typed is lost") {
    office o;
    auto form = o.says("ana", "/checkin");
    o.on_file([&](storage::records &r) { r.pairs.end(o.pair, std::nullopt, o.now); });
    const auto sent = o.submits("ana", form, fields{{"note", std::string("All well")}});
    CHECK(saved_nothing(sent));
    CHECK_FALSE(sent.closed);
    CHECK(filed_as(o, side::protege, "2026-10") == std::nullopt);
}

TEST_CASE("history shows one's own check-ins, never the other side's") {
    office o;
    o.says("priya", "/checkin Secret of the mentor");
    CHECK(o.says("ana", "/checkin history").says("no check-in about Priya yet"));
    o.says("ana", "/checkin Mine");
    const auto h = o.says("ana", "/checkin history");
    CHECK(h.says("October 2026"));
    CHECK(h.says("Mine"));
    CHECK_FALSE(h.says("Secret"));
}

TEST_CASE("a milestone stands at once, is told after a minute, and the other side's tap makes it agreed",
          "[rule-31]") {
    office o;
    const auto h = o.says("ana", "/milestone add Draft résumé by 1 Dec");
    CHECK(h.says("Put down: 1. Draft résumé, by Tue 1 Dec 2026 (Europe/London)"));
    REQUIRE(milestones(o).size() == 1);
    const auto planned = o.outgoing();
    REQUIRE(planned.size() == 1);
    CHECK(planned[0].not_before_at == o.now + minutes{1});
    const auto notice = newest_notice(o);
    REQUIRE(notice);
    CHECK(notice->summary.text == "Ana put down a milestone: 1. Draft résumé, by Tue 1 Dec 2026.");

    const auto own = o.says("ana", "/milestone");
    CHECK(own.says("Priya can agree to it"));
    CHECK_FALSE(offers(own, "Agree"));
    const auto list = o.says("priya", "/milestone");
    CHECK(list.says("put down by Ana"));
    o.presses("priya", list, "Agree");
    CHECK(milestones(o)[0].agreed_by == o.id_of("priya"));
    CHECK(o.says("ana", "/milestone").says("agreed"));
    CHECK(o.presses("priya", list, "Agree").says("agreed to 1. Draft résumé, by Tue 1 Dec 2026 already"));
}

TEST_CASE("one's own milestone cannot be agreed to, and a stranger learns nothing of it") {
    office o;
    o.says("ana", "/milestone add Draft résumé");
    auto list = o.says("priya", "/milestone");
    CHECK(saved_nothing(o.presses("ana", list, "Agree")));
    const auto denied = o.presses("mei", list, "Agree");
    CHECK_FALSE(denied.says("résumé"));
    CHECK_FALSE(milestones(o)[0].agreed_by);
}

TEST_CASE("agreement is to what was read: a change since is said, and must be agreed to anew") {
    office o;
    o.says("ana", "/milestone add Draft résumé");
    const auto list = o.says("priya", "/milestone");
    o.now += minutes{2};
    o.says("ana", "/milestone edit 1 Draft résumé and letter");
    CHECK(o.presses("priya", list, "Agree").says("changed since: it is now “Draft résumé and letter”"));
    o.presses("priya", o.says("priya", "/milestone"), "Agree");
    CHECK(milestones(o)[0].agreed_by);
    o.now += minutes{2};
    o.says("priya", "/milestone move 1 15 Dec");
    CHECK_FALSE(milestones(o)[0].agreed_by);
    CHECK(milestones(o)[0].author == o.id_of("priya"));
}

TEST_CASE("done by number, by the title of an open one, or logged without ever having been planned") {
    office o;
    o.says("ana", "/milestone add Draft résumé");
    o.says("ana", "/milestone add Mock interview");
    CHECK(o.says("ana", "/milestone done 1").says("Done: 1. Draft résumé"));
    CHECK(o.says("priya", "/milestone done mock Interview").says("Done: 2. Mock interview"));
    CHECK(o.says("ana", "/milestone done Applied to two internships").says("Done: 3. Applied"));
    const auto all = milestones(o);
    REQUIRE(all.size() == 3);
    CHECK(std::all_of(all.begin(), all.end(), [](auto &m) { return m.state == milestone_state::done; }));
    CHECK(newest_notice(o)->summary.text ==
          "Ana logged a milestone that is done: 3. Applied to two internships.");
    CHECK(o.says("ana", "/milestone done 1").says("the same one?"));
    CHECK(saved_nothing(o.says("priya", "/milestone done 1")));
    CHECK(o.says("ana", "/milestone reopen 1").says("Open again: 1. Draft résumé"));
    CHECK(saved_nothing(o.says("ana", "/milestone reopen 1")));
    CHECK(saved_nothing(o.says("ana", "/milestone done 9")));
}

TEST_CASE("each act on a milestone can be taken back, and puts everything as it was") {
    office o;
    auto added = o.says("ana", "/milestone add Draft résumé by 1 Dec");
    const auto before = milestones(o);
    for (const auto *line : {"/milestone edit 1 Other words entirely", "/milestone move 1 20 Dec",
                             "/milestone done 1", "/milestone drop 1"}) {
        INFO(line);
        o.now += minutes{1};
        auto h = o.says("priya", line);
        REQUIRE(offers(h, "Undo"));
        CHECK(o.presses("priya", h, "Undo").says("as it was before"));
        auto now = milestones(o);
        now[0].changed_at = before[0].changed_at;
        CHECK(now == before);
    }
    const auto logged = o.says("ana", "/milestone done Never planned");
    o.presses("ana", logged, "Undo");
    CHECK(milestones(o).size() == 1);
    CHECK(saved_nothing(o.presses("ana", added, "Undo"))); // it was changed meanwhile
}

TEST_CASE("an early undo is silent; after the other side agreed it is refused") {
    office o;
    auto added = o.says("ana", "/milestone add Draft résumé");
    o.presses("ana", added, "Undo");
    CHECK(milestones(o).empty());
    CHECK(o.outgoing().at(0).state == "withdrawn");
    CHECK(o.says("ana", "/milestone add Another").says("Put down: 2.")); // numbers are never used again

    auto second = o.says("ana", "/milestone add Mock interview");
    auto list = o.says("priya", "/milestone");
    const auto agree = std::find_if(list.buttons.begin(), list.buttons.end(), [](auto &b) {
        return b.label == "Agree" && b.value.find(" 3 ") != std::string::npos;
    });
    REQUIRE(agree != list.buttons.end());
    list.buttons = {*agree};
    o.presses("priya", list, "Agree");
    CHECK(o.presses("ana", second, "Undo").says("Priya agreed to it meanwhile"));
    CHECK(milestones(o).size() == 2);
}

TEST_CASE("a notice whose milestone was changed since is no longer wanted") {
    office o;
    o.says("ana", "/milestone add Draft résumé");
    const auto old = o.outgoing().back().key;
    o.now += minutes{1};
    o.says("ana", "/milestone drop 1");
    o.on_file(
        [&](storage::records &r) { CHECK_FALSE(milestone_notice(r, o.here, *r.outbox.find(r.team, old))); });
    CHECK(newest_notice(o)->summary.text == "Ana dropped a milestone: 1. Draft résumé.");
}

TEST_CASE("nobody's title pings a channel") {
    office o;
    o.says("ana", "/milestone add <!channel> & <@U0PRIYA> everyone");
    const auto notice = newest_notice(o);
    REQUIRE(notice);
    CHECK(notice->summary.text.find('<') == std::string::npos);
}

TEST_CASE("the same milestone twice within five minutes asks first") {
    office o;
    o.says("ana", "/milestone add Draft résumé");
    const auto asks = o.says("ana", "/milestone add draft  résumé");
    CHECK(asks.says("the same one?"));
    CHECK(milestones(o).size() == 1);
    o.presses("ana", asks, "Another one, save it");
    CHECK(milestones(o).size() == 2);
}

TEST_CASE("in several pairs a line asks which one and keeps what was typed; the conversation of a pair says "
          "which") {
    office o;
    pair_priya_with_mei(o);
    const auto asks = o.says("priya", "/milestone add Visit the lab by 1 Dec");
    CHECK(asks.says("Which pair is this for?"));
    CHECK(milestones(o).empty());
    CHECK(o.presses("priya", asks, "Ana").says("Put down: 1. Visit the lab, by Tue 1 Dec"));
    CHECK(milestones(o).size() == 1);
    CHECK(o.says("priya", "/milestone add Here", "G0PAIR").says("Put down: 2. Here"));
    CHECK(saved_nothing(o.presses("mei", asks, "Ana"))); // not her pair
    CHECK(o.says("priya", "/mentoring log call to @mei 30m").says("A call with Mei"));
    const auto stranger = o.says("priya", "/mentoring log call to @sam");
    CHECK(saved_nothing(o.presses("priya", stranger, "Ana")));
    CHECK(contacts(o).empty());
}

TEST_CASE("a contact is logged with its direction, day and length, and asks who started when nobody said",
          "[rule-17][rule-18]") {
    office o;
    auto h = o.says("priya", "/mentoring log call to @ana yesterday 30m");
    INFO(h.text);
    CHECK(h.says("A call with Ana on Sun 1 Nov 2026, 30 min, started by you"));
    auto all = contacts(o);
    REQUIRE(all.size() == 1);
    CHECK(all[0].started_by == o.id_of("priya"));
    CHECK(all[0].minutes == 30);

    h = o.says("ana", "/mentoring log in-person");
    CHECK(h.says("Who started it?"));
    const auto said = o.presses("ana", h, "Priya");
    CHECK(said.says("started by Priya"));
    o.presses("ana", said, "Undo");
    CHECK(contacts(o).size() == 1);
    CHECK(o.presses("ana", h, "I did").says("taken back already"));
}

TEST_CASE("a contact that cannot be is refused, and nothing is saved") {
    office o;
    for (const auto *line :
         {"/mentoring log call tomorrow", "/mentoring log pigeon", "/mentoring log call from @ana",
          "/mentoring log call 1 Jan 2020", "/mentoring log call to @sam"}) {
        INFO(line);
        CHECK(saved_nothing(o.says("ana", line)));
    }
    CHECK(contacts(o).empty());
}

TEST_CASE("who is in no pair is told so, and nothing more") {
    office o;
    for (const auto *line : {"/checkin All well", "/milestone add X", "/mentoring log call"}) {
        INFO(line);
        CHECK(saved_nothing(o.says("mei", line)));
        CHECK(saved_nothing(o.says("zed", line)));
    }
}
