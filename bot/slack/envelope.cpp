// The first stage: a frame's head, and who reads the rest; see envelope.hpp.
#include "bot/slack/envelope.hpp"

#include "bot/slack/decode.hpp"
#include "bot/slack/token.hpp"

#include <algorithm>

namespace rapport::slack {
namespace {

bool keep_of_head(const key_path &path) {
    if (path.size() == 1)
        return path[0] == "type" || path[0] == "envelope_id" || path[0] == "payload" ||
               path[0] == "accepts_response_payload" || path[0] == "retry_attempt" ||
               path[0] == "retry_reason" || path[0] == "reason" || path[0] == "num_connections" ||
               path[0] == "connection_info" || path[0] == "debug_info";
    if (path.size() == 2)
        return path[1] == "type" || path[1] == "app_id" || path[1] == "approximate_connection_time";
    return false;
}

hello read_hello(const json &head) {
    hello out;
    out.app_id = text_field(field(head, "connection_info"), "app_id");
    out.num_connections =
        static_cast<int>(std::clamp<std::int64_t>(number_field(head, "num_connections"), 0, 1000));
    out.expected_seconds = static_cast<int>(std::clamp<std::int64_t>(
        number_field(field(head, "debug_info"), "approximate_connection_time"), 0, 1'000'000));
    return out;
}

delivery read_delivery(const std::string &text, const json &head, const own_identity &self) {
    delivery out;
    out.envelope_id = text_field(head, "envelope_id");
    out.accepts_payload = flag_field(head, "accepts_response_payload");
    out.retry_attempt =
        static_cast<int>(std::clamp<std::int64_t>(number_field(head, "retry_attempt"), 0, 1000));
    out.retry_reason = text_field(head, "retry_reason");
    const auto kind = text_field(head, "type");
    const auto type = text_field(field(head, "payload"), "type");
    if (!field(head, "payload").is_object()) {
        out.what = other_delivery{kind, {}};
    } else if (kind == "slash_commands") {
        out.kind = delivery_kind::command;
        decode_command(field(read_keeping(text, keep_of_command).value, "payload"), out);
    } else if (kind == "interactive") {
        out.kind = delivery_kind::interactive;
        const auto keep = type == "message_action" ? keep_of_picked_message : keep_of_interaction;
        decode_interaction(field(read_keeping(text, keep).value, "payload"), out);
    } else if (kind == "events_api") {
        out.kind = delivery_kind::event;
        decode_event(field(read_keeping(text, keep_of_event).value, "payload"), self, out);
    } else {
        out.what = other_delivery{kind, type};
    }
    // Whatever else is missing, an envelope is itself once.
    const auto envelope = key_of({"envelope", out.envelope_id});
    if (out.keys.primary.empty())
        out.keys.primary = envelope;
    else if (out.keys.secondary.empty())
        out.keys.secondary = envelope;
    return out;
}

frame read(const std::string &text, const own_identity &self) {
    if (text.size() > frame_bytes_most)
        return malformed_frame{malformation::too_long, {}};
    const auto head = read_keeping(text, keep_of_head);
    const auto envelope_id = text_field(head.value, "envelope_id");
    if (head.too_deep)
        return malformed_frame{malformation::too_deep, envelope_id};
    if (!head.complete)
        return malformed_frame{malformation::not_json, envelope_id};
    if (!head.value.is_object())
        return malformed_frame{malformation::not_an_object, {}};
    const auto type = text_field(head.value, "type");
    if (!envelope_id.empty())
        return read_delivery(text, head.value, self);
    if (type == "hello")
        return read_hello(head.value);
    if (type == "disconnect")
        return disconnect{
            value_of(disconnect_words, text_field(head.value, "reason"), disconnect_reason::unknown)};
    return unknown_frame{type};
}

} // namespace

frame read_frame(std::string &&text, const own_identity &self) {
    auto out = read(text, self);
    wipe(text);
    return out;
}

std::string key_of(std::initializer_list<std::string_view> parts) {
    std::string out;
    for (const auto part : parts) {
        if (part.empty())
            return {};
        if (!out.empty())
            out += '/';
        out += part;
    }
    return out;
}

} // namespace rapport::slack
