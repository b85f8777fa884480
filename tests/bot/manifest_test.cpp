// The manifest against the platform's published schema (our own table of its constraints), and against what
// the program really uses: no command, event or scope without a row it comes from, and none of those left
// out.
#include "bot/check_platform.hpp"
#include "bot/installation.hpp"
#include "handlers/registry.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

using namespace rapport;
using nlohmann::json;

namespace {

enum class is { object, array, text, truth, whole };

// One key of the schema. `least` and `most`: characters of a text, entries of an array. `needed`: its object
// must have it. `shape`: a pattern the text must match, an enumeration among them.
struct constraint {
    std::string_view path;
    is kind;
    std::size_t least = 0, most = 1'000'000;
    bool needed = false;
    std::string_view shape = {};
};

// Schema 2 of app manifests, the part an app like ours can have. "[]": the entries of an array.
constexpr constraint schema[] = {
    {"", is::object},
    {"._metadata", is::object},
    {"._metadata.major_version", is::whole},
    {"._metadata.minor_version", is::whole},
    {".display_information", is::object, 0, 0, true},
    {".display_information.name", is::text, 1, 35, true},
    {".display_information.description", is::text, 1, 140},
    {".display_information.long_description", is::text, 175, 4000},
    {".display_information.background_color", is::text, 4, 7, false, "#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})"},
    {".features", is::object},
    {".features.app_home", is::object},
    {".features.app_home.home_tab_enabled", is::truth},
    {".features.app_home.messages_tab_enabled", is::truth},
    {".features.app_home.messages_tab_read_only_enabled", is::truth},
    {".features.bot_user", is::object},
    {".features.bot_user.display_name", is::text, 1, 80, true},
    {".features.bot_user.always_online", is::truth},
    {".features.shortcuts", is::array, 1, 10},
    {".features.shortcuts[]", is::object},
    {".features.shortcuts[].name", is::text, 1, 24, true},
    {".features.shortcuts[].type", is::text, 1, 7, true, "message|global"},
    {".features.shortcuts[].callback_id", is::text, 1, 255, true},
    {".features.shortcuts[].description", is::text, 1, 150, true},
    {".features.slash_commands", is::array, 1, 50},
    {".features.slash_commands[]", is::object},
    {".features.slash_commands[].command", is::text, 2, 32, true, "/[^ ]*"},
    {".features.slash_commands[].description", is::text, 1, 2000, true},
    {".features.slash_commands[].usage_hint", is::text, 1, 1000},
    {".features.slash_commands[].should_escape", is::truth},
    {".oauth_config", is::object},
    {".oauth_config.scopes", is::object},
    {".oauth_config.scopes.bot", is::array, 0, 255},
    {".oauth_config.scopes.bot[]", is::text, 1, 50},
    {".settings", is::object},
    {".settings.event_subscriptions", is::object},
    {".settings.event_subscriptions.bot_events", is::array, 0, 100},
    {".settings.event_subscriptions.bot_events[]", is::text, 1, 50},
    {".settings.interactivity", is::object},
    {".settings.interactivity.is_enabled", is::truth, 0, 0, true},
    {".settings.org_deploy_enabled", is::truth},
    {".settings.socket_mode_enabled", is::truth},
    {".settings.token_rotation_enabled", is::truth},
};

std::size_t characters(const std::string &text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

bool of_kind(const json &what, is kind) {
    switch (kind) {
    case is::object:
        return what.is_object();
    case is::array:
        return what.is_array();
    case is::text:
        return what.is_string();
    case is::truth:
        return what.is_boolean();
    case is::whole:
        return what.is_number_integer();
    }
    return false;
}

void judge(const json &what, const std::string &path, std::vector<std::string> &wrong) {
    const auto row =
        std::find_if(std::begin(schema), std::end(schema), [&](const auto &one) { return one.path == path; });
    if (row == std::end(schema))
        return wrong.push_back(path + ": no such key");
    if (!of_kind(what, row->kind))
        return wrong.push_back(path + ": of another kind");
    if (what.is_string()) {
        const auto text = what.get<std::string>();
        if (characters(text) < row->least || characters(text) > row->most)
            wrong.push_back(path + ": a length that is refused");
        if (!row->shape.empty() && !std::regex_match(text, std::regex(std::string(row->shape))))
            wrong.push_back(path + ": a form that is refused");
    }
    if (what.is_array()) {
        if (what.size() < row->least || what.size() > row->most)
            wrong.push_back(path + ": a number of entries that is refused");
        std::set<json> once;
        for (const auto &each : what) {
            if (!once.insert(each).second)
                wrong.push_back(path + ": an entry twice");
            judge(each, path + "[]", wrong);
        }
    }
    if (!what.is_object())
        return;
    for (const auto &[key, inner] : what.items())
        judge(inner, path + "." + key, wrong);
    for (const auto &one : schema)
        if (one.needed && one.path.substr(0, one.path.rfind('.')) == path &&
            !what.contains(std::string(one.path.substr(one.path.rfind('.') + 1))))
            wrong.push_back(std::string(one.path) + ": is missing");
}

std::vector<std::string> wrong_with(const json &manifest) {
    std::vector<std::string> wrong;
    judge(manifest, "", wrong);
    return wrong;
}

json ours(bool listens = true) {
    return json::parse(bot::app_manifest(config::default_commands(), listens));
}

std::set<std::string> words(const json &list) {
    return list.get<std::set<std::string>>();
}

std::set<std::string> split(std::string_view text) {
    std::istringstream in{std::string(text)};
    return {std::istream_iterator<std::string>(in), {}};
}

std::string source_of(const char *file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

} // namespace

TEST_CASE("our manifest keeps every constraint of the platform's schema") {
    CHECK(wrong_with(ours()) == std::vector<std::string>());
    CHECK(wrong_with(ours(false)) == std::vector<std::string>());
}

TEST_CASE("the table of constraints refuses what the schema refuses") {
    auto refused = [](auto change) {
        auto bad = ours();
        change(bad);
        CAPTURE(bad.dump());
        CHECK(wrong_with(bad).size() == 1);
    };
    refused([](json &m) { m["display_information"].erase("name"); });
    refused([](json &m) { m["display_information"]["name"] = std::string(36, 'x'); });
    refused([](json &m) { m["display_information"]["long_description"] = "short"; });
    refused([](json &m) { m["display_information"]["background_color"] = "teal"; });
    refused([](json &m) { m["features"]["slash_commands"][0]["command"] = "checkin"; });
    refused([](json &m) { m["features"]["slash_commands"][0].erase("description"); });
    refused([](json &m) { m["features"]["slash_commands"] = json::array(); });
    refused([](json &m) { m["features"]["bot_user"].erase("display_name"); });
    refused([](json &m) { m["settings"]["interactivity"].erase("is_enabled"); });
    refused([](json &m) { m["settings"]["socket_mode"] = true; });
    refused([](json &m) { m["oauth_config"]["scopes"]["bot"].push_back("commands"); });
    refused([](json &m) { m["settings"]["socket_mode_enabled"] = "true"; });
}

TEST_CASE("the manifest has the five commands, and follows what the settings call them") {
    auto shown = config::default_commands();
    shown["checkin"] = "/pulse";
    const auto made = json::parse(bot::app_manifest(shown));
    CHECK(wrong_with(made).empty());
    std::set<std::string> commands;
    for (const auto &each : made["features"]["slash_commands"])
        commands.insert(each["command"].get<std::string>());
    CHECK(commands == std::set<std::string>{"/pulse", "/milestone", "/nudge", "/mentoring", "/program"});
}

TEST_CASE(
    "every event in the manifest is heard by a row or by the process, and every one of those is in it") {
    for (const bool listens : {true, false})
        for (const bool reacts : {true, false}) { // some policy takes a reaction for an answer
            std::set<std::string> heard(bot::own_events.begin(), bot::own_events.end());
            for (const auto &row : the_tables().events)
                if ((listens || !row.listens) && (reacts || row.kind != "reaction"))
                    heard.merge(split(row.events));
            const auto made = json::parse(bot::app_manifest(config::default_commands(), listens, reacts));
            CHECK(words(made["settings"]["event_subscriptions"]["bot_events"]) == heard);
            CHECK(words(made["oauth_config"]["scopes"]["bot"]).count("reactions:read") ==
                  (listens && reacts ? 1U : 0U));
        }
    CHECK_FALSE(ours(false).dump().find(":history") != std::string::npos);
}

TEST_CASE("every scope in the manifest comes from a method that is called, an event or the commands") {
    const auto need = bot::needed_scopes();
    std::set<std::string> named;
    for (const auto &each : need) {
        CAPTURE(each.name);
        CHECK(named.insert(each.name).second);
        CHECK_FALSE(each.reason.empty());
        REQUIRE_FALSE(each.of.empty());
        for (const auto &from : each.of) {
            const bool method =
                std::any_of(slack::methods.begin(), slack::methods.end(), [&](const auto &row) {
                    return row.name == from && split(row.scopes).count(each.name) == 1;
                });
            const bool event =
                std::any_of(the_tables().events.begin(), the_tables().events.end(), [&](const auto &row) {
                    return row.events == from && split(row.scopes).count(each.name) == 1;
                });
            CHECK((method || event || (from == "the commands" && each.name == "commands")));
        }
    }
    CHECK(words(ours()["oauth_config"]["scopes"]["bot"]) == named);
}

TEST_CASE("the methods that scopes are asked for are those the program calls") {
    // a call is made by its enumerator, or by its name from the table of what leaves
    std::string sources = source_of("handlers/outgoing.cpp");
    for (const auto &each : std::filesystem::directory_iterator("bot")) {
        const auto name = each.path().filename().string();
        if (each.path().extension() == ".cpp" && !name.starts_with("check") && name != "installation.cpp")
            sources += source_of(each.path().c_str());
    }
    REQUIRE_FALSE(sources.empty());
    const auto enumerator = [](std::string name) { // "chat.postMessage" -> "chat_post_message"
        std::string out;
        for (const char c : name)
            out += c == '.'               ? std::string("_")
                   : c >= 'A' && c <= 'Z' ? "_" + std::string(1, static_cast<char>(c - 'A' + 'a'))
                                          : std::string(1, c);
        return out;
    };
    for (const auto &row : slack::methods) {
        const std::string name(row.name);
        const bool called = sources.find("method::" + enumerator(name) + ",") != std::string::npos ||
                            sources.find('"' + name + '"') != std::string::npos;
        const bool asked_for = std::any_of(bot::called_methods.begin(), bot::called_methods.end(),
                                           [&](const auto &one) { return one.what == row.id; });
        CAPTURE(name);
        if (row.token == slack::token_kind::bot)
            CHECK(called == asked_for);
    }
}

namespace {

std::string lines_of(std::string_view given) {
    bot::findings found;
    bot::look_at_scopes(given, true, found);
    return found.lines();
}

std::string every_scope_but(const std::string &left_out) {
    std::string list;
    for (const auto &each : bot::needed_scopes())
        if (each.name != left_out)
            list += each.name + ",";
    return list;
}

} // namespace

TEST_CASE("check says of every scope that is missing what it is needed for, one by one") {
    CHECK(lines_of(every_scope_but("")).find("WRONG") == std::string::npos);
    for (const auto &each : bot::needed_scopes()) {
        const auto said = lines_of(every_scope_but(each.name));
        CAPTURE(said);
        CHECK(said.find("WRONG  scope " + each.name + ": is missing; it is needed " + each.reason) !=
              std::string::npos);
        CHECK(said.find("install the app again") != std::string::npos);
        CHECK(said.find("WRONG") == said.rfind("WRONG"));
    }
    CHECK(lines_of(every_scope_but("") + "channels:history").find("may be taken away: channels:history") !=
          std::string::npos);
}

TEST_CASE("check compares the clocks, and says by how much and which way they differ") {
    const instant ten = date::sys_days{date::year{2026} / 11 / 2} + hours{10};
    const auto said = [&](std::string_view date) {
        bot::findings found;
        bot::look_at_clock(date, ten, found);
        return found.lines();
    };
    CHECK(said("Mon, 02 Nov 2026 10:00:01 GMT").find("ok     clock: agrees") == 0);
    CHECK(said("Mon, 02 Nov 2026 09:59:30 GMT").find("ok     clock: 30 s") == 0);
    CHECK(said("Mon, 02 Nov 2026 09:50:00 GMT").find("10 minutes ahead of") != std::string::npos);
    CHECK(said("Mon, 02 Nov 2026 13:00:00 GMT").find("3 hours behind") != std::string::npos);
    CHECK(said("Mon, 02 Nov 2026 13:00:00 GMT").find("mend: ") != std::string::npos);
    CHECK(said("").empty());
    CHECK(said("yesterday").empty());
}
