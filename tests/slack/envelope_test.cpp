// Frames: control, envelopes, and everything a broken or hostile peer may send instead.
#include "tests/slack/fixtures.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace rapport::slack;
using namespace slack_tests;

namespace {

frame read(std::string text) {
    return read_frame(std::move(text), {});
}

malformed_frame broken(std::string text) {
    const auto out = read(std::move(text));
    REQUIRE(std::holds_alternative<malformed_frame>(out));
    return std::get<malformed_frame>(out);
}

} // namespace

TEST_CASE("hello tells how many connections the platform counts", "[scar-66]") {
    const auto out =
        std::get<hello>(read(R"({"type":"hello","num_connections":3,"connection_info":{"app_id":"A1"},
        "debug_info":{"host":"applink-1","started":"2026","build_number":1,"approximate_connection_time":18060}})"));
    CHECK(out.num_connections == 3);
    CHECK(out.app_id == "A1");
    CHECK(out.expected_seconds == 18060);
    const auto bare = std::get<hello>(read(R"({"type":"hello"})"));
    CHECK(bare.num_connections == 0);
    const auto odd = std::get<hello>(
        read(R"({"type":"hello","num_connections":"x","connection_info":7,"debug_info":[]})"));
    CHECK(odd.app_id.empty());
}

TEST_CASE("disconnect has its reason, and a new reason is no error") {
    const auto reason = [](const char *word) {
        return std::get<disconnect>(read(std::string(R"({"type":"disconnect","reason":")") + word +
                                         R"(","debug_info":{"host":"x"}})"))
            .reason;
    };
    CHECK(reason("warning") == disconnect_reason::warning);
    CHECK(reason("refresh_requested") == disconnect_reason::refresh_requested);
    CHECK(reason("link_disabled") == disconnect_reason::link_disabled);
    CHECK(reason("too_many_websockets") == disconnect_reason::too_many_websockets);
    CHECK(reason("next_year") == disconnect_reason::unknown);
    CHECK(std::get<disconnect>(read(R"({"type":"disconnect"})")).reason == disconnect_reason::unknown);
}

TEST_CASE("an unknown envelope is a delivery to be acknowledged", "[scar-38]") {
    const auto d = delivery_of(R"({"envelope_id":"e9","type":"new_thing","payload":{"type":"inner"}})");
    CHECK(d.envelope_id == "e9");
    CHECK(d.kind == delivery_kind::other);
    CHECK(std::get<other_delivery>(d.what).kind == "new_thing");
    CHECK(std::get<other_delivery>(d.what).type == "inner");
    CHECK(d.keys == dedupe_keys{"envelope/e9", ""});
}

TEST_CASE("a frame without an envelope id that is no control frame is skipped") {
    CHECK(std::get<unknown_frame>(read(R"({"type":"surprise"})")).type == "surprise");
    CHECK(std::get<unknown_frame>(read("{}")).type.empty());
    CHECK(std::get<unknown_frame>(read(R"({"envelope_id":7,"type":"events_api"})")).type == "events_api");
}

TEST_CASE("a payload of any shape still gives a delivery with its envelope id", "[scar-40]") {
    for (const auto *type : {"slash_commands", "interactive", "events_api"})
        for (const auto *payload :
             {"null", "7", "\"text\"", "[]", "{}", "[[[]]]", R"({"type":7})", R"({"event":[]})",
              R"({"event":null,"team":7,"user":[],"view":"v","actions":{"a":1}})",
              R"({"type":"block_actions","actions":[null,7,"x",{}],"state":{"values":{"b":7}}})",
              R"({"type":"view_submission","view":{"state":{"values":{"b":{"a":null}}}}})"}) {
            const auto d = delivery_of(std::string(R"({"envelope_id":"e1","type":")") + type +
                                       R"(","payload":)" + payload + "}");
            INFO(type << " " << payload);
            CHECK(d.envelope_id == "e1");
            CHECK_FALSE(d.keys.primary.empty());
        }
}

TEST_CASE("text that is no JSON is malformed, with the envelope id where it came before the break",
          "[scar-50][scar-40]") {
    CHECK(broken("").how == malformation::not_json);
    CHECK(broken("<html>503</html>").how == malformation::not_json);
    CHECK(broken("{\"type\":\"hello\"").how == malformation::not_json);
    CHECK(broken("{\"a\":\"\xff\xfe\"}").how == malformation::not_json);
    CHECK(broken("[1,2]").how == malformation::not_an_object);
    CHECK(broken("\"hello\"").how == malformation::not_an_object);
    CHECK(broken(R"({"envelope_id":"e7","type":"events_api","payload":{"event":{"type":"mess)").envelope_id ==
          "e7");
    CHECK(broken(R"({"envelope_id":"e7","type":"events_api"} trailing)").envelope_id == "e7");
}

TEST_CASE("depth and length have limits, met without falling over") {
    const auto nested = [](int depth) {
        return std::string(R"({"envelope_id":"e8","type":"events_api","payload":)") +
               std::string(depth, '[') + std::string(depth, ']') + "}";
    };
    CHECK(std::holds_alternative<delivery>(read(nested(60))));
    CHECK(broken(nested(64)).how == malformation::too_deep);
    CHECK(broken(nested(64)).envelope_id == "e8");
    CHECK(broken(nested(400'000)).how == malformation::too_deep);
    CHECK(broken("{\"type\":\"" + std::string(frame_bytes_most, 'x') + "\"}").how == malformation::too_long);
}

TEST_CASE("the bytes of a frame are wiped after reading, whatever was in it") {
    for (const auto &text : {fixture("message"), std::string(100, '{')}) {
        auto bytes = text;
        const auto *const where = bytes.data();
        const auto size = bytes.size();
        read_frame(std::move(bytes), {});
        CHECK(bytes.empty()); // NOLINT
        CHECK(std::string(where, size) == std::string(size, '\0'));
    }
}

TEST_CASE("no cut and no flipped byte of a real frame makes reading fall over") {
    const auto seed = Catch::rngSeed();
    INFO("seed " << seed);
    std::mt19937 dice(seed);
    std::size_t read_well = 0;
    for (const auto *name : {"command", "press", "form", "message", "user_change"}) {
        const auto text = fixture(name);
        for (std::size_t cut = 0; cut < text.size(); cut += 3)
            CHECK_NOTHROW(read(text.substr(0, cut)));
        for (int i = 0; i < 500; ++i) {
            auto changed = text;
            for (int flips = 0; flips < 3; ++flips)
                changed[dice() % changed.size()] = static_cast<char>(dice());
            read_well += std::holds_alternative<delivery>(read(changed));
        }
    }
    CHECK(read_well > 0);
}
