// How a pair begins: its agreement, its papers, one page of what the program asks for, one obligation.
#include "handlers/web_address.hpp"
#include "storage/plans.hpp"
#include "tests/handlers/year_bench.hpp"

using namespace rapport;
using namespace rapport::tests;

namespace {

fields agreement_form(const std::string &place = "here", const std::string &first = "mentor") {
    return {{"pace", choice{"fortnightly"}},
            {"minutes", choice{"30"}},
            {"place", choice{place}},
            {"first", choice{first}},
            {"confidence", choices{{"yes"}}}};
}

std::optional<storage::agreement> holding(office &o) {
    std::optional<storage::agreement> one;
    o.on_file([&](storage::records &r) { one = r.open<storage::agreements>().holding(o.pair); });
    return one;
}

bool talks_elsewhere(office &o) {
    bool elsewhere = false;
    o.on_file([&](storage::records &r) { elsewhere = r.pairs.by_id(o.pair)->talks_elsewhere; });
    return elsewhere;
}

std::optional<storage::plan_paper> paper(office &o) {
    std::optional<storage::plan_paper> one;
    o.on_file([&](storage::records &r) {
        one = r.open<storage::plan_papers>().find(o.pair, plan_part::development_plan);
    });
    return one;
}

} // namespace

TEST_CASE("an agreement is put down by one, shows the floor, and holds once the other confirms",
          "[plan][rule-96][rule-97][rule-87]") {
    year_bench b;
    const auto form = b.o.says("ana", "/mentoring plan agreement");
    REQUIRE(form.form == "agreement");
    CHECK(form.says("Starter hopes for at least 2 contacts a month, whoever begins"));
    const auto sent = b.o.submits("ana", form, agreement_form("elsewhere"));
    CHECK(sent.says("every two weeks, about 30 min, mostly elsewhere; if it goes quiet, Priya writes first"));
    CHECK_FALSE(holding(b.o));
    CHECK_FALSE(talks_elsewhere(b.o));

    const auto told = b.conversation();
    CHECK(told.text.starts_with("Ana put down an agreement:"));
    const auto own = b.presses_there("ana", told, "Agree");
    CHECK(own.says("your own proposal; confirming it is for Priya"));
    CHECK(saved_nothing(own));
    CHECK(b.presses_there("priya", told, "Agree").says("Agreed:"));
    REQUIRE(holding(b.o));
    CHECK(holding(b.o)->writes_first == side::mentor);
    CHECK(talks_elsewhere(b.o)); // silence here means nothing from now on (product 4.8)
}

TEST_CASE("nothing is agreed without the tick for confidence, or with what is not offered",
          "[plan][rule-87]") {
    year_bench b;
    const auto form = b.o.says("ana", "/mentoring plan agreement");
    auto holds = agreement_form();
    holds.set("confidence", choices{});
    CHECK(b.o.submits("ana", form, holds).errors.count("confidence") == 1);
    holds = agreement_form("moon", "nobody");
    holds.set("pace", choice{"hourly"});
    holds.set("minutes", choice{"7"});
    const auto wrong = b.o.submits("ana", form, holds).errors;
    for (const auto *field : {"place", "first", "pace", "minutes"})
        CHECK(wrong.count(field) == 1);
}

TEST_CASE("the same terms put down by both are an agreement; a newer proposal replaces an older", "[plan]") {
    year_bench b;
    b.o.submits("ana", b.o.says("ana", "/mentoring plan agreement"), agreement_form());
    const auto told = b.conversation();
    CHECK(b.o.submits("priya", b.o.says("priya", "/mentoring plan agreement"), agreement_form())
              .says("Agreed:"));
    CHECK(holding(b.o));
    b.o.submits("ana", b.o.says("ana", "/mentoring plan agreement"), agreement_form("both"));
    CHECK(b.presses_there("priya", told, "Agree").says("replaced or taken back"));
    CHECK(holding(b.o)->place == storage::talking_place::here); // the old one holds until then
}

TEST_CASE("a proposal can be taken back until it is confirmed", "[plan]") {
    year_bench b;
    const auto h = b.o.submits("ana", b.o.says("ana", "/mentoring plan agreement"), agreement_form());
    CHECK(b.o.presses("ana", h, "Undo").says("taken back"));
    CHECK(b.conversation().text.empty());
    const auto again = b.o.submits("ana", b.o.says("ana", "/mentoring plan agreement"), agreement_form());
    b.presses_there("priya", b.conversation(), "Agree");
    CHECK(saved_nothing(b.o.presses("ana", again, "Undo")));
}

