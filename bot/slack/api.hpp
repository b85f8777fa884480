// The Web API methods this client may call, and all it needs to know of each: name, pace, scopes, token,
// body. What is not in this table cannot be called; no method that reads conversations is in it.
#pragma once

#include "bot/slack/token.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace rapport::slack {

enum class method : unsigned char {
    apps_connections_open,
    auth_test,
    chat_post_message,
    chat_update,
    chat_delete,
    conversations_open,
    conversations_info,
    conversations_members,
    users_info,
    users_list,
    users_lookup_by_email,
    views_open,
    views_update,
    views_publish,
    pins_add,
    dnd_info,
    dnd_team_info,
    team_info,
};

// How fast a method may be called for one workspace: the platform's limit of calls a minute. We stay at 80 %
// of it with a burst of 20 %, so no window of 60 s ever holds more than the limit.
struct rate {
    int per_minute = 0;

    constexpr double refill_per_second() const {
        return per_minute * 0.8 / 60.0;
    }
    constexpr int burst() const {
        return per_minute < 10 ? 1 : per_minute / 5;
    }
};

inline constexpr rate tier_2{20};
inline constexpr rate tier_3{50};
inline constexpr rate tier_4{100};
// "Several hundred a minute" a workspace; each channel has its own limit of one a second besides.
inline constexpr rate posting{200};
// Documented as tier 3, listed as tier 1; the fleet's own budget of opens is stricter than this.
inline constexpr rate opening{50};
inline constexpr rate testing{200};

// Reads go as a form, which every method takes; writes go as JSON.
enum class body_form { form, json };

struct method_facts {
    method id;
    std::string_view name; // as in https://slack.com/api/<name>
    rate pace;
    std::string_view scopes; // blank-separated; of these the ones for the conversation's own kind are needed
    token_kind token;
    // Doing it twice leaves what doing it once leaves, so an ambiguous call may be made again.
    bool idempotent;
    body_form body;
};

inline constexpr std::string_view any_read = "channels:read groups:read im:read mpim:read";

// In the order of the enum.
inline constexpr std::array<method_facts, 18> methods = {{
    {method::apps_connections_open, "apps.connections.open", opening, "connections:write", token_kind::app,
     true, body_form::form},
    {method::auth_test, "auth.test", testing, "", token_kind::bot, true, body_form::form},
    {method::chat_post_message, "chat.postMessage", posting, "chat:write", token_kind::bot, false,
     body_form::json},
    {method::chat_update, "chat.update", tier_3, "chat:write", token_kind::bot, true, body_form::json},
    {method::chat_delete, "chat.delete", tier_3, "chat:write", token_kind::bot, true, body_form::json},
    {method::conversations_open, "conversations.open", tier_3, "im:write mpim:write", token_kind::bot, true,
     body_form::json},
    {method::conversations_info, "conversations.info", tier_3, any_read, token_kind::bot, true,
     body_form::form},
    {method::conversations_members, "conversations.members", tier_4, any_read, token_kind::bot, true,
     body_form::form},
    {method::users_info, "users.info", tier_4, "users:read", token_kind::bot, true, body_form::form},
    {method::users_list, "users.list", tier_2, "users:read", token_kind::bot, true, body_form::form},
    {method::users_lookup_by_email, "users.lookupByEmail", tier_3, "users:read.email users:read",
     token_kind::bot, true, body_form::form},
    {method::views_open, "views.open", tier_4, "", token_kind::bot, false, body_form::json},
    {method::views_update, "views.update", tier_4, "", token_kind::bot, true, body_form::json},
    {method::views_publish, "views.publish", tier_4, "", token_kind::bot, true, body_form::json},
    {method::pins_add, "pins.add", tier_2, "pins:write", token_kind::bot, true, body_form::json},
    {method::dnd_info, "dnd.info", tier_3, "dnd:read", token_kind::bot, true, body_form::form},
    {method::dnd_team_info, "dnd.teamInfo", tier_2, "dnd:read", token_kind::bot, true, body_form::form},
    {method::team_info, "team.info", tier_3, "team:read", token_kind::bot, true, body_form::form},
}};

constexpr const method_facts &facts_of(method id) {
    return methods[static_cast<std::size_t>(id)];
}

namespace checks {
constexpr bool in_enum_order() {
    for (std::size_t i = 0; i < methods.size(); ++i)
        if (static_cast<std::size_t>(methods[i].id) != i)
            return false;
    return true;
}
} // namespace checks
static_assert(checks::in_enum_order(), "methods[] must follow the order of enum method");

} // namespace rapport::slack
