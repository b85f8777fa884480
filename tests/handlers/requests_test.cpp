// Finding a mentor by browsing and asking: suggestions, requests and every way they end.
#include "tests/handlers/finding_market.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace rapport::tests;

namespace {

bool saved_nothing(const heard &h) {
    return h.says("Nothing was saved");
}

} // namespace

TEST_CASE("suggestions name close fits with a percentage and its reasons", "[rule-69][rule-70]") {
    market m;
    const auto h = m.o.says("mei", "/mentoring suggest");
    CHECK(h.says("<@U0SAM> (mentor), *60*: coach 40; robotics 20"));
    CHECK(h.says("<@U0TOM> (mentor), *0*"));
    CHECK(h.says("A suggestion, never science"));
    CHECK_FALSE(h.says("<@U0NOOR>"));
}

TEST_CASE("everyone is found by browsing, with words and filters, and no number hides anybody",
          "[rule-68][rule-71]") {
    market m;
    const auto all = m.o.says("mei", "/mentoring browse");
    for (const auto *who : {"<@U0SAM>", "<@U0TOM>", "<@U0PRIYA>", "<@U0ANA>", "<@U0LEE>"})
        CHECK(all.says(who));
    const auto some = m.o.says("mei", "/mentoring browse robotics mentors");
    CHECK(some.says("<@U0SAM>"));
    CHECK_FALSE(some.says("<@U0TOM>"));
    CHECK(m.o.says("mei", "/mentoring browse zebra").says("Fewer words find more"));
    CHECK(m.o.says("zed", "/mentoring browse").says("you are in none yet"));
}

TEST_CASE("a field its author keeps from others is neither shown, searched nor counted", "[rule-65]") {
    market m;
    m.fill("sam", profile_field::interests, "robotics, sailing", seen_by::coordinators);
    CHECK_FALSE(m.o.says("mei", "/mentoring browse sailing").says("<@U0SAM>"));
    CHECK(m.o.says("mei", "/mentoring suggest").says("<@U0SAM> (mentor), *40*: coach 40."));
    CHECK_FALSE(m.o.says("mei", "/mentoring profile @sam").says("sailing"));
    CHECK(m.o.says("noor", "/mentoring profile @sam").says("sailing"));
}

TEST_CASE("a request goes to the mentor alone with its note, and yes makes a pair",
          "[rule-72][rule-74][rule-77]") {
    market m;
    CHECK(m.asks("mei", "sam").says("goes to Sam in a minute"));
    m.mail.pass(minutes{2});
    const auto notice = m.last_to("D0SAM");
    REQUIRE(notice.says("asks whether you would be their mentor"));
    CHECK(notice.says("Robots, please."));
    CHECK_FALSE(m.o.says("noor", "/program requests").says("Robots"));
    CHECK(m.o.says("noor", "/program requests").says("Mei to Sam"));
    const auto yes = m.o.presses("sam", notice, "Accept");
    CHECK(yes.says("You are Mei's mentor"));
    CHECK(m.pairs_of("mei") == 1);
    CHECK(m.requests()[0].note.empty()); // nobody needs it any more
    m.mail.pass(minutes{2});
    CHECK(m.last_to("D0MEI").says("Sam said yes"));
    CHECK(m.o.presses("sam", notice, "Accept").says("You said yes to Mei already"));
    CHECK(m.pairs_of("mei") == 1);
}

TEST_CASE("a yes can be taken back for ten minutes, silently within the first") {
    market m;
    m.asks("mei", "sam");
    m.mail.pass(minutes{2});
    const auto yes = m.o.presses("sam", m.last_to("D0SAM"), "Accept");
    m.o.presses("sam", yes, "Undo");
    m.mail.pass(minutes{5});
    for (const auto &each : m.mail.to("D0MEI"))
        CHECK_FALSE(each.says("said yes"));
    CHECK(m.pairs_of("mei") == 0);
    CHECK(m.requests()[0].state == storage::request_state::waiting);
}

TEST_CASE("no is said kindly in words one chooses from, with two more close fits") {
    market m;
    m.asks("mei", "sam");
    m.mail.pass(minutes{2});
    const auto form = m.o.presses("sam", m.last_to("D0SAM"), "Decline");
    m.o.submits("sam", form, {{"word", choice{"job"}}});
    m.mail.pass(minutes{2});
    const auto told = m.last_to("D0MEI");
    CHECK(told.says("cannot help with finding a job"));
    CHECK(told.says("<@U0TOM>"));
    CHECK_FALSE(told.says("declined"));
    CHECK(m.pairs_of("mei") == 0);
}

