// From what the platform delivered to what somebody asked: the one place where values of bot/slack become
// values of handlers. Copies and names things; decides nothing.
#pragma once

#include "bot/slack/delivery.hpp"
#include "handlers/request.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::bot {

// How to answer besides the acknowledgement. Both are secrets of one request: they are used and forgotten,
// never logged, never stored.
struct reply_ways {
    std::string trigger;      // opens a form, three seconds, once
    std::string response_url; // takes messages, half an hour, five times
};

// Whom the service works for: deliveries of another workspace are not acted on.
struct own_place {
    team_id team;
    slack_id bot_user;
};

// The request a delivery makes; none if it asks nothing: our own and other bots' messages, kinds without a
// handler, other workspaces, presses without an element.
std::optional<request> request_of(const slack::delivery &what, const own_place &ours, instant now);

reply_ways ways_of(const slack::delivery &what);

// What a delivery must be acknowledged with although nobody handles it: the suggestions of a menu, which
// shows an error for a bare acknowledgement. Empty: bare.
std::string idle_payload(const slack::delivery &what);

// The people a delivery names, besides the one who made it: mentions in the words of a command, people chosen
// in fields and menus, the author of a picked message. Each once, at most `most`.
std::vector<slack_id> people_named(const slack::delivery &what, std::size_t most);

// The channel that a command's words name; none where there is none, or several.
std::optional<channel_id> channel_named(const request &asked);

} // namespace rapport::bot
