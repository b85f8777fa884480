// What anyone who opens a file may expect: it says what it is, and it is called what it does.
#include "tests/checks/source_tree.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <regex>

using namespace rapport::checks;

namespace {

bool opens_with_a_sentence(const source_file &file) {
    return file.text.starts_with("// ") && file.text.find('.') != std::string::npos;
}

bool named_well(const std::string &path) {
    static const std::regex shape(R"(([a-z0-9_]+/)*[a-z0-9_]+\.(hpp|cpp))");
    static const std::regex vague(R"((^|[/_])(utils?|managers?|helpers?|impl|common|misc)([/_.]))");
    return std::regex_match(path, shape) && !std::regex_search(path, vague);
}

} // namespace

TEST_CASE("every file opens by saying what it is") {
    for (const auto &file : source_files())
        if (!opens_with_a_sentence(file))
            FAIL_CHECK(file.path + " does not open with a sentence");
}

TEST_CASE("every file has a name of the field, in snake case") {
    for (const auto &file : source_files())
        if (!named_well(file.path))
            FAIL_CHECK(file.path);
    CHECK_FALSE(named_well("bot/utils.cpp"));
    CHECK_FALSE(named_well("bot/SlackClient.cpp"));
    CHECK_FALSE(named_well("handlers/nudge_helper.hpp"));
    CHECK(named_well("bot/slack/link.cpp"));
}

TEST_CASE("every header is guarded by pragma once") {
    for (const auto &file : source_files())
        if (file.path.ends_with(".hpp") && file.text.find("\n#pragma once\n") == std::string::npos)
            FAIL_CHECK(file.path);
}

TEST_CASE("there is no folder for what has no place") {
    for (const auto *vague : {"src", "include", "common", "util", "core", "third_party"})
        CHECK_FALSE(std::filesystem::exists(vague));
}

TEST_CASE("no source file sleeps to wait for something, in tests or elsewhere") {
    for (const auto &file : source_files()) {
        if (file.path.starts_with("tests/checks/"))
            continue;
        const auto code = code_only(file.text);
        if (code.find("sleep_for") != std::string::npos || code.find("usleep") != std::string::npos)
            FAIL_CHECK(file.path);
    }
}
