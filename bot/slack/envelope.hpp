// From the bytes of one text frame to what it means. Reads in two stages, the envelope's head first, so that
// even a frame whose payload makes no sense can be acknowledged. Never throws on what a peer sends.
#pragma once

#include "bot/slack/delivery.hpp"
#include "bot/slack/words.hpp"

#include <cstddef>
#include <string>
#include <variant>

namespace rapport::slack {

inline constexpr std::size_t frame_bytes_most = 1024 * 1024;
inline constexpr int frame_depth_most = 64;

enum class disconnect_reason { warning, refresh_requested, link_disabled, too_many_websockets, unknown };

inline constexpr choices<disconnect_reason, 5> disconnect_words{{
    {disconnect_reason::warning, "warning"},
    {disconnect_reason::refresh_requested, "refresh_requested"},
    {disconnect_reason::link_disabled, "link_disabled"},
    {disconnect_reason::too_many_websockets, "too_many_websockets"},
    {disconnect_reason::unknown, "unknown"},
}};

struct hello {
    std::string app_id;
    int num_connections = 0;  // of the app, ours included; 0 where the platform did not say
    int expected_seconds = 0; // until this connection is rotated; 0 where not said
};

struct disconnect {
    disconnect_reason reason = disconnect_reason::unknown;
};

// Neither control frame nor envelope: to be counted and skipped.
struct unknown_frame {
    std::string type;
};

// Why a frame meant nothing to us. The last two are not broken: no text, or a type nobody knows.
enum class malformation { not_json, not_an_object, too_deep, too_long, binary, unknown_type };

inline constexpr choices<malformation, 6> malformation_words{{
    {malformation::not_json, "not_json"},
    {malformation::not_an_object, "not_an_object"},
    {malformation::too_deep, "too_deep"},
    {malformation::too_long, "too_long"},
    {malformation::binary, "binary"},
    {malformation::unknown_type, "unknown_type"},
}};

// Broken as a whole. Where the head could be read before it broke, `envelope_id` is set: acknowledge it bare,
// or the platform sends it again for ever.
struct malformed_frame {
    malformation how = malformation::not_json;
    std::string envelope_id;
};

using frame = std::variant<hello, disconnect, delivery, unknown_frame, malformed_frame>;

// Whose messages are our own.
struct own_identity {
    std::string bot_id, user_id, app_id;
};

// Reads one frame and wipes its bytes, whatever they were: they may hold words of a conversation.
frame read_frame(std::string &&text, const own_identity &self);

} // namespace rapport::slack
