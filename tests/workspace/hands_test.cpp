// Acting as people: commands, presses, shortcuts, and what a client refuses by itself.
#include "tests/workspace/bench.hpp"

#include <catch2/catch.hpp>

using namespace workspace;

namespace {

std::string post_with(bench &b, const json &elements, const std::string &channel = mentoring) {
    const auto answer =
        b.call("chat.postMessage",
               {{"channel", channel}, {"text", "choose"}, {"blocks", json::array({actions(elements)})}});
    INFO(answer.dump());
    REQUIRE(flag_in(answer, "ok"));
    return text_in(answer, "ts");
}

// Presses, acks, and gives what the app was sent.
json pressed(bench &b, const bench::link &link, const spot &where, const std::string &action_id,
             const json &value = nullptr, const std::string &user = "U0ANA") {
    heard told;
    b.act.press(user, where, action_id, {}, value, told);
    const auto envelope = link.out->last_envelope();
    if (!told.anything())
        b.ack(link, envelope);
    REQUIRE(told.anything());
    INFO(told.only().error + " " + told.only().detail);
    CHECK(told.only().good());
    return envelope["payload"];
}

std::string refusal_of_press(bench &b, const spot &where, const std::string &action_id,
                             const json &value = nullptr, const std::string &user = "U0ANA") {
    heard told;
    b.act.press(user, where, action_id, {}, value, told);
    REQUIRE(told.anything());
    return told.only().error;
}

} // namespace

TEST_CASE("a command carries who, where, what, a trigger and a response URL") {
    bench b;
    const auto link = b.connect();
    const auto seen = b.command(link, "U0ANA", "/checkin all <well> @priya", {{"text", "Thanks"}});
    CHECK(seen.seen["reply"]["text"] == "Thanks");
    const auto envelope = link.out->last_envelope();
    CHECK(envelope["accepts_response_payload"] == true);
    const auto &payload = envelope["payload"];
    CHECK(payload["command"] == "/checkin");
    CHECK(payload["text"] == "all &lt;well&gt; <@U0PRIYA|priya>");
    CHECK(payload["user_id"] == "U0ANA");
    CHECK(payload["channel_name"] == "mentoring");
    CHECK(payload["is_enterprise_install"] == "false");
    CHECK(text_in(payload, "response_url").starts_with(b.on.base_url + "/hooks/commands/"));
    CHECK_FALSE(text_in(payload, "trigger_id").empty());
}

TEST_CASE("the reply of an ack is for the caller alone, in_channel for all, with the command shown") {
    bench b;
    const auto link = b.connect();
    b.command(link, "U0ANA", "/x", {{"text", "only you"}});
    CHECK(messages_seen(b.on, "U0ANA", mentoring).size() == 1);
    CHECK(messages_seen(b.on, "U0BEN", mentoring).empty());
    b.command(link, "U0ANA", "/x y", {{"response_type", "in_channel"}, {"text", "all"}});
    const auto seen = messages_seen(b.on, "U0BEN", mentoring);
    REQUIRE(seen.size() == 2);
    CHECK(seen[0]["text"] == "/x y");
    CHECK(seen[1]["text"] == "all");
    b.command(link, "U0ANA", "/x");
    CHECK(messages_seen(b.on, "U0ANA", mentoring).size() == 3);
}

TEST_CASE("blocks in an ack that the platform would refuse are shown as a failure and journalled") {
    bench b;
    const auto link = b.connect();
    const auto seen = b.command(link, "U0ANA", "/x", {{"text", "t"}, {"blocks", json::array({section("")})}});
    CHECK(seen.error == "invalid_command_response");
    CHECK(b.violations() == std::vector<std::string>{"invalid_blocks_in_ack"});
}

TEST_CASE("a command is refused by the client where the platform would") {
    bench b;
    const auto link = b.connect();
    const auto refused = [&](const std::string &user, const std::string &channel,
                             const std::string &command) {
        heard told;
        b.act.command(user, channel, command, "", told);
        return told.anything() ? told.only().error : "";
    };
    CHECK(refused("U0NOBODY", mentoring, "/x") == "user_not_found");
    CHECK(refused("U0GONE", mentoring, "/x") == "user_disabled");
    CHECK(refused("U0RAPPORT", mentoring, "/x") == "not_a_person");
    CHECK(refused("U0ANA", "C0STAFF", "/x") == "channel_not_found");
    CHECK(refused("U0OWNER", mentoring, "/x") == "not_in_channel");
    CHECK(refused("U0ANA", mentoring, "x") == "not_a_command");
    REQUIRE(b.on.app.take({{"display_information", {{"name", "R"}}}}).empty());
    CHECK(refused("U0ANA", mentoring, "/x") == "unknown_command");
    CHECK(link.out->of_type("slash_commands").empty());
}

