// Each method of the Web API: what it does when it is called well, and how it refuses.
#include "tests/workspace/bench.hpp"
#include "workspace/web_api.hpp"

#include <catch2/catch.hpp>

using namespace workspace;

namespace {

std::string error_of(const json &answer) {
    return flag_in(answer, "ok") ? "" : text_in(answer, "error");
}

std::string posted(bench &b, const std::string &text = "hello") {
    const auto answer = b.call("chat.postMessage", {{"channel", mentoring}, {"text", text}});
    INFO(answer.dump());
    REQUIRE(flag_in(answer, "ok"));
    return text_in(answer, "ts");
}

} // namespace

TEST_CASE("the method table is sorted, without doubles, and holds no method that reads conversations") {
    std::string before;
    for (const auto &row : method_table()) {
        CHECK(before < row.name);
        before = row.name;
        CHECK(row.name.find("history") == std::string_view::npos);
        CHECK(row.name.find("replies") == std::string_view::npos);
    }
}

TEST_CASE(
    "a call without a token, with an unknown one or of the wrong kind is refused before it does anything") {
    bench b;
    const json args{{"channel", mentoring}, {"text", "x"}};
    CHECK(error_of(b.post("/api/chat.postMessage", args)->body()) == "not_authed");
    CHECK(error_of(b.post("/api/chat.postMessage", args, "xoxb-other")->body()) == "invalid_auth");
    CHECK(error_of(b.post("/api/chat.postMessage", args, b.on.settings.app_token)->body()) ==
          "not_allowed_token_type");
    CHECK(error_of(b.post("/api/apps.connections.open", json::object(), b.on.settings.bot_token)->body()) ==
          "not_allowed_token_type");
    CHECK(b.on.state.find_conversation(mentoring)->messages.empty());
    CHECK(error_of(b.call("chat.shout", {})) == "unknown_method");
}

TEST_CASE("a bot token may stand in a form, an app token only in the header") {
    bench b;
    const auto as_form = [&](const std::string &method, const std::string &token) {
        return b
            .send({"POST",
                   "/api/" + method,
                   {{"content-type", "application/x-www-form-urlencoded"}},
                   "token=" + token})
            ->body();
    };
    CHECK(error_of(as_form("auth.test", b.on.settings.bot_token)).empty());
    CHECK(error_of(as_form("apps.connections.open", b.on.settings.app_token)) == "not_authed");
}

TEST_CASE("a revoked token is refused, and the app is told") {
    bench b;
    const auto link = b.connect();
    b.on.revoke_tokens();
    CHECK(link.out->last_envelope()["payload"]["event"]["type"] == "tokens_revoked");
    CHECK(error_of(b.call("auth.test")) == "token_revoked");
}

TEST_CASE("a body that cannot be read is named for what it is") {
    bench b;
    const auto send = [&](const std::string &type, const std::string &body) {
        return error_of(
            b.send({"POST",
                    "/api/chat.postMessage",
                    {{"content-type", type}, {"authorization", "Bearer " + b.on.settings.bot_token}},
                    body})
                ->body());
    };
    CHECK(send("application/json", "{") == "invalid_json");
    CHECK(send("application/json", "[1]") == "json_not_object");
    CHECK(send("text/xml", "<a/>") == "invalid_post_type");
}

TEST_CASE("a missing scope is named with what is there, and X-OAuth-Scopes says the same") {
    bench b;
    b.on.app.grant(std::set<std::string>{"users:read"});
    const auto refused = b.call("chat.postMessage", {{"channel", mentoring}, {"text", "x"}});
    CHECK(error_of(refused) == "missing_scope");
    CHECK(refused["needed"] == "chat:write");
    CHECK(refused["provided"] == "users:read");
    const auto reply = b.post("/api/auth.test", json::object(), b.on.settings.bot_token)->got;
    bool found = false;
    for (const auto &[name, value] : reply->headers)
        found = found || (name == "X-OAuth-Scopes" && value == "users:read");
    CHECK(found);
}

