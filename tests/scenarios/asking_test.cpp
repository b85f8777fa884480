// Words that pass through, from outside: what somebody asks is read in the conversation and found in no file.
#include "tests/scenarios/pair_in_town.hpp"

#include <catch2/catch.hpp>

#include <csignal>

using namespace rapport::tests;

TEST_CASE("an ask is read in the conversation, and its words are in no file and no log",
          "[asking][rule-86][rule-87]") {
    pair_in_town t;
    const auto &conversation = t.conversation;

    // typed after the command, then sent by the form
    REQUIRE(t.types("U0ANA", "/mentoring ask canary-typed-5c how do I begin", conversation).good());
    REQUIRE(has_form(t, "U0ANA", "canary-typed-5c"));
    const auto sent =
        sends(t, "U0ANA", json{{"what", "canary-sent-9d where do I begin"}, {"tried", "canary-tried-2b"}});
    INFO(sent.error << " " << sent.detail << " " << sent.seen.dump());
    REQUIRE(sent.good());
    INFO(t.program().output());
    REQUIRE(t.message("U0PRIYA", conversation, [](const json &one) {
        return one.dump().find("canary-sent-9d") != std::string::npos;
    }));
    REQUIRE(t.event("words_passed"));
    for (const auto *words : {"canary-typed-5c", "canary-sent-9d", "canary-tried-2b"})
        CHECK(t.where_found(words) == "");
    CHECK(t.end(SIGTERM) == 0);
    for (const auto *words : {"canary-typed-5c", "canary-sent-9d", "canary-tried-2b"})
        CHECK(t.where_found(words) == "");
}

TEST_CASE("an ask the platform refuses is told to its author, who is asked to send it again",
          "[asking][rule-86]") {
    pair_in_town t;
    const auto &conversation = t.conversation;
    REQUIRE(t.types("U0ANA", "/mentoring ask", conversation).good());
    REQUIRE(has_form(t, "U0ANA", "\"ask\""));
    t.place.with([&](workspace::platform &on) { on.state.conversations.at(conversation).archived = true; });
    REQUIRE(sends(t, "U0ANA", json{{"what", "canary-lost-4e"}}).good());
    CHECK(t.message("U0ANA", t.direct("U0ANA"), [](const json &one) {
        return one.dump().find("nothing was posted") != std::string::npos;
    }));
    CHECK(t.where_found("canary-lost-4e") == "");
}
