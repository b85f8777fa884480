// Goals of a pair: two at a time, of a kind, agreed by both, followed up, and taken back.
#include "storage/plans.hpp"
#include "tests/handlers/year_bench.hpp"

using namespace rapport;
using namespace rapport::tests;

namespace {

std::vector<storage::goal> goals(office &o) {
    std::vector<storage::goal> all;
    o.on_file([&](storage::records &r) { all = r.open<storage::goals>().of_pair(o.pair); });
    return all;
}

} // namespace

TEST_CASE("a goal stands with its kind, is told after a minute, and the other side agrees",
          "[goals][rule-84][rule-85]") {
    year_bench b;
    const auto h = b.o.says("ana", "/mentoring goals add Learn to pitch as career");
    CHECK(h.says("Put down: 1. Learn to pitch (career management). It stands once Priya agrees."));
    const auto told = b.conversation();
    CHECK(told.text == "Ana put down a goal: 1. Learn to pitch (career management).");
    CHECK(b.presses_there("priya", told, "Agree").says("Agreed: 1. Learn to pitch"));
    CHECK(goals(b.o)[0].agreed_by == b.o.id_of("priya"));
    CHECK(b.o.says("ana", "/mentoring goals").says("agreed"));
}

TEST_CASE("a third goal is refused in four parts, and a finished one frees its place", "[goals][rule-84]") {
    year_bench b;
    b.o.says("ana", "/mentoring goals add Pitch as academic");
    b.o.says("priya", "/mentoring goals add Write as academic");
    const auto third = b.o.says("ana", "/mentoring goals add Draw as academic");
    CHECK(third.says("I read: /mentoring goals add Draw as academic"));
    CHECK(third.says("2 goals are open, and Starter works on 2 at a time"));
    CHECK(third.says("Try: /mentoring goals done 1"));
    CHECK(saved_nothing(third));
    CHECK(goals(b.o).size() == 2);
    b.o.says("ana", "/mentoring goals done 1");
    CHECK(b.o.says("ana", "/mentoring goals add Draw as academic").says("Put down: 3. Draw"));
}

TEST_CASE("one's own goal cannot be agreed to, and nobody else's can be touched", "[goals][rule-84]") {
    year_bench b;
    b.o.says("ana", "/mentoring goals add Pitch as academic");
    const auto told = b.conversation();
    const auto own = b.presses_there("ana", told, "Agree");
    CHECK(own.says("your own proposal; agreeing to it is for Priya"));
    CHECK(saved_nothing(own));
    CHECK_FALSE(b.presses_there("mei", told, "Agree").says("Pitch"));
    CHECK_FALSE(goals(b.o)[0].agreed_at);
}

TEST_CASE("a goal without one of the program's kinds is refused with a line that works", "[goals][rule-85]") {
    year_bench b;
    const auto h = b.o.says("ana", "/mentoring goals add Learn to pitch");
    CHECK(h.says("personal growth, career management or academic"));
    CHECK(h.says("Try: /mentoring goals add Learn to pitch as personal growth"));
    CHECK(saved_nothing(h));
    CHECK(saved_nothing(b.o.says("ana", "/mentoring goals add as academic")));
    CHECK(saved_nothing(b.o.says("ana", "/mentoring goals add " + std::string(250, 'x') + " as academic")));
    CHECK(saved_nothing(b.o.says("ana", "/mentoring goals done 9")));
    CHECK(goals(b.o).empty());
}

TEST_CASE("undo takes a goal back silently within the minute; its number never comes again", "[goals]") {
    year_bench b;
    const auto h = b.o.says("ana", "/mentoring goals add Pitch as academic");
    CHECK(b.o.presses("ana", h, "Undo").says("is gone"));
    CHECK(goals(b.o).empty());
    CHECK(b.conversation().text.empty());
    CHECK(b.o.says("ana", "/mentoring goals add Write as academic").says("Put down: 2."));
}

TEST_CASE("undo of a change brings the words, the kind and the agreement back", "[goals]") {
    year_bench b;
    b.o.says("ana", "/mentoring goals add Pitch well as academic");
    b.presses_there("priya", b.conversation(), "Agree");
    const auto h = b.o.says("ana", "/mentoring goals edit 1 Pitch better as personal growth");
    CHECK(h.says("It was “Pitch well”"));
    CHECK_FALSE(goals(b.o)[0].agreed_at); // what was changed is to be agreed anew
    b.o.presses("ana", h, "Undo");
    const auto one = goals(b.o)[0];
    CHECK(one.title == "Pitch well");
    CHECK(one.kind == "academic");
    CHECK(one.agreed_by == b.o.id_of("priya"));
}

TEST_CASE("undo of a finished goal is refused once another took its place", "[goals][rule-84]") {
    year_bench b;
    b.o.says("ana", "/mentoring goals add One as academic");
    b.o.says("ana", "/mentoring goals add Two as academic");
    const auto done = b.o.says("ana", "/mentoring goals done 1");
    b.o.says("ana", "/mentoring goals add Three as academic");
    CHECK(b.o.presses("ana", done, "Undo").says("Another goal has taken its place"));
}

TEST_CASE("a title stays text: nobody is pinged by it", "[goals]") {
    year_bench b;
    b.o.says("ana", "/mentoring goals add Greet <!channel> & all as academic");
    CHECK(b.conversation().text.find("&lt;!channel&gt; &amp; all") != std::string::npos);
}

TEST_CASE("the form for a goal offers the kinds and says who reads it", "[goals][rule-85]") {
    year_bench b;
    const auto list = b.o.says("ana", "/mentoring goals");
    const auto form = b.o.presses("ana", list, "Put down a goal");
    CHECK(form.says("Read by you and Priya"));
    CHECK(b.o.submits("ana", form, fields{{"title", std::string("Pitch")}}).errors.count("kind") == 1);
    CHECK(b.o.submits("ana", form, fields{{"title", std::string("Pitch")}, {"kind", choice{"9"}}})
              .errors.count("kind") == 1);
    CHECK(b.o.submits("ana", form, fields{{"title", std::string("Pitch")}, {"kind", choice{"1"}}})
              .says("Pitch (career management)"));
}

TEST_CASE("a goal nothing was done about is a line of the mentor's digest, and one tap says it goes on",
          "[goals][rule-93]") {
    year_bench b;
    b.rules.plan.clear();
    b.rules.check_ins.reset();
    b.rules.contacts.floor.reset();
    b.apply();
    b.o.says("ana", "/mentoring goals add Pitch as academic");
    b.presses_there("priya", b.conversation(), "Agree");
    b.mail.pass(days{45});
    const auto to_priya = b.mail.to("D0PRIYA");
    REQUIRE(to_priya.size() == 1);
    CHECK(to_priya[0].says("Nothing new about the goal \"Pitch\" with Ana since"));
    CHECK(b.mail.to("D0ANA").empty());
    CHECK(b.o.presses("priya", b.mail.shown(to_priya[0]), "It goes on").says("“Pitch” goes on"));
    CHECK(goals(b.o)[0].touched_at == b.o.now);
}
