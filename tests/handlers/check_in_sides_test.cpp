// What check-ins do beyond being filed: the two sides are compared, meetings are asked after, outcomes are
// asked three times, contacts told count where a pair talks elsewhere; and forms that are over say so.
#include "handlers/owed.hpp"
#include "storage/meetings.hpp"
#include "tests/handlers/year_bench.hpp"

using namespace rapport;
using namespace rapport::tests;

namespace {

struct sides : year_bench {
    sides() {
        const question touch{"touch", "How many times were you in touch?", question_kind::count, {}, true};
        const question first{"first-step", "How many did you start?", question_kind::count, {}, false};
        const question need{"need-help", "Would you like a coordinator?", question_kind::yes_no, {}, false};
        rules.check_ins->mentor_questions = {touch, first, need};
        rules.check_ins->protege_questions = {touch, need};
        rules.plan.clear();
        apply();
    }
    heard files(const std::string &who, const std::string &times, fields more = {}) {
        more.set("q.touch", choice{times});
        return o.submits(who, o.says(who, "/checkin"), more);
    }
    std::vector<storage::attention_line> raised() {
        std::vector<storage::attention_line> all;
        o.on_file([&](storage::records &r) { all = r.attention.open_of_pair(o.pair); });
        return all;
    }
};

} // namespace

TEST_CASE("where the two sides differ a coordinator hears, without an answer, and nobody else does",
          "[sides][rule-33][rule-34]") {
    sides b;
    b.files("priya", "3+");
    CHECK(b.raised().empty()); // one side alone differs from nothing
    b.files("ana", "0");
    REQUIRE(b.raised().size() == 1);
    CHECK(b.raised()[0].kind == "answers-differ");
    b.mail.pass(days{1});
    const auto noor = b.mail.to("D0NOOR");
    REQUIRE(noor.size() == 1);
    CHECK(noor[0].says("What the two say about being in touch in October differs"));
    CHECK(noor[0].text.find("3+") == std::string::npos);
    for (const auto *who : {"D0ANA", "D0PRIYA"})
        for (const auto &each : b.mail.to(who))
            CHECK_FALSE(each.says("differ"));
}

TEST_CASE("a changed or taken back check-in takes the difference back", "[sides][rule-34]") {
    sides b;
    b.files("priya", "2");
    const auto h = b.files("ana", "0");
    REQUIRE(b.raised().size() == 1);
    b.o.presses("ana", h, "Undo");
    CHECK(b.raised().empty());
    b.files("ana", "2");
    CHECK(b.raised().empty());
}

TEST_CASE("a wish for a coordinator reaches one", "[sides][rule-33]") {
    sides b;
    b.files("ana", "2", fields{{"q.need-help", choice{"yes"}}});
    REQUIRE(b.raised().size() == 1);
    CHECK(b.raised()[0].kind == "help");
    CHECK(b.raised()[0].person == b.o.id_of("ana"));
}

TEST_CASE("what a check-in tells counts where the pair talks elsewhere, and only there",
          "[sides][rule-26][rule-78]") {
    sides b;
    b.rules.contacts.floor->counts = counted_contacts::mentor_initiated;
    b.apply();
    b.files("priya", "3+", fields{{"q.first-step", choice{"2"}}});
    b.files("ana", "2");
    const auto counted = [&] {
        contact_count all;
        b.o.on_file(
            [&](storage::records &r) { all = contacts_in(r, b.rules, *r.pairs.by_id(b.o.pair), "2026-10"); });
        return all.so_far;
    };
    CHECK(counted() == 0);
    b.o.on_file([&](storage::records &r) { r.pairs.talk_elsewhere(b.o.pair, true); });
    CHECK(counted() == 2); // the mentor alone knows who began
    b.rules.contacts.floor->counts = counted_contacts::any;
    b.apply();
    CHECK(counted() == 2); // what both say
}

