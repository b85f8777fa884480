// Our own ids: length, order, no repeats, same seed same ids.
#include "mentoring/ids.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace rapport;

TEST_CASE("an id has 26 characters and ids of one source only grow, even when the clock goes back") {
    id_source ids(7);
    std::string last;
    std::set<std::string> seen;
    for (int i = 0; i < 5000; ++i) {
        const instant now{milliseconds{1'790'000'000'000 + (i % 3 == 0 ? i / 100 : -i)}};
        auto id = ids.next(now);
        REQUIRE(id.size() == 26);
        REQUIRE(id.find_first_of("ILOU") == std::string::npos);
        REQUIRE(id > last);
        seen.insert(id);
        last = id;
    }
    CHECK(seen.size() == 5000);
}

TEST_CASE("the same seed gives the same ids, another seed others") {
    const instant now{milliseconds{1'790'000'000'000}};
    CHECK(id_source(1).next(now) == id_source(1).next(now));
    CHECK(id_source(1).next(now) != id_source(2).next(now));
    CHECK(id_source().next(now) != id_source().next(now));
}