TEST_CASE("auth.test, team.info, bots.info and api.test say who is who") {
    bench b;
    const auto self = b.call("auth.test");
    CHECK(self["user_id"] == "U0RAPPORT");
    CHECK(self["bot_id"] == "B0RAPPORT");
    CHECK(self["team_id"] == b.call("team.info")["team"]["id"]);
    CHECK(b.call("bots.info", {{"bot", "B0RAPPORT"}})["bot"]["user_id"] == "U0RAPPORT");
    CHECK(error_of(b.call("bots.info", {{"bot", "B1"}})) == "bot_not_found");
    CHECK(b.call("api.test", {{"a", "1"}})["args"]["a"] == "1");
    CHECK(error_of(b.call("api.test", {{"error", "mine"}})) == "mine");
}

TEST_CASE("chat.postMessage posts once, gives a growing ts, and everybody in the channel sees it") {
    bench b;
    const auto first = posted(b), second = posted(b, "again");
    CHECK(first < second);
    const auto seen = messages_seen(b.on, "U0ANA", mentoring);
    REQUIRE(seen.size() == 2);
    CHECK(seen[0]["text"] == "hello");
    CHECK(seen[0]["bot_id"] == "B0RAPPORT");
    CHECK(messages_seen(b.on, "U0ANA", "C0STAFF").empty());
}

TEST_CASE("chat.postMessage to a person opens their direct conversation") {
    bench b;
    const auto answer = b.call("chat.postMessage", {{"channel", "U0ANA"}, {"text", "hi"}});
    const auto channel = text_in(answer, "channel");
    CHECK(channel.starts_with("D"));
    CHECK(b.call("conversations.open", {{"users", "U0ANA"}})["channel"]["id"] == channel);
}

