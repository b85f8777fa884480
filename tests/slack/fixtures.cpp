// See fixtures.hpp.
#include "tests/slack/fixtures.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

namespace slack_tests {

std::string fixture(const std::string &name) {
    std::ifstream in("tests/slack/fixtures/" + name + ".json");
    REQUIRE(in.good());
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

std::string event_envelope(const std::string &event_json, const std::string &event_id) {
    return R"({"envelope_id":"e1","type":"events_api","accepts_response_payload":false,"retry_attempt":0,)"
           R"("retry_reason":"","payload":{"type":"event_callback","event_id":")" +
           event_id + R"(","event_time":1,"team_id":"T1","api_app_id":"A1","event":)" + event_json + "}}";
}

std::string interaction_envelope(const std::string &payload_json) {
    return R"({"envelope_id":"e1","type":"interactive","accepts_response_payload":true,"payload":)" +
           payload_json + "}";
}

rapport::slack::delivery delivery_of(std::string text, const rapport::slack::own_identity &self) {
    auto frame = rapport::slack::read_frame(std::move(text), self);
    REQUIRE(std::holds_alternative<rapport::slack::delivery>(frame));
    return std::get<rapport::slack::delivery>(std::move(frame));
}

} // namespace slack_tests
