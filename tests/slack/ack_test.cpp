// Acknowledgements: one for a delivery, on its own connection, never too long.
#include "bot/slack/ack.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <type_traits>
#include <vector>

using namespace rapport::slack;
using json = nlohmann::json;

namespace {

struct recorder : ack_port {
    std::vector<std::string> frames;
    std::vector<ack_result> results;
    int let_drop = 0;
    bool up = true;

    bool send_ack(std::string frame, departure when) override {
        when.tell(up);
        if (up)
            frames.push_back(std::move(frame));
        return up;
    }
    void settled(ack_result result, moment) override {
        results.push_back(result);
    }
    void dropped() override {
        ++let_drop;
    }
};

ack made_on(const std::shared_ptr<recorder> &port, bool accepts = true, std::string id = "e-1") {
    return ack(port, std::move(id), accepts, moment{});
}

std::string object_of_size(std::size_t bytes) {
    return "{\"text\":\"" + std::string(bytes - 11, 'x') + "\"}";
}

static_assert(!std::is_copy_constructible_v<ack> && !std::is_copy_assignable_v<ack>);

} // namespace

TEST_CASE("a bare acknowledgement is the envelope's id and nothing else") {
    const auto port = std::make_shared<recorder>();
    auto a = made_on(port);
    CHECK(a.bare() == ack_result::sent);
    REQUIRE(port->frames.size() == 1);
    CHECK(port->frames[0] == R"({"envelope_id":"e-1"})");
    CHECK(port->results == std::vector{ack_result::sent});
}

TEST_CASE("an answer travels as an object in the payload") {
    const auto port = std::make_shared<recorder>();
    CHECK(made_on(port).with(R"({"response_action":"clear"})") == ack_result::sent);
    CHECK(json::parse(port->frames.at(0)) ==
          json::parse(R"({"envelope_id":"e-1","payload":{"response_action":"clear"}})"));
}

TEST_CASE("an envelope is answered once, whoever tries again", "[scar-41]") {
    const auto port = std::make_shared<recorder>();
    auto a = made_on(port);
    CHECK(a.bare() == ack_result::sent);
    CHECK(a.bare() == ack_result::already_answered);
    CHECK(a.with("{}") == ack_result::already_answered);
    auto b = std::move(a);
    CHECK(b.bare() == ack_result::already_answered);
    CHECK(port->frames.size() == 1);
    CHECK(port->let_drop == 0);
}

TEST_CASE("moving an acknowledgement moves the right to answer") {
    const auto port = std::make_shared<recorder>();
    auto a = made_on(port);
    ack b(std::move(a));
    CHECK_FALSE(a.open()); // NOLINT
    CHECK(a.bare() == ack_result::already_answered);
    CHECK(b.open());
    CHECK(b.bare() == ack_result::sent);
    ack none;
    CHECK(none.bare() == ack_result::already_answered);
}

TEST_CASE("what was never answered is not acknowledged, and counted", "[scar-22b]") {
    const auto port = std::make_shared<recorder>();
    { const auto a = made_on(port); }
    auto b = made_on(port);
    b = ack();
    CHECK(port->frames.empty());
    CHECK(port->let_drop == 2);
}

TEST_CASE("an answer that would be over the frame limit is left out, and it is said so", "[scar-47]") {
    for (const std::size_t bytes : {std::size_t(19'001), std::size_t(20'480), std::size_t(30'000)}) {
        const auto port = std::make_shared<recorder>();
        CHECK(made_on(port).with(object_of_size(bytes)) == ack_result::bare_too_long);
        CHECK(port->frames.at(0) == R"({"envelope_id":"e-1"})");
    }
    const auto port = std::make_shared<recorder>();
    const auto around = std::string(R"({"envelope_id":"e-1","payload":})").size();
    CHECK(made_on(port).with(object_of_size(19'000 - around)) == ack_result::sent);
    CHECK(port->frames.at(0).size() == 19'000);
    CHECK(made_on(port).with(object_of_size(19'001 - around)) == ack_result::bare_too_long);
}

TEST_CASE("only an object travels, and only where it is taken", "[scar-61]") {
    const auto port = std::make_shared<recorder>();
    CHECK(made_on(port).with("\"just words\"") == ack_result::bare_not_object);
    CHECK(made_on(port).with("[1]") == ack_result::bare_not_object);
    CHECK(made_on(port).with("{\"text\":") == ack_result::bare_not_object);
    CHECK(made_on(port).with("") == ack_result::bare_not_object);
    CHECK(made_on(port, false).with("{}") == ack_result::bare_not_taken);
    for (const auto &frame : port->frames)
        CHECK(frame == R"({"envelope_id":"e-1"})");
}

TEST_CASE("an acknowledgement whose connection is gone says so and goes nowhere else", "[scar-46]") {
    auto port = std::make_shared<recorder>();
    auto a = made_on(port);
    port->up = false;
    CHECK(a.bare() == ack_result::link_gone);
    port->up = true;
    auto b = made_on(port);
    port.reset();
    CHECK(b.bare() == ack_result::link_gone);
}

TEST_CASE("an envelope id of any characters comes back as it went") {
    const auto port = std::make_shared<recorder>();
    const std::string id = "a\"b\\c\n\xc3\xa9";
    CHECK(made_on(port, true, id).bare() == ack_result::sent);
    CHECK(json::parse(port->frames.at(0)).at("envelope_id") == id);
}

TEST_CASE("who asks hears once whether an acknowledgement left, also where nothing is sent") {
    auto port = std::make_shared<recorder>();
    std::vector<bool> told;
    const auto ask = [&] { return departure([&](bool left) { told.push_back(left); }); };
    CHECK(made_on(port).with("{}", ask()) == ack_result::sent);
    CHECK(told == std::vector{true});
    port->up = false;
    CHECK(made_on(port).bare(ask()) == ack_result::link_gone);
    CHECK(told == std::vector{true, false});
    auto used = made_on(port);
    port.reset();
    CHECK(used.bare(ask()) == ack_result::link_gone);
    CHECK(used.bare(ask()) == ack_result::already_answered);
    CHECK(told == std::vector{true, false, false, false});
}
