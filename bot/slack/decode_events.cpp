// Events: who, where and when, never what was said; see decode.hpp.
#include "bot/slack/decode.hpp"

#include <algorithm>
#include <array>

namespace rapport::slack {
namespace {

// Every key that is read in an event, at whatever depth. Text, blocks, attachments, files, titles and
// statuses are not here; a key the platform adds tomorrow is not here either.
constexpr std::array<std::string_view, 53> event_keys = {
    "type",
    "subtype",
    "channel",
    "channel_type",
    "user",
    "ts",
    "event_ts",
    "thread_ts",
    "deleted_ts",
    "bot_id",
    "app_id",
    "message",
    "previous_message",
    "item",
    "item_user",
    "reaction",
    "tab",
    "view",
    "id",
    "hash",
    "tokens",
    "oauth",
    "bot",
    "old_channel_id",
    "new_channel_id",
    "name",
    "team_id",
    "deleted",
    "real_name",
    "tz",
    "profile",
    "display_name",
    "email",
    "is_bot",
    "is_restricted",
    "is_ultra_restricted",
    "is_stranger",
    "is_admin",
    "is_owner",
    "is_workflow_bot",
    "updated",
    "locale",
    "inviter",
    "callback_id",
    "external_id",
    "root_view_id",
    "previous_view_id",
    "private_metadata",
    "team",
    "hidden",
    "minute_rate_limited",
    "is_connector_bot",
    "cache_ts",
};

constexpr std::array<std::string_view, 13> wrapper_keys = {
    "type",
    "event",
    "event_id",
    "event_time",
    "team_id",
    "enterprise_id",
    "context_team_id",
    "context_enterprise_id",
    "api_app_id",
    "authorizations",
    "minute_rate_limited",
    "is_ext_shared_channel",
    "is_enterprise_install",
};

template <std::size_t N>
bool among(const std::array<std::string_view, N> &names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

origin origin_of(const json &payload) {
    origin from;
    from.app_id = text_field(payload, "api_app_id");
    const auto &list = field(payload, "authorizations");
    const json none;
    const auto &authorized = list.is_array() && !list.empty() ? list.front() : none;
    from.enterprise_install = flag_field(authorized, "is_enterprise_install");
    from.enterprise = text_field(authorized, "enterprise_id");
    if (from.enterprise.empty())
        from.enterprise = text_field(payload, "enterprise_id");
    from.team = text_field(authorized, "team_id");
    if (from.team.empty())
        from.team = text_field(payload, "team_id");
    return from;
}

bool ours(const json &message, const own_identity &self) {
    const auto is = [&](const char *key, const std::string &own) {
        return !own.empty() && text_field(message, key) == own;
    };
    return is("bot_id", self.bot_id) || is("user", self.user_id) || is("app_id", self.app_id);
}

constexpr choices<message_kind, 5> kinds{{
    {message_kind::plain, ""},
    {message_kind::file, "file_share"},
    {message_kind::me, "me_message"},
    {message_kind::broadcast, "thread_broadcast"},
    {message_kind::bot, "bot_message"},
}};

delivered decode_message(const json &event, const own_identity &self) {
    const auto subtype = text_field(event, "subtype");
    if (subtype == "message_deleted") {
        message_deleted out;
        out.channel = id_field(event, "channel");
        out.channel_type = text_field(event, "channel_type");
        out.user = id_field(field(event, "previous_message"), "user");
        out.ts = text_field(event, "deleted_ts");
        if (out.ts.empty())
            out.ts = text_field(field(event, "previous_message"), "ts");
        return out;
    }
    if (subtype == "message_changed") {
        message_changed out;
        out.channel = id_field(event, "channel");
        out.channel_type = text_field(event, "channel_type");
        out.user = id_field(field(event, "message"), "user");
        out.ts = text_field(field(event, "message"), "ts");
        return out;
    }
    message_seen out;
    out.channel = id_field(event, "channel");
    out.channel_type = text_field(event, "channel_type");
    out.user = id_field(event, "user");
    out.ts = text_field(event, "ts");
    out.thread_ts = text_field(event, "thread_ts");
    out.kind = value_of(kinds, subtype, message_kind::other);
    out.is_ours = ours(event, self);
    out.is_bot = out.is_ours || out.kind == message_kind::bot || !text_field(event, "bot_id").empty() ||
                 out.user == "USLACKBOT";
    return out;
}

person_seen person_of(const json &user) {
    person_seen out;
    const auto &profile = field(user, "profile");
    out.id = text_field(user, "id");
    out.team = text_field(user, "team_id");
    for (const auto &name : {text_field(profile, "display_name"), text_field(profile, "real_name"),
                             text_field(user, "real_name"), text_field(user, "name")})
        if (out.name.empty())
            out.name = name;
    out.tz = text_field(user, "tz");
    out.email = text_field(profile, "email");
    out.locale = text_field(user, "locale");
    out.deleted = flag_field(user, "deleted");
    out.single_channel_guest = flag_field(user, "is_ultra_restricted");
    out.guest = out.single_channel_guest || flag_field(user, "is_restricted");
    // The platform's own bot says is_bot false.
    out.bot = flag_field(user, "is_bot") || flag_field(user, "is_workflow_bot") ||
              flag_field(user, "is_connector_bot") || out.id == "USLACKBOT";
    out.stranger = flag_field(user, "is_stranger");
    out.admin = flag_field(user, "is_admin") || flag_field(user, "is_owner");
    out.updated = number_field(user, "updated");
    return out;
}

app_home_opened opened_home(const json &event) {
    app_home_opened out;
    out.user = id_field(event, "user");
    out.channel = id_field(event, "channel");
    out.tab = text_field(event, "tab");
    if (const auto &view = field(event, "view"); view.is_object()) {
        view_seen seen;
        seen.id = text_field(view, "id");
        seen.hash = text_field(view, "hash");
        seen.type = text_field(view, "type");
        seen.callback = text_field(view, "callback_id");
        seen.external_id = text_field(view, "external_id");
        seen.private_metadata = text_field(view, "private_metadata");
        seen.root = text_field(view, "root_view_id");
        seen.previous = text_field(view, "previous_view_id");
        out.view = std::move(seen);
    }
    return out;
}

template <class T>
T membership(const json &event, const own_identity &self) {
    T out;
    out.user = id_field(event, "user");
    out.channel = id_field(event, "channel");
    out.channel_type = text_field(event, "channel_type");
    out.is_ours = !self.user_id.empty() && out.user == self.user_id;
    return out;
}

template <class T>
T reaction(const json &event) {
    T out;
    out.user = id_field(event, "user");
    out.reaction = text_field(event, "reaction");
    out.channel = id_field(field(event, "item"), "channel");
    out.ts = text_field(field(event, "item"), "ts");
    out.author = id_field(event, "item_user");
    return out;
}

constexpr std::array<std::pair<std::string_view, channel_change>, 11> channel_events = {{
    {"channel_archive", channel_change::archived},
    {"group_archive", channel_change::archived},
    {"channel_unarchive", channel_change::unarchived},
    {"group_unarchive", channel_change::unarchived},
    {"channel_rename", channel_change::renamed},
    {"group_rename", channel_change::renamed},
    {"channel_id_changed", channel_change::id_changed},
    {"channel_deleted", channel_change::deleted},
    {"group_deleted", channel_change::deleted},
    {"channel_left", channel_change::left},
    {"group_left", channel_change::left},
}};

channel_changed change_of_channel(const json &event, channel_change what) {
    channel_changed out;
    out.what = what;
    out.channel = id_field(event, "channel");
    out.name = text_field(field(event, "channel"), "name");
    out.user = id_field(event, "user");
    if (what == channel_change::id_changed) {
        out.channel = text_field(event, "old_channel_id");
        out.new_id = text_field(event, "new_channel_id");
    }
    return out;
}

std::vector<std::string> texts_of(const json &list) {
    std::vector<std::string> out;
    if (list.is_array())
        for (const auto &each : list)
            if (each.is_string())
                out.push_back(each.get<std::string>());
    return out;
}

delivered decode(const json &event, const std::string &type, const own_identity &self) {
    if (type == "message")
        return decode_message(event, self);
    if (type == "app_home_opened")
        return opened_home(event);
    if (type == "team_join")
        return team_join{person_of(field(event, "user"))};
    if (type == "user_change")
        return user_change{person_of(field(event, "user"))};
    if (type == "member_joined_channel") {
        auto out = membership<member_joined>(event, self);
        out.inviter = id_field(event, "inviter");
        return out;
    }
    if (type == "member_left_channel")
        return membership<member_left>(event, self);
    if (type == "reaction_added")
        return reaction<reaction_added>(event);
    if (type == "reaction_removed")
        return reaction<reaction_removed>(event);
    if (type == "app_uninstalled")
        return app_uninstalled{};
    if (type == "tokens_revoked")
        return tokens_revoked{texts_of(field(field(event, "tokens"), "bot")),
                              texts_of(field(field(event, "tokens"), "oauth"))};
    for (const auto &[name, what] : channel_events)
        if (name == type)
            return change_of_channel(event, what);
    return other_delivery{"events_api", type};
}

// The same message can come under several event ids; this key is of the message, not of its delivery.
std::string key_of_content(const json &event, const std::string &type, const std::string &team) {
    auto at = text_field(event, "event_ts");
    if (at.empty())
        at = text_field(event, "ts");
    if (at.empty())
        return {};
    const auto channel = id_field(event, "channel");
    const auto subtype = text_field(event, "subtype");
    const auto user = id_field(event, "user");
    return "content/" + team + '/' + channel + '/' + type + '/' + subtype + '/' + at + '/' + user;
}

} // namespace

bool keep_of_event(const key_path &path) {
    if (path.size() == 1)
        return path[0] == "payload";
    if (path.size() == 2)
        return among(wrapper_keys, path[1]);
    if (path[1] == "authorizations")
        return true;
    return among(event_keys, path.back());
}

void decode_event(const json &payload, const own_identity &self, delivery &into) {
    into.from = origin_of(payload);
    const auto &event = field(payload, "event");
    auto type = text_field(event, "type");
    const auto outer = text_field(payload, "type");
    if (outer == "app_rate_limited" || type == "app_rate_limited") {
        // At the top level by the documents, inside `event` in the vendor's own sample.
        app_rate_limited out;
        out.minute = std::max(number_field(payload, "minute_rate_limited"),
                              number_field(event, "minute_rate_limited"));
        into.what = out;
        return;
    }
    into.what = decode(event, type, self);
    into.keys.primary = key_of({"event", text_field(payload, "event_id")});
    auto content = key_of_content(event, type, into.from.team);
    if (into.keys.primary.empty())
        into.keys.primary = std::move(content);
    else
        into.keys.secondary = std::move(content);
}

} // namespace rapport::slack
