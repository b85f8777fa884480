// Block Kit as the platform judges it; see blocks.hpp.
#include "workspace/blocks.hpp"

#include "workspace/text.hpp"

#include <fmt/format.h>

#include <array>
#include <set>

namespace workspace {
namespace {

constexpr unsigned on_message = 1, on_modal = 2, on_home = 4;

unsigned bit(surface where) {
    return where == surface::message ? on_message : where == surface::modal ? on_modal : on_home;
}

struct block_row {
    std::string_view type;
    unsigned surfaces;
};

constexpr std::array block_table{
    block_row{"section", on_message | on_modal | on_home},
    block_row{"actions", on_message | on_modal | on_home},
    block_row{"context", on_message | on_modal | on_home},
    block_row{"divider", on_message | on_modal | on_home},
    block_row{"header", on_message | on_modal | on_home},
    block_row{"image", on_message | on_modal | on_home},
    block_row{"rich_text", on_message | on_modal | on_home},
    block_row{"video", on_message | on_modal | on_home},
    block_row{"input", on_modal | on_home},
    block_row{"table", on_message | on_home},
    block_row{"markdown", on_message},
    block_row{"context_actions", on_message},
    block_row{"file", on_message},
};

constexpr unsigned in_section = 1, in_actions = 2, in_input = 4;

struct element_row {
    std::string_view type;
    unsigned places;
    bool options; // takes 1..max_options options
    unsigned max_options;
    bool placeholder; // may carry one
};

constexpr std::array element_table{
    element_row{"button", in_section | in_actions, false, 0, false},
    element_row{"static_select", in_section | in_actions | in_input, true, 100, true},
    element_row{"multi_static_select", in_section | in_actions | in_input, true, 100, true},
    element_row{"external_select", in_section | in_actions | in_input, false, 0, true},
    element_row{"multi_external_select", in_section | in_actions | in_input, false, 0, true},
    element_row{"users_select", in_section | in_actions | in_input, false, 0, true},
    element_row{"multi_users_select", in_section | in_actions | in_input, false, 0, true},
    element_row{"conversations_select", in_section | in_actions | in_input, false, 0, true},
    element_row{"multi_conversations_select", in_section | in_actions | in_input, false, 0, true},
    element_row{"channels_select", in_section | in_actions | in_input, false, 0, true},
    element_row{"multi_channels_select", in_section | in_actions | in_input, false, 0, true},
    element_row{"overflow", in_section | in_actions, true, 5, false},
    element_row{"radio_buttons", in_section | in_actions | in_input, true, 10, false},
    element_row{"checkboxes", in_section | in_actions | in_input, true, 10, false},
    element_row{"datepicker", in_section | in_actions | in_input, false, 0, true},
    element_row{"timepicker", in_section | in_actions | in_input, false, 0, true},
    element_row{"datetimepicker", in_actions | in_input, false, 0, false},
    element_row{"plain_text_input", in_input, false, 0, true},
    element_row{"email_text_input", in_input, false, 0, true},
    element_row{"url_text_input", in_input, false, 0, true},
    element_row{"number_input", in_input, false, 0, true},
    element_row{"rich_text_input", in_actions | in_input, false, 0, true},
    element_row{"file_input", in_input, false, 0, false},
};

const element_row *row_of(std::string_view type) {
    for (const auto &row : element_table)
        if (row.type == type)
            return &row;
    return nullptr;
}

class judge {
  public:
    explicit judge(surface where) : where_(where) {}

    void blocks(const json &list, const std::string &at);
    void view(const json &view);
    std::vector<std::string> wrong;

  private:
    void fault(std::string_view what, const std::string &at) {
        wrong.push_back(fmt::format("[ERROR] {} [json-pointer:{}]", what, at));
    }
    void length(const std::string &text, std::size_t least, std::size_t most, const std::string &at) {
        const auto n = length_of(text);
        if (n < least)
            fault(fmt::format("must be more than {} characters", least - 1), at);
        if (n > most)
            fault(fmt::format("must be less than {} characters", most + 1), at);
    }
    void string(const json &in, std::string_view key, std::size_t most, const std::string &at,
                bool required = false) {
        const auto &value = part_of(in, key);
        const auto here = fmt::format("{}/{}", at, key);
        if (value.is_null()) {
            if (required)
                fault(fmt::format("missing required field: {}", key), at);
            return;
        }
        if (!value.is_string())
            return fault("must be a string", here);
        length(value.get<std::string>(), required ? 1 : 0, most, here);
    }
    void text_object(const json &in, std::string_view key, std::size_t most, const std::string &at,
                     bool plain_only, bool required = true);
    void text_value(const json &value, std::size_t most, const std::string &at, bool plain_only);
    void confirm(const json &element, const std::string &at);
    void option(const json &each, const std::string &at);
    void option_list(const json &list, std::size_t most, const std::string &at);
    void options(const json &element, const element_row &row, const std::string &at);
    void element(const json &each, unsigned place, const std::string &at, std::set<std::string> &action_ids);
    void button(const json &each, const std::string &at);
    void input_limits(const json &each, const std::string &at);
    void section(const json &block, const std::string &at, std::set<std::string> &action_ids);
    void context(const json &block, const std::string &at);
    void actions(const json &block, const std::string &at, std::set<std::string> &action_ids);
    void input(const json &block, const std::string &at, std::set<std::string> &action_ids);
    void image(const json &block, const std::string &at);
    void block(const json &each, const std::string &at);
    void count(const json &list, std::size_t least, std::size_t most, const std::string &at);

