// Rules of the hundred (docs/rules.md) that are a property of several parts at once, each shown by its
// number.
#include "handlers/introductions.hpp"
#include "handlers/owed.hpp"
#include "tests/handlers/policied.hpp"

using namespace rapport;
using namespace rapport::tests;

namespace {

std::string greeted_with(office &o, const std::string &who) {
    std::string said;
    o.on_file([&](storage::records &r) {
        const auto to = r.people.by_slack(office::slack_of(who));
        const auto message = greeting_for(r, o.here, *to, program_slug{"starter"});
        REQUIRE(message);
        said = message->summary.text;
    });
    return said;
}

int counted(office &o) {
    int n = 0;
    o.on_file([&](storage::records &r) {
        n = contacts_in(r, o.here.rules.of(program_slug{"starter"}), *r.pairs.by_id(o.pair), "2026-11")
                .so_far;
    });
    return n;
}

} // namespace

TEST_CASE("the first message says what the program is for, and a mentor that they are one of several",
          "[rule-13][rule-53]") {
    policied o;
    const auto purpose = o.here.rules.of(o.slug).purpose;
    CHECK(greeted_with(o, "ana").find(purpose) != std::string::npos);
    CHECK(greeted_with(o, "priya").find(purpose) != std::string::npos);
    CHECK(greeted_with(o, "priya").find("one of several people") != std::string::npos);
}

TEST_CASE("a contact made elsewhere counts like any other, whatever its way and however short",
          "[rule-16][rule-17][rule-18][rule-91]") {
    policied o;
    int before = counted(o);
    for (const auto *line : {"log call to @ana", "log email to @ana", "log text to @ana 1m",
                             "log video to @ana 90m", "log in-person to @ana"}) {
        INFO(line);
        const auto said = o.says("priya", std::string("/mentoring ") + line);
        INFO(said.text);
        CHECK(counted(o) == before + 1);
        before = counted(o);
        o.advance(minutes{10});
    }
}

TEST_CASE("a new pair finds a checklist for its first meeting and what is worth agreeing on", "[rule-76]") {
    policied o;
    o.on_file([&](storage::records &r) {
        const auto said = introduction_of(r, o.here, *r.pairs.by_id(o.pair));
        REQUIRE(said);
        for (const auto *part : {"For a first meeting", "Pick one small thing to do", "Worth agreeing on",
                                 "who writes first", "What stays between us"}) {
            INFO(part);
            CHECK(said->summary.text.find(part) != std::string::npos);
        }
    });
}
