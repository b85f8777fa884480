// The page of promises is made from the records and says what they say.
#include "tests/prove/records.hpp"
#include "tests/support/golden.hpp"

#include <catch2/catch.hpp>

using namespace rapport::prove;

namespace {

const std::vector<ingredient> one_force{{.name = "storms",
                                         .promises = "P0",
                                         .force = "it rains",
                                         .planted = "no_roof",
                                         .bug = "has no roof",
                                         .in_tests = 1,
                                         .to_catch = 1,
                                         .in_a_piece = 1,
                                         .run = nullptr}};

record storm(std::int64_t hits, std::int64_t broken, bool planted = false) {
    record made;
    made.on = "2026-11-21";
    made.commit = "abc";
    made.ingredient = "storms";
    made.seed = 7;
    made.planted = planted;
    made.trials = hits;
    made.hits = hits;
    made.broken = broken;
    made.counted = {{"wet_feet", 2}};
    return made;
}

} // namespace

TEST_CASE("a record reads back as it was written") {
    const auto made = storm(1234, 5);
    const auto again = read_record(line_of(made));
    CHECK(line_of(again) == line_of(made));
    CHECK(again.hits == 1234);
    CHECK(again.counted.at("wet_feet") == 2);
    CHECK_THROWS_AS(read_record("{\"on\":\"2026-11-21\"}"), std::runtime_error);
    CHECK_THROWS_AS(read_record("gone"), std::runtime_error);
}

TEST_CASE("nothing broken in N faults is told as the bound that gives, something broken as what it is") {
    const auto sound =
        page_of(one_force, {storm(1000, 0), storm(500, 0), storm(1, 3, true), storm(1, 0, true)});
    CHECK(sound.find("| storms | P0 | 1,500 | 0 | under 0.2 % | 1 of 2 times |") != std::string::npos);
    CHECK(sound.find("wet feet 4") != std::string::npos);
    CHECK(sound.find("2 pieces, 2026-11-21, of 1 commit") != std::string::npos);
    const auto broken = page_of(one_force, {storm(1000, 0), storm(500, 2)});
    CHECK(broken.find("| 1,500 | 2 | **2 broken** | not recorded |") != std::string::npos);
    CHECK(page_of(one_force, {}).find("| 0 | 0 | nothing yet | not recorded |") != std::string::npos);
}

TEST_CASE("docs/promises.md is what the committed records say") {
    const auto records = read_records(records_folder);
    CHECK_FALSE(records.empty());
    rapport::tests::matches_golden(promises_page, page_of(ingredients(), records));
}
