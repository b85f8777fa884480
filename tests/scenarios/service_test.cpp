// The life of the service, from outside: it starts, answers, is killed, comes back, stops, and says what is
// wrong before it does any harm.
#include "tests/scenarios/town.hpp"

#include <catch2/catch.hpp>
#include <sqlite3.h>

#include <csignal>
#include <sys/stat.h>

using namespace rapport::tests;
using workspace::fault;
using workspace::fault_kind;

TEST_CASE("it starts, says it is ready, answers a command at once, and ends cleanly when told to") {
    town t;
    t.serve();
    CHECK(t.status("/readyz").find("200 OK") != std::string::npos);
    CHECK(t.status("/healthz").find("200 OK") != std::string::npos);

    const auto seen = t.types("U0ANA", "/mentoring help");
    CHECK(seen.good());
    CHECK_FALSE(words_of(seen).empty());
    CHECK(t.status("/metrics").find("rapport_commands_total{command=\"command\",outcome=\"answered\"} 1") !=
          std::string::npos);

    CHECK(t.end(SIGTERM) == 0);
    CHECK(t.event("stopped"));
    json closed;
    t.place.with([&](workspace::platform &on) {
        workspace::journal_query links;
        links.kind = "link";
        closed = on.log.find(links);
    });
    CHECK(closed.dump().find("close frame") != std::string::npos);
}

TEST_CASE("killed rudely and started again, it comes up on the same data and answers") {
    town t;
    t.serve();
    CHECK(t.types("U0ANA", "/mentoring help").good());
    t.program().kill();
    t.serve();
    CHECK(t.types("U0ANA", "/mentoring help").good());
    CHECK(t.status("/readyz").find("200 OK") != std::string::npos);
}

TEST_CASE("a command delivered twice is answered once as new and once as recorded") {
    town t;
    t.serve();
    fault twice;
    twice.kind = fault_kind::duplicate_delivery;
    t.put_fault(twice);
    CHECK(t.types("U0ANA", "/mentoring help").good());
    CHECK(t.types("U0ANA", "/mentoring help").good());
}

TEST_CASE("with the link cut it opens another and goes on") {
    town t;
    t.serve();
    fault cut;
    cut.kind = fault_kind::drop_link;
    t.put_fault(cut);
    for (int tries = 0; tries < 200; ++tries)
        if (t.types("U0ANA", "/mentoring help").good())
            break;
    CHECK(t.types("U0ANA", "/mentoring help").good());
}

TEST_CASE("garbage, binary and unknown frames are survived") {
    town t;
    t.serve();
    for (const auto kind : {fault_kind::garbage_frame, fault_kind::binary_frame, fault_kind::unknown_frame}) {
        fault odd;
        odd.kind = kind;
        t.put_fault(odd);
    }
    CHECK(t.types("U0ANA", "/mentoring help").good());
}

TEST_CASE("while the platform is away at start it waits, and readiness says for what") {
    town t;
    fault away;
    away.kind = fault_kind::server_error;
    away.method = "auth.test";
    away.times = 1000;
    t.put_fault(away);
    t.start();
    CHECK(t.event("call_failed"));
    const auto red = t.status("/readyz");
    CHECK(red.find("503") != std::string::npos);
    CHECK(red.find("auth.test") != std::string::npos);
    CHECK(t.status("/healthz").find("200 OK") != std::string::npos);
    CHECK(t.end(SIGTERM) == 0);
}

TEST_CASE("a refused token ends the start with what to do, and nothing else") {
    town t;
    t.environment["SLACK_BOT_TOKEN"] = "xoxb-somebody-elses";
    auto &program = t.start();
    CHECK(program.wait(std::chrono::seconds(90)) == 1);
    CHECK(program.output().find("refuses the bot token") != std::string::npos);
    CHECK(program.output().find("xoxb-somebody") == std::string::npos);
}

TEST_CASE("bad settings stop the start with the file, the line and the mend, all at once") {
    town t;
    t.write("rapport.toml", "owners = [\"nobody\"]\nprograms = [\"programs/none.toml\"]\nstatis = \"x\"\n");
    auto &program = t.start();
    CHECK(program.wait(std::chrono::seconds(90)) == 1);
    const auto said = program.output();
    CHECK(said.find("rapport.toml:1:") != std::string::npos);
    CHECK(said.find("rapport.toml:3:") != std::string::npos);
    CHECK(said.find("nothing was changed") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(t.folder / "data"));

    t.write("rapport.toml", "owners = []\nprograms = [\"programs/starter.toml\"]\n");
    t.environment.erase("SLACK_APP_TOKEN");
    auto &again = t.start();
    CHECK(again.wait(std::chrono::seconds(90)) == 1);
    CHECK(again.output().find("SLACK_APP_TOKEN") != std::string::npos);
    CHECK(again.output().find("owners") != std::string::npos);
}

