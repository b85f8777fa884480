// The registered app; see manifest.hpp.
#include "workspace/manifest.hpp"

#include <array>

namespace workspace {
namespace {

const json &at(const json &from, std::initializer_list<std::string_view> path) {
    const json *here = &from;
    for (const auto key : path)
        here = &part_of(*here, key);
    return *here;
}

bool lists(const json &list, std::string_view word) {
    if (!list.is_array())
        return false;
    for (const auto &each : list)
        if (each == word)
            return true;
    return false;
}

const json *command_row(const json &raw, std::string_view command) {
    const auto &rows = at(raw, {"features", "slash_commands"});
    if (rows.is_array())
        for (const auto &row : rows)
            if (text_in(row, "command") == command)
                return &row;
    return nullptr;
}

// What a bot of this kind asks for: the list X-OAuth-Scopes shows when nothing restricts it.
constexpr std::array<std::string_view, 30> every_scope{
    "app_mentions:read", "bookmarks:write", "channels:history",  "channels:join",    "channels:manage",
    "channels:read",     "chat:write",      "chat:write.public", "commands",         "dnd:read",
    "emoji:read",        "files:read",      "files:write",       "groups:history",   "groups:read",
    "groups:write",      "im:history",      "im:read",           "im:write",         "mpim:history",
    "mpim:read",         "mpim:write",      "pins:write",        "reactions:read",   "reactions:write",
    "team:read",         "usergroups:read", "users:read",        "users:read.email", "users:write"};

} // namespace

std::string manifest::take(const json &from) {
    if (!from.is_object())
        return "a manifest is a JSON object";
    if (text_in(part_of(from, "display_information"), "name").empty())
        return "display_information.name is missing";
    const auto &commands = at(from, {"features", "slash_commands"});
    if (!commands.is_null() && !commands.is_array())
        return "features.slash_commands is not a list";
    if (commands.is_array())
        for (const auto &row : commands)
            if (!text_in(row, "command").starts_with('/'))
                return "a command of features.slash_commands does not start with /";
    raw_ = from;
    std::set<std::string> wanted;
    for (const auto *kind : {"bot", "bot_optional"}) {
        const auto &list = at(from, {"oauth_config", "scopes", kind});
        if (list.is_array())
            for (const auto &each : list)
                if (each.is_string())
                    wanted.insert(each.get<std::string>());
    }
    scopes_ = wanted;
    return {};
}

void manifest::forget() {
    raw_ = nullptr;
    scopes_.reset();
}

bool manifest::has_command(std::string_view command) const {
    return !registered() || command_row(raw_, command);
}

bool manifest::escapes(std::string_view command) const {
    const auto *row = command_row(raw_, command);
    return !registered() || (row && flag_in(*row, "should_escape"));
}

bool manifest::subscribes(std::string_view event) const {
    return !registered() || lists(at(raw_, {"settings", "event_subscriptions", "bot_events"}), event);
}

bool manifest::has_shortcut(std::string_view type, std::string_view callback_id) const {
    if (!registered())
        return true;
    const auto &rows = at(raw_, {"features", "shortcuts"});
    if (rows.is_array())
        for (const auto &row : rows)
            if (text_in(row, "type") == type && text_in(row, "callback_id") == callback_id)
                return true;
    return false;
}

bool manifest::home_tab() const {
    return !registered() || flag_in(at(raw_, {"features", "app_home"}), "home_tab_enabled");
}

bool manifest::messages_tab() const {
    return !registered() || flag_in(at(raw_, {"features", "app_home"}), "messages_tab_enabled");
}

bool manifest::messages_tab_writable() const {
    return !registered() ||
           (messages_tab() && !flag_in(at(raw_, {"features", "app_home"}), "messages_tab_read_only_enabled"));
}

bool manifest::interactive() const {
    return !registered() || flag_in(at(raw_, {"settings", "interactivity"}), "is_enabled");
}

void manifest::grant(std::optional<std::set<std::string>> scopes) {
    scopes_ = std::move(scopes);
}

bool manifest::granted(std::string_view scope) const {
    return !scopes_ || scopes_->contains(std::string(scope));
}

std::string manifest::granted_list() const {
    std::string out;
    const auto add = [&](std::string_view each) { (out += out.empty() ? "" : ",") += each; };
    if (scopes_)
        for (const auto &each : *scopes_)
            add(each);
    else
        for (const auto each : every_scope)
            add(each);
    return out;
}

json manifest::commands() const {
    const auto &rows = at(raw_, {"features", "slash_commands"});
    return rows.is_array() ? rows : json::array();
}

json manifest::shortcuts() const {
    const auto &rows = at(raw_, {"features", "shortcuts"});
    return rows.is_array() ? rows : json::array();
}

} // namespace workspace
