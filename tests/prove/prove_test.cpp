// The short form of every ingredient: the real program keeps its promises, and the program with the planted
// bug is caught.
#include "tests/prove/ingredient.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace rapport::prove;

namespace {

std::string told(const piece &made) {
    std::string all = "seed " + std::to_string(made.seed) + ", " + std::to_string(made.trials) + " trials, " +
                      std::to_string(made.hits) + " faults struck";
    for (const auto &[name, count] : made.counted)
        all += ", " + name + " " + std::to_string(count);
    for (const auto &one : made.broken)
        all += "\n  " + one;
    return all;
}

const ingredient &named(const std::string &name) {
    for (const auto &each : ingredients())
        if (each.name == name)
            return each;
    throw std::logic_error("no ingredient " + name);
}

// Faults the rig itself reports are no catch.
bool caught(const piece &made) {
    for (const auto &one : made.broken)
        if (!one.starts_with("the rig:"))
            return true;
    return false;
}

void keeps_its_promises(const std::string &name) {
    const auto &what = named(name);
    const auto made = run_piece(what, std::random_device{}(), what.in_tests);
    INFO(told(made));
    CHECK(made.broken.empty());
    CHECK(made.hits > 0);
}

void catches_the_bug(const std::string &name) {
    const auto &what = named(name);
    const auto made = run_piece(what, std::random_device{}(), what.to_catch, std::string(what.planted));
    INFO(told(made));
    CHECK(caught(made));
}

} // namespace

TEST_CASE("killed at an exact place between a command and its acknowledgement, it keeps its word") {
    keeps_its_promises("exact kills");
}

TEST_CASE("exact kills catch an acknowledgement before the commit") {
    catches_the_bug("exact kills");
}

TEST_CASE("killed anywhere under load, it keeps its word") {
    keeps_its_promises("kills under load");
}

TEST_CASE("kills under load catch an acknowledgement before the commit") {
    catches_the_bug("kills under load");
}

TEST_CASE("delivered again and again, in any order and after a restart, every line has one effect") {
    keeps_its_promises("redelivery");
}

TEST_CASE("redelivery catches a program that takes every delivery for the first") {
    catches_the_bug("redelivery");
}

TEST_CASE("what is said in a pair's conversation is found nowhere, nor are the tokens") {
    keeps_its_promises("canaries");
}

TEST_CASE("canaries catch a program that prints what comes in") {
    catches_the_bug("canaries");
}

TEST_CASE("killed before any single call of a transaction or of a life, nothing is half done") {
    keeps_its_promises("every boundary");
}

TEST_CASE("boundaries catch an act that is kept without its answer") {
    catches_the_bug("every boundary");
}

TEST_CASE(
    "with the disk full, broken, short or slow nothing is confirmed that is not saved, and it works again") {
    keeps_its_promises("disk trouble");
}

TEST_CASE("disk trouble catches a program that does not listen to the disk") {
    catches_the_bug("disk trouble");
}
