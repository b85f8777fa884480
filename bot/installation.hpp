// What the app needs of the workspace it is installed in: which methods are called, and why, so that every
// scope asked for has a reason somebody can read. The manifest and `rapport check` are printed from it.
#pragma once

#include "bot/slack/api.hpp"
#include "config/settings.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::bot {

struct called_method {
    slack::method what;
    std::string_view reason;
    std::string_view only = {}; // of its scopes those for the conversations it is called about; empty: all
};

// Every method that is called with the bot's token. What is not in this table is called by nobody.
inline constexpr std::array<called_method, 12> called_methods{{
    {slack::method::auth_test, "to know which workspace and which bot the token is for"},
    {slack::method::chat_post_message, "to send reminders, introductions and answers"},
    {slack::method::chat_update, "to strike out what is settled in a message already sent"},
    {slack::method::chat_delete, "to take back a message its author undid"},
    {slack::method::conversations_open, "to open the direct conversations and those of the pairs"},
    {slack::method::conversations_members, "to enrol the members of a channel that a coordinator names",
     "channels:read groups:read"},
    {slack::method::users_info, "to know who is a person, a guest or a bot, and in which time zone"},
    {slack::method::users_lookup_by_email, "to find the member behind an address in an import"},
    {slack::method::views_open, "to open forms"},
    {slack::method::views_publish, "to show the home page"},
    {slack::method::pins_add, "to pin the first message of a pair, with its agreement, in its conversation"},
    {slack::method::dnd_team_info, "to let reminders wait while somebody is not to be disturbed"},
}};

// The events the process itself needs, besides those handlers ask for.
inline constexpr std::array<std::string_view, 2> own_events{{"app_uninstalled", "tokens_revoked"}};

// A scope, what it is for, and the methods, events or commands it comes from: "conversations.open".
struct needed_scope {
    std::string name;
    std::string reason;
    std::vector<std::string> of;
};

// The bot's scopes, each once: of the methods above, of the events that handlers hear, and of the commands.
// `listens`: some program follows who writes in a pair's conversation (product 4.13). `reacts`: some program
// takes a reaction for an answer.
std::vector<needed_scope> needed_scopes(bool listens = true, bool reacts = false);

// The app manifest, with the commands as the settings name them.
std::string app_manifest(const config::command_names &shown, bool listens = true, bool reacts = false);

} // namespace rapport::bot
