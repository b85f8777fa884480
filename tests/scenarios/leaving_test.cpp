// The end of a pair as its people see it, over real sockets: a notice with its hand-over, and a term that
// closes and goes on in the next.
#include "tests/scenarios/pair_in_town.hpp"

#include <catch2/catch.hpp>

#include <csignal>

using namespace rapport::tests;

namespace {

// The action id of the button with this label.
std::string action_of(const json &message, const std::string &label) {
    for (const auto &block : message.value("blocks", json::array()))
        for (const auto &element : block.value("elements", json::array()))
            if (element.is_object() && element.contains("text") && element["text"].is_object() &&
                element["text"].value("text", "") == label)
                return element.value("action_id", "");
    return {};
}

// Presses what stands in a message of a conversation.
bool press(town &t, const std::string &who, const std::string &channel, const json &message,
           const std::string &label) {
    const auto action = action_of(message, label);
    INFO(message.dump(1));
    REQUIRE_FALSE(action.empty());
    workspace::spot where;
    where.channel = channel;
    where.ts = message["ts"];
    return t.presses(who, where, action).good();
}

} // namespace

TEST_CASE("a notice is heard of kindly, the coordinator has one act, and the pair ends by itself after its "
          "last day",
          "[leaving][rule-95]") {
    pair_in_town t;
    REQUIRE(t.types("U0PRIYA", "/mentoring leave notice", t.conversation).good());
    REQUIRE(has_form(t, "U0PRIYA", "leave.notice"));
    const auto given = sends(t, "U0PRIYA", json{{"stays", "no"}}); // the earliest day stands in the form
    INFO(given.error << " " << given.detail << " " << given.seen.dump());
    REQUIRE(given.good());
    t.pass(std::chrono::minutes(2));
    INFO(t.program().output());
    CHECK(t.message("U0ANA", t.direct("U0ANA"), [](const json &one) {
        return holds(one, "has to end your pairing") && holds(one, "Somebody is there for you on every day");
    }));
    const auto queue = t.types("U0COORD", "/program");
    REQUIRE(queue.good());
    CHECK(queue.seen.dump().find("Name a bridge person") != std::string::npos);
    CHECK(queue.seen.dump().find("/program match") != std::string::npos);

    for (int day = 0; day < 35; ++day) {
        t.pass(std::chrono::hours(24));
        REQUIRE(t.types("U0BEN", "/mentoring help").good()); // stands behind what was queued before it
    }
    CHECK(t.message("U0ANA", t.conversation, [](const json &one) { return holds(one, "has ended"); }));
    CHECK(t.types("U0COORD", "/program").seen.dump().find("is without a") != std::string::npos);
    const auto late = t.types("U0ANA", "/mentoring leave notice");
    CHECK(words_of(late).find("Nothing was saved") != std::string::npos);
    CHECK(t.end(SIGTERM) == 0);
}

TEST_CASE("a term that closes tells a pair what it reached; both want to go on, and begin in the next term",
          "[closing][rule-42][rule-64]") {
    pair_in_town t;
    REQUIRE(t.types("U0ANA", "/milestone done Draft resume", t.conversation).good());
    REQUIRE(t.types("U0ANA", "/milestone add Visit the lab", t.conversation).good());
    REQUIRE(t.types("U0COORD", "/program close").good());
    REQUIRE(has_form(t, "U0COORD", "term.close"));
    REQUIRE(sends(t, "U0COORD", json{{"name", "starter"}}).good());
    t.pass(std::chrono::minutes(12)); // nobody takes it back
    const auto told =
        t.message("U0ANA", t.conversation, [](const json &one) { return holds(one, "is complete"); });
    INFO(t.program().output());
    REQUIRE(told);
    CHECK(holds(*told, "1 milestone (Draft resume)"));
    CHECK(press(t, "U0ANA", t.conversation, *told, "Continue next term"));
    CHECK(press(t, "U0PRIYA", t.conversation, *told, "Continue next term"));
    for (const auto *who : {"U0ANA", "U0PRIYA"})
        CHECK(t.pass_until(who, "both want to go on", 12));

    REQUIRE(t.types("U0COORD", "/program open").good());
    REQUIRE(has_form(t, "U0COORD", "term.open"));
    REQUIRE(sends(t, "U0COORD", json{{"name", "starter"}}).good());
    t.pass(std::chrono::minutes(3));
    CHECK(t.message("U0PRIYA", t.conversation,
                    [](const json &one) { return holds(one, "Welcome back, both of you"); }));
    const auto milestones = t.types("U0ANA", "/milestone", t.conversation);
    CHECK(milestones.seen.dump().find("Visit the lab") != std::string::npos);
    CHECK(t.end(SIGTERM) == 0);
}
