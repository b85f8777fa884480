// Policies by program and version: the newest is in force, an old occasion keeps its own.
#include "mentoring/policies.hpp"

#include <catch2/catch.hpp>

using namespace rapport;

namespace {

program called(const char *slug, const char *purpose) {
    program one;
    one.slug = program_slug{slug};
    one.purpose = purpose;
    return one;
}

} // namespace

TEST_CASE("the highest version is in force, in whatever order the versions came") {
    policies all;
    all.add(2, called("emap", "second"));
    all.add(1, called("emap", "first"));
    CHECK(all.of(program_slug{"emap"}).purpose == "second");
    CHECK(all.version_of(program_slug{"emap"}) == 2);
    CHECK(all.of(program_slug{"emap"}, 1).purpose == "first");
    CHECK(all.of(program_slug{"emap"}, 9).purpose == "second");
}

TEST_CASE("a program that is not run here is none, and asking for its rules is a bug") {
    policies all;
    all.add(1, called("emap", "first"));
    CHECK(all.find(program_slug{"sloan"}) == nullptr);
    CHECK(all.version_of(program_slug{"sloan"}) == 0);
    CHECK_THROWS_AS(all.of(program_slug{"sloan"}), std::logic_error);
    CHECK(all.slugs() == std::vector{program_slug{"emap"}});
}
