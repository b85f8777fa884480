// The command line: what is understood, and how wrong usage is answered.
#include "bot/command_line.hpp"

#include <catch2/catch.hpp>

#include <sstream>

using namespace rapport::bot;

namespace {

struct read_line {
    std::ostringstream out, err;
    int status = -1;
    std::optional<asked_for> asked;

    explicit read_line(std::vector<const char *> words) {
        words.insert(words.begin(), "rapport");
        asked = read_command_line(static_cast<int>(words.size()), words.data(), out, err, status);
    }
    template <class Verb>
    const Verb &as() const {
        REQUIRE(asked);
        return std::get<Verb>(asked->what);
    }
};

} // namespace

TEST_CASE("the verbs are read with their options, the settings file before or after them") {
    CHECK(std::holds_alternative<verb::serve>(read_line({"serve"}).asked->what));
    CHECK(read_line({"--config", "a.toml", "serve"}).asked->config == "a.toml");
    CHECK(read_line({"serve", "--config", "a.toml"}).asked->config == "a.toml");
    CHECK_FALSE(read_line({"check"}).as<verb::check>().json);
    CHECK(read_line({"check", "--json"}).as<verb::check>().json);
    CHECK(std::holds_alternative<verb::manifest>(read_line({"manifest"}).asked->what));
    CHECK(read_line({"policy", "check", "a.toml", "b.toml"}).as<verb::policy_check>().files.size() == 2);
    CHECK(read_line({"policy", "explain", "a.toml"}).as<verb::policy_explain>().file == "a.toml");
    CHECK(read_line({"policy", "diff", "a.toml", "b.toml"}).as<verb::policy_diff>().after == "b.toml");
    CHECK(read_line({"policy", "dryrun", "a.toml"}).as<verb::policy_apply>().dry);
    const read_line later({"policy", "apply", "a.toml", "--from", "2026-12-01"});
    CHECK(later.as<verb::policy_apply>().file == "a.toml");
    CHECK(later.as<verb::policy_apply>().from == "2026-12-01");
    CHECK_FALSE(later.as<verb::policy_apply>().dry);
    CHECK(read_line({"export", "--json", "--person", "U1"}).as<verb::export_facts>().person == "U1");
    CHECK(read_line({"export", "--program", "emap"}).as<verb::export_facts>().program == "emap");
    const auto import = read_line({"import", "people.csv", "--program", "emap", "--dry-run"});
    CHECK(import.as<verb::import_people>().files == std::vector<std::string>{"people.csv"});
    CHECK(import.as<verb::import_people>().program == "emap");
    CHECK(import.as<verb::import_people>().dry_run);
    const auto words = read_line({"import", "Profile.csv", "Skills.csv", "--profile", "U0ANA"});
    CHECK(words.as<verb::import_people>().files.size() == 2);
    CHECK(words.as<verb::import_people>().profile == "U0ANA");
    CHECK(read_line({"import", "a.csv", "--profile", "U0ANA", "--program", "emap"}).status == 2);
    CHECK(read_line({"import", "a.csv"}).status == 2);
}

TEST_CASE("help and version are answered on standard output with status 0, for every verb") {
    for (const auto &words : std::vector<std::vector<const char *>>{{"--help"},
                                                                    {"--version"},
                                                                    {"serve", "--help"},
                                                                    {"check", "--help"},
                                                                    {"policy", "--help"},
                                                                    {"policy", "diff", "--help"},
                                                                    {"import", "--help"},
                                                                    {"policy", "apply", "--help"},
                                                                    {"export", "--help"}}) {
        const read_line line(words);
        INFO(words.front());
        CHECK_FALSE(line.asked);
        CHECK(line.status == 0);
        CHECK(line.out.str().size() > 10);
        CHECK(line.err.str().empty());
    }
    CHECK(read_line({"--version"}).out.str().starts_with("rapport "));
}

TEST_CASE("wrong usage is status 2 and says on standard error what is right") {
    for (const auto &words :
         std::vector<std::vector<const char *>>{{},
                                                {"sreve"},
                                                {"serve", "--port", "1"},
                                                {"policy"},
                                                {"policy", "check"},
                                                {"policy", "diff", "a.toml"},
                                                {"export"},
                                                {"export", "--person", "U1", "--program", "emap"},
                                                {"import"},
                                                {"import", "people.csv"},
                                                {"import", "--program", "emap"},
                                                {"--config"}}) {
        const read_line line(words);
        CHECK_FALSE(line.asked);
        CHECK(line.status == 2);
        CHECK(line.out.str().empty());
        CHECK(line.err.str().find("rapport --help") != std::string::npos);
    }
}
