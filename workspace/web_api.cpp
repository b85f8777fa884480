// From an HTTP request to a method's answer, past tokens, scopes, faults and rates; see web_api.hpp.
#include "workspace/web_api.hpp"

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace workspace {
namespace {

using namespace methods;

constexpr std::string_view readers = "channels:read,groups:read,im:read,mpim:read";

constexpr std::array table{
    method_row{"api.test", token_kind::none, "", 100, api_test},
    method_row{"apps.connections.open", token_kind::app, "connections:write", 50, apps_connections_open},
    method_row{"auth.test", token_kind::bot, "", 0, auth_test},
    method_row{"bots.info", token_kind::bot, "users:read", 50, bots_info},
    method_row{"chat.delete", token_kind::bot, "chat:write", 50, chat_delete},
    method_row{"chat.getPermalink", token_kind::bot, "", 0, chat_get_permalink},
    method_row{"chat.postEphemeral", token_kind::bot, "chat:write", 100, chat_post_ephemeral},
    method_row{"chat.postMessage", token_kind::bot, "chat:write", 0, chat_post_message},
    method_row{"chat.update", token_kind::bot, "chat:write", 50, chat_update},
    method_row{"conversations.info", token_kind::bot, readers, 50, conversations_info},
    method_row{"conversations.join", token_kind::bot, "channels:join", 50, conversations_join},
    method_row{"conversations.list", token_kind::bot, readers, 20, conversations_list},
    method_row{"conversations.members", token_kind::bot, readers, 100, conversations_members},
    method_row{"conversations.open", token_kind::bot, "im:write,mpim:write", 50, conversations_open},
    method_row{"dnd.info", token_kind::bot, "dnd:read", 50, dnd_info},
    method_row{"dnd.teamInfo", token_kind::bot, "dnd:read", 20, dnd_team_info},
    method_row{"pins.add", token_kind::bot, "pins:write", 20, pins_add},
    method_row{"reactions.add", token_kind::bot, "reactions:write", 50, reactions_add},
    method_row{"team.info", token_kind::bot, "team:read", 50, team_info},
    method_row{"users.conversations", token_kind::bot, readers, 20, users_conversations},
    method_row{"users.info", token_kind::bot, "users:read", 100, users_info},
    method_row{"users.list", token_kind::bot, "users:read", 20, users_list},
    method_row{"users.lookupByEmail", token_kind::bot, "users:read.email", 50, users_lookup_by_email},
    method_row{"views.open", token_kind::bot, "", 100, views_open},
    method_row{"views.publish", token_kind::bot, "", 100, views_publish},
    method_row{"views.push", token_kind::bot, "", 100, views_push},
    method_row{"views.update", token_kind::bot, "", 100, views_update},
};

const method_row *row_of(std::string_view name) {
    for (const auto &row : table)
        if (row.name == name)
            return &row;
    return nullptr;
}

// The arguments, or the error of a body that is none.
std::string read_arguments(const http_request &request, json &args) {
    args = json::object();
    for (const auto &[key, value] : request.query())
        args[key] = value;
    const auto type = request.header("content-type");
    if (type.starts_with("application/json")) {
        const auto body = json::parse(request.body, nullptr, false);
        if (body.is_discarded())
            return "invalid_json";
        if (!body.is_object())
            return "json_not_object";
        args.update(body);
    } else if (type.empty() || type.starts_with("application/x-www-form-urlencoded")) {
        for (const auto &[key, value] : form_decoded(request.body))
            args[key] = value;
    } else {
        return "invalid_post_type";
    }
    return {};
}

std::string token_of(const http_request &request, const json &args, token_kind wanted) {
    const auto header = request.header("authorization");
    if (header.starts_with("Bearer "))
        return header.substr(7);
    return wanted == token_kind::app ? std::string()
                                     : text_in(args, "token"); // app tokens: in the header only
}

std::string wrong_with_token(const platform &on, const method_row &row, const std::string &token) {
    if (row.token == token_kind::none)
        return {};
    if (token.empty())
        return "not_authed";
    const bool is_bot = token == on.settings.bot_token, is_app = token == on.settings.app_token;
    if (!is_bot && !is_app)
        return "invalid_auth";
    if (is_bot != (row.token == token_kind::bot))
        return "not_allowed_token_type";
    return is_bot && on.bot_token_revoked ? "token_revoked" : "";
}

bool any_granted(const platform &on, std::string_view scopes) {
    if (scopes.empty())
        return true;
    while (!scopes.empty()) {
        const auto end = std::min(scopes.find(','), scopes.size());
        if (on.app.granted(scopes.substr(0, end)))
            return true;
        scopes.remove_prefix(std::min(end + 1, scopes.size()));
    }
    return false;
}

json answer_to(platform &on, const method_row &row, const http_request &request, json args) {
    const auto token = token_of(request, args, row.token);
    if (const auto wrong = wrong_with_token(on, row, token); !wrong.empty())
        return refused(wrong);
    if (row.token == token_kind::bot && !any_granted(on, row.scopes))
        return missing_scope(on, row.scopes);
    api_call call{on, std::move(args)};
    return row.run(call);
}

http_reply as_reply(const platform &on, const method_row *row, const json &answer) {
    http_reply out;
    out.headers = {{"Content-Type", "application/json; charset=utf-8"},
                   {"X-Slack-Req-Id", "local"},
                   {"Date", date::format("%a, %d %b %Y %T GMT",
                                         std::chrono::floor<std::chrono::seconds>(on.time.now()))}};
    if (row && row->token == token_kind::bot) {
        out.headers.emplace_back("X-OAuth-Scopes", on.app.granted_list());
        out.headers.emplace_back("X-Accepted-OAuth-Scopes", std::string(row->scopes));
    }
    out.body = wire(answer);
    return out;
}

http_reply rate_limited(int retry_after) {
    return {
        429,
        {{"Content-Type", "application/json; charset=utf-8"}, {"Retry-After", std::to_string(retry_after)}},
        R"({"ok":false,"error":"ratelimited"})"};
}

http_reply broken(int status) {
    return {static_cast<unsigned>(status == 0 ? 500 : status),
            {{"Content-Type", "application/json; charset=utf-8"}},
            R"({"ok":false,"error":"internal_error"})"};
}

// The faults that answer without executing; nothing if this one executes.
std::optional<http_reply> instead_of(const platform &on, const fault &what) {
    switch (what.kind) {
    case fault_kind::rate_limited:
        return rate_limited(what.retry_after);
    case fault_kind::server_error:
        return broken(what.status);
    case fault_kind::error_answer:
        return as_reply(on, nullptr, refused(what.error));
    case fault_kind::html_answer:
        return http_reply{static_cast<unsigned>(what.status == 0 ? 200 : what.status),
                          {{"Content-Type", "text/html"}},
                          "<!DOCTYPE html><html><body>Something went wrong</body></html>"};
    default:
        return std::nullopt;
    }
}

} // namespace

std::span<const method_row> method_table() {
    return table;
}

json api_call::structured(std::string_view key) const {
    const auto &value = part_of(args, key);
    if (!value.is_string())
        return value;
    return json::parse(value.get_ref<const std::string &>(), nullptr, false);
}

json refused(std::string_view error) {
    return {{"ok", false}, {"error", error}};
}

json refused(std::string_view error, const std::vector<std::string> &messages) {
    auto out = refused(error);
    out["response_metadata"] = {{"messages", messages}};
    return out;
}

json missing_scope(const platform &on, std::string_view needed) {
    auto out = refused("missing_scope");
    out["needed"] = needed;
    out["provided"] = on.app.granted_list();
    return out;
}

std::string read_scope(conversation_kind kind) {
    constexpr std::array<std::string_view, 4> prefix{"channels", "groups", "im", "mpim"};
    return std::string(prefix[static_cast<std::size_t>(kind)]) + ":read";
}

json page_of(const api_call &call, const json &all, std::string_view key, std::size_t most) {
    const auto limit =
        std::clamp<long long>(number_in(call.args, "limit", 0), 0, static_cast<long long>(most));
    const auto cursor = call.text("cursor");
    std::size_t from = 0;
    if (!cursor.empty()) {
        if (!cursor.starts_with("next-"))
            return nullptr;
        from = static_cast<std::size_t>(std::strtoull(cursor.c_str() + 5, nullptr, 10));
        if (from == 0 || from > all.size())
            return nullptr;
    }
    const auto count = std::min(limit == 0 ? most : static_cast<std::size_t>(limit), all.size() - from);
    json part = json::array();
    for (std::size_t i = from; i < from + count; ++i)
        part.push_back(all[i]);
    const bool more = from + count < all.size();
    return {{"ok", true},
            {key, part},
            {"response_metadata", {{"next_cursor", more ? fmt::format("next-{}", from + count) : ""}}}};
}

void serve_api(platform &on, const http_request &request, std::shared_ptr<responder> to) {
    const auto name = request.path().substr(std::string_view("/api/").size());
    const auto *row = row_of(name);
    json args;
    const auto unreadable = read_arguments(request, args);
    json noted{{"method", name}, {"args", args}};
    if (const auto channel = text_in(args, "channel"); !channel.empty())
        noted["channel"] = channel;
    const auto seq = on.log.add("request", noted);
    const auto note = [&on, name, seq](const std::string &how, const json &answer) {
        on.log.add("reply", {{"method", name}, {"request", seq}, {"how", how}, {"answer", answer}});
    };
    const auto struck = on.faults.take_for_call(name, text_in(args, "channel"));
    if (struck) {
        if (struck->kind == fault_kind::hang || struck->kind == fault_kind::drop_request) {
            note(std::string(text_of(struck->kind)), nullptr);
            return struck->kind == fault_kind::hang ? void() : to->drop();
        }
        if (auto instead = instead_of(on, *struck)) {
            note(std::string(text_of(struck->kind)), {{"status", instead->status}});
            return to->reply(std::move(*instead));
        }
    }
    if (!struck && row && on.settings.enforce_rates)
        if (const auto wait =
                on.rates.ask(on.time.steady(), name, row->per_minute, text_in(args, "channel"))) {
            note("rate_limited", {{"status", 429}});
            return to->reply(rate_limited(wait));
        }
    const auto answer = !row                  ? refused("unknown_method")
                        : !unreadable.empty() ? refused(unreadable)
                                              : answer_to(on, *row, request, std::move(args));
    note(struck ? std::string(text_of(struck->kind)) : "answered", answer);
    auto reply = as_reply(on, row, answer);
    if (!struck)
        return to->reply(std::move(reply));
    if (struck->kind == fault_kind::execute_then_drop)
        return to->drop();
    if (struck->kind == fault_kind::execute_then_500)
        return to->reply(broken(struck->status));
    if (struck->delay > span(0)) // slow_ack; without a delay it is never answered
        on.time.after(struck->delay, by::steady, [to, reply] { to->reply(reply); });
}

} // namespace workspace
