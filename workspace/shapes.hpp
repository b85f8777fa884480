// How the platform writes a person, a conversation, a message and a view in JSON: in answers, in events and
// in payloads alike.
#pragma once

#include "workspace/state.hpp"

namespace workspace {

json shape(const team &of, const person &who, bool with_email, instant now);
json shape(const team &of, const conversation &what, bool with_member_count);
json shape(const team &of, const message &what);
json shape(const team &of, const view &what);

std::string_view channel_type(conversation_kind kind);   // channel, group, im, mpim
std::string_view channel_letter(conversation_kind kind); // C or G, as member_joined_channel says it
// The name a slash command and a block action give the place: directmessage, privategroup or its own.
std::string name_in_payloads(const conversation &what);

json bot_profile(const team &of);

} // namespace workspace
