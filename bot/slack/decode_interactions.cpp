// Commands, presses, forms and shortcuts; see decode.hpp.
#include "bot/slack/decode.hpp"
#include "bot/slack/entities.hpp"

#include <algorithm>
#include <array>

namespace rapport::slack {
namespace {

template <std::size_t N>
bool among(const std::array<std::string_view, N> &names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 20> interaction_keys = {
    "type",         "api_app_id", "team",        "enterprise", "user",       "is_enterprise_install",
    "trigger_id",   "container",  "channel",     "message",    "view",       "state",
    "response_url", "actions",    "callback_id", "action_ts",  "message_ts", "is_cleared",
    "action_id",    "block_id",
};

// A view's own blocks and titles are ours and large; what people put in is under `state`.
constexpr std::array<std::string_view, 11> view_keys = {
    "id",           "hash",
    "callback_id",  "external_id",
    "type",         "private_metadata",
    "root_view_id", "previous_view_id",
    "state",        "app_installed_team_id",
    "team_id",
};

bool keep_interaction(const key_path &path, bool picked_text) {
    if (path[0] == "envelope_id")
        return false;
    if (path.size() < 2)
        return path[0] == "payload";
    if (path.size() == 2)
        return among(interaction_keys, path[1]) || path[1] == "value";
    if (path[1] == "message")
        return path.size() == 3 && (path[2] == "ts" || path[2] == "thread_ts" || path[2] == "user" ||
                                    path[2] == "bot_id" || (picked_text && path[2] == "text"));
    if (path[1] == "view" && path.size() == 3)
        return among(view_keys, path[2]);
    if (path[1] == "container")
        return path[2] == "message_ts" || path[2] == "thread_ts" || path[2] == "channel_id" ||
               path[2] == "is_ephemeral";
    return true;
}

origin origin_of(const json &payload) {
    origin from;
    from.app_id = text_field(payload, "api_app_id");
    from.enterprise_install = flag_field(payload, "is_enterprise_install");
    from.team = id_field(payload, "team");
    from.enterprise = id_field(payload, "enterprise");
    // `team` is null in org-wide installs; the person's own workspace is the next best.
    if (from.team.empty())
        from.team = text_field(field(payload, "user"), "team_id");
    if (from.team.empty())
        from.team = text_field(field(payload, "view"), "team_id");
    return from;
}

std::string user_name_of(const json &payload) {
    const auto &user = field(payload, "user");
    auto name = text_field(user, "username");
    return name.empty() ? text_field(user, "name") : name;
}

// One chosen value: an id, a date, a number, or an option's value.
void add_chosen(const json &value, std::vector<std::string> &out) {
    if (value.is_string())
        out.push_back(value.get<std::string>());
    else if (value.is_number_integer())
        out.push_back(std::to_string(value.get<std::int64_t>()));
    else if (value.is_object() && field(value, "value").is_string())
        out.push_back(text_field(value, "value"));
}

constexpr std::array<std::string_view, 8> single_choices = {
    "selected_option", "selected_user", "selected_conversation", "selected_channel",
    "selected_date",   "selected_time", "selected_date_time",    "selected_value",
};
constexpr std::array<std::string_view, 4> several_choices = {"selected_options", "selected_users",
                                                             "selected_conversations", "selected_channels"};

form_value value_of_element(const json &element, std::string block, std::string action) {
    form_value out;
    out.block = std::move(block);
    out.action = std::move(action);
    out.type = text_field(element, "type");
    out.at = text_field(element, "action_ts");
    if (const auto &typed = field(element, "value"); typed.is_string()) {
        // A button's value is ours and comes back as it went; what is typed comes escaped.
        const auto &text = typed.get_ref<const std::string &>();
        out.values.push_back(out.type == "button" ? text : unescaped(text));
    }
    for (const auto key : single_choices)
        add_chosen(field(element, key), out.values);
    for (const auto key : several_choices)
        if (const auto &list = field(element, key); list.is_array())
            for (const auto &each : list)
                add_chosen(each, out.values);
    return out;
}

std::vector<form_value> form_of(const json &holder) {
    std::vector<form_value> out;
    const auto &values = field(field(holder, "state"), "values");
    if (!values.is_object())
        return out;
    for (const auto &[block, actions] : values.items())
        if (actions.is_object())
            for (const auto &[action, element] : actions.items())
                out.push_back(value_of_element(element, block, action));
    return out;
}

view_seen view_of(const json &view) {
    view_seen out;
    out.id = text_field(view, "id");
    out.hash = text_field(view, "hash");
    out.callback = text_field(view, "callback_id");
    out.external_id = text_field(view, "external_id");
    out.type = text_field(view, "type");
    out.private_metadata = text_field(view, "private_metadata");
    out.root = text_field(view, "root_view_id");
    out.previous = text_field(view, "previous_view_id");
    return out;
}

block_action pressed(const json &payload) {
    block_action out;
    const auto &container = field(payload, "container");
    const auto &message = field(payload, "message");
    out.user = id_field(payload, "user");
    out.user_name = user_name_of(payload);
    out.channel = id_field(payload, "channel");
    if (out.channel.empty())
        out.channel = text_field(container, "channel_id");
    out.message_ts = text_field(container, "message_ts");
    if (out.message_ts.empty())
        out.message_ts = text_field(message, "ts");
    out.thread_ts = text_field(container, "thread_ts");
    if (out.thread_ts.empty())
        out.thread_ts = text_field(message, "thread_ts");
    out.ephemeral = flag_field(container, "is_ephemeral");
    if (const auto &view = field(payload, "view"); view.is_object()) {
        out.view = view_of(view);
        out.form = form_of(view);
    } else {
        out.form = form_of(payload);
    }
    if (const auto &actions = field(payload, "actions"); actions.is_array())
        for (const auto &each : actions)
            out.presses.push_back(
                value_of_element(each, text_field(each, "block_id"), text_field(each, "action_id")));
    out.response_url = text_field(payload, "response_url");
    out.trigger = text_field(payload, "trigger_id");
    return out;
}

void take(block_action &&what, delivery &into) {
    const auto at = what.presses.empty() ? std::string() : what.presses.front().at;
    into.keys.primary = key_of({"press", what.trigger, at});
    into.what = std::move(what);
}

void submitted(const json &payload, delivery &into) {
    view_submission out;
    out.user = id_field(payload, "user");
    out.user_name = user_name_of(payload);
    out.view = view_of(field(payload, "view"));
    out.form = form_of(field(payload, "view"));
    out.trigger = text_field(payload, "trigger_id");
    // The trigger is part of the key: a form corrected after an error comes again with the same id and hash.
    into.keys.primary = key_of({"form", out.trigger, out.view.id, out.view.hash});
    if (into.keys.primary.empty())
        into.keys.primary = key_of({"form", out.trigger, out.view.id});
    into.what = std::move(out);
}

void closed(const json &payload, delivery &into) {
    view_closed out;
    out.user = id_field(payload, "user");
    out.view = view_of(field(payload, "view"));
    out.whole_stack = flag_field(payload, "is_cleared");
    into.keys.primary = key_of({"closed", out.view.id, out.view.hash});
    into.what = std::move(out);
}

void picked(const json &payload, delivery &into) {
    message_action out;
    const auto &message = field(payload, "message");
    out.user = id_field(payload, "user");
    out.user_name = user_name_of(payload);
    out.callback = text_field(payload, "callback_id");
    out.trigger = text_field(payload, "trigger_id");
    out.at = text_field(payload, "action_ts");
    out.channel = id_field(payload, "channel");
    out.message_ts = text_field(payload, "message_ts");
    if (out.message_ts.empty())
        out.message_ts = text_field(message, "ts");
    out.thread_ts = text_field(message, "thread_ts");
    out.author = text_field(message, "user");
    out.picked_text = unescaped(text_field(message, "text"));
    out.response_url = text_field(payload, "response_url");
    into.keys.primary = key_of({"shortcut", out.trigger, out.at});
    into.what = std::move(out);
}

void shortcut_used(const json &payload, delivery &into) {
    shortcut out;
    out.user = id_field(payload, "user");
    out.user_name = user_name_of(payload);
    out.callback = text_field(payload, "callback_id");
    out.trigger = text_field(payload, "trigger_id");
    out.at = text_field(payload, "action_ts");
    into.keys.primary = key_of({"shortcut", out.trigger, out.at});
    into.what = std::move(out);
}

void asked_for_options(const json &payload, delivery &into) {
    block_suggestion out;
    out.user = id_field(payload, "user");
    out.block = text_field(payload, "block_id");
    out.action = text_field(payload, "action_id");
    out.typed = unescaped(text_field(payload, "value"));
    if (const auto &view = field(payload, "view"); view.is_object())
        out.view = view_of(view);
    into.what = std::move(out);
}

} // namespace

bool keep_of_command(const key_path &path) {
    if (path.size() == 1)
        return path[0] == "payload";
    return path[1] != "token";
}

bool keep_of_interaction(const key_path &path) {
    return keep_interaction(path, false);
}

bool keep_of_picked_message(const key_path &path) {
    return keep_interaction(path, true);
}

void decode_command(const json &payload, delivery &into) {
    slash_command out;
    out.user = text_field(payload, "user_id");
    out.user_name = text_field(payload, "user_name");
    out.channel = text_field(payload, "channel_id");
    out.channel_name = text_field(payload, "channel_name");
    out.command = text_field(payload, "command");
    out.escaped = text_field(payload, "text");
    out.text = unescaped(out.escaped);
    out.response_url = text_field(payload, "response_url");
    out.trigger = text_field(payload, "trigger_id");
    into.from.team = text_field(payload, "team_id");
    into.from.enterprise = text_field(payload, "enterprise_id");
    into.from.enterprise_install = flag_field(payload, "is_enterprise_install");
    into.from.app_id = text_field(payload, "api_app_id");
    into.keys.primary = key_of({"command", out.trigger});
    into.what = std::move(out);
}

void decode_interaction(const json &payload, delivery &into) {
    into.from = origin_of(payload);
    const auto type = text_field(payload, "type");
    if (type == "block_actions")
        take(pressed(payload), into);
    else if (type == "view_submission")
        submitted(payload, into);
    else if (type == "view_closed")
        closed(payload, into);
    else if (type == "message_action")
        picked(payload, into);
    else if (type == "shortcut")
        shortcut_used(payload, into);
    else if (type == "block_suggestion")
        asked_for_options(payload, into);
    else
        into.what = other_delivery{"interactive", type};
}

} // namespace rapport::slack
