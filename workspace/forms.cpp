// Views and their fields as the person's client keeps them; see forms.hpp.
#include "workspace/forms.hpp"

#include "workspace/blocks.hpp"
#include "workspace/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace workspace {
namespace {

enum class holds { text, option, options, id, ids, date, time, datetime, rich, files, press };

struct element_value {
    std::string_view type;
    holds what;
    std::string_view key;     // of the value, in actions and in state
    std::string_view initial; // of the element's argument
};

constexpr std::array values{
    element_value{"button", holds::press, "value", ""},
    element_value{"overflow", holds::option, "selected_option", ""},
    element_value{"static_select", holds::option, "selected_option", "initial_option"},
    element_value{"external_select", holds::option, "selected_option", "initial_option"},
    element_value{"radio_buttons", holds::option, "selected_option", "initial_option"},
    element_value{"multi_static_select", holds::options, "selected_options", "initial_options"},
    element_value{"multi_external_select", holds::options, "selected_options", "initial_options"},
    element_value{"checkboxes", holds::options, "selected_options", "initial_options"},
    element_value{"users_select", holds::id, "selected_user", "initial_user"},
    element_value{"conversations_select", holds::id, "selected_conversation", "initial_conversation"},
    element_value{"channels_select", holds::id, "selected_channel", "initial_channel"},
    element_value{"multi_users_select", holds::ids, "selected_users", "initial_users"},
    element_value{"multi_conversations_select", holds::ids, "selected_conversations",
                  "initial_conversations"},
    element_value{"multi_channels_select", holds::ids, "selected_channels", "initial_channels"},
    element_value{"datepicker", holds::date, "selected_date", "initial_date"},
    element_value{"timepicker", holds::time, "selected_time", "initial_time"},
    element_value{"datetimepicker", holds::datetime, "selected_date_time", "initial_date_time"},
    element_value{"plain_text_input", holds::text, "value", "initial_value"},
    element_value{"email_text_input", holds::text, "value", "initial_value"},
    element_value{"url_text_input", holds::text, "value", "initial_value"},
    element_value{"number_input", holds::text, "value", "initial_value"},
    element_value{"rich_text_input", holds::rich, "rich_text_value", "initial_value"},
    element_value{"file_input", holds::files, "files", ""},
};

const element_value *row_of(std::string_view type) {
    for (const auto &row : values)
        if (row.type == type)
            return &row;
    return nullptr;
}

bool many(holds what) {
    return what == holds::options || what == holds::ids || what == holds::files;
}

// The element's option of this value, as its {text, value}; null: it has none.
json option_of(const json &element, const std::string &value) {
    std::vector<const json *> lists{&part_of(element, "options")};
    for (const auto &group : part_of(element, "option_groups"))
        lists.push_back(&part_of(group, "options"));
    for (const auto *list : lists)
        for (const auto &each : *list)
            if (text_in(each, "value") == value)
                return {{"text", part_of(each, "text")}, {"value", value}};
    if (text_in(element, "type").ends_with("external_select"))
        return {{"text", {{"type", "plain_text"}, {"text", value}}}, {"value", value}};
    return nullptr;
}

bool digits_at(std::string_view text, std::initializer_list<std::size_t> separators, char separator) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool here = std::find(separators.begin(), separators.end(), i) != separators.end();
        if (here ? text[i] != separator : !std::isdigit(static_cast<unsigned char>(text[i])))
            return false;
    }
    return true;
}

// What stands under the row's key for what was put in; discarded: not a value of this element.
json inner(const json &element, const element_value &row, const json &put_in) {
    const json refuse(json::value_t::discarded);
    if (row.what == holds::press) // whatever was put in: a button says what it was made with
        return part_of(element, "value");
    if (put_in.is_null())
        return many(row.what) ? json::array() : json(nullptr);
    const auto words = put_in.is_array() ? put_in : json::array({put_in});
    switch (row.what) {
    case holds::press:
        return part_of(element, "value");
    case holds::text:
        if (put_in.is_string())
            return put_in == "" ? json(nullptr) : put_in;
        return put_in.is_number() ? json(put_in.dump()) : refuse;
    case holds::option:
        if (auto found = put_in.is_string() ? option_of(element, put_in.get<std::string>()) : json();
            !found.is_null())
            return found;
        return refuse;
    case holds::options: {
        json out = json::array();
        for (const auto &word : words) {
            auto found = word.is_string() ? option_of(element, word.get<std::string>()) : json();
            if (found.is_null())
                return refuse;
            out.push_back(std::move(found));
        }
        return out;
    }
    case holds::id:
        return put_in.is_string() ? put_in : refuse;
    case holds::ids:
        return words;
    case holds::date: {
        const auto text = put_in.is_string() ? put_in.get<std::string>() : std::string();
        return text.size() == 10 && digits_at(text, {4, 7}, '-') ? put_in : refuse;
    }
    case holds::time: {
        const auto text = put_in.is_string() ? put_in.get<std::string>() : std::string();
        return text.size() == 5 && digits_at(text, {2}, ':') ? put_in : refuse;
    }
    case holds::datetime:
        return put_in.is_number_integer() ? put_in : refuse;
    case holds::rich:
        if (!put_in.is_string())
            return put_in.is_object() ? put_in : refuse;
        return {
            {"type", "rich_text"},
            {"elements", json::array({{{"type", "rich_text_section"},
                                       {"elements", json::array({{{"type", "text"}, {"text", put_in}}})}}})}};
    case holds::files:
        return words;
    }
    return refuse;
}

