// Enrolling, appointing, pairing, ending, listing; what the workspace says of people; the overview and the
// program page.
#include "handlers/replies.hpp"
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

std::vector<storage::pair> pairs(office &o) {
    std::vector<storage::pair> all;
    o.on_file([&](storage::records &r) { all = r.pairs.of_term(o.term); });
    return all;
}

bool is_enrolled(office &o, const std::string &who, role as) {
    std::optional<storage::enrolment> found;
    const auto id = o.id_of(who);
    o.on_file([&](storage::records &r) { found = r.programs.enrolled(o.term, id, as); });
    return found && found->state != enrolment_state::left;
}

person_described described(const std::string &who) {
    person_described one;
    one.who = office::slack_of(who);
    one.name = who;
    one.zone = "America/New_York";
    return one;
}

void ana_writes(office &o) {
    o.on_file([&](storage::records &r) {
        wrote(r, o.here.rules, office::slack_of("ana"), channel_id{"G0PAIR"}, "1793613600.000100", o.now);
    });
}

int planned(office &o, const std::string &kind) {
    const auto all = o.outgoing();
    return static_cast<int>(std::count_if(
        all.begin(), all.end(), [&](const auto &one) { return one.kind == kind && one.state == "waiting"; }));
}

} // namespace

TEST_CASE("a coordinator enrols somebody, who is greeted; taken back in time it is silent") {
    office o;
    o.happens("kim", described("kim"));
    const auto h = o.says("noor", "/program enrol @kim protege");
    CHECK(h.says("<@U0KIM> is enrolled as protégé in Starter"));
    CHECK(is_enrolled(o, "kim", role::protege));
    CHECK(planned(o, "greeting") == 1);
    CHECK(o.says("noor", "/program enrol @kim mentee").says("already. Nothing changed."));
    o.presses("noor", h, "Undo");
    CHECK_FALSE(is_enrolled(o, "kim", role::protege));
    CHECK(planned(o, "greeting") == 0);
}

TEST_CASE("who cannot take part is refused, and nothing is saved") {
    office o;
    auto bot = described("helper");
    bot.bot = true;
    o.happens("helper", bot);
    auto stranger = described("guestco");
    stranger.stranger = true;
    o.happens("guestco", stranger);
    auto gone = described("lee");
    o.happens("lee", gone);
    gone.deactivated = true;
    o.happens("lee", gone);
    for (const auto *line :
         {"/program enrol @helper protege", "/program enrol @guestco mentor", "/program enrol @lee mentor",
          "/program enrol @nobody mentor", "/program enrol @ana captain", "/program enrol ana mentor",
          "/program enrol @ana mentor elsewhere"}) {
        INFO(line);
        CHECK(saved_nothing(o.says("noor", line)));
    }
    CHECK(o.says("noor", "/program enrol @lee mentor").says("deactivated"));
}

TEST_CASE("only coordinators enrol, appoint and pair; an owner coordinates every program", "[rule-19]") {
    office o;
    for (const auto *who : {"ana", "priya", "sam", "zed"})
        for (const auto *line : {"/program enrol @mei mentor", "/program pair @sam @mei",
                                 "/program end @priya @ana", "/program people", "/program appoint @ana"}) {
            INFO(who << " " << line);
            const auto h = o.says(who, line);
            CHECK(saved_nothing(h));
            CHECK(h.says("coordinators of a program"));
        }
    CHECK(pairs(o).size() == 1);
    o.happens("olive", described("olive"));
    CHECK(o.says("olive", "/program pair @sam @mei").says("are a pair in Starter"));
}

TEST_CASE(
    "an appointed coordinator coordinates from the next command on, and no more once it is taken back") {
    office o;
    const auto h = o.says("noor", "/program appoint @sam");
    CHECK(h.says("coordinates Starter now"));
    CHECK(o.says("sam", "/program people").says("4 enrolled"));
    o.presses("noor", h, "Undo");
    CHECK(saved_nothing(o.says("sam", "/program people")));
}

TEST_CASE("a pair is made once, introduced after a minute, and can be taken back silently") {
    office o;
    const auto h = o.says("noor", "/program pair @sam @mei");
    CHECK(h.says("are a pair in Starter"));
    REQUIRE(pairs(o).size() == 2);
    CHECK(planned(o, "introduction") == 1);
    CHECK(o.says("noor", "/program pair @sam @mei").says("Nothing"));
    o.presses("noor", h, "Undo");
    CHECK(planned(o, "introduction") == 0);
    CHECK(pairs(o)[1].state == pair_state::ended);
}

TEST_CASE("a pair that cannot be says what would work") {
    office o;
    CHECK(o.says("noor", "/program pair @mei @sam").says("/program pair <@U0SAM> <@U0MEI>") == false);
    CHECK(o.says("noor", "/program pair @mei @sam").says("The mentor comes first"));
    CHECK(saved_nothing(o.says("noor", "/program pair @sam @sam")));
    CHECK(saved_nothing(o.says("noor", "/program pair @sam @noor")));
    CHECK(o.says("noor", "/program pair @sam @noor").says("is not enrolled as protégé"));
    CHECK(saved_nothing(o.says("noor", "/program end @sam @mei")));
    CHECK(o.says("noor", "/program end @ana @priya").says("The mentor comes first"));
    CHECK(pairs(o).size() == 1);
}

