// Which events reach the app, what they carry, and what the manifest keeps back.
#include "tests/workspace/bench.hpp"

#include <catch2/catch.hpp>

using namespace workspace;

namespace {

// The events a link was sent, in order, acked as they are read.
std::vector<json> events(bench &b, const bench::link &link) {
    std::vector<json> out;
    for (const auto &each : link.out->of_type("events_api")) {
        b.ack(link, each);
        out.push_back(each["payload"]["event"]);
    }
    link.out->frames.clear();
    return out;
}

json manifest_with(const json &subscribed, const json &scopes) {
    return {
        {"display_information", {{"name", "Rapport"}}},
        {"features",
         {{"slash_commands",
           json::array({{{"command", "/checkin"}, {"description", "d"}, {"should_escape", true}}})},
          {"app_home", {{"home_tab_enabled", true}, {"messages_tab_enabled", true}}}}},
        {"oauth_config", {{"scopes", {{"bot", scopes}}}}},
        {"settings",
         {{"event_subscriptions", {{"bot_events", subscribed}}}, {"interactivity", {{"is_enabled", true}}}}}};
}

} // namespace

TEST_CASE("a person's message is an event with its kind of channel, its escaped text and a growing ts") {
    bench b;
    const auto link = b.connect();
    const auto direct = b.act.open_direct("U0ANA").seen["channel"].get<std::string>();
    const auto group = b.act.open_group("U0ANA", {"U0PRIYA", "U0RAPPORT"}).seen["channel"].get<std::string>();
    for (const auto &channel : {std::string(mentoring), direct, group})
        CHECK(b.act.say("U0ANA", channel, {"a < b", {}, {}, {}}).good());
    CHECK(b.act.say("U0COORD", "C0STAFF", {"staff", {}, {}, {}}).good());
    const auto got = events(b, link);
    REQUIRE(got.size() == 4);
    CHECK(got[0]["channel_type"] == "channel");
    CHECK(got[1]["channel_type"] == "im");
    CHECK(got[2]["channel_type"] == "mpim");
    CHECK(got[3]["channel_type"] == "group");
    CHECK(got[0]["text"] == "a &lt; b");
    CHECK(got[0]["ts"] < got[1]["ts"]);
    CHECK(got[0]["event_ts"] == got[0]["ts"]);
    CHECK_FALSE(got[0].contains("bot_id"));
    CHECK_FALSE(got[0].contains("subtype"));
}

