// Words that pass through, from outside: what somebody asks is read in the conversation and found in no file.
#include "tests/scenarios/town.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <thread>

using namespace rapport::tests;

namespace {

std::string conversation_of(town &t, const std::string &one, const std::string &other) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    std::string found;
    while (found.empty() && std::chrono::steady_clock::now() < give_up)
        t.place.with([&](workspace::platform &on) {
            for (const auto &[id, each] : on.state.conversations)
                if (each.kind == workspace::conversation_kind::mpim && each.has(one) && each.has(other))
                    found = id;
        });
    return found;
}

// The form on top of a person's screen; waits for it.
bool has_form(town &t, const std::string &who, const std::string &callback) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (std::chrono::steady_clock::now() < give_up) {
        json forms;
        t.place.with([&](workspace::platform &on) { forms = workspace::forms_seen(on, who); });
        if (!forms.empty() && forms.back().dump().find(callback) != std::string::npos)
            return true;
        std::this_thread::yield();
    }
    return false;
}

workspace::outcome sends(town &t, const std::string &who, const json &values) {
    return t.place.wait<workspace::outcome>([&](workspace::platform &on, workspace::told then) {
        workspace::hands(on).submit(who, values, std::move(then));
    });
}

} // namespace

TEST_CASE("an ask is read in the conversation, and its words are in no file and no log",
          "[asking][rule-86][rule-87]") {
    town t;
    t.serve();
    REQUIRE(t.types("U0COORD", "/program enrol @ana protege").good());
    REQUIRE(t.types("U0COORD", "/program enrol @priya mentor").good());
    REQUIRE(t.types("U0COORD", "/program pair @priya @ana").good());
    t.pass(std::chrono::minutes(2));
    const auto conversation = conversation_of(t, "U0ANA", "U0PRIYA");
    REQUIRE_FALSE(conversation.empty());
    REQUIRE(t.message("U0ANA", conversation,
                      [](const json &one) { return one.dump().find("U0PRIYA") != std::string::npos; }));

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
    town t;
    t.serve();
    REQUIRE(t.types("U0COORD", "/program enrol @ana protege").good());
    REQUIRE(t.types("U0COORD", "/program enrol @priya mentor").good());
    REQUIRE(t.types("U0COORD", "/program pair @priya @ana").good());
    t.pass(std::chrono::minutes(2));
    const auto conversation = conversation_of(t, "U0ANA", "U0PRIYA");
    REQUIRE(t.message("U0ANA", conversation,
                      [](const json &one) { return one.dump().find("U0PRIYA") != std::string::npos; }));
    REQUIRE(t.types("U0ANA", "/mentoring ask", conversation).good());
    REQUIRE(has_form(t, "U0ANA", "\"ask\""));
    t.place.with([&](workspace::platform &on) { on.state.conversations.at(conversation).archived = true; });
    REQUIRE(sends(t, "U0ANA", json{{"what", "canary-lost-4e"}}).good());
    CHECK(t.message("U0ANA", t.direct("U0ANA"), [](const json &one) {
        return one.dump().find("nothing was posted") != std::string::npos;
    }));
    CHECK(t.where_found("canary-lost-4e") == "");
}
