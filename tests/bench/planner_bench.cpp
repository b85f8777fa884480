// What a look of the planner costs when nothing is due, with a thousand, a hundred thousand and a million
// pairs: it must not depend on how many there are. SQLite in a folder below the current one; PostgreSQL where
// RAPPORT_TEST_POSTGRES names a server.
#include "handlers/desk.hpp"
#include "handlers/nudging.hpp"
#include "storage/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

using namespace rapport;
using namespace rapport::storage;

namespace {

constexpr instant monday{milliseconds{1'762'164'000'000}};
constexpr int looks = 201;

// Ids are 26 characters; a mentor is any of 1,000 people, a protégé any of another 1,000.
constexpr command<> people_sql{
    "bench.people",
    "INSERT INTO person (team, id, slack, name, state, guest, created_at) "
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1999) "
    "SELECT 'T0BENCH', '0000000000000000000' || CAST(1000000 + i AS TEXT), 'U' || CAST(1000000 + i AS TEXT), "
    "'Somebody', 'active', 0, 0 FROM n"};
constexpr command<> program_sql{
    "bench.program",
    "INSERT INTO program (team, slug, version, opened_at) VALUES ('T0BENCH', 'bench', 1, 0)"};
constexpr command<> term_sql{"bench.term",
                             "INSERT INTO term (team, id, program, name, state, opens_at) "
                             "VALUES ('T0BENCH', '00000000000000000000000001', 'bench', 'all', 'open', 0)"};
constexpr command<std::int64_t, std::int64_t, std::int64_t> pairs_sql{
    "bench.pairs",
    "INSERT INTO pair (team, id, program, term, mentor, protege, state, began_at, talks_elsewhere, "
    "milestones, "
    "look_again_at) "
    "WITH RECURSIVE n(i) AS (SELECT $1 UNION ALL SELECT i + 1 FROM n WHERE i < $2 - 1) "
    "SELECT 'T0BENCH', '0000000000000000000' || CAST(1000000 + i AS TEXT), 'bench', "
    "'00000000000000000000000001', '0000000000000000000' || CAST(1000000 + i / 1000 AS TEXT), "
    "'0000000000000000000' || CAST(1001000 + i % 1000 AS TEXT), 'open', 0, 0, 0, $3 + i FROM n"};
constexpr command<> clear_pairs{"bench.clear", "DELETE FROM pair WHERE team = 'T0BENCH'"};
constexpr command<> clear_terms{"bench.clear", "DELETE FROM term WHERE team = 'T0BENCH'"};
constexpr command<> clear_programs{"bench.clear", "DELETE FROM program WHERE team = 'T0BENCH'"};
constexpr command<> clear_people{"bench.clear", "DELETE FROM person WHERE team = 'T0BENCH'"};

template <class Work>
auto must(store &db, Work work) {
    return db.write_and_wait({"bench", isolation::read_committed, seconds{600}}, std::move(work)).value();
}

void clear(store &db) {
    must(db, [](session &s) {
        s.run(clear_pairs);
        s.run(clear_terms);
        s.run(clear_programs);
        s.run(clear_people);
    });
}

// Microseconds of one look at the median, as the planner's unit makes it.
double look_us(store &db) {
    const house nobody;
    std::vector<double> took;
    for (int n = 0; n < looks; ++n)
        must(db, [&](session &s) {
            id_source ids;
            const auto from = std::chrono::steady_clock::now();
            const auto made = plan(s, ids, nobody, monday, 200);
            const auto next = next_due(s);
            took.push_back(
                std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - from).count());
            if (made.pairs != 0 || !next)
                throw std::logic_error("something was due, or nothing ever will be");
        });
    std::nth_element(took.begin(), took.begin() + looks / 2, took.end());
    return took[looks / 2];
}

void measure(const std::string &engine, store_settings how) {
    const auto db = open_store(std::move(how));
    clear(*db);
    must(*db, [](session &s) {
        s.run(people_sql);
        s.run(program_sql);
        s.run(term_sql);
    });
    std::vector<double> each;
    std::int64_t there = 0;
    for (const std::int64_t wanted : {1'000, 100'000, 1'000'000}) {
        for (; there < wanted; there += std::min<std::int64_t>(50'000, wanted - there))
            must(*db, [&](session &s) {
                s.run(pairs_sql, there, std::min(there + 50'000, wanted),
                      (monday + days{1}).time_since_epoch().count());
            });
        each.push_back(look_us(*db));
    }
    fmt::print("{}: a look of the planner with none due: {:.1f} us with 1,000 pairs, {:.1f} us with 100,000, "
               "{:.1f} us with 1,000,000; ratio {:.2f}\n",
               engine, each[0], each[1], each[2], each[2] / each[0]);
    clear(*db);
}

} // namespace

int main() {
    const auto folder = std::filesystem::current_path() / "bench-planner";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    store_settings how;
    how.opened_at = monday;
    how.database = "sqlite:" + (folder / "bench.db").string();
    measure("sqlite", how);
    std::filesystem::remove_all(folder);
    if (const char *server = std::getenv("RAPPORT_TEST_POSTGRES"); server && *server) {
        how.database = std::string("postgres:") + server;
        measure("postgres", how);
    } else
        fmt::print("postgres: skipped (RAPPORT_TEST_POSTGRES is not set; run tests/support/with_postgres)\n");
}
