// Reading the fixtures of this folder, and building envelopes in tests.
#pragma once

#include "bot/slack/envelope.hpp"

#include <string>

namespace slack_tests {

// The whole text of tests/slack/fixtures/NAME.json; fails the test if it is not there.
std::string fixture(const std::string &name);

// One event in its wrapper and envelope.
std::string event_envelope(const std::string &event_json, const std::string &event_id = "Ev1");
std::string interaction_envelope(const std::string &payload_json);

// The delivery a frame holds; fails the test if it holds none.
rapport::slack::delivery delivery_of(std::string text, const rapport::slack::own_identity &self = {});

// What was delivered, as T; fails the test if it is something else.
template <class T>
T delivered_as(const std::string &text, const rapport::slack::own_identity &self = {}) {
    return std::get<T>(delivery_of(text, self).what);
}

} // namespace slack_tests
