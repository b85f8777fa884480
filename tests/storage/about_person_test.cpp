// No table is forgotten when somebody asks what is kept about them: each is read for them, or is named with
// those that are given in another way or name nobody.
#include "storage/about_person.hpp"
#include "storage/journal.hpp"
#include "storage/migrations.hpp"
#include "tests/storage/scratch.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <regex>
#include <set>

using namespace rapport;

namespace {

// The tables the schema makes, later ones that were dropped or renamed left aside.
std::set<std::string> tables_of_schema() {
    std::set<std::string> all;
    const std::regex made("CREATE TABLE ([a-z_]+)");
    for (const auto &each : storage::shipped_migrations()) {
        const std::string sql(each.sql);
        for (auto found = std::sregex_iterator(sql.begin(), sql.end(), made); found != std::sregex_iterator();
             ++found)
            all.insert((*found)[1]);
    }
    return all;
}

} // namespace

TEST_CASE("every table of the schema is read for the person who asks, or named as one that is not") {
    for (const auto &table : tables_of_schema()) {
        INFO("add a statement for it to storage/about_person.cpp: " << table);
        CHECK(storage::is_told_of(table));
    }
}

TEST_CASE("what is read about a person runs on both engines, newest first") {
    for (const auto &engine : storage::engines()) {
        storage::scratch_database database(engine);
        const auto store = storage::open_inline_store(database.settings());
        const team_id team{"T1"};
        const person_id ana{"01ARZ3NDEKTSV4RRFFQ69G5FAV"};
        const auto wrote = store->write_and_wait({"test"}, [&](storage::session &db) {
            storage::journal journal(db);
            for (int day = 1; day <= 2; ++day)
                journal.append(team, {.at = instant{milliseconds{day}},
                                      .actor = ana.str(),
                                      .act = "enrol",
                                      .subject_kind = "person",
                                      .subject = "somebody",
                                      .detail = "not given"});
            return storage::kept_about(db, team, ana);
        });
        REQUIRE(wrote.has_value());
        REQUIRE(wrote->size() == 2);
        CHECK((*wrote)[0] ==
              storage::kept_fact{"journal", "enrol", "person", "", instant{milliseconds{2}}, {}});
        CHECK((*wrote)[1].at == instant{milliseconds{1}});
        store->stop();
    }
}
