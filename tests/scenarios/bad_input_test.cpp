// Bad input through the socket, as one table (product 9): each line gets an answer in four parts, and reading
// back shows that nothing was saved. What handlers refuse in forms and buttons is in tests/handlers.
#include "tests/scenarios/town.hpp"

#include <catch2/catch.hpp>

#include <csignal>

using namespace rapport::tests;
using workspace::json;

namespace {

struct bad_line {
    const char *why;
    const char *who;
    std::string line;
    const char *says; // a part of what is wrong
};

std::vector<bad_line> bad_lines() {
    return {
        {"a misspelt verb: the nearest is offered", "U0ANA", "/milestone ad Draft resume", "the nearest is"},
        {"a verb that is none", "U0ANA", "/milestone zzzzqq", "I do not know"},
        {"nothing after a verb", "U0ANA", "/milestone add", ""},
        {"longer than any title", "U0ANA", "/milestone add " + std::string(40'000, 'x'), ""},
        {"only control characters", "U0ANA", "/milestone add \x01\x02\x03", ""},
        {"only bidirectional marks", "U0ANA", "/milestone add \xe2\x80\xae\xe2\x80\xae", ""},
        {"a person nobody knows", "U0COORD", "/program enrol @nobodyhere mentor", ""},
        {"somebody deactivated", "U0COORD", "/program enrol @gus mentor", ""},
        {"an app", "U0COORD", "/program enrol @standup mentor", ""},
        {"a pair of one", "U0COORD", "/program pair @priya @priya", "A pair is two people"},
        {"a contact with oneself", "U0ANA", "/mentoring log call to @ana", "That is you"},
        {"a day that does not exist", "U0ANA", "/milestone add X by 2027-02-30", ""},
        {"a day gone by", "U0ANA", "/milestone add X by 2020-01-01", ""},
        {"a day that means two things", "U0ANA", "/milestone add X by 3/4", ""},
        {"another that means two things", "U0ANA", "/milestone move 1 next friday", ""},
        {"a contact in the future", "U0ANA", "/mentoring log call tomorrow", ""},
        {"a number that is not on the list", "U0ANA", "/milestone done 99", "There is no milestone 99"},
        {"no number at all", "U0ANA", "/milestone drop first", ""},
        {"a medium that is none", "U0ANA", "/mentoring log pigeon", ""},
        {"words left over", "U0ANA", "/milestone drop 1 please", ""},
        {"somebody in no pair", "U0BEN", "/milestone add X", "people in a pair"},
        {"somebody who is no coordinator", "U0ANA", "/program pair @priya @ana", "coordinators of a program"},
        {"a pair the wrong way round", "U0COORD", "/program end @ana @priya", "comes first"},
        {"a role that is none", "U0COORD", "/program enrol @ben captain", ""},
        {"a program that is none", "U0COORD", "/program enrol @ben mentor elsewhere", ""},
        {"somebody not enrolled", "U0COORD", "/program pair @sam @ana", "is not enrolled"},
    };
}

std::string on_file(town &t, const std::string &who) {
    child_process asking({RAPPORT_PROGRAM, "export", "--json", "--person", who}, t.environment);
    REQUIRE(asking.wait() == 0);
    return json::parse(asking.output())["pairs"].dump();
}

} // namespace

TEST_CASE("bad input typed at the real service is answered in four parts, and nothing is saved") {
    town t;
    t.serve();
    REQUIRE(t.types("U0COORD", "/program enrol @priya mentor").good());
    REQUIRE(t.types("U0COORD", "/program enrol @ana protege").good());
    REQUIRE(t.types("U0COORD", "/program pair @priya @ana").good());
    REQUIRE(t.types("U0ANA", "/milestone add Draft resume by 2030-12-01").good());
    const auto before = on_file(t, "U0ANA");
    REQUIRE(before.find("Draft resume") != std::string::npos);
    for (const auto &row : bad_lines()) {
        INFO(row.why << ": " << row.line.substr(0, 80));
        const auto words = words_of(t.types(row.who, row.line));
        INFO(words);
        CHECK(words.find("I read: ") != std::string::npos);
        CHECK(words.find("Try: ") != std::string::npos);
        CHECK(words.find("Nothing was saved.") != std::string::npos);
        CHECK(words.find(row.says) != std::string::npos);
        CHECK(on_file(t, "U0ANA") == before);
    }
    CHECK(t.end(SIGTERM) == 0);
}
