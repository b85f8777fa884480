// What people do that the app has to answer: commands, presses, forms and shortcuts. See hands.hpp.
#include "workspace/blocks.hpp"
#include "workspace/forms.hpp"
#include "workspace/hands.hpp"
#include "workspace/text.hpp"

#include <algorithm>

namespace workspace {
namespace {

outcome refusal(std::string error, std::string detail = {}) {
    return {std::move(error), std::move(detail), json::object()};
}

json team_part(const identity &who) {
    return {{"id", who.team}, {"domain", who.domain}};
}

// The element of this action_id (and block_id, if given) among the blocks; nothing: there is none.
const placed_element *element_called(const std::vector<placed_element> &all, const std::string &action_id,
                                     const std::string &block_id) {
    for (const auto &each : all)
        if (text_in(each.element, "action_id") == action_id &&
            (block_id.empty() || each.block_id == block_id))
            return &each;
    return nullptr;
}

json action_of(const placed_element &where, const json &value, const std::string &action_ts) {
    json out = value;
    out["action_id"] = text_in(where.element, "action_id");
    out["block_id"] = where.block_id;
    out["action_ts"] = action_ts;
    for (const auto *key : {"text", "placeholder", "confirm", "url", "style"})
        if (where.element.contains(key))
            out[key] = where.element[key];
    return out;
}

// What was put into one input: by {block: {action: x}} or by {block: x}.
const json &put_into(const json &values, const std::string &block_id, const std::string &action_id,
                     bool &given) {
    const auto &block = part_of(values, block_id);
    given = values.is_object() && values.contains(block_id);
    if (!block.is_object() || text_in(block, "type") == "rich_text")
        return block;
    given = block.contains(action_id);
    return part_of(block, action_id);
}

} // namespace

json hands::header(const std::string &type, const person &who) const {
    return {
        {"type", type},
        {"token", "unused"},
        {"api_app_id", on_.settings.who.app},
        {"team", team_part(on_.settings.who)},
        {"enterprise", nullptr},
        {"is_enterprise_install", false},
        {"user",
         {{"id", who.id}, {"username", who.name}, {"name", who.name}, {"team_id", on_.settings.who.team}}}};
}

void hands::send(json payload, bool accepts, told then, std::function<outcome(const json &)> read) {
    if (!on_.app.interactive())
        return then(refusal("interactivity_off", "settings.interactivity of the manifest"));
    on_.interact("interactive", std::move(payload), accepts,
                 [then = std::move(then), read = std::move(read)](delivery_end end, const json &answer) {
                     if (end == delivery_end::acked)
                         return then(read(answer));
                     then(refusal(end == delivery_end::no_link ? "dispatch_failed" : "operation_timeout"));
                 });
}

void hands::command(const std::string &user, const std::string &channel, const std::string &command,
                    const std::string &text, told then) {
    outcome wrong;
    auto *where = place(user, channel, wrong);
    if (!where)
        return then(wrong);
    if (!command.starts_with('/') || command.size() < 2)
        return then(refusal("not_a_command", command));
    if (!on_.app.has_command(command))
        return then(refusal("unknown_command", command + " is not a valid command"));
    const auto &who = *on_.state.find_person(user);
    const auto &own = on_.settings.who;
    on_.log.add("hand", {{"act", "command"}, {"user", user}, {"command", command}, {"channel", channel}});
    json payload{{"token", "unused"},
                 {"team_id", own.team},
                 {"team_domain", own.domain},
                 {"channel_id", channel},
                 {"channel_name", name_in_payloads(*where)},
                 {"user_id", user},
                 {"user_name", who.name},
                 {"command", command},
                 {"text", typed_command(on_.state, text, on_.app.escapes(command))},
                 {"api_app_id", own.app},
                 {"is_enterprise_install", "false"},
                 {"response_url", on_.response_url({channel, user, {}, true})},
                 {"trigger_id", on_.lent.new_trigger({user, {}})}};
    on_.interact(
        "slash_commands", std::move(payload), true,
        [&on = on_, user, channel, command, text, then](delivery_end end, const json &answer) {
            if (end == delivery_end::no_link)
                return then(refusal("dispatch_failed", command + " failed: the app is not connected"));
            if (end == delivery_end::timed_out)
                return then(
                    refusal("operation_timeout", command + " failed: the app did not answer in time"));
            json seen{{"reply", answer}};
            auto *still = on.state.find_conversation(channel);
            const bool says = !text_in(answer, "text").empty() || !part_of(answer, "blocks").empty();
            const bool to_all = text_in(answer, "response_type") == "in_channel";
            if (still && to_all) { // the typed command becomes visible
                message typed;
                typed.user = user;
                typed.text = escaped(command + (text.empty() ? "" : " " + text));
                on.post(*still, std::move(typed));
            }
            if (still && says) {
                const auto blocks = part_of(answer, "blocks");
                const auto faults = blocks.is_null() ? std::vector<std::string>()
                                                     : faults_in_blocks(blocks, surface::message);
                if (!faults.empty()) {
                    on.log.add("violation", {{"rule", "invalid_blocks_in_ack"}, {"messages", faults}});
                    return then({"invalid_command_response", faults.front(), seen});
                }
                message reply;
                reply.user = on.settings.who.bot_user;
                reply.bot_id = on.settings.who.bot;
                reply.text = text_in(answer, "text");
                reply.blocks = with_ids(blocks, on.state.new_id("b"));
                reply.ephemeral_to = to_all ? std::string() : user;
                seen["ts"] = on.post(*still, std::move(reply)).ts;
            }
            then({{}, {}, seen});
        });
}

void hands::press(const std::string &user, const spot &where, const std::string &action_id,
                  const std::string &block_id, const json &value, told then) {
    outcome wrong;
    const auto *who = actor(user, wrong);
    if (!who)
        return then(wrong);
    conversation *place_of = nullptr;
    message *said = nullptr;
    view *shown = nullptr;
    if (!where.view.empty()) {
        shown = on_.state.find_view(where.view);
        if (!shown || shown->user != user)
            return then(refusal("view_not_found", where.view));
    } else {
        place_of = place(user, where.channel, wrong);
        said = place_of ? place_of->find(where.ts) : nullptr;
        if (!place_of)
            return then(wrong);
        if (!said || (!said->ephemeral_to.empty() && said->ephemeral_to != user) || said->bot_id.empty())
            return then(refusal("message_not_found", where.ts));
    }
    const auto elements = elements_of(shown ? part_of(shown->body, "blocks") : said->blocks);
    const auto *pressed = element_called(elements, action_id, block_id);
    if (!pressed)
        return then(refusal("no_such_element", action_id));
    const auto chosen = value_of(pressed->element, value);
    if (chosen.is_null() || (value.is_null() && text_in(pressed->element, "type") == "overflow"))
        return then(refusal("not_a_choice", wire(value)));
    if (shown && text_in(pressed->element, "type") != "button" &&
        text_in(pressed->element, "type") != "overflow")
        shown->values[pressed->block_id][action_id] = chosen;
    if (!pressed->dispatches)
        return then({{}, {}, {{"acked", false}, {"detail", "kept in the form; sent when it is submitted"}}});
    on_.log.add("hand", {{"act", "press"}, {"user", user}, {"action_id", action_id}});
    auto payload = header("block_actions", *who);
    payload["trigger_id"] =
        on_.lent.new_trigger({user, shown && text_in(shown->body, "type") == "modal" ? shown->id : ""});
    payload["actions"] = json::array({action_of(*pressed, chosen, on_.state.next_ts(on_.time.now()))});
    if (shown) {
        payload["container"] = {{"type", "view"}, {"view_id", shown->id}};
        payload["view"] = shape(on_.state, *shown);
    } else {
        const bool ephemeral = !said->ephemeral_to.empty();
        payload["container"] = {{"type", "message"},
                                {"message_ts", said->ts},
                                {"channel_id", place_of->id},
                                {"is_ephemeral", ephemeral}};
        if (!said->thread_ts.empty())
            payload["container"]["thread_ts"] = said->thread_ts;
        payload["channel"] = {{"id", place_of->id}, {"name", name_in_payloads(*place_of)}};
        if (!ephemeral)
            payload["message"] = shape(on_.state, *said);
        payload["state"] = {{"values", initial_values(said->blocks)}};
        if (text_in(pressed->element, "type") != "button" && text_in(pressed->element, "type") != "overflow")
            payload["state"]["values"][pressed->block_id][action_id] = chosen;
        payload["response_url"] = on_.response_url({place_of->id, user, said->ts, false});
    }
    send(std::move(payload), false, std::move(then), [](const json &) {
        return outcome{{}, {}, {{"acked", true}}};
    });
}

void hands::submit(const std::string &user, const json &values, told then) {
    outcome wrong;
    const auto *who = actor(user, wrong);
    if (!who)
        return then(wrong);
    auto *top = top_form(on_, user);
    if (!top)
        return then(refusal("view_not_found", "no form is open"));
    const auto elements = elements_of(part_of(top->body, "blocks"));
    const auto put_in_all = values.is_object() ? values : json::object();
    for (const auto &[block, unused] : put_in_all.items())
        if (std::none_of(elements.begin(), elements.end(),
                         [&b = block](auto &each) { return each.block_id == b; }))
            return then(refusal("no_such_element", block));
    auto filled = top->values;
    for (const auto &each : elements) {
        const auto action_id = text_in(each.element, "action_id");
        bool given = false;
        const auto &put_in = put_into(put_in_all, each.block_id, action_id, given);
        if (given) {
            const auto value = value_of(each.element, put_in);
            if (value.is_null())
                return then({"not_a_choice", wire(put_in), {{"block_id", each.block_id}}});
            filled[each.block_id][action_id] = value;
        }
        if (!each.is_input)
            continue;
        const auto complaint =
            complaint_about(each.element, part_of(part_of(filled, each.block_id), action_id), each.optional);
        if (!complaint.empty())
            return then({"invalid_input", complaint, {{"block_id", each.block_id}}});
    }
    top->values = std::move(filled);
    on_.log.add("hand",
                {{"act", "submit"}, {"user", user}, {"callback_id", text_in(top->body, "callback_id")}});
    auto payload = header("view_submission", *who);
    payload["trigger_id"] = on_.lent.new_trigger({user, top->id});
    payload["view"] = shape(on_.state, *top);
    payload["response_urls"] = json::array();
    send(std::move(payload), true, std::move(then), [&on = on_, user, id = top->id](const json &answer) {
        return hands(on).after_submission(user, id, answer);
    });
}

outcome hands::after_submission(const std::string &user, const std::string &view_id, const json &answer) {
    auto *submitted = on_.state.find_view(view_id);
    const auto action = text_in(answer, "response_action");
    const auto bad_answer = [this](const std::string &rule, const std::string &detail) {
        on_.log.add("violation", {{"rule", rule}, {"detail", detail}});
        return refusal("invalid_response", detail); // the person reads "We had some trouble connecting"
    };
    if (!submitted)
        return {{}, {}, {{"response_action", "close"}}};
    if (action.empty()) {
        if (top_form(on_, user) == submitted)
            close_form(on_, user, false);
        return {{}, {}, {{"response_action", "close"}}};
    }
    if (action == "clear") {
        close_form(on_, user, true);
        return {{}, {}, {{"response_action", "clear"}}};
    }
    if (action == "errors") {
        const auto &errors = part_of(answer, "errors");
        const auto elements = elements_of(part_of(submitted->body, "blocks"));
        if (!errors.is_object() || errors.empty())
            return bad_answer("submission_errors_empty", "errors is empty");
        for (const auto &[block, text] : errors.items())
            if (std::none_of(elements.begin(), elements.end(),
                             [&b = block](auto &each) { return each.is_input && each.block_id == b; }))
                return bad_answer("submission_error_of_unknown_block", block);
        return {{},
                {},
                {{"response_action", "errors"}, {"errors", errors}, {"view", shape(on_.state, *submitted)}}};
    }
    const auto &body = part_of(answer, "view");
    const auto faults = faults_in_view(body.is_object() ? body : json::object());
    if (action != "update" && action != "push")
        return bad_answer("submission_action_unknown", action);
    if (!faults.empty() || text_in(body, "type") != "modal")
        return bad_answer("submission_view_invalid", faults.empty() ? "not a modal" : faults.front());
    if (action == "update") {
        replace_view(on_, *submitted, body);
        return {{}, {}, {{"response_action", "update"}, {"view", shape(on_.state, *submitted)}}};
    }
    if (on_.state.modals[user].size() >= stack_limit)
        return bad_answer("submission_push_limit", "three forms are open");
    return {{}, {}, {{"response_action", "push"}, {"view", shape(on_.state, push_form(on_, user, body))}}};
}

void hands::close(const std::string &user, bool whole_stack, told then) {
    outcome wrong;
    const auto *who = actor(user, wrong);
    if (!who)
        return then(wrong);
    auto *top = top_form(on_, user);
    if (!top)
        return then(refusal("view_not_found", "no form is open"));
    const bool all = whole_stack || flag_in(top->body, "clear_on_close");
    const auto *told_of = all ? on_.state.find_view(top->root_id) : top;
    const bool notify = told_of && flag_in(told_of->body, "notify_on_close");
    auto payload = header("view_closed", *who);
    if (told_of)
        payload["view"] = shape(on_.state, *told_of);
    payload["is_cleared"] = all;
    close_form(on_, user, all);
    if (!notify)
        return then({{}, {}, {{"notified", false}}});
    send(std::move(payload), false, std::move(then), [](const json &) {
        return outcome{{}, {}, {{"notified", true}}};
    });
}

void hands::global_shortcut(const std::string &user, const std::string &callback_id, told then) {
    outcome wrong;
    const auto *who = actor(user, wrong);
    if (!who)
        return then(wrong);
    if (!on_.app.has_shortcut("global", callback_id))
        return then(refusal("unknown_shortcut", callback_id));
    auto payload = header("shortcut", *who);
    payload["callback_id"] = callback_id;
    payload["action_ts"] = on_.state.next_ts(on_.time.now());
    payload["trigger_id"] = on_.lent.new_trigger({user, {}});
    send(std::move(payload), false, std::move(then), [](const json &) {
        return outcome{{}, {}, {{"acked", true}}};
    });
}

void hands::message_shortcut(const std::string &user, const spot &where, const std::string &callback_id,
                             told then) {
    outcome wrong;
    auto *place_of = place(user, where.channel, wrong);
    if (!place_of)
        return then(wrong);
    const auto *said = place_of->find(where.ts);
    if (!said || !said->ephemeral_to.empty())
        return then(refusal("message_not_found", where.ts));
    if (!on_.app.has_shortcut("message", callback_id))
        return then(refusal("unknown_shortcut", callback_id));
    auto payload = header("message_action", *on_.state.find_person(user));
    payload["callback_id"] = callback_id;
    payload["action_ts"] = on_.state.next_ts(on_.time.now());
    payload["trigger_id"] = on_.lent.new_trigger({user, {}});
    payload["message_ts"] = said->ts;
    payload["message"] = shape(on_.state, *said);
    payload["channel"] = {{"id", place_of->id}, {"name", name_in_payloads(*place_of)}};
    payload["response_url"] = on_.response_url({place_of->id, user, said->ts, false});
    send(std::move(payload), false, std::move(then), [](const json &) {
        return outcome{{}, {}, {{"acked", true}}};
    });
}

} // namespace workspace