TEST_CASE("data of another workspace is not touched") {
    town first;
    first.serve();
    CHECK(first.end(SIGTERM) == 0);
    workspace::platform_options elsewhere;
    elsewhere.who.team = "T0ELSEWHERE";
    town other(elsewhere);
    std::filesystem::copy(first.folder / "data", other.folder / "data",
                          std::filesystem::copy_options::recursive);
    auto &program = other.start();
    CHECK(program.wait(std::chrono::seconds(90)) == 1);
    CHECK(program.output().find("belongs to workspace T0LOCAL") != std::string::npos);
}

TEST_CASE("the data folder and the control socket are for their owner alone") {
    town t;
    t.serve();
    struct stat seen {};
    REQUIRE(::stat((t.folder / "data").c_str(), &seen) == 0);
    CHECK((seen.st_mode & 0777) == 0700);
    REQUIRE(::stat((t.folder / "data" / "rapport.sock").c_str(), &seen) == 0);
    CHECK((seen.st_mode & 0077) == 0);
}

TEST_CASE("a row of the journal that somebody changed by hand is found at the next start, and said") {
    town t;
    t.serve();
    t.types("U0COORD", "/program enrol <@U0PRIYA> mentor");
    CHECK(t.end(SIGTERM) == 0);
    CHECK(t.where_found("journal_broken").empty());

    sqlite3 *db = nullptr;
    REQUIRE(sqlite3_open((t.folder / "data/rapport.db").c_str(), &db) == SQLITE_OK);
    REQUIRE(sqlite3_exec(db, "UPDATE journal SET act = 'end' WHERE seq = (SELECT MAX(seq) FROM journal)",
                         nullptr, nullptr, nullptr) == SQLITE_OK);
    CHECK(sqlite3_changes(db) == 1);
    sqlite3_close(db);

    t.serve();
    const auto found = t.event("journal_broken");
    REQUIRE(found);
    CHECK(t.status("/metrics").find("rapport_journal_whole 0") != std::string::npos);
    CHECK(t.status("/readyz").find("200 OK") != std::string::npos); // people are served all the same
}

TEST_CASE("export answers beside a running service and without one") {
    town t;
    t.serve();
    CHECK(t.types("U0ANA", "/mentoring help").good());
    const auto ask = [&](const std::vector<std::string> &words, int expected) {
        std::vector<std::string> argv{RAPPORT_PROGRAM};
        argv.insert(argv.end(), words.begin(), words.end());
        child_process asking(argv, t.environment);
        CHECK(asking.wait() == expected);
        return asking.output();
    };
    const auto running = ask({"export", "--json", "--program", "starter"}, 0);
    CHECK(json::parse(running)["program"] == "starter");
    CHECK(ask({"export", "--person", "U0NOBODY"}, 1).find("nothing is kept") != std::string::npos);
    CHECK(t.end(SIGTERM) == 0);
    CHECK(ask({"export", "--json", "--program", "starter"}, 0) == running);
}

TEST_CASE(
    "a backup is made beside the running service, which answers meanwhile, and the copy is a database") {
    town t;
    t.serve();
    REQUIRE(t.types("U0COORD", "/program enrol @ana protege").good());
    const auto copy = (t.folder / "copy.db").string();
    child_process copying({RAPPORT_PROGRAM, "backup", copy}, t.environment);
    CHECK(t.types("U0COORD", "/program enrol @priya mentor").good());
    CHECK(copying.wait() == 0);
    CHECK(t.event("copied"));
    child_process again({RAPPORT_PROGRAM, "backup", copy}, t.environment);
    CHECK(again.wait() == 1);
    CHECK(again.output().find("is there already") != std::string::npos);
    CHECK(t.end(SIGTERM) == 0);

    auto from_copy = t.environment;
    from_copy["DATABASE_URL"] = "sqlite:" + copy;
    child_process asking({RAPPORT_PROGRAM, "export", "--json", "--person", "U0ANA"}, from_copy);
    CHECK(asking.wait() == 0);
    CHECK(json::parse(asking.output()).dump().find("U0ANA") != std::string::npos);

    child_process alone({RAPPORT_PROGRAM, "backup", (t.folder / "second.db").string()}, t.environment);
    CHECK(alone.wait() == 0); // nobody runs: the file is copied by the command itself
    CHECK(std::filesystem::exists(t.folder / "second.db"));
}

