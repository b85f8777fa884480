// The manifest's JSON and the limits of its schema.
#include "handlers/surface/manifest.hpp"

#include "handlers/surface/characters.hpp"

#include <nlohmann/json.hpp>

#include <stdexcept>

namespace rapport::surface {
namespace {

using json = nlohmann::ordered_json;

const std::string &within(const std::string &text, std::size_t least, std::size_t most, const char *what) {
    const auto n = code_points(text);
    if (n < least || n > most)
        throw std::logic_error(std::string("manifest: the platform refuses the length of ") + what);
    return text;
}

json commands_json(const std::vector<manifest_command> &commands) {
    json out = json::array();
    for (const auto &c : commands) {
        json one{{"command", within(c.command, 2, 32, "a command")},
                 {"description", within(c.description, 1, 2000, "a command's description")}};
        if (!c.usage_hint.empty())
            one["usage_hint"] = within(c.usage_hint, 1, 1000, "a usage hint");
        one["should_escape"] = true; // names arrive as ids
        out.push_back(std::move(one));
    }
    return out;
}

json shortcuts_json(const std::vector<manifest_shortcut> &shortcuts) {
    json out = json::array();
    for (const auto &s : shortcuts)
        out.push_back({{"name", within(s.name, 1, 24, "a shortcut's name")},
                       {"type", s.kind},
                       {"callback_id", within(s.callback, 1, 255, "a shortcut's callback")},
                       {"description", within(s.description, 1, 150, "a shortcut's description")}});
    return out;
}

} // namespace

std::string to_json(const app_manifest &what) {
    if (what.commands.size() > 50 || what.shortcuts.size() > 10 || what.bot_scopes.size() > 255 ||
        what.bot_events.size() > 100)
        throw std::logic_error("manifest: more of a kind than the platform takes");
    json out;
    out["_metadata"] = {{"major_version", 2}, {"minor_version", 1}};
    out["display_information"] = {
        {"name", within(what.name, 1, 35, "the name")},
        {"description", within(what.description, 1, 140, "the description")},
        {"long_description", within(what.long_description, 175, 4000, "the long description")},
        {"background_color", what.color}};
    json features;
    features["bot_user"] = {{"display_name", within(what.bot_name, 1, 80, "the bot's name")},
                            {"always_online", true}};
    features["app_home"] = {{"home_tab_enabled", true},
                            {"messages_tab_enabled", true},
                            {"messages_tab_read_only_enabled", false}};
    if (!what.commands.empty())
        features["slash_commands"] = commands_json(what.commands);
    if (!what.shortcuts.empty())
        features["shortcuts"] = shortcuts_json(what.shortcuts);
    out["features"] = std::move(features);
    out["oauth_config"] = {{"scopes", {{"bot", what.bot_scopes}}}};
    json settings;
    if (!what.bot_events.empty())
        settings["event_subscriptions"] = {{"bot_events", what.bot_events}};
    settings["interactivity"] = {{"is_enabled", true}};
    settings["org_deploy_enabled"] = false;
    settings["socket_mode_enabled"] = true;
    settings["token_rotation_enabled"] = false;
    out["settings"] = std::move(settings);
    return out.dump(2) + "\n";
}

} // namespace rapport::surface