TEST_CASE("a question comes first and its answer goes back, and neither is kept when it is over") {
    market m;
    m.asks("mei", "sam");
    m.mail.pass(minutes{2});
    const auto notice = m.last_to("D0SAM");
    m.o.submits("sam", m.o.presses("sam", notice, "Ask a question first"), {{"words", "Which robots?"}});
    m.mail.pass(minutes{2});
    const auto question = m.last_to("D0MEI");
    REQUIRE(question.says("Which robots?"));
    m.o.submits("mei", m.o.presses("mei", question, "Answer"), {{"words", "Small ones."}});
    m.mail.pass(minutes{2});
    const auto again = m.last_to("D0SAM");
    REQUIRE(again.says("Small ones."));
    m.o.presses("sam", again, "Accept");
    CHECK(m.pairs_of("mei") == 1);
    CHECK(m.requests()[0].question.empty());
    CHECK(m.requests()[0].reply.empty());
}

TEST_CASE(
    "unanswered, the mentor is warned before 48 hours, two more fits are offered after, and a week ends it",
    "[rule-74]") {
    market m;
    m.asks("mei", "sam"); // Monday noon
    m.mail.pass(hours{47} + minutes{30});
    CHECK(m.last_to("D0SAM").says("would be glad of an answer"));
    CHECK(m.last_to("D0SAM").buttons[0].label == "Look at it");
    CHECK(m.o.presses("sam", m.last_to("D0SAM"), "Look at it").says("Robots, please."));
    m.mail.pass(hours{12});
    CHECK(m.last_to("D0MEI").says("Two more close fits; your request to Sam stays open"));
    CHECK(m.last_to("D0MEI").says("<@U0TOM>"));
    m.mail.pass(days{8});
    CHECK(m.requests()[0].state == storage::request_state::lapsed);
    CHECK(m.last_to("D0MEI").says("It says nothing about you"));
    CHECK(m.last_to("D0SAM").says("There is nothing to make up for"));
}

TEST_CASE("withdrawn meanwhile is said before anything is written", "[rule-74]") {
    market m;
    m.asks("mei", "sam");
    m.mail.pass(minutes{2});
    const auto notice = m.last_to("D0SAM");
    m.o.presses("mei", m.o.says("mei", "/mentoring requests"), "Withdraw");
    const auto late = m.o.presses("sam", notice, "Accept");
    CHECK(late.says("Mei has withdrawn it meanwhile"));
    CHECK(saved_nothing(late));
    CHECK(m.pairs_of("mei") == 0);
    m.mail.deliver();
    REQUIRE_FALSE(m.mail.updates("D0SAM").empty());
    CHECK(m.mail.updates("D0SAM").back().says("has withdrawn their request"));
}

TEST_CASE("a request taken back within the minute is never heard of") {
    market m;
    const auto sent = m.asks("mei", "sam");
    const auto before = m.mail.to("D0SAM").size();
    m.o.presses("mei", sent, "Undo");
    m.mail.pass(hours{3});
    CHECK(m.mail.to("D0SAM").size() == before);
    CHECK(m.requests()[0].state == storage::request_state::withdrawn);
}

TEST_CASE("requests that cannot be are refused in four parts", "[rule-72][rule-75]") {
    market m;
    CHECK(saved_nothing(m.asks("mei", "mei")));
    CHECK(m.asks("mei", "lee").says("no mentor in Starter"));
    CHECK(m.asks("ana", "priya").says("is your mentor already"));
    CHECK(m.asks("sam", "tom").says("you are none of its"));
    m.fill("tom", profile_field::room, "0");
    CHECK(m.asks("mei", "tom").says("has no room just now"));
    m.asks("mei", "sam");
    CHECK(m.asks("mei", "sam").says("You have asked Sam already"));
    CHECK(m.asks("lee", "sam", "   ").errors.count("note") == 1);
    CHECK(m.requests().size() == 1);
    const auto sam = m.o.id_of("sam");
    m.o.on_file([&](storage::records &r) {
        r.programs.set_enrolment_state(r.programs.enrolled(m.o.term, sam, role::mentor)->id,
                                       enrolment_state::paused, std::nullopt);
    });
    CHECK(m.asks("lee", "sam").says("takes a break"));
}

TEST_CASE("so many requests may be open at a time as the policy says", "[rule-74]") {
    auto rules = market::with_requests();
    rules.requests->open_at_once = 1;
    market m(rules);
    m.asks("mei", "sam");
    CHECK(m.asks("mei", "tom").says("which is the most in Starter"));
}

TEST_CASE("requests open with their phase", "[rule-72]") {
    auto rules = market::with_requests();
    rules.phases = {{phase_kind::connect, {date::year{2026} / 11 / 10, date::year{2026} / 11 / 30}}};
    market m(rules);
    CHECK(m.asks("mei", "sam").says("requests open on Tue 10 Nov 2026"));
    m.mail.pass(days{9});
    CHECK(m.asks("mei", "sam").says("goes to Sam"));
}