TEST_CASE("a button says what it was made with, where it stands, and gives a way to answer") {
    bench b;
    const auto link = b.connect();
    const auto ts = post_with(b, json::array({button("agree", "42"), button("other")}));
    const auto payload = pressed(b, link, {mentoring, ts, {}}, "agree");
    CHECK(payload["type"] == "block_actions");
    CHECK(payload["actions"].size() == 1);
    CHECK(payload["actions"][0]["value"] == "42");
    CHECK(payload["actions"][0]["block_id"] == "row");
    CHECK(payload["container"]["message_ts"] == ts);
    CHECK(payload["container"]["is_ephemeral"] == false);
    CHECK(payload["message"]["ts"] == ts);
    CHECK(payload["channel"]["id"] == mentoring);
    CHECK(payload.contains("response_url"));
    CHECK(payload.contains("trigger_id"));
    CHECK_FALSE(payload.contains("view"));
}

TEST_CASE("menus say what was chosen, and only what they offer can be") {
    bench b;
    const auto link = b.connect();
    const json options =
        json::array({{{"text", plain("One")}, {"value", "1"}}, {{"text", plain("Two")}, {"value", "2"}}});
    const auto ts =
        post_with(b, json::array({{{"type", "static_select"}, {"action_id", "s"}, {"options", options}},
                                  {{"type", "overflow"}, {"action_id", "o"}, {"options", options}},
                                  {{"type", "users_select"}, {"action_id", "u"}},
                                  {{"type", "datepicker"}, {"action_id", "d"}}}));
    const spot here{mentoring, ts, {}};
    const auto payload = pressed(b, link, here, "s", "2");
    CHECK(payload["actions"][0]["selected_option"]["text"]["text"] == "Two");
    CHECK(payload["state"]["values"]["row"]["s"]["selected_option"]["value"] == "2");
    CHECK(pressed(b, link, here, "o", "1")["actions"][0]["selected_option"]["value"] == "1");
    CHECK(pressed(b, link, here, "u", "U0SAM")["actions"][0]["selected_user"] == "U0SAM");
    CHECK(pressed(b, link, here, "d", "2026-12-01")["actions"][0]["selected_date"] == "2026-12-01");
    CHECK(refusal_of_press(b, here, "s", "3") == "not_a_choice");
    CHECK(refusal_of_press(b, here, "o") == "not_a_choice");
    CHECK(refusal_of_press(b, here, "d", "soon") == "not_a_choice");
    CHECK(refusal_of_press(b, here, "nothing") == "no_such_element");
    CHECK(refusal_of_press(b, {mentoring, "1.000000", {}}, "s", "1") == "message_not_found");
}

TEST_CASE("an ephemeral message can be pressed by the one who sees it, and its payload has no message") {
    bench b;
    const auto link = b.connect();
    const auto ts = text_in(
        b.call("chat.postEphemeral", {{"channel", mentoring},
                                      {"user", "U0ANA"},
                                      {"text", "x"},
                                      {"blocks", json::array({actions(json::array({button("a")}))})}}),
        "message_ts");
    const auto payload = pressed(b, link, {mentoring, ts, {}}, "a");
    CHECK(payload["container"]["is_ephemeral"] == true);
    CHECK_FALSE(payload.contains("message"));
    CHECK(refusal_of_press(b, {mentoring, ts, {}}, "a", nullptr, "U0BEN") == "message_not_found");
}

