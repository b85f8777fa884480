// Pointing to a resource and introducing people: what is offered is kept, why is not, and nobody is brought
// together who did not like it.
#include "storage/helping.hpp"
#include "tests/handlers/year_bench.hpp"

using namespace rapport;
using namespace rapport::tests;

TEST_CASE("a mentor points to a resource: its id is kept, and the other side gets the link",
          "[helping][rule-23][rule-61]") {
    year_bench b;
    CHECK(b.o.says("ana", "/mentoring resources").says("<https://example.org/careers|Career office>"));
    const auto h = b.o.says("priya", "/mentoring refer @ana to career-office");
    CHECK(h.says("I keep which it was, not why"));
    CHECK(b.conversation().text ==
          "Priya thought of this for you: <https://example.org/careers|Career office>.");
    std::vector<storage::referral> all;
    b.o.on_file([&](storage::records &r) { all = r.open<storage::referrals>().of_pair(b.o.pair); });
    REQUIRE(all.size() == 1);
    CHECK(all[0].resource == "career-office");
    CHECK(b.o.says("priya", "/mentoring refer @ana Career Office").says("Career office"));
}

TEST_CASE("a resource that is none, or somebody else's protégé, is refused with a line that works",
          "[helping][rule-23]") {
    year_bench b;
    const auto h = b.o.says("priya", "/mentoring refer @ana to the moon");
    CHECK(h.says("I know of these: career-office"));
    CHECK(saved_nothing(h));
    CHECK(saved_nothing(b.o.says("priya", "/mentoring refer @mei to career-office")));
    CHECK_FALSE(b.o.says("ana", "/mentoring refer @priya to career-office").says("gets this from you"));
}

TEST_CASE("an introduction needs all three, and only then brings two together",
          "[helping][rule-98][rule-20]") {
    year_bench b;
    CHECK(b.o.says("priya", "/mentoring introduce @ana to @sam").says("I ask"));
    b.mail.pass(minutes{2});
    const auto ana = b.mail.to("D0ANA"), sam = b.mail.to("D0SAM");
    REQUIRE((ana.size() == 1 && sam.size() == 1));
    CHECK(ana[0].says("would like to introduce you to <@U0SAM>"));
    CHECK(b.o.says("priya", "/mentoring introduce @ana to @sam").says("asked the two already"));

    b.o.presses("ana", b.mail.shown(ana[0]), "Yes, please");
    b.mail.deliver();
    CHECK(b.mail.to("D0SAM").size() == 1); // nothing before both said so
    b.o.presses("sam", b.mail.shown(sam[0]), "Yes, please");
    b.mail.deliver();
    CHECK(b.mail.to("D0ANA").back().says("introduces you and <@U0SAM>"));
    CHECK(b.mail.to("D0SAM").back().says("introduces you and <@U0ANA>"));
    CHECK(b.mail.to("D0PRIYA").back().says("are in touch, thanks to you"));
    CHECK(b.o.presses("sam", b.mail.shown(sam[0]), "Not this time").says("settled already"));
}

TEST_CASE("who said no is told to nobody, and outsiders cannot answer for others", "[helping][rule-98]") {
    year_bench b;
    b.o.says("priya", "/mentoring introduce @ana to @sam");
    b.mail.pass(minutes{2});
    const auto sam = b.mail.shown(b.mail.to("D0SAM")[0]);
    CHECK_FALSE(b.o.presses("mei", sam, "Yes, please").says("Good"));
    b.o.presses("sam", sam, "Not this time");
    b.mail.deliver();
    CHECK(b.mail.to("D0PRIYA").back().text == "Ana and Sam: not for now. Thank you for the thought.");
    CHECK(b.mail.to("D0ANA").size() == 1); // she hears nothing more
}

TEST_CASE("outside the workspace there are words to copy, and only the offer is kept", "[helping][rule-98]") {
    year_bench b;
    CHECK(b.o.says("priya", "/mentoring introduce @ana").says("May I introduce you to Ana?"));
    for (const auto *typed : {"/mentoring introduce @priya to @sam", "/mentoring introduce @sam to @sam",
                              "/mentoring introduce @sam to @mei", "/mentoring introduce @sam"}) {
        INFO(typed);
        CHECK(saved_nothing(b.o.says("priya", typed)));
    }
    CHECK_FALSE(b.o.says("ana", "/mentoring introduce @priya to @sam").says("I ask"));
}