TEST_CASE("a plan is a draft of its author, then shared, then read by the mentor",
          "[plan][rule-30][rule-35][rule-36]") {
    year_bench b;
    const auto h = b.o.says("ana", "/mentoring plan link development https://docs.example.org/ana?x=1");
    CHECK(h.says("Only you see the link until you share it"));
    CHECK(b.conversation().text.empty());
    CHECK_FALSE(b.o.says("priya", "/mentoring plan").says("docs.example.org"));
    CHECK(b.o.says("priya", "/mentoring plan").says("Ana has a draft"));

    b.o.says("ana", "/mentoring plan share development");
    const auto told = b.conversation();
    CHECK(told.text == "Ana shared the <https://docs.example.org/ana?x=1|development plan>.");
    CHECK(saved_nothing(b.presses_there("ana", told, "I have read it")));
    CHECK(b.presses_there("priya", told, "I have read it").says("read today"));
    CHECK(paper(b.o)->state == storage::paper_state::reviewed);
    CHECK(b.o.says("ana", "/mentoring plan").says("read by Priya on Mon 2 Nov 2026"));
}

TEST_CASE("the papers of a plan are the protégé's, and only what the program asks for", "[plan][rule-36]") {
    year_bench b;
    CHECK(saved_nothing(b.o.says("priya", "/mentoring plan link development https://docs.example.org/x")));
    CHECK(saved_nothing(b.o.says("ana", "/mentoring plan link project https://docs.example.org/x")));
    CHECK(saved_nothing(b.o.says("ana", "/mentoring plan share development")));
    const auto bad = b.o.says("ana", "/mentoring plan link development javascript:alert(1)");
    CHECK(bad.says("A link begins with https:// or http://"));
    CHECK(saved_nothing(bad));
    CHECK_FALSE(paper(b.o));
}

TEST_CASE("undo of a share makes it a draft again, unless it was read meanwhile", "[plan]") {
    year_bench b;
    b.o.says("ana", "/mentoring plan link development https://docs.example.org/ana");
    const auto h = b.o.says("ana", "/mentoring plan share development");
    CHECK(b.o.presses("ana", h, "Undo").says("as it was before"));
    CHECK(paper(b.o)->state == storage::paper_state::draft);
    const auto again = b.o.says("ana", "/mentoring plan share development");
    b.presses_there("priya", b.conversation(), "I have read it");
    CHECK(saved_nothing(b.o.presses("ana", again, "Undo")));
}

TEST_CASE("what is taken as a link", "[plan]") {
    const std::pair<const char *, const char *> taken[] = {
        {"https://a.example.org/x?y=1#z", "https://a.example.org/x?y=1#z"},
        {"  HTTP://a.example.org ", "http://a.example.org"},
        {"<https://a.example.org/x|a.example.org/x>", "https://a.example.org/x"},
        {"https://a.example.org:8443/x", "https://a.example.org:8443/x"},
    };
    for (const auto &[typed, link] : taken) {
        INFO(typed);
        const auto read = web_address(typed);
        REQUIRE(read.has_value());
        CHECK(*read == link);
    }
    for (const auto *typed :
         {"", "docs", "ftp://a.example.org", "javascript:alert(1)", "https://", "https://localhost/x",
          "https://ana:secret@a.example.org", "https://a b.example.org", "https://a..example.org",
          "https://a.example.org/\"x", "https://a.example.org:port/", "data:text/html,x"}) {
        INFO(typed);
        CHECK_FALSE(web_address(typed).has_value());
    }
    CHECK_FALSE(web_address("https://a.example.org/" + std::string(300, 'x')).has_value());
}

TEST_CASE("the plan page shows what the program asks for, and says when nothing waits", "[plan]") {
    year_bench b;
    const auto page = b.o.says("ana", "/mentoring plan");
    CHECK(page.says("Still to do: the agreement, two goals and the development plan."));
    CHECK(page.says("no titles and no links"));
    CHECK(offers(page, "Put down a link"));
    b.rules.plan.clear();
    b.apply();
    CHECK(b.o.says("ana", "/mentoring plan").says("asks for no plan"));
}

TEST_CASE("getting started is one line for each side of what waits for that side, and goes when it is done",
          "[plan][rule-97][rule-84]") {
    year_bench b;
    b.rules.check_ins.reset();
    b.rules.contacts.floor.reset();
    b.rules.plan = {plan_part::agreement};
    b.rules.getting_started = getting_started_rules{40, {{-5, rung_act::nudge}}}; // began a month ago
    b.apply();
    b.o.on_file([&](storage::records &r) { r.pairs.look_by(b.o.pair, b.o.now); });
    b.o.submits("ana", b.o.says("ana", "/mentoring plan agreement"), agreement_form());
    b.mail.pass(days{9});
    CHECK(b.mail.to("D0ANA").empty()); // hers is done
    const auto priya = b.mail.to("D0PRIYA");
    REQUIRE(priya.size() == 1);
    CHECK(priya[0].says("The agreement to look at with Ana: by"));
    const auto page = b.o.presses("priya", b.mail.shown(priya[0]), "Open our plan");
    b.o.presses("priya", page, "Agree");
    b.mail.deliver();
    REQUIRE(b.mail.updates("D0PRIYA").size() == 1);
    CHECK(b.mail.updates("D0PRIYA")[0].says("Thank you"));
}