json untouched(const json &element, const element_value &row) {
    json value{{"type", row.type}};
    const auto &initial = row.initial.empty() ? json() : part_of(element, row.initial);
    value[std::string(row.key)] = !initial.is_null() ? initial
                                  : many(row.what)   ? json::array()
                                                     : json(nullptr);
    return value;
}

std::string complaint_about_number(const json &element, const std::string &text) {
    char *end = nullptr;
    const auto number = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != '\0')
        return "is not a number";
    if (!flag_in(element, "is_decimal_allowed") && number != std::floor(number))
        return "is not a whole number";
    if (const auto least = text_in(element, "min_value");
        !least.empty() && number < std::strtod(least.c_str(), nullptr))
        return "is less than " + least;
    if (const auto most = text_in(element, "max_value");
        !most.empty() && number > std::strtod(most.c_str(), nullptr))
        return "is more than " + most;
    return {};
}

} // namespace

json value_of(const json &element, const json &put_in) {
    const auto *row = row_of(text_in(element, "type"));
    if (!row)
        return nullptr;
    auto found = inner(element, *row, put_in);
    if (found.is_discarded())
        return nullptr;
    json out{{"type", row->type}};
    if (row->what != holds::press || !found.is_null())
        out[std::string(row->key)] = std::move(found);
    return out;
}

json initial_values(const json &blocks) {
    json out = json::object();
    for (const auto &each : elements_of(blocks)) {
        const auto *row = row_of(text_in(each.element, "type"));
        if (row && row->what != holds::press && row->type != "overflow")
            out[each.block_id][text_in(each.element, "action_id")] = untouched(each.element, *row);
    }
    return out;
}

std::string complaint_about(const json &element, const json &value, bool optional) {
    const auto type = text_in(element, "type");
    const auto *row = row_of(type);
    if (!row)
        return {};
    const auto &held = part_of(value, row->key);
    if (held.is_null() || (held.is_array() && held.empty()))
        return optional ? "" : "is required";
    if (row->what == holds::text && held.is_string()) {
        const auto text = held.get<std::string>();
        if (type == "number_input")
            return complaint_about_number(element, text);
        if (type == "email_text_input" &&
            (text.find('@') == std::string::npos || text.find(' ') != std::string::npos))
            return "is not an e-mail address";
        if (type == "url_text_input" && text.find("://") == std::string::npos)
            return "is not a link";
        const auto length = static_cast<long long>(length_of(text));
        if (length < number_in(element, "min_length", 0))
            return fmt::format("is shorter than {} characters", number_in(element, "min_length"));
        if (type == "plain_text_input" && length > number_in(element, "max_length", 3000))
            return fmt::format("is longer than {} characters", number_in(element, "max_length", 3000));
    }
    if (type.starts_with("multi_") && element.contains("max_selected_items") &&
        held.size() > static_cast<std::size_t>(number_in(element, "max_selected_items")))
        return "has too many items";
    return {};
}

view &push_form(platform &on, const std::string &user, json body) {
    auto &stack = on.state.modals[user];
    view made{.id = on.state.new_id("V"), .user = user, .body = std::move(body)};
    made.body["blocks"] = with_ids(part_of(made.body, "blocks"), made.id);
    made.hash = on.state.new_hash(on.time.now());
    made.root_id = stack.empty() ? made.id : stack.front();
    made.previous_id = stack.empty() ? std::string() : stack.back();
    made.values = initial_values(made.body["blocks"]);
    stack.push_back(made.id);
    on.changes.tell("view", {{"view", made.id}, {"what", "opened"}}, {user});
    return on.state.views[made.id] = std::move(made);
}

void replace_view(platform &on, view &what, json body) {
    what.body = std::move(body);
    what.body["blocks"] = with_ids(part_of(what.body, "blocks"), what.id);
    what.hash = on.state.new_hash(on.time.now());
    auto fresh = initial_values(what.body["blocks"]);
    for (auto &[block, actions] : fresh.items())
        for (auto &[action, value] : actions.items()) {
            const auto &typed = part_of(part_of(what.values, block), action);
            const auto *row = row_of(text_in(value, "type"));
            const bool forced = row && !part_of(value, row->key).empty();
            if (!forced && text_in(typed, "type") == text_in(value, "type"))
                value = typed;
        }
    what.values = std::move(fresh);
    const bool home = text_in(what.body, "type") == "home";
    on.changes.tell(home ? "home" : "view", {{"view", what.id}, {"what", "updated"}}, {what.user});
}

view &publish_home(platform &on, const std::string &user, json body) {
    auto &id = on.state.homes[user];
    if (auto *there = on.state.find_view(id)) {
        replace_view(on, *there, std::move(body));
        return *there;
    }
    id = on.state.new_id("V");
    auto &made = on.state.views[id];
    made.id = id;
    made.user = user;
    made.root_id = id;
    replace_view(on, made, std::move(body));
    return made;
}

view *top_form(platform &on, const std::string &user) {
    const auto stack = on.state.modals.find(user);
    if (stack == on.state.modals.end() || stack->second.empty())
        return nullptr;
    return on.state.find_view(stack->second.back());
}

void close_form(platform &on, const std::string &user, bool whole_stack) {
    auto &stack = on.state.modals[user];
    while (!stack.empty()) {
        const auto id = stack.back();
        stack.pop_back();
        on.state.views.erase(id);
        on.changes.tell("view", {{"view", id}, {"what", "closed"}}, {user});
        if (!whole_stack)
            break;
    }
    if (stack.empty())
        on.state.modals.erase(user);
}

} // namespace workspace
