// `rapport check` from outside, against the local workspace: each thing that can be wrong is made wrong, and
// must be named with its mend, with exit status 1, and nothing else named with it.
#include "tests/scenarios/town.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <fstream>

using namespace rapport::tests;

namespace {

struct found {
    int status = 0;
    std::string said;

    bool names(const std::string &words) const {
        return said.find(words) != std::string::npos;
    }
    int wrong() const {
        int count = 0;
        for (auto at = said.find("WRONG"); at != std::string::npos; at = said.find("WRONG", at + 1))
            ++count;
        return count;
    }
};

found check(town &t, const std::vector<std::string> &more = {}) {
    std::vector<std::string> argv{RAPPORT_PROGRAM, "check"};
    argv.insert(argv.end(), more.begin(), more.end());
    child_process asking(argv, t.environment);
    const auto status = asking.wait(std::chrono::seconds(90));
    return {status.value_or(-1), asking.output()};
}

// One thing wrong, called so, and each with a mend.
void finds(town &t, const std::string &line, const std::string &mend) {
    const auto got = check(t);
    CAPTURE(got.said);
    CHECK(got.status == 1);
    CHECK(got.wrong() == 1);
    CHECK(got.names("WRONG  " + line));
    CHECK(got.names(mend));
}

} // namespace

TEST_CASE(
    "a good installation: every scope with its reason, both tokens, clock, owner, database, exit status 0") {
    town t;
    const auto got = check(t);
    CAPTURE(got.said);
    CHECK(got.status == 0);
    CHECK(got.wrong() == 0);
    for (const auto *words :
         {"ok     settings", "ok     policies: 1 program", "ok     database (SQLite): will be made at start",
          "ok     status", "ok     bot token: good", "ok     scope chat:write: given; it is needed to send",
          "ok     scope mpim:history: given; it is needed to see who wrote", "ok     clock: agrees",
          "ok     owner U0COORD: is in this workspace", "ok     app token: good"}) {
        CAPTURE(words);
        CHECK(got.names(words));
    }
    CHECK(check(t, {"--jsom"}).status == 2);
    CHECK(json::parse(check(t, {"--json"}).said)["good"] == true);
}

TEST_CASE("tokens: missing, of the wrong kind, unknown, revoked") {
    town t;
    const auto good = t.environment;
    t.environment.erase("SLACK_BOT_TOKEN");
    finds(t, "settings: SLACK_BOT_TOKEN: This is not set.", "OAuth & Permissions");
    t.environment = good;
    t.environment["SLACK_BOT_TOKEN"] = good.at("SLACK_APP_TOKEN");
    finds(t, "settings: SLACK_BOT_TOKEN: This does not begin with xoxb-.", "OAuth & Permissions");
    t.environment["SLACK_BOT_TOKEN"] = "xoxb-somebody-elses";
    finds(t, "bot token: the platform knows no such token", "mend: copy SLACK_BOT_TOKEN again");
    t.environment = good;
    t.environment["SLACK_APP_TOKEN"] = "xapp-1-somebody-elses";
    finds(t, "app token: the platform knows no such token", "mend: copy SLACK_APP_TOKEN again");
    t.environment = good;
    t.place.with([](workspace::platform &on) { on.bot_token_revoked = true; });
    finds(t, "bot token: it was revoked (token_revoked)", "mend: install the app again");
}

TEST_CASE("a scope that is missing is named with what it is for; one that is not used may go") {
    town t;
    t.start({"manifest"}).wait();
    auto manifest = json::parse(t.program().output());
    auto &scopes = manifest["oauth_config"]["scopes"]["bot"];
    json fewer = json::array();
    for (const auto &each : scopes)
        if (each != "mpim:write")
            fewer.push_back(each);
    fewer.push_back("channels:history");
    scopes = fewer;
    t.place.with([&](workspace::platform &on) { CHECK(on.app.take(manifest).empty()); });
    finds(
        t,
        "scope mpim:write: is missing; it is needed to open the direct conversations and those of the pairs",
        "install the app again");
    CHECK(check(t).names("may be taken away: channels:history"));
}

TEST_CASE(
    "a clock that is wrong, an owner who is nobody, a port that is taken, a platform that is not there") {
    town t;
    t.place.with([](workspace::platform &on) { on.time.advance(std::chrono::hours(3)); });
    finds(t, "clock: this machine's is 3 hours behind the platform's", "timedatectl set-ntp true");
    t.place.with([](workspace::platform &on) { on.time.advance(-std::chrono::hours(3)); });
    const auto settings = [&](const std::string &owner, const std::string &status) {
        t.write("rapport.toml", "owners = [\"" + owner + "\"]\nprograms = [\"programs/starter.toml\"]\n" +
                                    "database = \"sqlite:data/rapport.db\"\nstatus = \"" + status + "\"\n");
    };
    settings("U0NOBODY", "127.0.0.1:0");
    finds(t, "owner U0NOBODY: is nobody in this workspace", "into `owners` of rapport.toml");
    const auto url = t.place.api_url(); // https://127.0.0.1:PORT/api/
    const auto from = url.find("://") + 3;
    settings("U0COORD", url.substr(from, url.find('/', from) - from));
    finds(t, "status: ", "port 0 takes a free one");
    settings("U0COORD", "127.0.0.1:0");
    t.environment["SLACK_API_URL"] = "https://127.0.0.1:1/api/";
    finds(t, "platform: cannot be reached", "SLACK_API_URL");
}

TEST_CASE("a database that is damaged, and one that the running service holds") {
    town t;
    t.serve();
    const auto beside = check(t);
    CAPTURE(beside.said);
    CHECK(beside.status == 0);
    CHECK(beside.names("is held by the rapport that is running"));
    CHECK(t.end(SIGTERM) == 0);
    CHECK(check(t).names("ok     database (SQLite): is there, whole"));
    std::ofstream(t.folder / "data" / "rapport.db") << std::string(4096, 'x');
    finds(t, "database (SQLite): is damaged", "restore a backup");
}