TEST_CASE("ranked choices are asked in turn where the policy says so") {
    auto rules = market::with_requests();
    rules.requests->ask = asking::in_turn;
    market m(rules);
    m.asks("mei", "sam");
    CHECK(m.asks("mei", "tom").says("your choice number 2"));
    m.mail.pass(minutes{2});
    const auto toms = m.mail.to("D0TOM").size();
    m.o.submits("sam", m.o.presses("sam", m.last_to("D0SAM"), "Decline"), {{"word", choice{"full"}}});
    m.mail.pass(minutes{5});
    CHECK(m.mail.to("D0TOM").size() == toms + 1);
    CHECK(m.last_to("D0TOM").says("asks whether you would be"));
}

TEST_CASE("a team is asked as one, and whoever says yes first is the mentor", "[rule-59]") {
    auto rules = market::with_requests();
    rules.entry.mentors_are = mentor_side::teams;
    market m(rules);
    m.o.says("noor", "/program team add Solar Car");
    for (const auto *who : {"sam", "tom"})
        m.o.says("noor", std::string("/program team-member add @") + who + " Solar Car");
    m.asks("mei", "sam");
    m.mail.pass(minutes{2});
    const auto to_sam = m.last_to("D0SAM"), to_tom = m.last_to("D0TOM");
    REQUIRE(to_tom.says("asks Solar Car for a mentor"));
    m.o.presses("tom", to_tom, "Accept");
    CHECK(m.pairs_of("tom") == 1);
    CHECK(m.o.presses("sam", to_sam, "Accept").says("Somebody of your team"));
    CHECK(m.pairs_of("mei") == 1);
}

TEST_CASE("nobody but the asked one can answer, and a stranger learns nothing") {
    market m;
    m.asks("mei", "sam");
    m.mail.pass(minutes{2});
    const auto notice = m.last_to("D0SAM");
    for (const auto *who : {"tom", "ana", "mei"})
        CHECK(m.o.presses(who, notice, "Accept").says("no such request"));
    CHECK(m.pairs_of("mei") == 0);
}

TEST_CASE("capacity is the mentor's own number, counted when they say yes", "[rule-75]") {
    market m;
    m.fill("sam", profile_field::room, "1");
    m.asks("mei", "sam");
    m.asks("lee", "sam");
    m.mail.pass(minutes{2});
    std::vector<heard> notices;
    for (const auto &each : m.mail.to("D0SAM"))
        if (each.says("asks whether"))
            notices.push_back(m.mail.shown(each));
    REQUIRE(notices.size() == 2);
    m.o.presses("sam", notices[0], "Accept");
    CHECK(m.o.presses("sam", notices[1], "Accept").says("Your places are all taken"));
    CHECK(m.pairs_of("sam") == 1);
}

TEST_CASE("who has asked nobody hears of it once on day 5, and a coordinator on day 7", "[rule-73]") {
    auto rules = market::with_requests();
    rules.requests->outreach = outreach_rules{7, {{5, rung_act::nudge}, {7, rung_act::queue}}};
    rules.phases = {{phase_kind::connect, {date::year{2026} / 11 / 2, date::year{2026} / 11 / 30}}};
    market m(rules);
    const auto before = m.mail.to("D0MEI").size();
    m.mail.pass(days{4});
    CHECK(m.mail.to("D0MEI").size() == before);
    m.mail.pass(days{2});
    REQUIRE(m.mail.to("D0MEI").size() == before + 1);
    CHECK(m.last_to("D0MEI").says("You can ask a mentor now"));
    CHECK(m.o.presses("mei", m.last_to("D0MEI"), "Close fits for me").says("<@U0SAM>"));
    m.asks("lee", "sam"); // lee is heard of no more
    m.mail.pass(days{3});
    CHECK(m.last_to("D0NOOR").says("Mei"));
    CHECK_FALSE(m.last_to("D0NOOR").says("Lee"));
}

TEST_CASE("where the policy lets them, a mentor asks too, and the protégé says yes or no", "[rule-72]") {
    auto rules = market::with_requests();
    rules.requests->mentors_may_request = true;
    market m(rules);
    CHECK(m.asks("sam", "tom").says("is no protégé in Starter"));
    CHECK(m.asks("sam", "mei", "Shall we build one?").says("goes to Mei in a minute"));
    m.mail.pass(minutes{2});
    const auto notice = m.last_to("D0MEI");
    REQUIRE(notice.says("would like to be your mentor"));
    CHECK(notice.says("Shall we build one?"));
    CHECK(m.asks("mei", "sam").says("has asked you already"));
    CHECK(m.o.presses("sam", notice, "Accept").says("no such request"));
    CHECK(m.o.presses("mei", notice, "Accept").says("You are Sam's protégé"));
    CHECK(m.pairs_of("sam") == 1);
    m.mail.pass(minutes{2});
    CHECK(m.last_to("D0SAM").says("Mei said yes: you have a protégé"));
}