TEST_CASE("a list of people is imported beside a running service and without one, a dry run first",
          "[import]") {
    town t;
    t.serve();
    t.write("people.csv", "email,role\nkim@example.org,mentor\nnobody,mentor\n");
    const auto file = (t.folder / "people.csv").string();
    const auto ask = [&](const std::vector<std::string> &words, int expected) {
        std::vector<std::string> argv{RAPPORT_PROGRAM, "import", file, "--program"};
        argv.insert(argv.end(), words.begin(), words.end());
        child_process asking(argv, t.environment);
        CHECK(asking.wait() == expected);
        return asking.output();
    };
    const auto dry = ask({"starter", "--dry-run"}, 1);
    CHECK(dry.find("line 2: created kim@example.org: put on record; enrolled as mentor") !=
          std::string::npos);
    CHECK(dry.find("line 3: refused nobody: ") != std::string::npos);
    CHECK(dry.find("Dry run: nothing was saved.") != std::string::npos);
    CHECK(ask({"starter"}, 1).find("1 created, 0 changed, 0 same, 1 refused; 0 pairs. Saved.") !=
          std::string::npos);
    CHECK(ask({"elsewhere"}, 1).find("No program runs under that name.") != std::string::npos);
    CHECK(t.end(SIGTERM) == 0);
    t.write("people.csv", "email,role\nkim@example.org,mentor\n");
    CHECK(ask({"starter"}, 0).find("1 same, 0 refused") != std::string::npos);
    t.write("people.csv", "mail,role\nkim@example.org,mentor\n");
    CHECK(ask({"starter"}, 1).find("I know no column") != std::string::npos);
}

TEST_CASE("check finds nothing wrong with a good installation, and says what is wrong with a bad one") {
    town t;
    auto &good = t.start({"check"});
    CHECK(good.wait(std::chrono::seconds(90)) == 0);
    CHECK(good.output().find("WRONG") == std::string::npos);
    t.environment["SLACK_BOT_TOKEN"] = "xoxb-somebody-elses";
    auto &bad = t.start({"check", "--json"});
    CHECK(bad.wait(std::chrono::seconds(90)) == 1);
    const auto found = json::parse(bad.output());
    CHECK(found["good"] == false);
    CHECK(found.dump().find("bot token") != std::string::npos);
}

TEST_CASE("the manifest is printed, and the workspace takes it") {
    town t;
    auto &printing = t.start({"manifest"});
    CHECK(printing.wait() == 0);
    const auto printed = json::parse(printing.output());
    std::string wrong;
    t.place.with([&](workspace::platform &on) { wrong = on.app.take(printed); });
    CHECK(wrong.empty());
}

TEST_CASE("what is said in a conversation is in no file, log or metric; what is typed wrongly in no log or "
          "metric") {
    const std::string said = "zanzibar-canary-4711";
    const std::string typed = "marmalade-canary-4712";
    town t;
    t.serve();
    CHECK(t.says("U0ANA", "C0GENERAL", "psst " + said).good());
    CHECK(t.says("U0ANA", t.direct("U0ANA"), said).good());
    t.program().signal(SIGUSR1); // every level
    REQUIRE(t.event("level_switched"));
    CHECK(t.types("U0ANA", "/mentoring " + typed).good());
    CHECK(t.says("U0ANA", t.direct("U0ANA"), said).good());
    CHECK(t.types("U0ANA", "/mentoring help").good());
    const auto metrics = t.status("/metrics");
    CHECK(metrics.find("canary") == std::string::npos);
    t.program().kill(); // with whatever stands in the side log
    CHECK(t.where_found(said) == "");
    // the refusal that quotes it is kept until it is delivered, and nowhere else
    CHECK(t.where_found(typed).find("the log") == std::string::npos);
    CHECK(t.where_found("xoxb-local") == "");
    CHECK(t.where_found("xapp-1-local") == "");
}
