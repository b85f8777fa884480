// Feedback: asked for at the policy's times, read by whom the form says; and what coordinators read of
// check-ins.
#include "tests/handlers/leaving_bench.hpp"

using namespace rapport;
using namespace rapport::tests;
using namespace date::literals;

namespace {

fields answers(const std::string &well, const std::string &readers = "no") {
    return {{"well", well}, {"help", std::string("More questions")}, {"readers", choice{readers}}};
}

std::vector<storage::feedback_row> given(leaving_bench &o) {
    std::vector<storage::feedback_row> all;
    o.on_file([&](storage::records &r) { all = r.open<storage::feedbacks>().of_pair(o.pair); });
    return all;
}

} // namespace

TEST_CASE("the form says who reads it; coordinators do, the partner does not unless its author chose so",
          "[feedback][rule-90]") {
    leaving_bench o;
    const auto form = o.says("ana", "/mentoring feedback");
    REQUIRE(form.form == "feedback");
    CHECK(form.says("by Priya only if you say so here"));
    const auto sent = o.submits("ana", form, answers("Short calls"));
    CHECK(sent.says("Your feedback is recorded"));
    o.mail.pass(days{1});
    for (const auto &each : o.mail.to("D0PRIYA"))
        CHECK_FALSE(each.says("Short calls"));
    CHECK(o.says("noor", "/program feedback").says("Helps most: Short calls"));
    CHECK(four_parts(o.says("priya", "/program feedback")));
    REQUIRE(given(o).size() == 1);
    CHECK_FALSE(given(o)[0].to_partner);
}

TEST_CASE("shared with the partner it is read by them after the minute in which it can be undone",
          "[feedback][rule-90]") {
    leaving_bench o;
    auto sent = o.submits("ana", o.says("ana", "/mentoring feedback"), answers("Short calls", "yes"));
    CHECK(sent.says("Priya reads it, too"));
    CHECK(o.presses("ana", sent, "Undo").says("nothing of it is kept"));
    o.mail.pass(days{1});
    CHECK(o.letters_to("priya") == 0);
    CHECK(given(o).empty());
    o.submits("ana", o.says("ana", "/mentoring feedback"), answers("Short calls", "yes"));
    o.mail.pass(days{1});
    const auto read = o.mail.to("D0PRIYA");
    const auto shared =
        std::find_if(read.begin(), read.end(), [](const letter &one) { return one.says("Short calls"); });
    REQUIRE(shared != read.end());
    CHECK(shared->says("Ana lets you read what they said"));
    CHECK(shared->says("What helps most: “Short calls”"));
    for (const auto &row : o.outgoing())
        CHECK(row.params.find("Short") == std::string::npos); // an intent holds no words
}

TEST_CASE("where the policy keeps feedback from partners nobody is asked, and a faked answer shares nothing",
          "[feedback][rule-90]") {
    leaving_bench o(keys{{"leaving.feedback_to_partner", "false"}});
    const auto form = o.says("ana", "/mentoring feedback");
    CHECK(form.says("Priya never sees it"));
    CHECK(std::find(form.fields.begin(), form.fields.end(), "readers") == form.fields.end());
    o.submits("ana", form, answers("Short calls", "yes"));
    o.mail.pass(days{1});
    CHECK(o.letters_to("priya") == 0);
    CHECK_FALSE(given(o).at(0).to_partner);
}

TEST_CASE("it is asked for in the middle and at the end, by a line with a button, twice at most; given, it "
          "is settled",
          "[feedback][rule-90]") {
    leaving_bench o; // began 3 Oct 2026, until 10 May 2027: the middle is 20 January
    const auto asked = [&](const char *who) {
        const auto all = o.mail.to(std::string("D0") + leaving_bench::upper(who));
        return std::count_if(all.begin(), all.end(),
                             [](const letter &one) { return one.says("How is it with"); });
    };
    o.mail.until(leaving_bench::london(2027_y / 1 / 19, 22));
    CHECK(asked("ana") == 0);
    o.mail.until(leaving_bench::london(2027_y / 1 / 22, 22));
    REQUIRE(asked("ana") == 1);
    CHECK(asked("priya") == 1);
    const auto all = o.mail.to("D0ANA");
    const auto line =
        std::find_if(all.begin(), all.end(), [](const letter &one) { return one.says("How is it with"); });
    const auto form = o.presses("ana", o.mail.shown(*line), "Give feedback");
    REQUIRE(form.form == "feedback");
    CHECK(form.says("in the middle"));
    o.submits("ana", form, answers("Short calls"));
    o.mail.until(leaving_bench::london(2027_y / 4 / 20, 22));
    CHECK(asked("ana") == 1);
    CHECK(asked("priya") <= 2);
    CHECK(given(o).at(0).moment == feedback_time::middle);
    o.mail.until(leaving_bench::london(2027_y / 4 / 29, 22));
    CHECK(asked("ana") == 2); // the end, from 26 April
}

