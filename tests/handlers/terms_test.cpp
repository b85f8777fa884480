// The life of a program: terms and phases that come and go by date, also after a time in which nobody was
// there, and by a coordinator's hand.
#include "handlers/terms.hpp"
#include "tests/handlers/policied.hpp"

using namespace rapport;
using namespace rapport::tests;
using namespace date::literals;

namespace {

// It is 2 November 2026. The term runs until 10 May; applications until 30 November, matching after them.
const std::vector<policy_setting> dated = {{"term.dates", "2026-10-01 to 2027-05-10"},
                                           {"phases.apply", "2026-10-01 to 2026-11-30"},
                                           {"phases.match", "2026-12-01 to 2026-12-18"},
                                           {"phases.run", "2026-12-07 to 2027-05-10"}};

instant london(day on, int hour = 0) {
    return zone::named("Europe/London")->at(on, hours{hour});
}

std::vector<std::string> lines(office &o) {
    std::vector<std::string> out;
    o.on_file([&](storage::records &r) {
        for (const auto &each : r.attention.open(program_slug{"starter"}))
            if (each.kind == by_date)
                out.push_back(each.occasion);
    });
    return out;
}

pair_state state_of_pair(office &o) {
    pair_state out{};
    o.on_file([&](storage::records &r) { out = r.pairs.by_id(o.pair)->state; });
    return out;
}

} // namespace

TEST_CASE(
    "dates given to a program that runs become those of its term, and what lies behind is not announced",
    "[rule-39][rule-63]") {
    policied o(dated);
    REQUIRE(o.terms().size() == 1);
    CHECK(o.terms()[0].opens_at <= london(2026_y / 10 / 1) + days{2});
    CHECK(o.terms()[0].closes_at == london(2027_y / 5 / 11));
    o.mail.deliver();
    CHECK(lines(o).empty());
    const auto page = o.says("ana", "/program");
    CHECK(page.says("Now: applications (until Mon 30 Nov)"));
    CHECK(page.says("Next: matching, from Tue 1 Dec 2026"));
}

TEST_CASE("a phase begins at its first moment: its coordinators read it once, in their message of the day",
          "[rule-39]") {
    policied o(dated);
    o.mail.until(london(2026_y / 12 / 1, 12));
    CHECK(lines(o) == std::vector<std::string>{"starter/match/2026-12-01"});
    CHECK(o.journal("phase_begins_match").size() == 1);
    CHECK(o.journal("phase_ends_apply").size() == 1);
    const auto told = o.mail.to("D0NOOR");
    REQUIRE_FALSE(told.empty());
    CHECK(told.back().says("The phase matching began on Tue 1 Dec, until Fri 18 Dec 2026. 1 protégé is in no "
                           "pair yet."));
    const auto count = o.mail.calls.size();
    o.mail.deliver();
    CHECK(o.mail.calls.size() == count);
    CHECK(o.says("noor", "/program").says("The phase matching began"));
}

TEST_CASE(
    "after a time in which nobody was there every boundary is visited in order, and only what still holds "
    "is told",
    "[rule-39]") {
    policied o(dated);
    o.mail.deliver();
    o.now = london(2027_y / 1 / 20, 10); // asleep since November
    o.mail.deliver();
    CHECK(lines(o) == std::vector<std::string>{"starter/run/2026-12-07"});
    CHECK(o.journal("phase_begins_match").size() == 1);
    CHECK(o.journal("phase_ends_match").size() == 1);
}

TEST_CASE("a line of a phase goes with its phase, and a coordinator may have seen to it before") {
    policied o(dated);
    o.mail.until(london(2026_y / 12 / 2, 12));
    auto queue = o.says("noor", "/program");
    std::erase_if(queue.buttons, [](const shown_button &each) { return !each.value.starts_with("- "); });
    REQUIRE(queue.buttons.size() == 4); // how it was seen to
    o.presses("noor", queue, "Seen to it");
    CHECK(lines(o).empty());
    policied p(dated);
    p.mail.until(london(2026_y / 12 / 20, 12));
    CHECK(lines(p) == std::vector<std::string>{"starter/run/2026-12-07"});
}

TEST_CASE("a term closes after its last day: pairs end and are told, the term is archived, its numbers stay",
          "[rule-47][rule-63]") {
    policied o(dated);
    o.says("ana", "/milestone add Draft résumé");
    o.mail.until(london(2027_y / 5 / 10, 23));
    CHECK(state_of_pair(o) == pair_state::open);
    o.mail.until(london(2027_y / 5 / 11, 12));
    CHECK(state_of_pair(o) == pair_state::ended);
    REQUIRE(o.terms().size() == 1);
    CHECK(o.terms()[0].state == term_state::closed);
    CHECK(o.terms()[0].closes_at == london(2027_y / 5 / 11));
    CHECK(o.mail.to("G0PAIR").back().says("is complete"));
    CHECK(o.says("noor", "/program").says("The term closed on Mon 10 May"));
    const auto report = o.says("noor", "/program report");
    CHECK(report.says("closed, from"));
    CHECK(report.says("under five pairs, under five of them running") == false);
    CHECK(report.says("hidden, under five pairs"));
}

TEST_CASE("in a closed term a command is answered in four parts, with what was last and what comes") {
    policied o(dated);
    o.mail.until(london(2027_y / 5 / 12, 12));
    const auto h = o.says("noor", "/program pair @sam @mei");
    CHECK(four_parts(h));
    CHECK(h.says("closed on Mon 10 May 2027"));
    CHECK(h.says("/program open starter"));
    CHECK(four_parts(o.says("ana", "/milestone add Late")));
    CHECK(o.says("ana", "/program").says("closed on Mon 10 May 2027"));
}

