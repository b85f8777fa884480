// A policy that is changed while the program runs: tried, applied, applied from a day, refused, and drafted
// in the workspace; nothing is restarted for it.
#include "tests/scenarios/town.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <fstream>
#include <sstream>

using namespace rapport::tests;

namespace {

struct answered {
    int status = -1;
    std::string said;
};

answered rapport_says(const town &t, const std::vector<std::string> &words) {
    std::vector<std::string> argv{RAPPORT_PROGRAM};
    argv.insert(argv.end(), words.begin(), words.end());
    child_process asking(argv, t.environment);
    const auto status = asking.wait();
    return {status.value_or(-1), asking.output()};
}

std::string starter_with(const std::string &from, const std::string &to) {
    std::ifstream in("config/programs/starter.toml");
    std::ostringstream read;
    read << in.rdbuf();
    auto text = read.str();
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    return text;
}

bool says(const workspace::outcome &seen, const std::string &text) {
    return seen.seen.dump().find(text) != std::string::npos || words_of(seen).find(text) != std::string::npos;
}

} // namespace

TEST_CASE("a policy is tried and applied while the service runs, and holds after it was killed") {
    town t;
    t.serve();
    t.write("next.toml", starter_with("per_month = 2", "per_month = 3"));
    const auto file = (t.folder / "next.toml").string();
    const auto tried = rapport_says(t, {"policy", "dryrun", file});
    CHECK(tried.status == 0);
    CHECK(tried.said.find("floor.per_month: 2 becomes 3 (everyone)") != std::string::npos);
    CHECK(tried.said.find("Would send 0 messages today") != std::string::npos);
    CHECK(says(t.types("U0COORD", "/program"), "At least 2 contacts a month"));
    const auto applied = rapport_says(t, {"policy", "apply", file});
    INFO(applied.said);
    CHECK(applied.status == 0);
    CHECK(applied.said.find("In force: starter version 2") != std::string::npos);
    CHECK(says(t.types("U0COORD", "/program"), "At least 3 contacts a month"));
    CHECK(rapport_says(t, {"policy", "apply", file}).said.find("nothing differs") != std::string::npos);

    t.program().kill();
    t.serve(); // the file of the settings says otherwise by now: that is told, and what was applied stays
    CHECK(t.event("policy_differs"));
    CHECK(says(t.types("U0COORD", "/program"), "At least 3 contacts a month"));
}

TEST_CASE("a policy that cannot stand is refused with every problem at its place, and nothing is saved") {
    town t;
    t.serve();
    t.write("bad.toml", starter_with("per_month = 2", "per_moth = 2"));
    const auto bad = rapport_says(t, {"policy", "apply", (t.folder / "bad.toml").string()});
    CHECK(bad.status == 1);
    CHECK(bad.said.find("There is no key per_moth") != std::string::npos);
    CHECK(bad.said.find("bad.toml:") != std::string::npos);
    CHECK(rapport_says(t, {"policy", "apply", "nowhere.toml"}).status == 1);
    t.write("next.toml", starter_with("per_month = 2", "per_month = 3"));
    const auto late =
        rapport_says(t, {"policy", "apply", (t.folder / "next.toml").string(), "--from", "2020-01-01"});
    CHECK(late.status == 1);
    CHECK(late.said.find("That day is past") != std::string::npos);
    CHECK(says(t.types("U0COORD", "/program"), "At least 2 contacts a month"));
}

TEST_CASE("a program that is not on file is opened by applying its policy, also beside no service") {
    town t;
    t.serve();
    auto text = starter_with("slug = \"starter\"", "slug = \"second\"");
    const auto name = text.find("Starter mentoring");
    text.replace(name, std::string("Starter mentoring").size(), "Second program");
    t.write("next.toml", text);
    const auto opened = rapport_says(t, {"policy", "apply", (t.folder / "next.toml").string()});
    INFO(opened.said);
    CHECK(opened.status == 0);
    CHECK(opened.said.find("a new program, Second program") != std::string::npos);
    CHECK(says(t.types("U0COORD", "/program people second"), "Nobody is enrolled in Second program"));
    CHECK(says(t.types("U0COORD", "/program"), "Second program"));
    CHECK(t.end(SIGTERM) == 0);
    // beside no service the verb does it itself, and the next start knows it
    t.write("next.toml", starter_with("per_month = 2", "per_month = 4"));
    CHECK(rapport_says(t, {"policy", "apply", (t.folder / "next.toml").string()}).status == 0);
    t.serve();
    CHECK(says(t.types("U0COORD", "/program"), "At least 4 contacts a month"));
}