TEST_CASE("changed feedback takes the place of what was given before", "[feedback]") {
    leaving_bench o;
    o.submits("ana", o.says("ana", "/mentoring feedback"), answers("Short calls"));
    const auto form = o.says("ana", "/mentoring feedback");
    CHECK(o.submits("ana", form, answers("Long calls")).says("in place of what you gave before"));
    REQUIRE(given(o).size() == 1);
    CHECK(given(o)[0].went_well == "Long calls");
}

TEST_CASE("empty or endless feedback is refused under its field, and nothing is saved", "[feedback]") {
    leaving_bench o;
    const auto form = o.says("ana", "/mentoring feedback");
    CHECK(o.submits("ana", form, fields{{"well", std::string("  ")}, {"readers", choice{"no"}}})
              .errors.count("well") == 1);
    CHECK(o.submits("ana", form, answers(std::string(1001, 'x'))).errors.count("well") == 1);
    CHECK(given(o).empty());
}

TEST_CASE("feedback is taken for two weeks after the end, then refused in four parts",
          "[feedback][rule-90]") {
    leaving_bench o;
    const auto form = o.says("ana", "/mentoring feedback");
    const auto of_priya = o.says("priya", "/mentoring feedback");
    o.mail.until(leaving_bench::london(2027_y / 5 / 20, 12));
    CHECK(o.submits("ana", form, answers("Short calls")).says("recorded"));
    o.mail.until(leaving_bench::london(2027_y / 5 / 26, 12));
    const auto late = o.submits("priya", of_priya, answers("Late"));
    CHECK(late.says("That term closed on"));
    CHECK(four_parts(late));
    CHECK(four_parts(o.says("priya", "/mentoring feedback")));
    CHECK(given(o).size() == 1);
    CHECK(four_parts(o.submits("sam", form, answers("Not mine"))));
    CHECK(given(o).size() == 1);
}

TEST_CASE("the items of a protégé's check-in are read by coordinators alone, and not about their own pair",
          "[feedback][rule-22]") {
    leaving_bench o(keys{{"term.dates", "2026-10-01 to 2027-05-10"}});
    auto rules = o.here.rules.of(o.slug);
    rules.check_ins->protege_questions = {
        {"at-ease", "Does your mentor put you at ease?", question_kind::yes_no, {}, true},
        {"encouraged", "Do you feel encouraged?", question_kind::yes_no, {}, false}};
    o.here.rules.add(90, rules);
    const auto form = o.says("ana", "/checkin");
    CHECK(form.says("Does your mentor put you at ease?"));
    CHECK_FALSE(o.says("priya", "/checkin").says("put you at ease"));
    o.submits("ana", form, fields{{"q.at-ease", choice{"no"}}, {"q.encouraged", choice{"yes"}}});
    const auto read = o.says("noor", "/program check-ins");
    CHECK(read.says("Does your mentor put you at ease? no"));
    CHECK(read.says("Do you feel encouraged? yes"));
    CHECK(four_parts(o.says("priya", "/program check-ins")));
    CHECK_FALSE(o.says("priya", "/mentoring").says("at ease"));
    o.says("olive", "/program appoint @priya");
    CHECK_FALSE(o.says("priya", "/program check-ins").says("at ease"));
    CHECK_FALSE(o.says("priya", "/program feedback").says("Ana"));
}

TEST_CASE("the shipped e-mentoring policy asks the protégé the four behaviours", "[feedback][rule-22]") {
    const auto emap = config::scribe().recall(shipped_text("emap"));
    REQUIRE(emap);
    std::vector<std::string> ids;
    for (const auto &each : emap->check_ins->protege_questions)
        ids.push_back(each.id);
    for (const auto *id : {"at-ease", "understood", "encouraged", "comfortable-meetings"})
        CHECK(std::find(ids.begin(), ids.end(), id) != ids.end());
}