TEST_CASE("a press nobody acks shows a warning, and comes once") {
    bench b;
    const auto link = b.connect();
    const auto ts = post_with(b, json::array({button("a")}));
    heard told;
    b.act.press("U0ANA", {mentoring, ts, {}}, "a", {}, nullptr, told);
    b.pass(span(600'000));
    CHECK(told.only().error == "operation_timeout");
    CHECK(link.out->of_type("interactive").size() == 1);
}

TEST_CASE("a button of the Home carries the view, and no response URL") {
    bench b;
    const auto link = b.connect();
    b.call("views.publish",
           {{"user_id", "U0ANA"},
            {"view", {{"type", "home"}, {"blocks", json::array({actions(json::array({button("a")}))})}}}});
    const auto id = text_in(home_seen(b.on, "U0ANA"), "id");
    const auto payload = pressed(b, link, {{}, {}, id}, "a");
    CHECK(payload["container"] == json({{"type", "view"}, {"view_id", id}}));
    CHECK(payload["view"]["type"] == "home");
    CHECK_FALSE(payload.contains("response_url"));
    CHECK(refusal_of_press(b, {{}, {}, id}, "a", nullptr, "U0BEN") == "view_not_found");
}

TEST_CASE("a field of a form is kept and not sent, unless its block dispatches") {
    bench b;
    const auto link = b.connect();
    auto dispatching = text_input("live");
    dispatching["dispatch_action"] = true;
    const auto id = b.open_form(link, modal(json::array({text_input("still"), dispatching})));
    const auto before = link.out->of_type("interactive").size();
    heard kept;
    b.act.press("U0ANA", {{}, {}, id}, "in", "still", "typed", kept);
    CHECK(kept.only().seen["acked"] == false);
    CHECK(forms_seen(b.on, "U0ANA")[0]["state"]["values"]["still"]["in"]["value"] == "typed");
    heard sent;
    b.act.press("U0ANA", {{}, {}, id}, "in", "live", "typed", sent);
    CHECK(link.out->of_type("interactive").size() == before + 1);
}

TEST_CASE("shortcuts carry their callback, a message shortcut its message too") {
    bench b;
    const auto link = b.connect();
    heard global;
    b.act.global_shortcut("U0ANA", "check-in", global);
    auto payload = link.out->last_envelope()["payload"];
    CHECK(payload["type"] == "shortcut");
    CHECK(payload["callback_id"] == "check-in");
    CHECK_FALSE(payload.contains("channel"));
    const auto ts = b.act.say("U0ANA", mentoring, {"an idea", {}, {}, {}}).seen["ts"].get<std::string>();
    heard on_message;
    b.act.message_shortcut("U0ANA", {mentoring, ts, {}}, "milestone", on_message);
    payload = link.out->last_envelope()["payload"];
    CHECK(payload["type"] == "message_action");
    CHECK(payload["message"]["text"] == "an idea");
    CHECK(payload["message_ts"] == ts);
    REQUIRE(b.on.app
                .take({{"display_information", {{"name", "R"}}},
                       {"features",
                        {{"shortcuts", json::array({{{"type", "global"}, {"callback_id", "known"}}})}}},
                       {"settings", {{"interactivity", {{"is_enabled", true}}}}}})
                .empty());
    heard unknown;
    b.act.global_shortcut("U0ANA", "check-in", unknown);
    CHECK(unknown.only().error == "unknown_shortcut");
}

TEST_CASE("people say, edit and delete only what is theirs, where they are") {
    bench b;
    const auto ts = b.act.say("U0ANA", mentoring, {"x", {}, {}, {}}).seen["ts"].get<std::string>();
    CHECK(b.act.edit("U0BEN", mentoring, ts, "y").error == "cant_update_message");
    CHECK(b.act.erase("U0BEN", mentoring, ts).error == "cant_delete_message");
    CHECK(b.act.say("U0ANA", mentoring, {"", {}, {}, {}}).error == "no_text");
    CHECK(b.act.say("U0ANA", mentoring, {"/checkin", {}, {}, {}}).error == "is_a_command");
    CHECK(b.act.say("U0ANA", mentoring, {"x", "1.000000", {}, {}}).error == "thread_not_found");
    CHECK(b.act.say("U0OWNER", mentoring, {"x", {}, {}, {}}).error == "not_in_channel");
    CHECK(b.act.react("U0BEN", mentoring, ts, "tada", false).error == "no_reaction");
    CHECK(b.act.erase("U0ANA", mentoring, ts).good());
}

TEST_CASE("channels are made, joined, left and archived as people do") {
    bench b;
    const auto id = b.act.create_channel("U0ANA", "robots", false).seen["channel"].get<std::string>();
    CHECK(b.act.create_channel("U0ANA", "robots", false).error == "name_taken");
    CHECK(b.act.create_channel("U0ANA", "No Blanks", false).error == "invalid_name");
    CHECK(b.act.join("U0BEN", id).good());
    CHECK(b.act.join("U0BEN", id).error == "already_in_channel");
    CHECK(b.act.invite("U0BEN", id, "U0RAPPORT").good());
    CHECK(b.act.invite("U0BEN", id, "U0GONE").error == "user_not_found");
    CHECK(b.act.leave("U0BEN", id).good());
    CHECK(b.act.archive("U0ANA", id).good());
    CHECK(b.act.say("U0ANA", id, {"x", {}, {}, {}}).error == "is_archived");
    CHECK(b.act.join("U0BEN", "C0STAFF").error == "channel_not_found");
}

TEST_CASE("a person is changed by the fields that are given, and nonsense is refused whole") {
    bench b;
    CHECK(b.act.put_person({{"id", "U0ANA"}, {"tz", "Mars/Base"}}).error == "invalid_person");
    CHECK(b.act.put_person({{"id", "ana"}, {"name", "x"}}).error == "invalid_person");
    CHECK(b.act.put_person({{"id", "U0ANA"}, {"deleted", "yes"}}).error == "invalid_person");
    CHECK(b.act.put_person({{"id", "U0NEW"}}).error == "invalid_person");
    CHECK(b.act.put_person({{"id", "U0ANA"}, {"tz", "Europe/Paris"}}).good());
    CHECK(b.on.state.people.at("U0ANA").tz == "Europe/Paris");
    CHECK(b.on.state.people.at("U0ANA").real_name == "Ana Duarte");
}
