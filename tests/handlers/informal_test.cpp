// Informal pairs: invited by either side, answered by a button; open doors, and one's own web.
#include "storage/open_doors.hpp"
#include "tests/handlers/policied.hpp"

using namespace rapport;
using namespace rapport::tests;

namespace {

// Beside "starter" an informal program, as /program new makes it.
struct informal : policied {
    informal() {
        fields f;
        f.set("audience", std::string("Anybody here"));
        f.set("side", choice{"people"});
        f.set("kinds", std::string("anybody"));
        f.set("mentors", choice{"people"});
        f.set("often", std::string("0"));
        f.set("length", choice{"0"});
        f.set("formal", choice{"informal"});
        f.set("name", std::string("Circle"));
        presses("olive", submits("olive", says("olive", "/program new"), f), "Approve");
        REQUIRE(here.rules.find(program_slug{"circle"}));
        mail.deliver();
        mail.calls.clear();
    }

    std::vector<storage::pair> of(const std::string &who) {
        std::vector<storage::pair> out;
        on_file([&](storage::records &r) {
            out = r.pairs.open_of_person(r.people.by_slack(office::slack_of(who))->id);
        });
        return out;
    }
};

} // namespace

TEST_CASE("a protégé asks somebody who helps already; a yes puts both on record, in a conversation of theirs",
          "[rule-55][rule-51][rule-56]") {
    informal o;
    CHECK(o.says("mei", "/mentoring invite @sam as my mentor").says("is asked in a minute"));
    o.mail.pass(minutes{2});
    const auto asked = o.mail.to("D0SAM");
    REQUIRE(asked.size() == 1);
    CHECK(asked[0].says("you help along the way"));
    CHECK(o.of("mei").empty());
    CHECK(o.presses("sam", o.mail.shown(asked[0]), "Yes, put it down").says("are on record"));
    REQUIRE(o.of("mei").size() == 1);
    CHECK(o.of("mei")[0].program == program_slug{"circle"});
    CHECK(o.of("mei")[0].mentor == o.id_of("sam"));
    o.mail.pass(minutes{2});
    CHECK(o.mail.to("D0MEI").back().says("said yes"));
    CHECK(o.says("mei", "/mentoring invite @sam as my mentor").says("on record as your mentor already"));
    CHECK(four_parts(o.presses("sam", o.mail.shown(asked[0]), "Yes, put it down")));
}

TEST_CASE("a mentor asks, too: may I put down that I am there for you?", "[rule-55]") {
    informal o;
    o.says("sam", "/mentoring invite @mei as my protégé");
    o.mail.pass(minutes{2});
    REQUIRE(o.mail.to("D0MEI").size() == 1);
    CHECK(o.mail.to("D0MEI")[0].says("whether they may put down that they are there for you"));
    o.presses("mei", o.mail.shown(o.mail.to("D0MEI")[0]), "Yes, put it down");
    REQUIRE(o.of("sam").size() == 1);
    CHECK(o.of("sam")[0].protege == o.id_of("mei"));
}

TEST_CASE("a no is kind, can be taken back, and puts nothing on record") {
    informal o;
    o.says("mei", "/mentoring invite @sam as my mentor");
    o.mail.pass(minutes{2});
    const auto asked = o.mail.shown(o.mail.to("D0SAM")[0]);
    const auto no = o.presses("sam", asked, "Not now");
    CHECK(no.says("nothing is on record"));
    o.mail.pass(minutes{2});
    const auto told = o.mail.to("D0MEI").back();
    CHECK(told.says("says nothing about the help"));
    for (const auto *never : {"reject", "declin", "refus", "unfortunately"})
        CHECK_FALSE(told.says(never));
    CHECK(o.presses("sam", no, "Undo").says("stands again"));
    o.mail.pass(minutes{2});
    o.presses("sam", o.mail.shown(o.mail.to("D0SAM").back()), "Yes, put it down");
    CHECK(o.of("mei").size() == 1);
}

TEST_CASE("an invitation taken back within the minute is silent; withdrawn later its buttons are dead") {
    informal o;
    const auto one = o.says("mei", "/mentoring invite @sam as my mentor");
    o.presses("mei", one, "Undo");
    o.mail.pass(minutes{5});
    CHECK(o.mail.to("D0SAM").empty());
    o.says("mei", "/mentoring invite @sam as my mentor");
    o.mail.pass(minutes{5});
    const auto asked = o.mail.shown(o.mail.to("D0SAM")[0]);
    const auto again = o.says("mei", "/mentoring invite @sam as my mentor");
    CHECK(again.says("was asked already"));
    o.presses("mei", again, "Withdraw");
    CHECK(four_parts(o.presses("sam", asked, "Yes, put it down")));
    CHECK(four_parts(o.presses("ana", again, "Withdraw"))); // somebody else's
}

TEST_CASE("bad invitations are answered in four parts") {
    informal o;
    for (const auto *line :
         {"@mei as my mentor", "@sam", "@sam as my boss", "@zed as my mentor", "@sam as my mentor nowhere"}) {
        INFO(line);
        CHECK(four_parts(o.says("mei", std::string("/mentoring invite ") + line)));
    }
    policied formal_only;
    const auto none = formal_only.says("mei", "/mentoring invite @sam as my mentor");
    CHECK(four_parts(none));
    CHECK(none.says("/program new"));
}

TEST_CASE("one's web shows everybody one may turn to, over all programs, and to nobody else", "[rule-53]") {
    informal o;
    for (const auto *who : {"sam", "noor"}) {
        o.says("ana", std::string("/mentoring invite @") + who + " as my mentor");
        o.mail.pass(minutes{2});
        const auto box = who[0] == 's' ? "D0SAM" : "D0NOOR";
        o.presses(who, o.mail.shown(o.mail.to(box).back()), "Yes, put it down");
    }
    const auto web = o.says("ana", "/mentoring web");
    CHECK(web.says("3 people are on record to turn to"));
    CHECK(web.says("<@U0PRIYA>, mentor in Starter"));
    CHECK(web.says("<@U0NOOR>, mentor in Circle"));
    CHECK(web.says("Only you see this list"));
    const auto hers = o.says("priya", "/mentoring web");
    CHECK_FALSE(hers.says("U0SAM"));
    CHECK(hers.says("Nobody is on record as your mentor yet"));
}

TEST_CASE("an open door is for a day, office hours stay; those who are mentored see both", "[rule-52]") {
    informal o;
    CHECK(o.says("priya", "/mentoring open-door").says("Your door is open today"));
    CHECK(o.says("priya", "/mentoring open-door office hours Tue 3 to 5 pm").says("Tue 3 to 5 pm"));
    CHECK(o.says("ana", "/mentoring").says("Priya is there for you today"));
    CHECK(o.says("ana", "/mentoring web").says("Office hours: Tue 3 to 5 pm"));
    o.advance(days{1});
    CHECK_FALSE(o.says("ana", "/mentoring").says("is there for you today"));
    CHECK(o.says("ana", "/mentoring").says("Office hours: Tue 3 to 5 pm"));
    const auto off = o.says("priya", "/mentoring open-door hours");
    CHECK_FALSE(o.says("ana", "/mentoring").says("Office hours"));
    o.presses("priya", off, "Undo");
    CHECK(o.says("ana", "/mentoring").says("Office hours: Tue 3 to 5 pm"));
    CHECK(four_parts(o.says("priya", "/mentoring open-door perhaps")));
    CHECK(four_parts(o.says("priya", "/mentoring open-door hours " + std::string(300, 'x'))));
    CHECK(four_parts(o.says("ana", "/mentoring open-door on"))); // a protégé
}
