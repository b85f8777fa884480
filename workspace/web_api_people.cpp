// api.test, auth.test, apps.connections.open, team, bots, users, dnd and conversations: who and where.
#include "workspace/web_api.hpp"

#include <algorithm>
#include <sstream>

namespace workspace {
namespace {

std::vector<std::string> listed(const std::string &comma_separated) {
    std::vector<std::string> out;
    std::istringstream in(comma_separated);
    for (std::string each; std::getline(in, each, ',');) {
        std::erase(each, ' ');
        if (!each.empty())
            out.push_back(each);
    }
    return out;
}

// A list argument: of a form as words with commas, in JSON also as an array.
std::vector<std::string> list_argument(const api_call &call, std::string_view key) {
    const auto &value = part_of(call.args, key);
    if (value.is_string())
        return listed(value.get<std::string>());
    std::vector<std::string> out;
    if (value.is_array())
        for (const auto &each : value)
            if (each.is_string())
                out.push_back(each.get<std::string>());
    return out;
}

bool visible(const platform &on, const conversation &where) {
    return where.kind == conversation_kind::channel || where.has(on.settings.who.bot_user);
}

// The conversation a reading method names; otherwise the refusal in `wrong`.
conversation *readable(const api_call &call, json &wrong) {
    auto *where = call.on.state.find_conversation(call.text("channel"));
    if (!where || !visible(call.on, *where))
        wrong = refused("channel_not_found");
    else if (const auto scope = read_scope(where->kind); !call.on.app.granted(scope))
        wrong = missing_scope(call.on, scope);
    return wrong.is_null() ? where : nullptr;
}

json person_shape(const platform &on, const person &who) {
    return shape(on.state, who, on.app.granted("users:read.email"), on.time.now());
}

json dnd_of(const person &who) {
    return {{"dnd_enabled", who.dnd_enabled},
            {"next_dnd_start_ts", who.dnd_enabled ? who.dnd_start : 1},
            {"next_dnd_end_ts", who.dnd_enabled ? who.dnd_end : 1}};
}

// The conversations of the asked-for types that `user` is in ("": all that the bot may know of).
json conversations_of(const api_call &call, const std::string &user, json &wrong) {
    auto types = list_argument(call, "types");
    if (types.empty())
        types = {"public_channel"};
    json out = json::array();
    for (const auto &type : types) {
        const auto kind = type == "public_channel"    ? conversation_kind::channel
                          : type == "private_channel" ? conversation_kind::group
                          : type == "im"              ? conversation_kind::im
                                                      : conversation_kind::mpim;
        if (kind == conversation_kind::mpim && type != "mpim") {
            wrong = refused("invalid_types");
            return out;
        }
        if (!call.on.app.granted(read_scope(kind))) {
            wrong = missing_scope(call.on, read_scope(kind));
            return out;
        }
        for (const auto &[id, where] : call.on.state.conversations)
            if (where.kind == kind && visible(call.on, where) && (user.empty() || where.has(user)) &&
                !(call.flag("exclude_archived") && where.archived))
                out.push_back(shape(call.on.state, where, user.empty()));
    }
    return out;
}

json paged(const api_call &call, const json &all, std::string_view key, std::size_t most = 1000) {
    const auto page = page_of(call, all, key, most);
    return page.is_null() ? refused("invalid_cursor") : page;
}

json opened(const platform &on, const conversation &where, bool was_there, bool whole) {
    json channel{{"id", where.id}};
    if (whole)
        channel = shape(on.state, where, false);
    json out{{"ok", true}, {"channel", channel}};
    if (was_there)
        out.update({{"no_op", true}, {"already_open", true}});
    return out;
}

} // namespace

namespace methods {

json api_test(api_call &call) {
    auto args = call.args;
    args.erase("token");
    if (const auto error = call.text("error"); !error.empty())
        return {{"ok", false}, {"error", error}, {"args", args}};
    return {{"ok", true}, {"args", args}};
}

json auth_test(api_call &call) {
    const auto &who = call.on.settings.who;
    return {{"ok", true},           {"url", call.on.base_url + "/"}, {"team", who.team_name},
            {"user", who.bot_name}, {"team_id", who.team},           {"user_id", who.bot_user},
            {"bot_id", who.bot},    {"is_enterprise_install", false}};
}

json apps_connections_open(api_call &call) {
    return {{"ok", true},
            {"url", call.on.socket_url() + "?ticket=" + call.on.lent.new_ticket() +
                        "&app_id=" + call.on.settings.who.app}};
}

json team_info(api_call &call) {
    const auto &who = call.on.settings.who;
    return {{"ok", true},
            {"team",
             {{"id", who.team},
              {"name", who.team_name},
              {"domain", who.domain},
              {"email_domain", ""},
              {"icon", json::object()}}}};
}

json bots_info(api_call &call) {
    const auto &who = call.on.settings.who;
    if (call.has("bot") && call.text("bot") != who.bot)
        return refused("bot_not_found");
    auto bot = bot_profile(call.on.state);
    bot["user_id"] = who.bot_user;
    return {{"ok", true}, {"bot", bot}};
}

json users_info(api_call &call) {
    const auto *who = call.on.state.find_person(call.text("user"));
    if (!who)
        return refused("user_not_found");
    return {{"ok", true}, {"user", person_shape(call.on, *who)}};
}

json users_list(api_call &call) {
    json all = json::array();
    for (const auto &[id, who] : call.on.state.people)
        all.push_back(person_shape(call.on, who));
    auto out = paged(call, all, "members");
    if (flag_in(out, "ok"))
        out["cache_ts"] = seconds_of(call.on.time.now());
    return out;
}

json users_lookup_by_email(api_call &call) {
    if (!call.on.app.granted("users:read"))
        return missing_scope(call.on, "users:read");
    const auto email = call.text("email");
    for (const auto &[id, who] : call.on.state.people)
        if (!email.empty() && who.email == email && !who.deleted && !who.is_stranger)
            return {{"ok", true}, {"user", person_shape(call.on, who)}};
    return refused("users_not_found");
}

json dnd_info(api_call &call) {
    const auto user = call.has("user") ? call.text("user") : call.on.settings.who.bot_user;
    const auto *who = call.on.state.find_person(user);
    if (!who)
        return refused("user_not_found");
    auto out = dnd_of(*who);
    out.update({{"ok", true}, {"snooze_enabled", false}});
    return out;
}

json dnd_team_info(api_call &call) {
    const auto wanted = list_argument(call, "users");
    if (wanted.empty())
        return refused("no_users_provided");
    if (wanted.size() > 50)
        return refused("too_many_users");
    json users = json::object();
    for (const auto &id : wanted)
        if (const auto *who = call.on.state.find_person(id))
            users[id] = dnd_of(*who);
    return {{"ok", true}, {"users", users}};
}

json conversations_open(api_call &call) {
    auto &on = call.on;
    const bool whole = call.flag("return_im");
    if (call.has("channel")) {
        const auto *where = on.state.find_conversation(call.text("channel"));
        const bool direct =
            where && (where->kind == conversation_kind::im || where->kind == conversation_kind::mpim);
        if (!direct || !where->has(on.settings.who.bot_user))
            return refused("channel_not_found");
        return opened(on, *where, true, whole);
    }
    auto users = list_argument(call, "users");
    std::sort(users.begin(), users.end());
    users.erase(std::unique(users.begin(), users.end()), users.end());
    std::erase(users, on.settings.who.bot_user);
    if (users.empty())
        return refused(call.has("users") ? "not_enough_users" : "users_list_not_supplied");
    if (users.size() > 8)
        return refused("too_many_users");
    for (const auto &id : users) {
        const auto *who = on.state.find_person(id);
        if (!who)
            return refused("user_not_found");
        if (who->deleted)
            return refused("user_disabled");
        if (who->is_bot || who->id == "USLACKBOT")
            return refused("cannot_dm_bot");
    }
    const std::string_view scope = users.size() == 1 ? "im:write" : "mpim:write";
    if (!on.app.granted(scope))
        return missing_scope(on, scope);
    if (users.size() == 1) {
        const bool there = on.state.existing_direct(users.front()) != nullptr;
        if (!there && call.flag("prevent_creation"))
            return refused("channel_not_found");
        return opened(on, on.state.direct(users.front(), on.time.now()), there, whole);
    }
    users.push_back(on.settings.who.bot_user);
    const bool there = on.state.existing_group(users) != nullptr;
    if (!there && call.flag("prevent_creation"))
        return refused("channel_not_found");
    const auto &where = on.state.group_of(users, on.time.now());
    if (!there)
        on.changes.tell("conversation", {{"channel", where.id}, {"what", "opened"}}, where.members);
    return opened(on, where, there, whole);
}

json conversations_info(api_call &call) {
    json wrong;
    const auto *where = readable(call, wrong);
    if (!where)
        return wrong;
    return {{"ok", true}, {"channel", shape(call.on.state, *where, call.flag("include_num_members"))}};
}

json conversations_members(api_call &call) {
    json wrong;
    const auto *where = readable(call, wrong);
    return where ? paged(call, json(where->members), "members", 999) : wrong;
}

json conversations_join(api_call &call) {
    auto &on = call.on;
    auto *where = on.state.find_conversation(call.text("channel"));
    if (!where || !visible(on, *where))
        return refused("channel_not_found");
    if (where->kind != conversation_kind::channel)
        return refused("method_not_supported_for_channel_type");
    if (where->archived)
        return refused("is_archived");
    const bool there = where->has(on.settings.who.bot_user);
    if (!there)
        on.join(*where, on.settings.who.bot_user);
    json out{{"ok", true}, {"channel", shape(on.state, *where, false)}};
    if (there)
        out["warning"] = "already_in_channel";
    return out;
}

json conversations_list(api_call &call) {
    json wrong;
    const auto all = conversations_of(call, {}, wrong);
    return wrong.is_null() ? paged(call, all, "channels") : wrong;
}

json users_conversations(api_call &call) {
    const auto user = call.has("user") ? call.text("user") : call.on.settings.who.bot_user;
    if (!call.on.state.find_person(user))
        return refused("user_not_found");
    json wrong;
    const auto all = conversations_of(call, user, wrong);
    return wrong.is_null() ? paged(call, all, "channels", 999) : wrong;
}

} // namespace methods
} // namespace workspace
