// What people type and how the platform passes it on: & < > escaped, @name and #channel resolved to ids,
// links wrapped. A message carries `<@U1>`, a command's words `<@U1|name>`.
#pragma once

#include "workspace/state.hpp"

namespace workspace {

// & < > as entities, in the platform's way; nothing else is touched.
std::string escaped(std::string_view typed);

struct typed_text {
    std::string text;
    json blocks; // one rich_text block, as the platform makes of every person's message
};

typed_text typed_message(const team &in, std::string_view typed);

// With should_escape in the app's manifest the mentions are resolved; without, they arrive as typed.
std::string typed_command(const team &in, std::string_view typed, bool should_escape);

// Length as the workspace judges it: UTF-16 units, the strictest reading of the platform's "characters".
std::size_t length_of(std::string_view text);
// The longest start of the text of at most `limit` such units, cut between code points.
std::string_view first_units(std::string_view text, std::size_t limit);

} // namespace workspace
