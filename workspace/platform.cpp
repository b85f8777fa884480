// The workspace's own acts and the events they cause; see platform.hpp.
#include "workspace/platform.hpp"

#include "workspace/cast.hpp"

#include <algorithm>
#include <array>

namespace workspace {
namespace {

std::string scope_to_read(const conversation &where) {
    constexpr std::array<std::string_view, 4> prefix{"channels", "groups", "im", "mpim"};
    return std::string(prefix[static_cast<std::size_t>(where.kind)]) + ":read";
}

std::string scope_of_history(const conversation &where) {
    auto scope = scope_to_read(where);
    return scope.substr(0, scope.find(':')) + ":history";
}

std::string message_event_name(const conversation &where) {
    constexpr std::array<std::string_view, 4> names{"message.channels", "message.groups", "message.im",
                                                    "message.mpim"};
    return std::string(names[static_cast<std::size_t>(where.kind)]);
}

} // namespace

platform::platform(platform_options options)
    : settings(std::move(options)),
      time(settings.start, settings.steady),
      log(time),
      state(settings.who),
      faults(settings.seed),
      lent(time, settings.seed + 1),
      sockets(time, log, faults, lent, settings.who.app, settings.sockets, settings.seed + 2) {
    add_own_people(state, time.now());
    if (settings.default_cast)
        add_cast(state, default_cast(), time.now());
}

std::string platform::socket_url() const {
    return (base_url.starts_with("https:") ? "wss" + base_url.substr(5) : "ws" + base_url.substr(4)) +
           "/link/";
}

std::vector<std::string> platform::audience(const conversation &of) const {
    return of.kind == conversation_kind::channel ? std::vector<std::string>() : of.members;
}

void platform::event(json what, const std::string &name, const std::string &scope) {
    if (!app.subscribes(name) || bot_token_revoked || (!scope.empty() && !app.granted(scope)))
        return;
    const auto &who = settings.who;
    if (!what.contains("event_ts"))
        what["event_ts"] = state.next_ts(time.now());
    json payload{{"token", "unused"},
                 {"team_id", who.team},
                 {"context_team_id", who.team},
                 {"context_enterprise_id", nullptr},
                 {"api_app_id", who.app},
                 {"event", std::move(what)},
                 {"type", "event_callback"},
                 {"event_id", state.new_id("Ev")},
                 {"event_time", seconds_of(time.now())},
                 {"event_context", state.new_id("4-")},
                 {"is_ext_shared_channel", false},
                 {"authorizations", json::array({{{"enterprise_id", nullptr},
                                                  {"team_id", who.team},
                                                  {"user_id", who.bot_user},
                                                  {"is_bot", true},
                                                  {"is_enterprise_install", false}}})}};
    sockets.deliver({"events_api", std::move(payload), false, nullptr});
}

void platform::interact(std::string type, json payload, bool accepts,
                        std::function<void(delivery_end, const json &)> done) {
    sockets.deliver({std::move(type), std::move(payload), accepts, std::move(done)});
}

void platform::message_event(const conversation &where, json event) {
    if (!where.has(settings.who.bot_user))
        return;
    event["type"] = "message";
    event["channel"] = where.id;
    event["channel_type"] = channel_type(where.kind);
    if (!event.contains("event_ts"))
        event["event_ts"] = event["ts"];
    this->event(std::move(event), message_event_name(where), scope_of_history(where));
}

message &platform::post(conversation &where, message what) {
    auto &posted = state.post(where, std::move(what), time.now());
    if (!posted.ephemeral_to.empty()) {
        changes.tell("ephemeral", {{"channel", where.id}, {"ts", posted.ts}}, {posted.ephemeral_to});
        return posted;
    }
    changes.tell("message", {{"channel", where.id}, {"ts", posted.ts}, {"what", "posted"}}, audience(where));
    auto event = shape(state, posted);
    message_event(where, event);
    const auto mention = "<@" + settings.who.bot_user + ">";
    if (posted.text.find(mention) != std::string::npos && where.kind != conversation_kind::im &&
        where.has(settings.who.bot_user) && posted.bot_id.empty()) {
        event["type"] = "app_mention";
        event["channel"] = where.id;
        event["event_ts"] = posted.ts;
        this->event(std::move(event), "app_mention", "app_mentions:read");
    }
    return posted;
}

void platform::change(conversation &where, message &what, message before) {
    changes.tell(what.ephemeral_to.empty() ? "message" : "ephemeral",
                 {{"channel", where.id}, {"ts", what.ts}, {"what", "changed"}},
                 what.ephemeral_to.empty() ? audience(where) : std::vector{what.ephemeral_to});
    if (!what.ephemeral_to.empty())
        return;
    const auto ts = state.next_ts(time.now());
    message_event(where, {{"subtype", "message_changed"},
                          {"hidden", true},
                          {"ts", ts},
                          {"message", shape(state, what)},
                          {"previous_message", shape(state, before)}});
}

void platform::erase(conversation &where, const std::string &ts, const std::string &) {
    const auto at = std::find_if(where.messages.begin(), where.messages.end(),
                                 [&](const message &each) { return each.ts == ts; });
    if (at == where.messages.end())
        return;
    const auto gone = *at;
    where.messages.erase(at);
    const bool private_one = !gone.ephemeral_to.empty();
    changes.tell(private_one ? "ephemeral" : "message",
                 {{"channel", where.id}, {"ts", ts}, {"what", "deleted"}},
                 private_one ? std::vector{gone.ephemeral_to} : audience(where));
    if (private_one)
        return;
    message_event(where, {{"subtype", "message_deleted"},
                          {"hidden", true},
                          {"ts", state.next_ts(time.now())},
                          {"deleted_ts", ts},
                          {"previous_message", shape(state, gone)}});
}

void platform::react(conversation &where, message &what, const std::string &name, const std::string &user,
                     bool add) {
    auto found = std::find_if(what.reactions.begin(), what.reactions.end(),
                              [&](const reaction &each) { return each.name == name; });
    if (add) {
        if (found == what.reactions.end())
            found = what.reactions.insert(what.reactions.end(), {name, {}});
        found->users.push_back(user);
    } else if (found != what.reactions.end()) {
        std::erase(found->users, user);
        if (found->users.empty())
            what.reactions.erase(found);
    }
    changes.tell("reaction", {{"channel", where.id}, {"ts", what.ts}}, audience(where));
    if (!where.has(settings.who.bot_user))
        return;
    const std::string type = add ? "reaction_added" : "reaction_removed";
    event({{"type", type},
           {"user", user},
           {"reaction", name},
           {"item", {{"type", "message"}, {"channel", where.id}, {"ts", what.ts}}},
           {"item_user", what.user}},
          type, "reactions:read");
}

void platform::join(conversation &where, const std::string &user, const std::string &inviter) {
    where.members.push_back(user);
    changes.tell("conversation", {{"channel", where.id}, {"what", "joined"}, {"user", user}},
                 audience(where));
    json what{{"type", "member_joined_channel"},
              {"user", user},
              {"channel", where.id},
              {"channel_type", channel_letter(where.kind)},
              {"team", settings.who.team}};
    if (!inviter.empty())
        what["inviter"] = inviter;
    if (where.has(settings.who.bot_user))
        event(what, "member_joined_channel", scope_to_read(where));
    message note{.ts = {},
                 .user = user,
                 .bot_id = {},
                 .subtype = where.kind == conversation_kind::group ? "group_join" : "channel_join"};
    note.text = "<@" + user + "> has joined the channel";
    post(where, std::move(note));
}

void platform::leave(conversation &where, const std::string &user) {
    const bool seen = where.has(settings.who.bot_user);
    std::erase(where.members, user);
    changes.tell("conversation", {{"channel", where.id}, {"what", "left"}, {"user", user}});
    json what{{"type", "member_left_channel"},
              {"user", user},
              {"channel", where.id},
              {"channel_type", channel_letter(where.kind)},
              {"team", settings.who.team}};
    if (seen)
        event(what, "member_left_channel", scope_to_read(where));
}

void platform::archive(conversation &where, const std::string &user) {
    where.archived = true;
    changes.tell("conversation", {{"channel", where.id}, {"what", "archived"}}, audience(where));
    const std::string type = where.kind == conversation_kind::channel ? "channel_archive" : "group_archive";
    if (where.has(settings.who.bot_user))
        event({{"type", type}, {"channel", where.id}, {"user", user}, {"is_moved", 0}}, type,
              scope_to_read(where));
}

void platform::person_changed(const std::string &id, bool joined) {
    auto &who = state.people.at(id);
    who.updated = seconds_of(time.now());
    changes.tell("person", {{"user", id}, {"what", joined ? "joined" : "changed"}});
    const std::string type = joined ? "team_join" : "user_change";
    json what{{"type", type}, {"user", shape(state, who, app.granted("users:read.email"), time.now())}};
    if (!joined)
        what["cache_ts"] = who.updated;
    event(std::move(what), type, "users:read");
}

void platform::revoke_tokens() {
    event({{"type", "tokens_revoked"},
           {"tokens", {{"oauth", json::array()}, {"bot", {settings.who.bot_user}}}}},
          "tokens_revoked", "");
    bot_token_revoked = true;
}

std::string platform::response_url(workspace::response_url what) {
    const std::string kind = what.of_command ? "commands" : "actions";
    return base_url + "/hooks/" + kind + "/" + settings.who.team + "/" +
           lent.new_response_url(std::move(what));
}

void platform::put_fault(const fault &what) {
    log.add(
        "fault",
        {{"name", text_of(what.kind)}, {"what", "ordered"}, {"method", what.method}, {"times", what.times}});
    if (is_link_fault(what.kind))
        sockets.do_to_links(what);
    else
        faults.add(what);
}

unsigned platform::judge_upgrade(const http_request &request) {
    unsigned status = 101;
    auto query = request.query();
    if (const auto refused = faults.take(fault_kind::refuse_upgrade))
        status = refused->status == 0 ? 409 : static_cast<unsigned>(refused->status);
    else if (request.path() != "/link/" && request.path() != "/link")
        status = 404;
    else if (lent.spend_ticket(query["ticket"]) != pass_state::good)
        status = 409;
    log.add("upgrade", {{"status", status}});
    return status;
}

json platform::clock() const {
    return {
        {"now", std::chrono::duration_cast<std::chrono::milliseconds>(time.now().time_since_epoch()).count()},
        {"held", time.held()}};
}

void platform::moved_clock() {
    log.add("clock", clock());
    changes.tell("clock", clock());
    time.run_due();
}

} // namespace workspace