    surface where_;
    std::set<std::string> block_ids_;
    std::size_t markdown_ = 0;
    std::size_t tables_ = 0;
    int focused_ = 0;
};

void judge::text_value(const json &value, std::size_t most, const std::string &at, bool plain_only) {
    if (!value.is_object())
        return fault("must be an object", at);
    const auto type = text_in(value, "type");
    if (type != "plain_text" && (plain_only || type != "mrkdwn"))
        fault(fmt::format("unsupported type: {}", type), at + "/type");
    if (!part_of(value, "text").is_string())
        return fault("missing required field: text", at);
    length(text_in(value, "text"), 1, most, at + "/text");
}

void judge::text_object(const json &in, std::string_view key, std::size_t most, const std::string &at,
                        bool plain_only, bool required) {
    const auto &value = part_of(in, key);
    if (value.is_null()) {
        if (required)
            fault(fmt::format("missing required field: {}", key), at);
        return;
    }
    text_value(value, most, fmt::format("{}/{}", at, key), plain_only);
}

void judge::count(const json &list, std::size_t least, std::size_t most, const std::string &at) {
    if (!list.is_array())
        return fault("must be an array", at);
    if (list.size() < least)
        fault(fmt::format("must have at least {} item(s)", least), at);
    if (list.size() > most)
        fault(fmt::format("no more than {} items allowed", most), at);
}

void judge::confirm(const json &element, const std::string &at) {
    const auto &dialog = part_of(element, "confirm");
    if (dialog.is_null())
        return;
    const auto here = at + "/confirm";
    text_object(dialog, "title", 100, here, true);
    text_object(dialog, "text", 300, here, false);
    text_object(dialog, "confirm", 30, here, true);
    text_object(dialog, "deny", 30, here, true);
}

void judge::option(const json &each, const std::string &at) {
    text_object(each, "text", 75, at, false);
    string(each, "value", 150, at, true);
    text_object(each, "description", 75, at, false, false);
    string(each, "url", 3000, at);
}

void judge::option_list(const json &list, std::size_t most, const std::string &at) {
    count(list, 1, most, at);
    std::set<std::string> values;
    for (std::size_t i = 0; list.is_array() && i < list.size(); ++i) {
        const auto here = fmt::format("{}/{}", at, i);
        option(list[i], here);
        if (!values.insert(text_in(list[i], "value")).second)
            fault("duplicate option value", here + "/value");
    }
}

void judge::options(const json &element, const element_row &row, const std::string &at) {
    const bool grouped = element.contains("option_groups") && row.max_options == 100;
    if (!grouped)
        return option_list(part_of(element, "options"), row.max_options, at + "/options");
    const auto &groups = part_of(element, "option_groups");
    count(groups, 1, 100, at + "/option_groups");
    for (std::size_t i = 0; groups.is_array() && i < groups.size(); ++i) {
        const auto here = fmt::format("{}/option_groups/{}", at, i);
        text_object(groups[i], "label", 75, here, true);
        option_list(part_of(groups[i], "options"), 100, here + "/options");
    }
}

void judge::button(const json &each, const std::string &at) {
    text_object(each, "text", 75, at, true);
    string(each, "value", 2000, at);
    string(each, "url", 3000, at);
    string(each, "accessibility_label", 75, at);
    const auto style = text_in(each, "style");
    if (each.contains("style") && style != "primary" && style != "danger")
        fault("must be primary or danger", at + "/style");
}

void judge::input_limits(const json &each, const std::string &at) {
    const auto type = text_in(each, "type");
    if (type == "plain_text_input") {
        const auto least = number_in(each, "min_length", 0), most = number_in(each, "max_length", 3000);
        if (least < 0 || least > 3000)
            fault("must be between 0 and 3000", at + "/min_length");
        if (most < 1 || most > 3000 || most < least)
            fault("must be between 1 and 3000", at + "/max_length");
    }
    if (type == "number_input" && !part_of(each, "is_decimal_allowed").is_boolean())
        fault("missing required field: is_decimal_allowed", at);
    for (const auto *key : {"min_value", "max_value"})
        if (type == "number_input" && each.contains(key) && !each[key].is_string())
            fault("must be a string", fmt::format("{}/{}", at, key));
    if (type == "datepicker" && each.contains("initial_date") && text_in(each, "initial_date").size() != 10)
        fault("must be a date in the format YYYY-MM-DD", at + "/initial_date");
    if (type == "timepicker" && each.contains("initial_time") && text_in(each, "initial_time").size() != 5)
        fault("must be a time in the format HH:mm", at + "/initial_time");
    if (type.starts_with("multi_") && each.contains("max_selected_items") &&
        number_in(each, "max_selected_items") < 1)
        fault("must be at least 1", at + "/max_selected_items");
}

void judge::element(const json &each, unsigned place, const std::string &at,
                    std::set<std::string> &action_ids) {
    const auto type = text_in(each, "type");
    if (type == "image" && place == in_section) {
        string(each, "image_url", 3000, at, !each.contains("slack_file"));
        return string(each, "alt_text", 2000, at, true);
    }
    const auto *row = row_of(type);
    if (!row || !(row->places & place) || (type == "file_input" && where_ != surface::modal))
        return fault(fmt::format("unsupported type: {}", type), at + "/type");
    string(each, "action_id", 255, at);
    const auto id = text_in(each, "action_id");
    if (!id.empty() && !action_ids.insert(id).second)
        fault(fmt::format("`action_id` `{}` already exists for another element in the same block", id),
              at + "/action_id");
    if (type == "button")
        button(each, at);
    if (row->options)
        options(each, *row, at);
    if (row->placeholder)
        text_object(each, "placeholder", 150, at, true, false);
    if (flag_in(each, "focus_on_load") && ++focused_ > 1)
        fault("only one element may have focus_on_load", at + "/focus_on_load");
    input_limits(each, at);
    confirm(each, at);
}

void judge::section(const json &block, const std::string &at, std::set<std::string> &action_ids) {
    text_object(block, "text", 3000, at, false, !block.contains("fields"));
    if (block.contains("fields")) {
        const auto &fields = block["fields"];
        count(fields, 1, 10, at + "/fields");
        for (std::size_t i = 0; fields.is_array() && i < fields.size(); ++i)
            text_value(fields[i], 2000, fmt::format("{}/fields/{}", at, i), false);
    }
    if (block.contains("accessory"))
        element(block["accessory"], in_section, at + "/accessory", action_ids);
}

void judge::context(const json &block, const std::string &at) {
    const auto &list = part_of(block, "elements");
    count(list, 1, 10, at + "/elements");
    for (std::size_t i = 0; list.is_array() && i < list.size(); ++i) {
        const auto here = fmt::format("{}/elements/{}", at, i);
        if (text_in(list[i], "type") == "image") {
            string(list[i], "image_url", 3000, here, !list[i].contains("slack_file"));
            string(list[i], "alt_text", 2000, here, true);
        } else {
            text_value(list[i], 3000, here, false);
        }
    }
}

void judge::actions(const json &block, const std::string &at, std::set<std::string> &action_ids) {
    const auto &list = part_of(block, "elements");
    count(list, 1, 25, at + "/elements");
    for (std::size_t i = 0; list.is_array() && i < list.size(); ++i)
        element(list[i], in_actions, fmt::format("{}/elements/{}", at, i), action_ids);
}

void judge::input(const json &block, const std::string &at, std::set<std::string> &action_ids) {
    text_object(block, "label", 2000, at, true);
    text_object(block, "hint", 2000, at, true, false);
    if (!block.contains("element"))
        return fault("missing required field: element", at);
    element(block["element"], in_input, at + "/element", action_ids);
}

void judge::image(const json &block, const std::string &at) {
    string(block, "image_url", 3000, at, !block.contains("slack_file"));
    string(block, "alt_text", 2000, at, true);
    text_object(block, "title", 2000, at, true, false);
}

void judge::block(const json &each, const std::string &at) {
    if (!each.is_object())
        return fault("must be an object", at);
    const auto type = text_in(each, "type");
    const block_row *row = nullptr;
    for (const auto &known : block_table)
        if (known.type == type)
            row = &known;
    if (!row || !(row->surfaces & bit(where_)))
        return fault(fmt::format("unsupported type: {}", type.empty() ? "(none)" : type), at + "/type");
    string(each, "block_id", 255, at);
    const auto id = text_in(each, "block_id");
    if (!id.empty() && !block_ids_.insert(id).second)
        fault(fmt::format("`block_id` `{}` already exists for another block in this payload", id),
              at + "/block_id");
    std::set<std::string> action_ids;
    if (type == "section")
        section(each, at, action_ids);
    if (type == "context")
        context(each, at);
    if (type == "actions")
        actions(each, at, action_ids);
    if (type == "input")
        input(each, at, action_ids);
    if (type == "image")
        image(each, at);
    if (type == "header")
        text_object(each, "text", 150, at, true);
    if (type == "markdown" && (markdown_ += length_of(text_in(each, "text"))) > 12'000)
        fault("must be less than 12001 characters over all markdown blocks", at + "/text");
    if (type == "table") {
        if (++tables_ > 1)
            fault("only one table block is allowed", at);
        count(part_of(each, "rows"), 1, 100, at + "/rows");
    }
    if (type == "rich_text")
        count(part_of(each, "elements"), 0, 1000, at + "/elements");
}

void judge::blocks(const json &list, const std::string &at) {
    const std::size_t most = where_ == surface::message ? 50 : 100;
    count(list, 0, most, at);
    for (std::size_t i = 0; list.is_array() && i < list.size() && i < most; ++i)
        block(list[i], fmt::format("{}/{}", at, i));
}

void judge::view(const json &view) {
    const std::string at = "/view";
    if (where_ == surface::modal) {
        text_object(view, "title", 24, at, true);
        text_object(view, "submit", 24, at, true, false);
        text_object(view, "close", 24, at, true, false);
    } else {
        for (const auto *key : {"title", "submit", "close", "clear_on_close", "notify_on_close"})
            if (view.contains(key))
                fault(fmt::format("additional property \"{}\" is not allowed in a home view", key), at);
    }
    string(view, "private_metadata", 3000, at);
    string(view, "callback_id", 255, at);
    string(view, "external_id", 255, at);
    blocks(part_of(view, "blocks"), at + "/blocks");
    bool asks = false;
    if (part_of(view, "blocks").is_array())
        for (const auto &each : view["blocks"])
            asks = asks || text_in(each, "type") == "input";
    if (where_ == surface::modal && asks && !view.contains("submit"))
        fault("missing required field: submit (the view has an input block)", at);
}

} // namespace

std::vector<std::string> faults_in_blocks(const json &blocks, surface where, const std::string &at) {
    judge judged(where);
    judged.blocks(blocks, at);
    return judged.wrong;
}

std::vector<std::string> faults_in_view(const json &view) {
    const auto type = text_in(view, "type");
    if (type != "modal" && type != "home")
        return {fmt::format("[ERROR] unsupported type: {} [json-pointer:/view/type]", type)};
    judge judged(type == "modal" ? surface::modal : surface::home);
    judged.view(view);
    return judged.wrong;
}

namespace {

void fill(json &element, const std::string &seed, int &n) {
    if (element.is_object() && row_of(text_in(element, "type")) && text_in(element, "action_id").empty())
        element["action_id"] = fmt::format("{}a{}", seed, ++n);
}

} // namespace

json with_ids(json blocks, const std::string &seed) {
    int n = 0;
    if (!blocks.is_array())
        return json::array();
    for (auto &block : blocks) {
        if (!block.is_object())
            continue;
        if (text_in(block, "block_id").empty())
            block["block_id"] = fmt::format("{}b{}", seed, ++n);
        if (block.contains("accessory"))
            fill(block["accessory"], seed, n);
        if (block.contains("element"))
            fill(block["element"], seed, n);
        if (text_in(block, "type") == "actions" && part_of(block, "elements").is_array())
            for (auto &element : block["elements"])
                fill(element, seed, n);
    }
    return blocks;
}

std::vector<placed_element> elements_of(const json &blocks) {
    std::vector<placed_element> out;
    const auto add = [&](const json &block, const json &element, bool is_input) {
        if (!row_of(text_in(element, "type")))
            return;
        out.push_back({element, text_in(block, "block_id"), is_input,
                       !is_input || flag_in(block, "dispatch_action"),
                       !is_input || flag_in(block, "optional")});
    };
    if (!blocks.is_array())
        return out;
    for (const auto &block : blocks) {
        add(block, part_of(block, "accessory"), false);
        add(block, part_of(block, "element"), true);
        if (text_in(block, "type") == "actions" && part_of(block, "elements").is_array())
            for (const auto &element : block["elements"])
                add(block, element, false);
    }
    return out;
}

} // namespace workspace