TEST_CASE(
    "the next year's dates make a term of their own, which opens with its first phase; the one before is "
    "not overwritten",
    "[rule-39][rule-47]") {
    policied o(dated);
    o.mail.until(london(2027_y / 5 / 12, 12));
    const auto text = config::rewritten(
        shipped_text("starter"), std::vector<policy_setting>{{"zone", "Europe/London"},
                                                             {"name", "Starter"},
                                                             {"term.dates", "2027-09-01 to 2028-05-12"},
                                                             {"phases.apply", "2027-06-01 to 2027-08-31"}});
    o.put(text.value());
    REQUIRE(o.terms().size() == 2);
    CHECK(o.terms()[1].state == term_state::planned);
    CHECK(o.terms()[1].name == "2027–28");
    CHECK(o.says("noor", "/program").says("begins on Wed 1 Sep 2027"));
    o.mail.until(london(2027_y / 6 / 1, 1));
    CHECK(o.terms()[1].state == term_state::open);
    CHECK(o.terms()[0].state == term_state::closed);
    CHECK(o.journal("open_term").size() == 1);
    const auto report = o.says("noor", "/program report");
    CHECK(report.says("2 terms on file"));
    o.says("noor", "/program enrol @sam mentor");
    CHECK(o.says("noor", "/program people").says("1 enrolled"));
}

TEST_CASE("dates over an archived term are refused, with the dates that are taken") {
    policied o(dated);
    o.mail.until(london(2027_y / 5 / 12, 12));
    const auto h = o.says("noor", "/program policy change term.dates = 2026-12-01 to 2027-12-01");
    CHECK(four_parts(h));
    CHECK(h.says("overlap with the term"));
    CHECK(four_parts(o.says("noor", "/program open")));
}

TEST_CASE("closing by hand shows what it does and asks for the program's name; undone, everything goes on") {
    policied o;
    const auto form = o.says("noor", "/program close");
    CHECK(form.form == "term.close");
    CHECK(form.says("closing it ends 1 pair; 4 people are enrolled"));
    const auto wrong = o.submits("noor", form, fields{{"name", std::string("Starters")}});
    CHECK(wrong.errors.at("name").find("is called Starter") != std::string::npos);
    CHECK(state_of_pair(o) == pair_state::open);
    const auto closed = o.submits("noor", form, fields{{"name", std::string("starter")}});
    CHECK(closed.says("is closed; 1 pair ended"));
    CHECK(state_of_pair(o) == pair_state::ended);
    CHECK(four_parts(o.submits("noor", form, fields{{"name", std::string("starter")}})));
    o.presses("noor", closed, "Undo");
    CHECK(state_of_pair(o) == pair_state::open);
    CHECK(o.terms()[0].state == term_state::open);
    o.mail.deliver();
    o.mail.pass(minutes{3});
    for (const auto &each : o.mail.to("G0PAIR"))
        CHECK_FALSE(each.says("is complete"));
    CHECK(o.journal("close_term").size() == 1);
    CHECK(o.journal("reopen_term").size() == 1);
}

TEST_CASE("a term is opened by hand once none is, by its coordinators alone") {
    policied o;
    CHECK(four_parts(o.says("noor", "/program open")));
    o.submits("noor", o.says("noor", "/program close"), fields{{"name", std::string("Starter")}});
    CHECK(four_parts(o.says("ana", "/program open")));
    const auto form = o.says("noor", "/program open");
    CHECK(form.says("a term from today, without an end"));
    const auto opened = o.submits("noor", form, fields{{"name", std::string("Starter")}});
    CHECK(opened.says("is open"));
    CHECK(o.terms().size() == 2);
    CHECK(o.says("noor", "/program people").says("Nobody is enrolled"));
    o.presses("noor", opened, "Undo");
    CHECK(o.terms()[1].state == term_state::planned);
}

TEST_CASE("two programs run side by side, one person on either side, and closing one leaves the other alone",
          "[rule-54][rule-77]") {
    policied o;
    o.on_file([&](storage::records &r) {
        const auto text = config::rewritten(
            shipped_text("starter"), std::vector<policy_setting>{{"slug", "other"}, {"name", "Other"}});
        const auto checked = check_text(r, o.here, {}, text.value());
        REQUIRE(checked.rules);
        put_in_force(r, o.here, *checked.rules, text.value(), std::nullopt, "operator", o.now);
        r.programs.appoint(program_slug{"other"}, r.people.by_slack(office::slack_of("noor"))->id,
                           std::nullopt, o.now);
    });
    o.follow_policies();
    CHECK(four_parts(o.says("noor", "/program enrol @priya protege"))); // which of the two?
    CHECK(o.says("noor", "/program enrol @priya protege other").says("is enrolled"));
    CHECK(o.says("noor", "/program enrol @sam mentor other").says("is enrolled"));
    CHECK(o.says("noor", "/program pair @sam @priya other").says("are a pair in Other"));
    const auto mine = o.says("priya", "/mentoring");
    CHECK(mine.says("2 pairs"));
    o.submits("noor", o.says("noor", "/program close other"), fields{{"name", std::string("Other")}});
    CHECK(state_of_pair(o) == pair_state::open);
    CHECK(o.says("priya", "/mentoring").says("1 pair."));
}
