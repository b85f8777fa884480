// What is printed from the tables: the manual, the manifest, help; and the rules every row of ours keeps.
#include "handlers/help.hpp"
#include "handlers/manual.hpp"
#include "handlers/surface/manifest.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/office.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace rapport;
using rapport::tests::matches_golden;
using rapport::tests::office;

namespace {

result<answer> nothing(desk &) {
    return silence();
}
constexpr command_row commands[] = {
    {command_name::milestone, "", "", "The list.", permission::paired, to_all, nothing, ""},
    {command_name::milestone, "log", "<how:call|email> [by <date>]", "Log.", permission::paired, to_all,
     nothing, "log call"},
    {command_name::milestone, "odd", "", "Seldom.", permission::paired, to_nobody, nothing, "odd"}};
constexpr shortcut_row shortcuts[] = {{shortcut_kind::message, "pick", "Make this a milestone",
                                       "From a message.", permission::paired, nothing}};
constexpr event_row events[] = {{"home", "app_home_opened", "", false, nothing},
                                {"message", "message.mpim", "mpim:history", true, nothing},
                                {"person", "team_join user_change", "users:read", false, nothing}};
constexpr tables rows{commands, {}, {}, shortcuts, events, {}};
const manifest_wants wants{{"chat:write", "users:read"}, {"app_uninstalled"}, true};

} // namespace

TEST_CASE("the manual in docs/ is what the tables say") {
    matches_golden("docs/manual.md", manual());
}

TEST_CASE("the manifest is what the tables say") {
    matches_golden("tests/golden/manifest.json", manifest({}));
}

TEST_CASE("help is what the tables say, for everybody and every command") {
    std::string all;
    office o;
    for (const auto *who : {"zed", "sam", "ana", "priya", "noor", "olive"})
        for (const auto &[command, word] : command_name_words)
            for (const auto *how : {"help", "help all"})
                all += std::string("--- ") + who + ": " + o.here.names.line(command, how) + "\n" +
                       o.says(who, o.here.names.line(command, how)).text + "\n\n";
    matches_golden("tests/golden/help.txt", all);
}

TEST_CASE("a manifest holds the commands, shortcuts, scopes and events of the tables") {
    const auto j = nlohmann::json::parse(manifest(wants, rows));
    const auto &c = j["features"]["slash_commands"];
    REQUIRE(c.size() == 1);
    CHECK(c[0]["command"] == "/milestone");
    CHECK(c[0]["should_escape"] == true);
    CHECK(c[0]["usage_hint"] == "log | help");
    CHECK(j["features"]["shortcuts"][0]["type"] == "message");
    CHECK(j["oauth_config"]["scopes"]["bot"] ==
          nlohmann::json({"chat:write", "commands", "mpim:history", "users:read"}));
    CHECK(j["settings"]["event_subscriptions"]["bot_events"] ==
          nlohmann::json({"app_home_opened", "app_uninstalled", "message.mpim", "team_join", "user_change"}));
    CHECK(j["settings"]["socket_mode_enabled"] == true);
    CHECK_FALSE(j["settings"]["interactivity"].contains("request_url"));
}

TEST_CASE("a manifest of programs that never listen has no message event and no history scope") {
    auto deaf = wants;
    deaf.listens = false;
    const auto text = manifest(deaf, rows);
    CHECK(text.find("message.mpim") == std::string::npos);
    CHECK(text.find(":history") == std::string::npos);
}

TEST_CASE("renamed commands are in the manual and the manifest by their new names") {
    command_names names;
    REQUIRE(names.rename(command_name::milestone, "/steps"));
    CHECK(manual(rows, names)
              .find("| `/steps log <call\\|email> [by <date>]` | Log. | people in a pair | `/steps log "
                    "call` |") != std::string::npos);
    CHECK(manifest(wants, rows, names).find("\"/steps\"") != std::string::npos);
    CHECK(manifest(wants, rows, names).find("/milestone") == std::string::npos);
}

TEST_CASE("a manifest the platform would refuse is a bug") {
    surface::app_manifest m{"Rapport", "d", std::string(175, 'x'), "#24505e", "Rapport", {}, {}, {}, {}};
    CHECK_NOTHROW(to_json(m));
    auto refused = [&](auto change) {
        auto bad = m;
        change(bad);
        CHECK_THROWS_AS(to_json(bad), std::logic_error);
    };
    refused([](auto &b) { b.name = std::string(36, 'x'); });
    refused([](auto &b) { b.description = ""; });
    refused([](auto &b) { b.long_description.pop_back(); });
    refused([](auto &b) { b.commands = {{"/x", "", ""}}; });
    refused([](auto &b) { b.shortcuts = {{std::string(25, 'x'), "global", "c", "d"}}; });
    refused([](auto &b) { b.shortcuts = {11, {"n", "global", "c", "d"}}; });
}

TEST_CASE("every example of our tables is understood by dispatch as its own row, in full") {
    const auto &ours = the_tables();
    for (const auto &row : ours.commands) {
        CAPTURE(row.example);
        std::string words;
        for (const char c : example_words(row)) // "@ana" arrives as a mention
            words += c == '@' ? std::string("<@U0") : std::string(1, c);
        for (std::size_t at = words.find("<@U0"); at != std::string::npos; at = words.find("<@U0", at + 1)) {
            auto end = words.find(' ', at);
            end = end == std::string::npos ? words.size() : end;
            for (auto i = at + 4; i < end; ++i)
                words[i] =
                    words[i] >= 'a' && words[i] <= 'z' ? static_cast<char>(words[i] - 'a' + 'A') : words[i];
            words.insert(end, ">");
        }
        const auto here = *zone::named("Europe/London");
        const auto read =
            parse(row.words, words, {"", "", here.at(date::year{2026} / 11 / 2, hours{10}), here});
        if (!read)
            FAIL_CHECK(row.example << ": " << read.error().wrong);
    }
}

TEST_CASE("shortcuts of our tables keep the platform's lengths") {
    for (const auto &row : the_tables().shortcuts) {
        CHECK(row.name.size() <= 24);
        CHECK(row.does.size() <= 150);
    }
}
