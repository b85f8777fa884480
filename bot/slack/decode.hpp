// The second stage of reading an envelope: payloads to values, one function for each kind of envelope, with
// the rules of which keys are read at all. Internal to this folder.
#pragma once

#include "bot/slack/delivery.hpp"
#include "bot/slack/envelope.hpp"
#include "bot/slack/frame_reader.hpp"

namespace rapport::slack {

// What is read of each kind of envelope. In events an allow-list: text, blocks, attachments and files are not
// on it, at any depth.
bool keep_of_command(const key_path &path);
bool keep_of_interaction(const key_path &path);
bool keep_of_picked_message(const key_path &path); // message_action: the picked message's text too
bool keep_of_event(const key_path &path);

// Fill in what is delivered, whose it is and its keys. `into.envelope_id` is set before.
void decode_command(const json &payload, delivery &into);
void decode_interaction(const json &payload, delivery &into);
void decode_event(const json &payload, const own_identity &self, delivery &into);

// The parts joined by '/', or nothing where any part that must be there is empty.
std::string key_of(std::initializer_list<std::string_view> parts);

} // namespace rapport::slack
