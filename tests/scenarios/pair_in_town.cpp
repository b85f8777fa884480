// See pair_in_town.hpp.
#include "tests/scenarios/pair_in_town.hpp"

#include <catch2/catch.hpp>

#include <thread>

namespace rapport::tests {
namespace {

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

} // namespace

bool has_form(town &t, const std::string &who, const std::string &text) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (std::chrono::steady_clock::now() < give_up) {
        json forms;
        t.place.with([&](workspace::platform &on) { forms = workspace::forms_seen(on, who); });
        if (!forms.empty() && forms.back().dump().find(text) != std::string::npos)
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

bool holds(const json &message, const std::string &text) {
    return message.dump().find(text) != std::string::npos;
}

std::string action_in(const json &message, const std::string &begins) {
    for (const auto &block : message.value("blocks", json::array()))
        for (const auto &element : block.value("elements", json::array()))
            if (element.is_object() && element.value("action_id", "").starts_with(begins))
                return element["action_id"];
    return {};
}

pair_in_town::pair_in_town(const std::string &database) {
    if (!database.empty())
        environment["DATABASE_URL"] = database;
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

std::optional<json> pair_in_town::pass_until(const std::string &who, const std::string &text, int steps) {
    const auto wanted = [&](const json &one) { return holds(one, text); };
    for (int step = 0; step < steps; ++step) {
        pass(std::chrono::hours(4));
        // an answered command stands behind everything that was queued before it
        if (!types("U0BEN", "/mentoring help").good())
            return std::nullopt;
        json seen;
        place.with([&](workspace::platform &on) {
            seen = workspace::messages_seen(on, who, on.state.direct(who, on.time.now()).id);
        });
        for (const auto &one : seen)
            if (wanted(one))
                return one;
    }
    return message(who, direct(who), wanted);
}

} // namespace rapport::tests
