// The JSON of the few calls that bot/ makes by itself, and what is read from their answers. What is shown was
// rendered before and is put in as it is.
#pragma once

#include "handlers/request.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::bot::bodies {

std::string open_view(std::string_view trigger, std::string_view view);
std::string publish_home(const slack_id &whose, std::string_view view);
std::string open_direct(const slack_id &with);
std::string open_with(const std::vector<slack_id> &all);
// A message ({"text","blocks"}, perhaps with what only a response address understands) for a conversation.
std::string post(const channel_id &where, std::string_view message);
// The same message for a response address, seen by the one who asked only.
std::string ephemeral(std::string_view message);
// Whether a message says anything: a body that only takes a message away does not.
bool has_words(std::string_view message);
std::string users_info(const slack_id &who);
std::string lookup_by_email(std::string_view email);

// A page of a channel's members; `cursor` empty for the first.
std::string members_of(const channel_id &where, std::string_view cursor);

struct members_page {
    std::vector<slack_id> members;
    std::string next; // empty: it was the last
};
std::optional<members_page> members_of_answer(std::string_view answer);

// The person of a users.info or users.lookupByEmail answer, as the workspace `ours` sees them.
std::optional<person_described> person_of(std::string_view answer, const team_id &ours);
// The conversation of a conversations.open answer.
std::optional<channel_id> opened_channel(std::string_view answer);
// Where a post went.
struct posted {
    channel_id channel;
    std::string ts;
};
std::optional<posted> posted_message(std::string_view answer);

// Who the token speaks for, from auth.test.
struct identity {
    team_id team;
    std::string team_name;
    slack_id user;
    std::string bot_id;
};
std::optional<identity> identity_of(std::string_view answer);

} // namespace rapport::bot::bodies