TEST_CASE("chat.postMessage refuses by name") {
    bench b;
    const auto post = [&](json args) { return error_of(b.call("chat.postMessage", args)); };
    CHECK(post({{"channel", "C0NOWHERE"}, {"text", "x"}}) == "channel_not_found");
    CHECK(post({{"channel", mentoring}}) == "no_text");
    CHECK(post({{"channel", mentoring}, {"text", ""}}) == "no_text");
    CHECK(post({{"channel", mentoring}, {"text", "x"}, {"blocks", "not json"}}) == "invalid_blocks_format");
    CHECK(post({{"channel", mentoring}, {"text", "x"}, {"thread_ts", "1.000000"}}) ==
          "cannot_reply_to_message");
    CHECK(post({{"channel", mentoring}, {"text", "x"}, {"metadata", {{"event_type", ""}}}}) ==
          "invalid_metadata_format");
    CHECK(post({{"channel", mentoring}, {"text", "x"}, {"markdown_text", "y"}}) == "markdown_text_conflict");
    CHECK(post({{"channel", mentoring}, {"markdown_text", std::string(12'001, 'y')}}) == "msg_too_long");
    CHECK(post({{"channel", mentoring},
                {"text", "x"},
                {"attachments", json(std::vector<json>(101, json::object()))}}) == "too_many_attachments");
    CHECK(post({{"channel", "U0OTHERBOT"}, {"text", "x"}}) == "channel_not_found");
    b.on.state.find_conversation(mentoring)->archived = true;
    CHECK(post({{"channel", mentoring}, {"text", "x"}}) == "is_archived");
    CHECK(b.on.state.find_conversation(mentoring)->messages.empty());
}

TEST_CASE("a public channel without the bot takes posts only with chat:write.public, a private one never") {
    bench b;
    CHECK(error_of(b.call("chat.postMessage", {{"channel", "C0GENERAL"}, {"text", "x"}})).empty());
    b.on.app.grant(std::set<std::string>{"chat:write"});
    CHECK(error_of(b.call("chat.postMessage", {{"channel", "C0GENERAL"}, {"text", "x"}})) ==
          "not_in_channel");
    std::erase(b.on.state.find_conversation("C0STAFF")->members, "U0RAPPORT");
    b.on.app.grant(std::nullopt);
    CHECK(error_of(b.call("chat.postMessage", {{"channel", "C0STAFF"}, {"text", "x"}})) ==
          "channel_not_found");
}

TEST_CASE("a text over 40,000 characters is cut there, on a code point") {
    bench b;
    std::string text(39'999, 'a');
    text += "\xF0\x9F\x99\x82 tail"; // two UTF-16 units: does not fit
    posted(b, text);
    CHECK(b.on.state.find_conversation(mentoring)->messages.back().text == std::string(39'999, 'a'));
}

TEST_CASE("with the messages tab off nothing can be posted to a person") {
    bench b;
    REQUIRE(b.on.app
                .take({{"display_information", {{"name", "Rapport"}}},
                       {"oauth_config", {{"scopes", {{"bot", {"chat:write", "im:write"}}}}}},
                       {"features", {{"app_home", {{"messages_tab_enabled", false}}}}}})
                .empty());
    CHECK(error_of(b.call("chat.postMessage", {{"channel", "U0ANA"}, {"text", "x"}})) ==
          "messages_tab_disabled");
}

TEST_CASE("chat.postEphemeral shows to one person, and only in a channel they are in") {
    bench b;
    const json args{{"channel", mentoring}, {"user", "U0ANA"}, {"text", "psst"}};
    const auto answer = b.call("chat.postEphemeral", args);
    CHECK(answer.contains("message_ts"));
    CHECK(messages_seen(b.on, "U0ANA", mentoring).size() == 1);
    CHECK(messages_seen(b.on, "U0PRIYA", mentoring).empty());
    CHECK(error_of(
              b.call("chat.postEphemeral", {{"channel", mentoring}, {"user", "U0OWNER"}, {"text", "x"}})) ==
          "user_not_in_channel");
    CHECK(error_of(b.call("chat.postEphemeral", {{"channel", "C1"}, {"user", "U0ANA"}, {"text", "x"}})) ==
          "channel_not_found");
    CHECK(error_of(
              b.call("chat.update", {{"channel", mentoring}, {"ts", answer["message_ts"]}, {"text", "x"}})) ==
          "message_not_found");
}

TEST_CASE("chat.update changes the bot's own message; text alone takes the blocks away") {
    bench b;
    const auto answer = b.call(
        "chat.postMessage", {{"channel", mentoring}, {"text", "a"}, {"blocks", json::array({section("a")})}});
    const auto ts = text_in(answer, "ts");
    CHECK(error_of(b.call("chat.update", {{"channel", mentoring}, {"ts", ts}, {"text", "b"}})).empty());
    const auto &now = b.on.state.find_conversation(mentoring)->messages.back();
    CHECK(now.text == "b");
    CHECK(now.blocks.empty());
    CHECK_FALSE(now.edited_ts.empty());
    CHECK(error_of(b.call("chat.update",
                          {{"channel", mentoring}, {"ts", ts}, {"text", std::string(4'001, 'x')}})) ==
          "msg_too_long");
    CHECK(error_of(b.call("chat.update", {{"channel", mentoring}, {"ts", "1.000000"}, {"text", "x"}})) ==
          "message_not_found");
    CHECK(error_of(b.call("chat.update", {{"channel", "U0ANA"}, {"ts", ts}, {"text", "x"}})) ==
          "channel_not_found");
    const auto hers = b.act.say("U0ANA", mentoring, {"mine", {}, {}, {}});
    CHECK(error_of(b.call("chat.update", {{"channel", mentoring}, {"ts", hers.seen["ts"]}, {"text", "x"}})) ==
          "cant_update_message");
}

TEST_CASE("chat.delete takes the bot's own message away, nobody else's") {
    bench b;
    const auto ts = posted(b);
    const auto hers = b.act.say("U0ANA", mentoring, {"mine", {}, {}, {}});
    CHECK(error_of(b.call("chat.delete", {{"channel", mentoring}, {"ts", hers.seen["ts"]}})) ==
          "cant_delete_message");
    CHECK(error_of(b.call("chat.delete", {{"channel", mentoring}, {"ts", ts}})).empty());
    CHECK(error_of(b.call("chat.delete", {{"channel", mentoring}, {"ts", ts}})) == "message_not_found");
}

TEST_CASE("pins and reactions are made once") {
    bench b;
    const auto ts = posted(b);
    CHECK(error_of(b.call("pins.add", {{"channel", mentoring}, {"timestamp", ts}})).empty());
    CHECK(error_of(b.call("pins.add", {{"channel", mentoring}, {"timestamp", ts}})) == "already_pinned");
    CHECK(error_of(b.call("pins.add", {{"channel", mentoring}, {"timestamp", "1.0"}})) ==
          "message_not_found");
    const json heart{{"channel", mentoring}, {"timestamp", ts}, {"name", "heart"}};
    CHECK(error_of(b.call("reactions.add", heart)).empty());
    CHECK(error_of(b.call("reactions.add", heart)) == "already_reacted");
    CHECK(
        error_of(b.call("reactions.add", {{"channel", mentoring}, {"timestamp", ts}, {"name", ":heart:"}})) ==
        "invalid_name");
    CHECK(error_of(
              b.call("reactions.add", {{"channel", mentoring}, {"timestamp", "1.0"}, {"name", "heart"}})) ==
          "message_not_found");
    CHECK(b.call("chat.getPermalink", {{"channel", mentoring}, {"message_ts", ts}}).contains("permalink"));
}

TEST_CASE("conversations.open gives the same conversation for the same people, in any order") {
    bench b;
    const auto first = b.call("conversations.open", {{"users", "U0ANA,U0PRIYA"}});
    const auto again = b.call("conversations.open", {{"users", "U0PRIYA,U0ANA"}});
    CHECK(first["channel"]["id"] == again["channel"]["id"]);
    CHECK_FALSE(first.contains("already_open"));
    CHECK(again["already_open"] == true);
    CHECK(b.call("conversations.info", {{"channel", first["channel"]["id"]}})["channel"]["is_mpim"] == true);
    CHECK(b.call("conversations.members", {{"channel", first["channel"]["id"]}})["members"].size() == 3);
    CHECK(b.call("conversations.open", {{"channel", first["channel"]["id"]}})["no_op"] == true);
}

TEST_CASE("conversations.open refuses by name") {
    bench b;
    const auto open = [&](const std::string &users) {
        return error_of(b.call("conversations.open", {{"users", users}}));
    };
    CHECK(error_of(b.call("conversations.open")) == "users_list_not_supplied");
    CHECK(open("U0NOBODY") == "user_not_found");
    CHECK(open("U0GONE") == "user_disabled");
    CHECK(open("U0OTHERBOT") == "cannot_dm_bot");
    CHECK(open("USLACKBOT") == "cannot_dm_bot");
    CHECK(open("U1,U2,U3,U4,U5,U6,U7,U8,U9") == "too_many_users");
    CHECK(error_of(b.call("conversations.open", {{"channel", mentoring}})) == "channel_not_found");
    b.on.app.grant(std::set<std::string>{"im:write"});
    const auto group = b.call("conversations.open", {{"users", "U0ANA,U0PRIYA"}});
    CHECK(error_of(group) == "missing_scope");
    CHECK(group["needed"] == "mpim:write");
}

TEST_CASE("what a bot may know of conversations follows their kind, its membership and its scopes") {
    bench b;
    CHECK(b.call("conversations.info",
                 {{"channel", mentoring}, {"include_num_members", true}})["channel"]["num_members"] == 10);
    CHECK(error_of(b.call("conversations.info", {{"channel", "C1"}})) == "channel_not_found");
    CHECK(b.call("conversations.list")["channels"].size() == 2);
    CHECK(b.call("conversations.list", {{"types", "private_channel"}})["channels"].size() == 1);
    CHECK(error_of(b.call("conversations.list", {{"types", "everything"}})) == "invalid_types");
    CHECK(b.call("users.conversations")["channels"].size() == 1);
    CHECK(b.call("users.conversations", {{"user", "U0OWNER"}})["channels"].size() == 1);
    CHECK(error_of(b.call("users.conversations", {{"user", "U1"}})) == "user_not_found");
    b.on.app.grant(std::set<std::string>{"channels:read"});
    CHECK(b.call("conversations.info", {{"channel", "C0STAFF"}})["needed"] == "groups:read");
}

TEST_CASE("conversations.join is for public channels") {
    bench b;
    CHECK(b.call("conversations.join", {{"channel", "C0GENERAL"}})["channel"]["is_member"] == true);
    CHECK(b.call("conversations.join", {{"channel", "C0GENERAL"}})["warning"] == "already_in_channel");
    CHECK(error_of(b.call("conversations.join", {{"channel", "C0STAFF"}})) ==
          "method_not_supported_for_channel_type");
    CHECK(error_of(b.call("conversations.join", {{"channel", "C1"}})) == "channel_not_found");
}

TEST_CASE("people are told with their zone and flags, their address only with its scope") {
    bench b;
    const auto ana = b.call("users.info", {{"user", "U0ANA"}})["user"];
    CHECK(ana["tz"] == "America/New_York");
    CHECK(ana["tz_offset"] == -5 * 3600);
    CHECK(ana["profile"]["email"] == "ana@example.org");
    CHECK(b.call("users.info", {{"user", "U0GUEST"}})["user"]["is_restricted"] == true);
    CHECK(b.call("users.info", {{"user", "U0GONE"}})["user"]["deleted"] == true);
    CHECK(b.call("users.info", {{"user", "USLACKBOT"}})["user"]["is_bot"] == false);
    CHECK(error_of(b.call("users.info", {{"user", "U1"}})) == "user_not_found");
    CHECK(b.call("users.lookupByEmail", {{"email", "ana@example.org"}})["user"]["id"] == "U0ANA");
    CHECK(error_of(b.call("users.lookupByEmail", {{"email", "gus@example.org"}})) == "users_not_found");
    b.on.app.grant(std::set<std::string>{"users:read"});
    CHECK_FALSE(b.call("users.info", {{"user", "U0ANA"}})["user"]["profile"].contains("email"));
    CHECK(error_of(b.call("users.lookupByEmail", {{"email", "ana@example.org"}})) == "missing_scope");
}

TEST_CASE("a long list comes in pages, and a made-up cursor is refused") {
    bench b;
    std::set<std::string> seen;
    std::string cursor;
    int pages = 0;
    do {
        const auto page = b.call("users.list", {{"limit", 4}, {"cursor", cursor}});
        REQUIRE(page["members"].size() <= 4);
        for (const auto &each : page["members"])
            CHECK(seen.insert(text_in(each, "id")).second);
        cursor = text_in(page["response_metadata"], "next_cursor");
        REQUIRE(++pages < 10);
    } while (!cursor.empty());
    CHECK(seen.size() == b.on.state.people.size());
    CHECK(error_of(b.call("users.list", {{"cursor", "abc"}})) == "invalid_cursor");
    CHECK(error_of(b.call("users.list", {{"cursor", "next-999"}})) == "invalid_cursor");
}

TEST_CASE("do-not-disturb is told for one and for many") {
    bench b;
    b.act.put_person({{"id", "U0ANA"}, {"dnd_enabled", true}, {"dnd_start", 100}, {"dnd_end", 200}});
    CHECK(b.call("dnd.info", {{"user", "U0ANA"}})["next_dnd_end_ts"] == 200);
    CHECK(b.call("dnd.teamInfo", {{"users", "U0ANA,U0SAM"}})["users"]["U0SAM"]["dnd_enabled"] == false);
    CHECK(error_of(b.call("dnd.info", {{"user", "U1"}})) == "user_not_found");
    CHECK(error_of(b.call("dnd.teamInfo")) == "no_users_provided");
}

TEST_CASE("with the rates enforced, a burst is tolerated and the next call told to wait") {
    platform_options options;
    options.enforce_rates = true;
    bench b(std::move(options));
    int good = 0;
    std::optional<http_reply> limited;
    for (int i = 0; i < 10 && !limited; ++i) {
        auto reply =
            b.post("/api/chat.postMessage", {{"channel", mentoring}, {"text", "x"}}, b.on.settings.bot_token);
        reply->got->status == 429 ? void(limited = reply->got) : void(++good);
    }
    REQUIRE(limited);
    CHECK(good == 4);
    CHECK(limited->headers.at(1).first == "Retry-After");
    b.pass(span(1000));
    CHECK(error_of(b.call("chat.postMessage", {{"channel", mentoring}, {"text", "x"}})).empty());
}
