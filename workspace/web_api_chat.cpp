// chat.*, pins.add, reactions.add and what a response URL does: everything that puts something into a
// conversation.
#include "workspace/text.hpp"
#include "workspace/web_api.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace workspace {
namespace {

constexpr std::size_t text_limit = 40'000;
constexpr std::size_t update_limit = 4'000;

// What is said in one call, read and judged once for all methods that say something.
struct content {
    std::string text;
    json blocks = json::array();
    json attachments = json::array();
    json metadata;
    bool has_text = false;
    bool has_blocks = false;
};

// null: read; otherwise the refusal.
json read_content(const api_call &call, content &out) {
    out.has_text = call.has("text");
    out.text = call.text("text");
    if (call.has("markdown_text")) {
        if (out.has_text || call.has("blocks"))
            return refused("markdown_text_conflict");
        out.text = call.text("markdown_text");
        out.has_text = true;
        if (length_of(out.text) > 12'000)
            return refused("msg_too_long");
    }
    if (call.has("blocks")) {
        auto blocks = call.structured("blocks");
        if (blocks.is_discarded() || !blocks.is_array())
            return refused("invalid_blocks_format");
        const auto wrong = faults_in_blocks(blocks, surface::message);
        if (!wrong.empty())
            return refused("invalid_blocks", wrong);
        out.has_blocks = true;
        out.blocks = std::move(blocks);
    }
    if (call.has("attachments")) {
        out.attachments = call.structured("attachments");
        if (out.attachments.is_discarded() || !out.attachments.is_array())
            return refused("invalid_attachments");
        if (out.attachments.size() > 100)
            return refused("too_many_attachments");
    }
    if (call.has("metadata")) {
        out.metadata = call.structured("metadata");
        if (!out.metadata.is_object() ||
            (!out.metadata.empty() && (text_in(out.metadata, "event_type").empty() ||
                                       !part_of(out.metadata, "event_payload").is_object())))
            return refused("invalid_metadata_format");
        if (out.metadata.empty())
            out.metadata = nullptr;
    }
    return nullptr;
}

bool says_something(const content &said) {
    return !said.text.empty() || !said.blocks.empty() || !said.attachments.empty();
}

message from_bot(platform &on, const content &said) {
    message out;
    out.user = on.settings.who.bot_user;
    out.bot_id = on.settings.who.bot;
    out.text = std::string(first_units(said.text, text_limit));
    out.blocks = with_ids(said.blocks, on.state.new_id("b"));
    out.attachments = said.attachments;
    out.metadata = said.metadata;
    return out;
}

// The conversation a call names: a channel's id, or a person's, whose direct conversation is then meant.
conversation *target(platform &on, const std::string &name) {
    if (auto *where = on.state.find_conversation(name))
        return where;
    const auto *who = on.state.find_person(name);
    if (!who || who->is_bot || who->id == "USLACKBOT")
        return nullptr;
    return &on.state.direct(name, on.time.now());
}

// null: the bot may speak there; otherwise the refusal.
json may_post(const platform &on, const conversation &where) {
    const auto &bot = on.settings.who.bot_user;
    const bool shared = where.kind == conversation_kind::im || where.kind == conversation_kind::mpim;
    if (!where.has(bot) && (where.kind != conversation_kind::channel))
        return refused("channel_not_found");
    if (where.archived)
        return refused("is_archived");
    if (!where.has(bot) && !on.app.granted("chat:write.public"))
        return refused("not_in_channel");
    if (where.kind == conversation_kind::im && !on.app.messages_tab())
        return refused("messages_tab_disabled");
    if (shared && where.kind == conversation_kind::im) {
        const auto who = on.state.people.find(where.members.front());
        if (who != on.state.people.end() && who->second.deleted)
            return refused("is_archived"); // a direct conversation ends with its person
    }
    return nullptr;
}

// The bot's own message of a call's channel and ts; otherwise the refusal in `wrong`.
message *own_message(platform &on, conversation *where, const std::string &ts, std::string_view not_own,
                     json &wrong) {
    if (!where || !where->has(on.settings.who.bot_user)) {
        wrong = refused("channel_not_found");
        return nullptr;
    }
    auto *found = where->find(ts);
    if (!found || !found->ephemeral_to.empty())
        wrong = refused("message_not_found");
    else if (found->bot_id != on.settings.who.bot)
        wrong = refused(not_own);
    return wrong.is_null() ? found : nullptr;
}

} // namespace

namespace methods {

json chat_post_message(api_call &call) {
    auto &on = call.on;
    auto *where = target(on, call.text("channel"));
    if (!where)
        return refused("channel_not_found");
    if (const auto wrong = may_post(on, *where); !wrong.is_null())
        return wrong;
    content said;
    if (const auto wrong = read_content(call, said); !wrong.is_null())
        return wrong;
    if (!says_something(said))
        return refused("no_text");
    auto what = from_bot(on, said);
    what.thread_ts = call.text("thread_ts");
    if (!what.thread_ts.empty()) {
        const auto *parent = where->find(what.thread_ts);
        if (!parent || !parent->ephemeral_to.empty() ||
            (!parent->thread_ts.empty() && parent->thread_ts != parent->ts))
            return refused("cannot_reply_to_message");
    }
    const auto &posted = on.post(*where, std::move(what));
    return {{"ok", true}, {"channel", where->id}, {"ts", posted.ts}, {"message", shape(on.state, posted)}};
}

json chat_post_ephemeral(api_call &call) {
    auto &on = call.on;
    auto *where = on.state.find_conversation(call.text("channel"));
    if (!where)
        return refused("channel_not_found");
    if (const auto wrong = may_post(on, *where); !wrong.is_null())
        return wrong;
    const auto user = call.text("user");
    const auto *who = on.state.find_person(user);
    if (!who || who->deleted || !where->has(user))
        return refused("user_not_in_channel");
    content said;
    if (const auto wrong = read_content(call, said); !wrong.is_null())
        return wrong;
    if (!says_something(said))
        return refused("no_text");
    auto what = from_bot(on, said);
    what.ephemeral_to = user;
    what.thread_ts = call.text("thread_ts");
    const auto &posted = on.post(*where, std::move(what));
    return {{"ok", true}, {"message_ts", posted.ts}};
}

json chat_update(api_call &call) {
    auto &on = call.on;
    auto *where = on.state.find_conversation(call.text("channel"));
    json wrong;
    auto *found = own_message(on, where, call.text("ts"), "cant_update_message", wrong);
    if (!found)
        return wrong;
    content said;
    if (wrong = read_content(call, said); !wrong.is_null())
        return wrong;
    if (length_of(said.text) > update_limit)
        return refused("msg_too_long");
    const bool has_attachments = call.has("attachments");
    if (!said.has_text && !said.has_blocks && !has_attachments && !call.has("metadata"))
        return refused("no_text");
    const bool leaves_nothing =
        said.has_blocks && said.blocks.empty() && said.text.empty() && found->text.empty();
    if (leaves_nothing)
        return refused("no_text");
    const auto before = *found;
    if (said.has_text)
        found->text = said.text;
    if (said.has_text || said.has_blocks) // text alone takes the blocks away
        found->blocks = with_ids(said.blocks, on.state.new_id("b"));
    if (has_attachments)
        found->attachments = said.attachments;
    if (call.has("metadata"))
        found->metadata = said.metadata;
    found->edited_ts = on.state.next_ts(on.time.now());
    found->edited_by = on.settings.who.bot_user;
    on.change(*where, *found, before);
    return {{"ok", true},
            {"channel", where->id},
            {"ts", found->ts},
            {"text", found->text},
            {"message", shape(on.state, *found)}};
}

json chat_delete(api_call &call) {
    auto &on = call.on;
    auto *where = on.state.find_conversation(call.text("channel"));
    json wrong;
    const auto *found = own_message(on, where, call.text("ts"), "cant_delete_message", wrong);
    if (!found)
        return wrong;
    const auto ts = found->ts;
    on.erase(*where, ts, on.settings.who.bot_user);
    return {{"ok", true}, {"channel", where->id}, {"ts", ts}};
}

json chat_get_permalink(api_call &call) {
    const auto *where = call.on.state.find_conversation(call.text("channel"));
    if (!where || (!where->has(call.on.settings.who.bot_user) && where->kind != conversation_kind::channel))
        return refused("channel_not_found");
    const auto ts = call.text("message_ts");
    if (!where->find(ts))
        return refused("message_not_found");
    auto digits = ts;
    std::erase(digits, '.');
    return {{"ok", true},
            {"channel", where->id},
            {"permalink", fmt::format("{}/archives/{}/p{}", call.on.base_url, where->id, digits)}};
}

json pins_add(api_call &call) {
    auto &on = call.on;
    auto *where = on.state.find_conversation(call.text("channel"));
    if (!where || !where->has(on.settings.who.bot_user))
        return refused("channel_not_found");
    auto *found = where->find(call.text("timestamp"));
    if (!found)
        return refused("message_not_found");
    if (!found->ephemeral_to.empty())
        return refused("not_pinnable");
    if (found->pinned)
        return refused("already_pinned");
    found->pinned = true;
    on.changes.tell("pin", {{"channel", where->id}, {"ts", found->ts}}, on.audience(*where));
    return {{"ok", true}};
}

json reactions_add(api_call &call) {
    auto &on = call.on;
    const auto name = call.text("name");
    if (name.empty() || name.find(':') != std::string::npos || name.find(' ') != std::string::npos)
        return refused("invalid_name");
    auto *where = on.state.find_conversation(call.text("channel"));
    if (!where || !where->has(on.settings.who.bot_user))
        return refused("channel_not_found");
    if (where->archived)
        return refused("is_archived");
    auto *found = where->find(call.text("timestamp"));
    if (!found || !found->ephemeral_to.empty())
        return refused("message_not_found");
    for (const auto &each : found->reactions)
        if (each.name == name && std::count(each.users.begin(), each.users.end(), on.settings.who.bot_user))
            return refused("already_reacted");
    on.react(*where, *found, name, on.settings.who.bot_user, true);
    return {{"ok", true}};
}

} // namespace methods

http_reply serve_response_url(platform &on, const std::string &secret, const std::string &body) {
    const auto plain = [&on](unsigned status, std::string_view word) {
        on.log.add("reply", {{"method", "response_url"}, {"status", status}, {"answer", word}});
        return http_reply{status, {{"Content-Type", "text/plain"}}, std::string(word)};
    };
    const auto args = json::parse(body, nullptr, false);
    on.log.add("request", {{"method", "response_url"}, {"args", args.is_discarded() ? json() : args}});
    response_url to;
    switch (on.lent.use_response_url(secret, to)) {
    case pass_state::good:
        break;
    case pass_state::expired:
        return plain(404, "expired_url");
    case pass_state::used:
        return plain(404, "used_url");
    case pass_state::unknown:
        return plain(404, "no_service");
    }
    if (!args.is_object())
        return plain(400, "invalid_payload");
    auto *where = on.state.find_conversation(to.channel);
    if (!where)
        return plain(404, "channel_not_found");
    auto *original = to.message_ts.empty() ? nullptr : where->find(to.message_ts);
    if (flag_in(args, "delete_original")) {
        if (!original)
            return plain(404, "message_not_found");
        on.erase(*where, to.message_ts, on.settings.who.bot_user);
        return plain(200, "ok");
    }
    api_call call{on, args};
    content said;
    if (const auto wrong = read_content(call, said); !wrong.is_null())
        return plain(400, text_in(wrong, "error"));
    if (!says_something(said))
        return plain(400, "no_text");
    if (flag_in(args, "replace_original") && original && original->bot_id == on.settings.who.bot) {
        const auto before = *original;
        original->text = said.text;
        original->blocks = with_ids(said.blocks, on.state.new_id("b"));
        original->attachments = said.attachments;
        on.change(*where, *original, before);
        return plain(200, "ok");
    }
    auto what = from_bot(on, said);
    if (text_in(args, "response_type") == "in_channel")
        what.thread_ts = text_in(args, "thread_ts");
    else
        what.ephemeral_to = to.user;
    on.post(*where, std::move(what));
    return plain(200, "ok");
}

} // namespace workspace
