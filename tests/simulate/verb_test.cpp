// `rapport simulate` as it is typed: what cannot be played is said, with status 2; what was played is told on
// standard output.
#include "bot/verbs.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <sstream>
#include <vector>

using namespace rapport;

namespace {

struct heard {
    int status = 0;
    std::string out, err;
};

heard typed(std::vector<const char *> words) {
    words.insert(words.begin(), {"rapport", "simulate"});
    std::ostringstream out, err;
    heard made;
    const auto asked =
        bot::read_command_line(static_cast<int>(words.size()), words.data(), out, err, made.status);
    if (asked)
        made.status =
            bot::run(*asked, {[](const std::string &) { return std::optional<std::string>(); }, out, err});
    made.out = out.str();
    made.err = err.str();
    return made;
}

constexpr auto starter = "config/programs/starter.toml";

} // namespace

TEST_CASE("what cannot be played is said, and how it is right, with status 2") {
    const std::vector<std::pair<std::vector<const char *>, std::string>> all = {
        {{}, "Name one policy file"},
        {{starter, "--compare", starter, starter}, "Name one policy file"},
        {{"no-such-file.toml"}, "no-such-file.toml"},
        {{starter, "--sed", "1"}, "--sed"},
        {{starter, "--seed", "one"}, "--seed one: not a whole number"},
        {{starter, "--people", "0"}, "--people 0: not a whole number from 2 to 20000"},
        {{starter, "--people", "1000000"}, "--people 1000000: not a whole number from 2 to 20000"},
        {{starter, "--people", "7"}, "give an even number"},
        {{starter, "--from", "2026-02-30"}, "--from 2026-02-30: not a day"},
        {{starter, "--from", "2027-01-01", "--to", "2026-12-31"}, "is after"},
        {{starter, "--from", "2026-01-01", "--to", "2036-12-31"}, "three years at most"},
        {{"--compare", starter, starter, "--html", "x.html"}, "--compare tells what differs"},
    };
    for (const auto &[words, says] : all) {
        const auto made = typed(words);
        INFO(made.err);
        CHECK(made.status == bot::usage_status);
        CHECK(made.err.find(says) != std::string::npos);
        CHECK(made.out.empty());
    }
}

TEST_CASE("a play is told as JSON where a script asks, and as one person's days") {
    const auto json = typed({starter, "--people", "4", "--to", "2026-10-15", "--json"});
    CHECK(json.status == bot::done_status);
    CHECK(nlohmann::json::parse(json.out)["people"] == 4);
    const auto days = typed({starter, "--people", "4", "--to", "2026-10-15", "--transcript", "P001"});
    CHECK(days.status == bot::done_status);
    CHECK(days.out.find("Ana P001\n") != std::string::npos);
    CHECK(days.out.find("reads: ") != std::string::npos);
    const auto nobody = typed({starter, "--people", "4", "--to", "2026-09-15", "--transcript", "Zed"});
    CHECK(nobody.err.find("nobody here is called Zed") != std::string::npos);
}
