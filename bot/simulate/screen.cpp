// Reading what was rendered; see screen.hpp.
#include "bot/simulate/screen.hpp"

#include "mentoring/calendar.hpp"

#include <nlohmann/json.hpp>

namespace rapport::simulate {
namespace {

using nlohmann::json;

void read_element(const json &e, screen &out) {
    const auto type = e.value("type", "");
    if (type == "button") {
        out.presses.push_back({e["text"].value("text", ""), e.value("action_id", ""), e.value("value", "")});
        return;
    }
    if (!e.contains("options") || !e.contains("action_id"))
        return;
    for (const auto &each : e["options"])
        out.presses.push_back(
            {each["text"].value("text", ""), e.value("action_id", ""), each.value("value", ""), true});
}

std::vector<std::string> values_of(const json &options) {
    std::vector<std::string> out;
    for (const auto &each : options)
        out.push_back(each.value("value", ""));
    return out;
}

field_value held_before(const json &e) {
    if (e.contains("initial_option"))
        return choice{e["initial_option"].value("value", "")};
    if (e.contains("initial_options"))
        return choices{values_of(e["initial_options"])};
    if (e.contains("initial_value"))
        return e.value("initial_value", "");
    if (e.contains("initial_user"))
        return slack_id{e.value("initial_user", "")};
    if (e.contains("initial_date"))
        if (const auto date = parse_day(e.value("initial_date", "")))
            return *date;
    return {};
}

void read_input(const json &block, screen &out) {
    const auto &e = block["element"];
    offered_field one{
        block.value("block_id", ""), e.value("type", ""), block.value("optional", false), {}, {}};
    if (e.contains("options"))
        one.values = values_of(e["options"]);
    one.before = held_before(e);
    out.fields.push_back(std::move(one));
}

void read_blocks(const json &all, screen &out) {
    for (const auto &block : all) {
        const auto type = block.value("type", "");
        if (block.contains("accessory"))
            read_element(block["accessory"], out);
        if (type == "actions")
            for (const auto &e : block["elements"])
                read_element(e, out);
        if (type == "input")
            read_input(block, out);
    }
}

void read_into(const json &message, screen &out) {
    if (message.contains("text") && message["text"].is_string())
        out.text = message["text"].get<std::string>();
    if (message.contains("blocks"))
        read_blocks(message["blocks"], out);
}

void view_into(const json &view, screen &out) {
    out.form = view.value("callback_id", "");
    out.metadata = view.value("private_metadata", "");
    read_blocks(view["blocks"], out);
}

} // namespace

screen read_message(const std::string &text) {
    screen out;
    read_into(json::parse(text), out);
    return out;
}

screen read_view(const std::string &text) {
    screen out;
    view_into(json::parse(text), out);
    return out;
}

screen read_answer(const rendered_answer &one) {
    screen out;
    if (!one.ack.empty()) {
        const auto ack = json::parse(one.ack);
        if (ack.contains("view"))
            view_into(ack["view"], out);
        else if (!ack.contains("response_action"))
            read_into(ack, out);
        if (ack.contains("errors"))
            out.text = ack["errors"].dump();
    }
    for (const auto *body : {&one.respond, &one.direct})
        if (!body->empty())
            read_into(json::parse(*body), out);
    if (!one.open_view.empty())
        view_into(json::parse(one.open_view), out);
    return out;
}

call_arguments read_call(const std::string &text) {
    const auto body = json::parse(text);
    return {body.value("channel", ""), body.value("ts", ""), body.value("text", ""), body.value("users", "")};
}

} // namespace rapport::simulate
