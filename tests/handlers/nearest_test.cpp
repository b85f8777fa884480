// The word somebody probably meant.
#include "handlers/nearest.hpp"

#include <catch2/catch.hpp>

#include <string>

using rapport::nearest;

TEST_CASE("letters left out, put in, changed or swapped, and beginnings, find their word") {
    const std::string_view verbs[] = {"add", "done", "reopen", "edit", "move", "drop", "in-person"};
    CHECK(nearest("ad", verbs) == "add");
    CHECK(nearest("addd", verbs) == "add");
    CHECK(nearest("dnoe", verbs) == "done");
    CHECK(nearest("REOPEN", verbs) == "reopen");
    CHECK(nearest("reo", verbs) == "reopen");
    CHECK(nearest("rmeopn", verbs) == "reopen");
    CHECK(nearest("dorp", verbs) == "drop");
    CHECK(nearest("zebra", verbs).empty());
    CHECK(nearest("x", verbs).empty());
    CHECK(nearest("", verbs).empty());
    CHECK(nearest(std::string(40'000, 'a'), verbs).empty());
    CHECK(nearest("add", {}).empty());
}