TEST_CASE("ending a pair is told in its conversation, stops its clocks, and an undo lets all of it run on") {
    office o;
    ana_writes(o);
    auto running = [&] {
        std::size_t n = 0;
        o.on_file([&](storage::records &r) { n = r.clocks.running_of_pair(o.pair).size(); });
        return n;
    };
    REQUIRE(running() == 1);
    const auto h = o.says("noor", "/program end @priya @ana");
    CHECK(h.says("are no pair in Starter any more"));
    CHECK(pairs(o)[0].state == pair_state::ended);
    CHECK(running() == 0);
    CHECK(planned(o, "pair.ended") == 1);
    o.presses("noor", h, "Undo");
    CHECK(pairs(o)[0].state == pair_state::open);
    CHECK(running() == 1);
    CHECK(planned(o, "pair.ended") == 0);
}

TEST_CASE("the list of people shows those in no pair first, seven at a time") {
    office o;
    for (const auto *who : {"aa", "bb", "cc", "dd", "ee", "ff"}) {
        o.happens(who, described(who));
        o.says("noor", std::string("/program enrol @") + who + " protege");
    }
    const auto h = o.says("noor", "/program people");
    CHECK(h.says("10 enrolled, 8 in no pair."));
    CHECK(h.says("1 to 7 of 10"));
    CHECK(h.says("<@U0SAM>: mentor, in no pair"));
    CHECK_FALSE(h.says("<@U0ANA>"));
    const auto next = o.presses("noor", h, "Next");
    CHECK(next.says("<@U0ANA>: protégé, in a pair"));
    CHECK(o.presses("noor", next, "Back").says("1 to 7 of 10"));
    CHECK(saved_nothing(o.presses("ana", h, "Next")));
}

TEST_CASE(
    "somebody deactivated rests their pairs and tells the coordinators; coming back, they wait for one") {
    office o;
    auto priya = described("priya");
    priya.deactivated = true;
    o.happens("priya", priya);
    CHECK(pairs(o)[0].state == pair_state::paused);
    std::size_t lines = 0;
    o.on_file([&](storage::records &r) { lines = r.attention.open(program_slug{"starter"}).size(); });
    CHECK(lines == 1);
    priya.deactivated = false;
    o.happens("priya", priya);
    CHECK(pairs(o)[0].state == pair_state::paused);
}

TEST_CASE("what the workspace says of a person is kept: name and zone, and nothing that was not said") {
    office o;
    auto kim = described("kim");
    kim.name = "Kim Ito";
    kim.email = "kim@example.org";
    o.happens("kim", kim);
    std::optional<storage::person> found;
    o.on_file([&](storage::records &r) { found = r.people.by_slack(office::slack_of("kim")); });
    REQUIRE(found);
    CHECK(found->name == "Kim Ito");
    CHECK(found->platform_zone == "America/New_York");
    CHECK_FALSE(found->email); // known by their id; the address is not needed
    kim.zone = "Nowhere/Atall";
    o.happens("kim", kim);
    o.on_file([&](storage::records &r) { found = r.people.by_slack(office::slack_of("kim")); });
    CHECK(found->platform_zone == "America/New_York");
}

TEST_CASE("the overview fits who asks: in a pair, waiting for one, outside, and on the home page the same") {
    office o;
    const auto mine = o.says("ana", "/mentoring");
    CHECK(mine.says("1 pair."));
    CHECK(mine.says("your mentor in Starter"));
    CHECK(o.says("mei", "/mentoring").says("You are enrolled, and in no pair yet."));
    const auto outside = o.says("zed", "/mentoring");
    CHECK(outside.says("You are in no program here yet"));
    CHECK(outside.says("Starter"));
    const auto home = o.happens("ana", home_opened{});
    CHECK(home.home);
    CHECK(home.says("your mentor in Starter"));
}

TEST_CASE("the one who waits reads until when the other has, never that the other is late") {
    office o;
    ana_writes(o);
    CHECK(o.says("ana", "/mentoring").says("Priya has until"));
    CHECK(o.says("priya", "/mentoring").says("Ana has been waiting"));
    o.now += days{9};
    const auto waiting = o.says("ana", "/mentoring");
    CHECK(waiting.says("An answer from Priya since"));
    for (const auto *never : {"late", "overdue", "reminded", "until"})
        CHECK_FALSE(waiting.says(never));
}

TEST_CASE("the program page shows everybody its promises, and its coordinators what needs a person") {
    office o;
    const auto page = o.says("ana", "/program");
    CHECK(page.says("Both sides answer within 3 days"));
    CHECK(page.says("Whom to ask: Noor, noor@example.org"));
    CHECK_FALSE(page.says("need you"));
    CHECK(o.says("noor", "/program").says("1 pair, none of them needs you today"));
    auto priya = described("priya");
    priya.deactivated = true;
    o.happens("priya", priya);
    const auto queue = o.says("noor", "/program");
    CHECK(queue.says("1 of 1 pair needs you, about 5 minutes"));
    o.presses("noor", queue, "Seen to it");
    CHECK(o.says("noor", "/program").says("none of them needs you today"));
    CHECK_FALSE(o.says("priya", "/program").says("needs you"));
}
