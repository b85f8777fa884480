// What is kept about somebody, told to themselves and nobody else.
#include "tests/support/office.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using rapport::tests::heard;
using rapport::tests::office;

namespace {

// All pages of it, as one text.
std::string everything(office &o, const std::string &who) {
    auto page = o.says(who, "/mentoring mydata");
    std::string all;
    for (int pages = 0; pages < 50; ++pages) {
        for (const auto &block : page.blocks)
            all += block + "\n";
        bool more = false;
        for (const auto &one : page.buttons)
            more = more || one.label == "Next";
        if (!more)
            return all;
        page = o.presses(who, page, "Next");
    }
    FAIL("it has no end");
    return all;
}

bool holds(const std::string &text, std::string_view words) {
    return text.find(words) != std::string::npos;
}

} // namespace

TEST_CASE("mydata holds a person's own words and dates, to the last page") {
    office o;
    o.says("ana", "/milestone add Draft the poster by 1 Dec");
    o.says("ana", "/checkin We found our rhythm");
    o.says("ana", "/mentoring log call yesterday 30m");
    o.says("ana", "/nudge @priya");
    const auto mine = everything(o, "ana");
    for (const auto *words :
         {"*You*: Ana", "*Time zone*: Europe/London", "*Enrolled* in Starter", "*Pair* with Priya",
          "Draft the poster", "We found our rhythm", "30 minutes", "Command, press or form of yours",
          "rapport export --json --person U0ANA", "Only you see this"}) {
        CAPTURE(words, mine);
        CHECK(holds(mine, words));
    }
}

TEST_CASE("mydata of one side holds nothing that is the other's alone") {
    office o;
    o.says("ana", "/checkin We found our rhythm");
    o.says("ana", "/milestone add Draft the poster");
    const auto theirs = everything(o, "priya");
    CHECK_FALSE(holds(theirs, "rhythm"));     // a check-in is never the partner's
    CHECK(holds(theirs, "Draft the poster")); // a milestone is both sides'
    CHECK_FALSE(holds(everything(o, "sam"), "poster"));
}

TEST_CASE("somebody who is on no record hears so") {
    office o;
    CHECK(o.says("zed", "/mentoring mydata").says("Nothing is kept about you"));
}
