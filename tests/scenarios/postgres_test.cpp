// The main job on PostgreSQL, from outside: enrolled, paired, recorded, killed, nudged and settled, with the
// address of the database in the environment. Skipped, and said so, where no server is named.
#include "tests/scenarios/pair_in_town.hpp"

#include <catch2/catch.hpp>
#include <libpq-fe.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <unistd.h>

using namespace rapport::tests;

namespace {

const char *server() {
    const char *named = std::getenv("RAPPORT_TEST_POSTGRES");
    return named != nullptr && *named != 0 ? named : nullptr;
}

// A schema of this test's own, gone with it.
class schema {
    std::string name_ = "town" + std::to_string(::getpid());

    static void tell(const std::string &sql) {
        PGconn *link = PQconnectdb(server());
        PGresult *done = PQexec(link, sql.c_str());
        const bool fine = PQresultStatus(done) == PGRES_COMMAND_OK;
        const std::string why = PQerrorMessage(link);
        PQclear(done);
        PQfinish(link);
        if (!fine)
            FAIL(sql << ": " << why);
    }

  public:
    schema() {
        tell("CREATE SCHEMA " + name_);
    }
    ~schema() {
        tell("SET client_min_messages = warning; DROP SCHEMA " + name_ + " CASCADE");
    }
    // As an operator would write it, out of the words the test's server is named by.
    std::string address() const {
        std::map<std::string, std::string> known;
        auto *const all = PQconninfoParse(server(), nullptr);
        for (const auto *each = all; each != nullptr && each->keyword != nullptr; ++each)
            if (each->val != nullptr)
                known[each->keyword] = each->val;
        PQconninfoFree(all);
        return "postgres://" + known["user"] + "@/" + known["dbname"] + "?host=" + known["host"] +
               "&options=-c%20search_path%3D" + name_;
    }
};

} // namespace

TEST_CASE("on PostgreSQL a pair is enrolled, paired, recorded, killed, nudged on day three and settled") {
    if (server() == nullptr) {
        std::puts("skipped: the main job on PostgreSQL (RAPPORT_TEST_POSTGRES is not set; run "
                  "tests/support/with_postgres COMMAND)");
        return;
    }
    const std::string said = "zanzibar-canary-4714";
    const schema own;
    pair_in_town t(own.address());
    CHECK_FALSE(std::filesystem::exists(t.folder / "data" / "rapport.db"));
    REQUIRE(t.types("U0ANA", "/checkin All well").good());
    REQUIRE(t.types("U0ANA", "/milestone add Draft resume by 1 Dec 2027").good());
    t.program().kill();
    t.serve();
    CHECK(t.types("U0ANA", "/milestone").seen.dump().find("Draft resume") != std::string::npos);

    REQUIRE(t.says("U0ANA", t.conversation, said).good());
    const auto nudge = t.pass_until("U0PRIYA", "Ana has been waiting", 42);
    INFO(t.program().output());
    REQUIRE(nudge);
    CHECK_FALSE(holds(*nudge, said));
    workspace::spot where;
    where.channel = t.direct("U0PRIYA");
    where.ts = (*nudge)["ts"];
    const auto settle = action_in(*nudge, "nudge.elsewhere");
    REQUIRE_FALSE(settle.empty());
    CHECK(t.presses("U0PRIYA", where, settle).good());
    const auto ts = where.ts;
    CHECK(t.message("U0PRIYA", where.channel, [&](const json &one) {
        return one.value("ts", "") == ts && action_in(one, "nudge.elsewhere").empty();
    }));
    CHECK(t.where_found(said) == "");
    CHECK(t.end(SIGTERM) == 0);

    child_process copying({RAPPORT_PROGRAM, "backup", (t.folder / "copy").string()}, t.environment);
    CHECK(copying.wait() == 1);
    CHECK(copying.output().find("pg_dump") != std::string::npos);
}
