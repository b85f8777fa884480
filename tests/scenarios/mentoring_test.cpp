// A pair from its first day to a nudge that is settled, as its people see it, with both clocks moved on.
#include "tests/scenarios/town.hpp"

#include <catch2/catch.hpp>

#include <csignal>

using namespace rapport::tests;

namespace {

bool holds(const json &message, const std::string &text) {
    return message.dump().find(text) != std::string::npos;
}

// The conversation of the pair and the bot, once it has been opened.
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

// The action id in a message that begins with this.
std::string action_in(const json &message, const std::string &begins) {
    for (const auto &block : message.value("blocks", json::array()))
        for (const auto &element : block.value("elements", json::array()))
            if (element.is_object() && element.value("action_id", "").starts_with(begins))
                return element["action_id"];
    return {};
}

// Moves on in steps of four hours, at most so many, until this person's direct conversation holds such a
// message.
std::optional<json> pass_until(town &t, const std::string &who, const std::string &text, int steps) {
    const auto wanted = [&](const json &one) { return holds(one, text); };
    for (int step = 0; step < steps; ++step) {
        t.pass(std::chrono::hours(4));
        // an answered command stands behind everything that was queued before it
        if (!t.types("U0BEN", "/mentoring help").good())
            return std::nullopt;
        json seen;
        t.place.with([&](workspace::platform &on) {
            seen = workspace::messages_seen(on, who, on.state.direct(who, on.time.now()).id);
        });
        for (const auto &one : seen)
            if (wanted(one))
                return one;
    }
    return t.message(who, t.direct(who), wanted);
}

struct pair_in_town : town {
    std::string conversation;

    pair_in_town() {
        serve();
        REQUIRE(types("U0COORD", "/program enrol @ana protege").good());
        REQUIRE(types("U0COORD", "/program enrol @priya mentor").good());
        const auto paired = types("U0COORD", "/program pair @priya @ana");
        INFO(words_of(paired));
        REQUIRE(paired.good());
        pass(std::chrono::minutes(2)); // the hold in which the act can be undone silently
        conversation = conversation_of(*this, "U0ANA", "U0PRIYA");
        INFO(program().output());
        REQUIRE_FALSE(conversation.empty());
        // introduced only once it is on record which conversation is theirs
        REQUIRE(message("U0ANA", conversation, [](const json &one) { return holds(one, "U0PRIYA"); }));
    }
};

} // namespace

TEST_CASE("two people are enrolled and paired, and are introduced in a conversation of their own") {
    pair_in_town t;
    CHECK(t.message("U0ANA", t.conversation, [](const json &one) { return holds(one, "U0PRIYA"); }));
    const auto again = t.types("U0COORD", "/program pair @priya @ana");
    CHECK(again.good());
    const auto nobody = t.types("U0COORD", "/program enrol @standup mentor");
    CHECK(words_of(nobody).find("Nothing was saved") != std::string::npos);
}

TEST_CASE("a check-in and a milestone are there after the program was killed") {
    pair_in_town t;
    REQUIRE(t.types("U0ANA", "/checkin All well").good());
    REQUIRE(t.types("U0ANA", "/milestone add Draft resume by 1 Dec 2027").good());
    t.program().kill();
    t.serve();
    CHECK(t.types("U0ANA", "/milestone").seen.dump().find("Draft resume") != std::string::npos);
    CHECK(t.types("U0ANA", "/checkin history").good());
    CHECK(t.end(SIGTERM) == 0);
    child_process asking({RAPPORT_PROGRAM, "export", "--json", "--person", "U0ANA"}, t.environment);
    REQUIRE(asking.wait() == 0);
    const auto facts = json::parse(asking.output());
    CHECK(facts["pairs"][0]["milestones"][0]["title"] == "Draft resume");
    CHECK(facts["pairs"][0]["check_ins"].size() == 1);
}

TEST_CASE("a message that waits is nudged for on day three, and one press settles it") {
    const std::string said = "zanzibar-canary-4713";
    pair_in_town t;
    REQUIRE(t.says("U0ANA", t.conversation, said).good());
    const auto nudge = pass_until(t, "U0PRIYA", "Ana has been waiting", 42);
    json seen;
    t.place.with([&](workspace::platform &on) {
        seen = workspace::messages_seen(on, "U0PRIYA", on.state.direct("U0PRIYA", on.time.now()).id);
    });
    INFO(t.program().output());
    REQUIRE(nudge);
    CHECK_FALSE(holds(*nudge, said));
    const auto settle = action_in(*nudge, "nudge.elsewhere");
    INFO(nudge->dump(2));
    REQUIRE_FALSE(settle.empty());

    workspace::spot where;
    where.channel = t.direct("U0PRIYA");
    where.ts = (*nudge)["ts"];
    CHECK(t.presses("U0PRIYA", where, settle).good());
    const auto ts = where.ts;
    CHECK(t.message("U0PRIYA", where.channel, [&](const json &one) {
        return one.value("ts", "") == ts && action_in(one, "nudge.elsewhere").empty();
    }));
    t.program().kill();
    CHECK(t.where_found(said) == "");
}