TEST_CASE("the check-in asks after a meeting that nobody said anything about, and a yes is a contact",
          "[sides][rule-82]") {
    sides b;
    b.o.says("ana", "/mentoring meet tomorrow 3pm");
    b.o.now += days{12}; // October is closed: November's form
    const auto form = b.o.says("ana", "/checkin");
    CHECK(form.says("Did you meet?"));
    std::string id;
    b.o.on_file([&](storage::records &r) { id = r.open<storage::meetings>().find(b.o.pair, 1)->id; });
    REQUIRE(has_field(form, "m." + id));
    b.o.submits("ana", form, fields{{"q.touch", choice{"1"}}, {"m." + id, choice{"yes"}}});
    std::vector<storage::contact> contacts;
    b.o.on_file([&](storage::records &r) { contacts = r.contacts.latest(b.o.pair, 9); });
    REQUIRE(contacts.size() == 1);
    CHECK(contacts[0].source == storage::contact_source::meeting);
    CHECK_FALSE(b.o.says("priya", "/checkin").says("Did you meet?")); // asked once
}

TEST_CASE("three outcomes are asked of the protégé at the start, and not in between",
          "[sides][rule-21][rule-24]") {
    sides b;
    const std::vector<std::string> scale = {"not yet", "a little", "mostly", "fully"};
    b.rules.leaving.outcomes = {{"adjustment", "I find my way.", question_kind::choice, scale, false},
                                {"self-efficacy", "I can reach it.", question_kind::choice, scale, false},
                                {"success", "I know my next step.", question_kind::choice, scale, false}};
    b.rules.check_ins->last_period = date::year{2027} / date::month{4};
    b.apply();
    const auto form = b.o.says("ana", "/checkin"); // October, the first
    CHECK(has_field(form, "q.outcome.adjustment"));
    CHECK(has_field(form, "q.outcome.success"));
    CHECK_FALSE(has_field(b.o.says("priya", "/checkin"), "q.outcome.adjustment"));
    CHECK(
        b.o.submits("ana", form, fields{{"q.touch", choice{"1"}}, {"q.outcome.adjustment", choice{"always"}}})
            .errors.count("q.outcome.adjustment") == 1);
    b.o.submits("ana", form, fields{{"q.touch", choice{"1"}}, {"q.outcome.adjustment", choice{"a little"}}});
    std::string answers;
    b.o.on_file([&](storage::records &r) {
        answers = r.check_ins.standing(b.o.pair, side::protege, "2026-10")->answers;
    });
    CHECK(answers.find(R"("outcome.adjustment":"a little")") != std::string::npos);
    CHECK_FALSE(has_field(b.o.says("ana", "/checkin"), "q.outcome.adjustment")); // November
}

TEST_CASE("a form for a pair that ended is answered in four parts, and strangers learn nothing", "[sides]") {
    sides b;
    const auto form = b.o.says("ana", "/checkin");
    b.o.on_file([&](storage::records &r) { r.pairs.end(b.o.pair, std::nullopt, b.o.now); });
    const auto h = b.o.submits("ana", form, fields{{"q.touch", choice{"1"}}});
    for (const auto *part : {"I read: a check-in about Priya", "Your pair with Priya has ended",
                             "Try: /mentoring contact", "Nothing was saved"})
        CHECK(h.says(part));
    CHECK_FALSE(b.o.submits("mei", form, fields{{"q.touch", choice{"1"}}}).says("Priya"));
}

TEST_CASE("the month's thought comes once, with what is said anyway", "[sides][rule-24][rule-92][rule-15]") {
    sides b;
    b.rules.prompts = {{side::mentor, std::nullopt, "Name one thing they did well."},
                       {side::protege, 11, "Which three questions would you like to bring?"}};
    b.apply();
    const auto h = b.files("ana", "1");
    CHECK(h.says("A thought for November: Which three questions"));
    CHECK_FALSE(b.files("ana", "2").says("A thought"));
    CHECK(b.o.says("priya", "/mentoring prompts").says("*November*: Name one thing they did well."));
    b.mail.writes("ana");
    b.mail.pass(days{4});
    const auto priya = b.mail.to("D0PRIYA");
    REQUIRE_FALSE(priya.empty());
    CHECK(priya[0].says("A thought for November: Name one thing they did well."));
    for (std::size_t i = 1; i < priya.size(); ++i)
        CHECK_FALSE(priya[i].says("A thought"));
}
