// What people do with their own client alone; what the app has to answer is in hands_app.cpp. See hands.hpp.
#include "workspace/hands.hpp"

#include "workspace/cast.hpp"
#include "workspace/text.hpp"

#include <algorithm>

namespace workspace {
namespace {

outcome refusal(std::string error, std::string detail = {}) {
    return {std::move(error), std::move(detail), json::object()};
}

outcome seen(json what) {
    return {{}, {}, std::move(what)};
}

bool may_see(const conversation &where, const std::string &user) {
    return where.kind == conversation_kind::channel || where.has(user);
}

json files_named(team &of, const std::string &name, const std::string &user) {
    return json::array({{{"id", of.new_id("F")},
                         {"name", name},
                         {"title", name},
                         {"mimetype", "application/octet-stream"},
                         {"filetype", "binary"},
                         {"user", user},
                         {"size", 1024},
                         {"mode", "hosted"}}});
}

} // namespace

json shape(const outcome &what) {
    json out = what.seen.is_object() ? what.seen : json::object();
    out["ok"] = what.good();
    if (!what.good())
        out["error"] = what.error;
    if (!what.detail.empty())
        out["detail"] = what.detail;
    return out;
}

const person *hands::actor(const std::string &user, outcome &wrong) const {
    const auto *who = on_.state.find_person(user);
    if (!who)
        wrong = refusal("user_not_found", user);
    else if (who->deleted)
        wrong = refusal("user_disabled", user);
    else if (who->id == on_.settings.who.bot_user || who->id == "USLACKBOT")
        wrong = refusal("not_a_person", user);
    else
        return who;
    return nullptr;
}

conversation *hands::place(const std::string &user, const std::string &channel, outcome &wrong) {
    if (!actor(user, wrong))
        return nullptr;
    auto *where = on_.state.find_conversation(channel);
    if (!where || !may_see(*where, user))
        wrong = refusal("channel_not_found", channel);
    else if (!where->has(user))
        wrong = refusal("not_in_channel", channel);
    else if (where->archived)
        wrong = refusal("is_archived", channel);
    else
        return where;
    return nullptr;
}

outcome hands::say(const std::string &user, const std::string &channel, const utterance &what) {
    outcome wrong;
    auto *where = place(user, channel, wrong);
    if (!where)
        return wrong;
    if (what.text.empty() && what.file.empty())
        return refusal("no_text");
    if (what.text.starts_with("/"))
        return refusal("is_a_command", "use the command act");
    if (where->kind == conversation_kind::im && where->has(on_.settings.who.bot_user) &&
        !on_.app.messages_tab_writable())
        return refusal("restricted_action_read_only_channel");
    const auto *root = what.thread_ts.empty() ? nullptr : where->find(what.thread_ts);
    if (!what.thread_ts.empty() && !root)
        return refusal("thread_not_found", what.thread_ts);
    auto typed = typed_message(on_.state, what.text);
    message said;
    said.user = user;
    said.text = std::move(typed.text);
    said.blocks = what.text.empty() ? json::array() : std::move(typed.blocks);
    said.subtype = what.file.empty() ? what.subtype : "file_share";
    if (!what.file.empty())
        said.files = files_named(on_.state, what.file, user);
    said.thread_ts = what.thread_ts;
    const auto &posted = on_.post(*where, std::move(said));
    return seen({{"channel", where->id}, {"ts", posted.ts}});
}

outcome hands::edit(const std::string &user, const std::string &channel, const std::string &ts,
                    const std::string &text) {
    outcome wrong;
    auto *where = place(user, channel, wrong);
    if (!where)
        return wrong;
    auto *found = where->find(ts);
    if (!found || found->user != user)
        return refusal("cant_update_message", ts);
    if (text.empty())
        return refusal("no_text");
    const auto before = *found;
    auto typed = typed_message(on_.state, text);
    found->text = std::move(typed.text);
    found->blocks = std::move(typed.blocks);
    found->edited_ts = on_.state.next_ts(on_.time.now());
    found->edited_by = user;
    on_.change(*where, *found, before);
    return seen({{"channel", channel}, {"ts", ts}});
}

outcome hands::erase(const std::string &user, const std::string &channel, const std::string &ts) {
    outcome wrong;
    auto *where = place(user, channel, wrong);
    if (!where)
        return wrong;
    const auto *found = where->find(ts);
    if (!found || found->user != user)
        return refusal("cant_delete_message", ts);
    on_.erase(*where, ts, user);
    return seen({{"channel", channel}, {"ts", ts}});
}

outcome hands::react(const std::string &user, const std::string &channel, const std::string &ts,
                     const std::string &name, bool add) {
    outcome wrong;
    auto *where = place(user, channel, wrong);
    if (!where)
        return wrong;
    auto *found = where->find(ts);
    if (!found || !found->ephemeral_to.empty())
        return refusal("message_not_found", ts);
    bool there = false;
    for (const auto &each : found->reactions)
        there = there || (each.name == name && std::count(each.users.begin(), each.users.end(), user) > 0);
    if (there == add)
        return refusal(add ? "already_reacted" : "no_reaction", name);
    on_.react(*where, *found, name, user, add);
    return seen({{"channel", channel}, {"ts", ts}});
}

outcome hands::open_home(const std::string &user, const std::string &tab) {
    outcome wrong;
    if (!actor(user, wrong))
        return wrong;
    if (tab == "home" ? !on_.app.home_tab() : !on_.app.messages_tab())
        return refusal("not_enabled", tab);
    const auto &where = on_.state.direct(user, on_.time.now());
    json event{{"type", "app_home_opened"}, {"user", user}, {"channel", where.id}, {"tab", tab}};
    auto home = home_seen(on_, user);
    if (tab == "home" && !home.is_null())
        event["view"] = home;
    on_.event(std::move(event), "app_home_opened", "");
    return seen({{"channel", where.id}, {"view", std::move(home)}});
}

outcome hands::open_direct(const std::string &user) {
    outcome wrong;
    if (!actor(user, wrong))
        return wrong;
    return seen({{"channel", on_.state.direct(user, on_.time.now()).id}});
}

outcome hands::open_group(const std::string &user, std::vector<std::string> others) {
    outcome wrong;
    if (!actor(user, wrong))
        return wrong;
    for (const auto &each : others)
        if (!on_.state.find_person(each))
            return refusal("user_not_found", each);
    others.push_back(user);
    std::sort(others.begin(), others.end());
    others.erase(std::unique(others.begin(), others.end()), others.end());
    if (others.size() < 2)
        return refusal("not_enough_users");
    const bool with_bot_only =
        others.size() == 2 && std::count(others.begin(), others.end(), on_.settings.who.bot_user) == 1;
    const auto &where =
        with_bot_only ? on_.state.direct(user, on_.time.now()) : on_.state.group_of(others, on_.time.now());
    on_.changes.tell("conversation", {{"channel", where.id}, {"what", "opened"}}, where.members);
    return seen({{"channel", where.id}});
}

outcome hands::create_channel(const std::string &user, const std::string &name, bool is_private) {
    outcome wrong;
    if (!actor(user, wrong))
        return wrong;
    if (name.empty() || name.size() > 80 || !std::all_of(name.begin(), name.end(), [](char c) {
            return std::islower(static_cast<unsigned char>(c)) ||
                   std::isdigit(static_cast<unsigned char>(c)) || c == '-' || c == '_';
        }))
        return refusal("invalid_name", name);
    for (const auto &[id, each] : on_.state.conversations)
        if (each.name == name)
            return refusal("name_taken", name);
    conversation made{.id = on_.state.new_id("C"), .name = name, .members = {user}, .messages = {}};
    made.kind = is_private ? conversation_kind::group : conversation_kind::channel;
    made.created = seconds_of(on_.time.now());
    made.creator = user;
    const auto id = made.id;
    on_.state.conversations.emplace(id, std::move(made));
    on_.changes.tell("conversation", {{"channel", id}, {"what", "created"}});
    return seen({{"channel", id}});
}

outcome hands::join(const std::string &user, const std::string &channel) {
    outcome wrong;
    if (!actor(user, wrong))
        return wrong;
    auto *where = on_.state.find_conversation(channel);
    if (!where || where->kind != conversation_kind::channel)
        return refusal("channel_not_found", channel);
    if (where->archived)
        return refusal("is_archived", channel);
    if (where->has(user))
        return refusal("already_in_channel", channel);
    on_.join(*where, user);
    return seen({{"channel", channel}});
}

outcome hands::leave(const std::string &user, const std::string &channel) {
    outcome wrong;
    auto *where = place(user, channel, wrong);
    if (!where)
        return wrong;
    on_.leave(*where, user);
    return seen({{"channel", channel}});
}

outcome hands::invite(const std::string &user, const std::string &channel, const std::string &who) {
    outcome wrong;
    auto *where = place(user, channel, wrong);
    if (!where)
        return wrong;
    const auto *invited = on_.state.find_person(who);
    if (!invited || invited->deleted)
        return refusal("user_not_found", who);
    if (where->has(who))
        return refusal("already_in_channel", who);
    if (where->kind == conversation_kind::im || where->kind == conversation_kind::mpim)
        return refusal("method_not_supported_for_channel_type", channel);
    on_.join(*where, who, user);
    return seen({{"channel", channel}});
}

outcome hands::archive(const std::string &user, const std::string &channel) {
    outcome wrong;
    auto *where = place(user, channel, wrong);
    if (!where)
        return wrong;
    on_.archive(*where, user);
    return seen({{"channel", channel}});
}

outcome hands::put_person(const json &fields) {
    const auto id = text_in(fields, "id");
    const auto *there = on_.state.find_person(id);
    person who = there ? *there : person();
    const bool joined = there == nullptr;
    if (const auto wrong = read_person(fields, who); !wrong.empty())
        return refusal("invalid_person", wrong);
    on_.state.people[id] = who;
    on_.person_changed(id, joined);
    return seen({{"user", id}});
}

json people_seen(const platform &on) {
    json out = json::array();
    for (const auto &[id, who] : on.state.people) {
        auto each = shape(on.state, who, true, on.time.now());
        each["tz"] = who.tz; // deactivated people keep theirs here
        each["real_name"] = who.real_name;
        out.push_back(std::move(each));
    }
    return out;
}

json conversations_seen(const platform &on, const std::string &user) {
    json out = json::array();
    for (const auto &[id, where] : on.state.conversations) {
        if (!may_see(where, user))
            continue;
        auto each = shape(on.state, where, true);
        each["is_member"] = where.has(user);
        each["with_app"] = where.has(on.settings.who.bot_user);
        each["members"] = where.members;
        each["latest"] = where.messages.empty() ? json() : json(where.messages.back().ts);
        out.push_back(std::move(each));
    }
    return out;
}

json messages_seen(const platform &on, const std::string &user, const std::string &channel, std::size_t limit,
                   const std::string &after_ts) {
    json out = json::array();
    const auto at = on.state.conversations.find(channel);
    if (at == on.state.conversations.end() || !may_see(at->second, user))
        return out;
    const auto &messages = at->second.messages;
    for (auto each = messages.rbegin(); each != messages.rend() && out.size() < limit; ++each) {
        if (each->ts <= after_ts)
            break;
        if (!each->ephemeral_to.empty() && each->ephemeral_to != user)
            continue;
        auto seen = shape(on.state, *each);
        seen["is_ephemeral"] = !each->ephemeral_to.empty();
        seen["pinned"] = each->pinned;
        out.push_back(std::move(seen));
    }
    std::reverse(out.begin(), out.end());
    return out;
}

json forms_seen(const platform &on, const std::string &user) {
    json out = json::array();
    const auto stack = on.state.modals.find(user);
    if (stack != on.state.modals.end())
        for (const auto &id : stack->second)
            out.push_back(shape(on.state, on.state.views.at(id)));
    return out;
}

json home_seen(const platform &on, const std::string &user) {
    const auto at = on.state.homes.find(user);
    if (at == on.state.homes.end() || !on.state.views.contains(at->second))
        return nullptr;
    return shape(on.state, on.state.views.at(at->second));
}

} // namespace workspace
