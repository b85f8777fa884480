// Values to the platform's JSON: the only place where it is written. Texts that are too long are cut with an
// ellipsis; a structure the platform would refuse is a bug here and throws std::logic_error.
#pragma once

#include "handlers/surface/blocks.hpp"

#include <map>
#include <string>

namespace rapport::surface {

// Where a message goes decides what goes around it.
enum class delivery {
    post,             // chat.postMessage, chat.update: {"text","blocks"}
    ephemeral,        // the ack of a command, or a response_url: seen by the caller only
    replace_original, // a response_url: in place of the message that held the button
};

std::string to_json(const message &what, delivery how = delivery::post);
std::string to_json(const modal &what);
std::string to_json(const home &what);

// The body for a response_url that takes the message with the button away.
std::string delete_original();

// Only the blocks of a message, as the array chat.postMessage takes beside its text.
std::string blocks_json(const message &what);

// The answers to a form (response_action): errors under their fields, another form in its place or on top of
// it, or all of them closed. A field that is not in the form would show the person a connection error, so
// the caller names fields of the form that was sent.
std::string form_errors(const std::map<std::string, std::string> &under_fields);
std::string form_update(const modal &next);
std::string form_push(const modal &next);
std::string form_clear();

// A text cut to at most `most` UTF-16 units of what is sent, on a code point, never inside an entity or a
// token, with an ellipsis if anything was cut.
std::string trimmed_mrkdwn(const mrkdwn &text, std::size_t most);
std::string trimmed_plain(const plain &text, std::size_t most);

} // namespace rapport::surface
