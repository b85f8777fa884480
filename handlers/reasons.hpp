// Why somebody got a message: the rule, what set it off, who set it, how to stop it. For a line of the
// message of the day that is the line's own (nudge_buttons.hpp); for every other message it is a row here.
#pragma once

#include "handlers/registry.hpp"
#include "storage/outbox.hpp"

#include <optional>
#include <string_view>

namespace rapport {

struct reason {
    std::string_view kind; // of the intent
    std::string_view rule; // a whole sentence
    std::string_view stop; // how it ends, or how no more of it comes
};
// None for a kind that says nothing of its own: a message shown again, or struck out, keeps its first reason.
const reason *reason_of(std::string_view kind);
// Whether a kind only shows what was said before as it stands now.
bool keeps_its_reason(std::string_view kind);

// The message with a "Why this?" under it, where it has none yet.
surface::message with_why(surface::message says, const storage::outbox_row &row);
inline constexpr std::string_view why_message = "why.message"; // its value is the row's id and its kind

result<answer> why_this_message(desk &at); // the button
result<answer> why_lately(desk &at);       // /mentoring why: of the last messages

} // namespace rapport