TEST_CASE("the wrapper names the team, the app, the time and a fresh id") {
    bench b;
    const auto link = b.connect();
    b.act.say("U0ANA", mentoring, {"x", {}, {}, {}});
    const auto payload = link.out->last_envelope()["payload"];
    CHECK(payload["type"] == "event_callback");
    CHECK(payload["team_id"] == "T0LOCAL");
    CHECK(payload["api_app_id"] == "A0LOCAL");
    CHECK(payload["event_time"] == 1'793'613'600);
    CHECK(payload["authorizations"].size() == 1);
    CHECK(payload["authorizations"][0]["user_id"] == "U0RAPPORT");
    b.act.say("U0ANA", mentoring, {"y", {}, {}, {}});
    CHECK(link.out->last_envelope()["payload"]["event_id"] != payload["event_id"]);
}

TEST_CASE("a channel the bot is not in is silent") {
    bench b;
    const auto link = b.connect();
    CHECK(b.act.say("U0ANA", "C0GENERAL", {"<- unheard", {}, {}, {}}).good());
    const auto group = b.act.open_group("U0ANA", {"U0PRIYA"}).seen["channel"].get<std::string>();
    CHECK(b.act.say("U0ANA", group, {"between us", {}, {}, {}}).good());
    CHECK(events(b, link).empty());
}

TEST_CASE("the bot's own messages come back as events, with its bot_id and user") {
    bench b;
    const auto link = b.connect();
    b.call("chat.postMessage", {{"channel", mentoring}, {"text", "mine"}});
    const auto got = events(b, link);
    REQUIRE(got.size() == 1);
    CHECK(got[0]["bot_id"] == "B0RAPPORT");
    CHECK(got[0]["user"] == "U0RAPPORT");
    b.call("chat.postEphemeral", {{"channel", mentoring}, {"user", "U0ANA"}, {"text", "psst"}});
    CHECK(events(b, link).empty());
}

TEST_CASE("replies, files, me-messages, edits and deletions have their shapes") {
    bench b;
    const auto link = b.connect();
    const auto root = b.act.say("U0ANA", mentoring, {"root", {}, {}, {}}).seen["ts"].get<std::string>();
    b.act.say("U0PRIYA", mentoring, {"reply", root, {}, {}});
    b.act.say("U0ANA", mentoring, {"", {}, {}, "plan.pdf"});
    b.act.say("U0ANA", mentoring, {"waves", {}, "me_message", {}});
    b.act.edit("U0ANA", mentoring, root, "new root");
    b.act.erase("U0ANA", mentoring, root);
    const auto got = events(b, link);
    REQUIRE(got.size() == 6);
    CHECK(got[1]["thread_ts"] == root);
    CHECK(got[2]["subtype"] == "file_share");
    CHECK(got[2]["files"][0]["name"] == "plan.pdf");
    CHECK(got[3]["subtype"] == "me_message");
    CHECK(got[4]["subtype"] == "message_changed");
    CHECK(got[4]["message"]["text"] == "new root");
    CHECK(got[4]["previous_message"]["text"] == "root");
    CHECK(got[5]["subtype"] == "message_deleted");
    CHECK(got[5]["deleted_ts"] == root);
    CHECK(got[5]["previous_message"]["user"] == "U0ANA");
}

TEST_CASE("a mention of the bot is an app_mention beside the message") {
    bench b;
    const auto link = b.connect();
    b.act.say("U0ANA", mentoring, {"hey @rapport", {}, {}, {}});
    const auto got = events(b, link);
    REQUIRE(got.size() == 2);
    CHECK(got[1]["type"] == "app_mention");
    CHECK(got[1]["ts"] == got[0]["ts"]);
}

TEST_CASE("joins, leaves, reactions, archiving, people who change and people who come are events") {
    bench b;
    const auto link = b.connect();
    const auto said = b.act.say("U0ANA", mentoring, {"x", {}, {}, {}}).seen["ts"].get<std::string>();
    events(b, link);
    b.act.join("U0OWNER", mentoring);
    b.act.leave("U0OWNER", mentoring);
    b.act.react("U0PRIYA", mentoring, said, "tada", true);
    b.act.react("U0PRIYA", mentoring, said, "tada", false);
    b.act.put_person({{"id", "U0ANA"}, {"tz", "Europe/Paris"}});
    b.act.put_person({{"id", "U0BEN"}, {"deleted", true}});
    b.act.put_person({{"id", "U0NEW"}, {"name", "nina"}});
    b.act.archive("U0ANA", mentoring);
    std::vector<std::string> types;
    std::map<std::string, json> last;
    for (const auto &each : events(b, link)) {
        types.push_back(text_in(each, "type"));
        last[types.back()] = each;
    }
    CHECK(types == std::vector<std::string>{"member_joined_channel", "message", "member_left_channel",
                                            "reaction_added", "reaction_removed", "user_change",
                                            "user_change", "team_join", "channel_archive"});
    CHECK(last["member_joined_channel"]["channel_type"] == "C");
    CHECK(last["reaction_added"]["item"]["ts"] == said);
    CHECK(last["reaction_added"]["item_user"] == "U0ANA");
    CHECK(last["user_change"]["user"]["deleted"] == true);
    CHECK(last["team_join"]["user"]["name"] == "nina");
}

TEST_CASE("opening the Home says which tab, and carries the view once there is one") {
    bench b;
    const auto link = b.connect();
    b.act.open_home("U0ANA");
    b.call("views.publish",
           {{"user_id", "U0ANA"}, {"view", {{"type", "home"}, {"blocks", json::array({section("x")})}}}});
    b.act.open_home("U0ANA");
    const auto got = events(b, link);
    REQUIRE(got.size() == 2);
    CHECK(got[0]["tab"] == "home");
    CHECK_FALSE(got[0].contains("view"));
    CHECK(got[1]["view"]["type"] == "home");
    CHECK(got[1]["channel"] == b.act.open_direct("U0ANA").seen["channel"]);
}

TEST_CASE("a manifest lets through what it subscribes to and has the scope for, and nothing else") {
    bench b;
    const auto link = b.connect();
    REQUIRE(b.on.app
                .take(manifest_with({"message.im", "message.channels", "app_home_opened"},
                                    {"im:history", "chat:write", "commands"}))
                .empty());
    const auto direct = b.act.open_direct("U0ANA").seen["channel"].get<std::string>();
    b.act.say("U0ANA", direct, {"heard", {}, {}, {}});
    b.act.say("U0ANA", mentoring, {"subscribed, but no channels:history", {}, {}, {}});
    b.act.join("U0OWNER", mentoring);
    b.act.open_home("U0ANA");
    const auto got = events(b, link);
    REQUIRE(got.size() == 2);
    CHECK(got[0]["text"] == "heard");
    CHECK(got[1]["type"] == "app_home_opened");
    b.on.app.forget();
    b.act.say("U0ANA", mentoring, {"now everything", {}, {}, {}});
    CHECK(events(b, link).size() == 1);
}

TEST_CASE("a manifest that cannot be one is refused with a reason, and the one before stays") {
    bench b;
    CHECK(b.on.app.take(json::array()) == "a manifest is a JSON object");
    CHECK(b.on.app.take({{"features", json::object()}}) == "display_information.name is missing");
    auto bad = manifest_with(json::array(), json::array());
    bad["features"]["slash_commands"][0]["command"] = "checkin";
    CHECK_FALSE(b.on.app.take(bad).empty());
    CHECK_FALSE(b.on.app.registered());
}

TEST_CASE("message and event times follow the workspace's time, and ts grow even when it is put back") {
    bench b;
    const auto first = b.act.say("U0ANA", mentoring, {"a", {}, {}, {}}).seen["ts"].get<std::string>();
    b.on.time.advance(std::chrono::days(7));
    b.on.moved_clock();
    const auto later = b.act.say("U0ANA", mentoring, {"b", {}, {}, {}}).seen["ts"].get<std::string>();
    CHECK(std::stoll(later) - std::stoll(first) == 7 * 86'400);
    b.on.time.advance(-std::chrono::days(30));
    CHECK(b.act.say("U0ANA", mentoring, {"c", {}, {}, {}}).seen["ts"].get<std::string>() > later);
}
