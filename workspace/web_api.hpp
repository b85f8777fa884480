// The Web API: one table of methods, each a function from arguments to an answer, with its kind of token, its
// scopes and its tier. Reading the request, checking the token and the faults are done once, for all of them.
#pragma once

#include "workspace/blocks.hpp"
#include "workspace/platform.hpp"

#include <optional>
#include <span>

namespace workspace {

enum class token_kind { none, bot, app };

// One call on its way: where, with what.
struct api_call {
    platform &on;
    json args; // of a form: every value a string

    std::string text(std::string_view key) const {
        return text_in(args, key);
    }
    bool has(std::string_view key) const {
        return !part_of(args, key).is_null();
    }
    bool flag(std::string_view key, bool otherwise = false) const {
        return flag_in(args, key, otherwise);
    }
    // A JSON argument, whether it came as JSON or as a string of JSON; discarded if it cannot be read.
    json structured(std::string_view key) const;
};

struct method_row {
    std::string_view name;
    token_kind token;
    std::string_view scopes; // comma-separated: any of them serves, the function asks for the exact one
    int per_minute;          // of its tier; 0: none of its own
    json (*run)(api_call &call);
};

std::span<const method_row> method_table();

// Serves POST (or GET) /api/METHOD.
void serve_api(platform &on, const http_request &request, std::shared_ptr<responder> to);

// {"ok":false,"error":...}
json refused(std::string_view error);
// The same with response_metadata.messages.
json refused(std::string_view error, const std::vector<std::string> &messages);
json missing_scope(const platform &on, std::string_view needed);

// The scope to read about a conversation of this kind, "groups:read" and so on.
std::string read_scope(conversation_kind kind);

// The methods, by the file they are in.
namespace methods {
json api_test(api_call &call);
json auth_test(api_call &call);
json apps_connections_open(api_call &call);
json team_info(api_call &call);
json bots_info(api_call &call);
json chat_post_message(api_call &call);
json chat_post_ephemeral(api_call &call);
json chat_update(api_call &call);
json chat_delete(api_call &call);
json chat_get_permalink(api_call &call);
json pins_add(api_call &call);
json reactions_add(api_call &call);
json conversations_open(api_call &call);
json conversations_info(api_call &call);
json conversations_members(api_call &call);
json conversations_join(api_call &call);
json conversations_list(api_call &call);
json users_conversations(api_call &call);
json users_info(api_call &call);
json users_list(api_call &call);
json users_lookup_by_email(api_call &call);
json dnd_info(api_call &call);
json dnd_team_info(api_call &call);
json views_open(api_call &call);
json views_push(api_call &call);
json views_update(api_call &call);
json views_publish(api_call &call);
} // namespace methods

// What a response_url does with a body; the answer's status and body.
http_reply serve_response_url(platform &on, const std::string &secret, const std::string &body);

// A part of a long list: the `limit` and `cursor` arguments, next_cursor in the answer. Null if the cursor is
// bad.
json page_of(const api_call &call, const json &all, std::string_view key, std::size_t most);

} // namespace workspace
