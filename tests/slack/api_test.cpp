// The table of methods: what may be called, and what never may.
#include "bot/slack/api.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <string>

using namespace rapport::slack;

TEST_CASE("no method that reads what people said can be called") {
    for (const auto &each : methods) {
        const std::string name(each.name);
        INFO(name);
        CHECK(name.find("history") == std::string::npos);
        CHECK(name.find("replies") == std::string::npos);
        CHECK(name.find("search") == std::string::npos);
        CHECK(name.find("files.") == std::string::npos);
        CHECK(name.find("admin.") == std::string::npos);
        CHECK(std::string(each.scopes).find("history") == std::string::npos);
    }
}

TEST_CASE("every method is there once, under its own name") {
    std::set<std::string_view> names;
    for (const auto &each : methods)
        names.insert(each.name);
    CHECK(names.size() == methods.size());
    CHECK(facts_of(method::chat_post_message).name == "chat.postMessage");
    CHECK(facts_of(method::team_info).name == "team.info");
    CHECK(facts_of(method::users_lookup_by_email).scopes == "users:read.email users:read");
}

TEST_CASE("only opening a connection uses the app-level token") {
    for (const auto &each : methods)
        CHECK((each.token == token_kind::app) == (each.id == method::apps_connections_open));
}

TEST_CASE("posting and opening a form are the calls that must not be made twice") {
    for (const auto &each : methods)
        CHECK(each.idempotent == (each.id != method::chat_post_message && each.id != method::views_open));
}

TEST_CASE("no window of a minute can hold more calls than the platform allows") {
    for (const auto &each : methods) {
        INFO(each.name);
        CHECK(each.pace.burst() >= 1);
        CHECK(each.pace.burst() + each.pace.refill_per_second() * 60.0 <= each.pace.per_minute + 0.001);
    }
}
