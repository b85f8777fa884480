// Undo: an act that can be taken back happens at once and offers it for ten minutes; what tells the partner
// is held a minute, so that an early undo is silent (settled 16).
#pragma once

#include "handlers/registry.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rapport {

inline constexpr minutes undo_for{10};
inline constexpr minutes partner_hears_after{1};

// When a message about this act may leave for the partner.
inline instant partner_hears_at(const desk &at) {
    return at.now() + partner_hears_after;
}

// Notes that the act can be taken back and gives the button for its answer. `act` is a row of the undo table;
// `subject` its own reference (ids, numbers, states); `told` the outbox key of the partner's message, if any.
surface::button undo_button(desk &at, std::string_view act, std::string subject,
                            std::optional<std::string> told = std::nullopt);

// Words with that button under them.
surface::message with_undo(surface::mrkdwn words, surface::button undo);
answer done_with_undo(surface::mrkdwn words, surface::button undo);

inline constexpr std::string_view undo_action = "undo";

// The kind of the outbox item that strikes a sent message out; its params are that message's outbox key.
inline constexpr std::string_view struck_out = "struck_out";

// The press of that button: by its person, once, in time, and while the act's row lets it. The partner's
// message is withdrawn if it has not left, else struck out.
result<answer> take_back(desk &at);

} // namespace rapport
