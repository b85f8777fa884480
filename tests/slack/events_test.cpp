// Events: who, where and when are read; what was said is nowhere.
#include "bot/slack/decode.hpp"
#include "tests/slack/fixtures.hpp"

#include <catch2/catch.hpp>

using namespace rapport::slack;
using namespace slack_tests;

namespace {

const own_identity ours{"B0RAPPORT", "U0BOT", "A0RAPPORT"};

message_seen message(const std::string &fields) {
    return delivered_as<message_seen>(
        event_envelope(R"({"type":"message","channel":"C1","ts":"5.6","event_ts":"5.6",)" + fields + "}"),
        ours);
}

} // namespace

TEST_CASE("a message is who, where and when") {
    const auto d = delivery_of(fixture("message"), ours);
    const auto m = std::get<message_seen>(d.what);
    CHECK(m.channel == "G0PAIR");
    CHECK(m.channel_type == "mpim");
    CHECK(m.user == "U0ANA");
    CHECK(m.ts == "1793000000.000200");
    CHECK(m.thread_ts == "1792999999.000100");
    CHECK(m.kind == message_kind::plain);
    CHECK_FALSE(m.is_bot);
    CHECK_FALSE(m.is_ours);
    CHECK(d.kind == delivery_kind::event);
    CHECK(d.from.team == "T0RAPPORT");
    CHECK(d.retry_attempt == 1);
    CHECK(d.retry_reason == "timeout");
}

TEST_CASE("the words of a message are not even built, at any depth and under any name") {
    const auto kept = read_keeping(fixture("message"), keep_of_event).value.dump();
    CHECK(kept.find("CANARY") == std::string::npos);
    CHECK(kept.find("G0PAIR") != std::string::npos);
    const auto pressed = read_keeping(fixture("press"), keep_of_interaction).value.dump();
    CHECK(pressed.find("CANARY") == std::string::npos);
    const auto edited =
        read_keeping(event_envelope(R"({"type":"message","subtype":"message_changed","channel":"C1",
            "message":{"user":"U1","ts":"1.2","text":"CANARY","blocks":[{"text":"CANARY"}],"new_field":"CANARY"},
            "previous_message":{"ts":"1.2","text":"CANARY","files":[{"name":"CANARY"}]},
            "root":{"text":"CANARY"},"metadata":{"event_payload":{"text":"CANARY"}},"event_ts":"1.3"})"),
                     keep_of_event);
    CHECK(edited.value.dump().find("CANARY") == std::string::npos);
    const auto user = read_keeping(fixture("user_change"), keep_of_event).value.dump();
    CHECK(user.find("CANARY") == std::string::npos);
    const auto command = read_keeping(fixture("command"), keep_of_command).value.dump();
    CHECK(command.find("verification-token-canary") == std::string::npos);
}

TEST_CASE("each kind of message is told apart") {
    CHECK(message(R"("user":"U1","subtype":"file_share")").kind == message_kind::file);
    CHECK(message(R"("user":"U1","subtype":"me_message")").kind == message_kind::me);
    CHECK(message(R"("user":"U1","subtype":"thread_broadcast")").kind == message_kind::broadcast);
    CHECK(message(R"("user":"U1","subtype":"channel_join")").kind == message_kind::other);
    CHECK(message(R"("user":"U1","subtype":null)").kind == message_kind::plain);
    CHECK(message(R"("user":"U1","subtype":"huddle_thread")").kind == message_kind::other);
}

TEST_CASE("bots are told from people, and we from other bots") {
    CHECK(message(R"("bot_id":"B9","subtype":"bot_message")").is_bot);
    CHECK_FALSE(message(R"("bot_id":"B9","subtype":"bot_message")").is_ours);
    CHECK(message(R"("user":"U9","bot_id":"B9")").is_bot);
    CHECK(message(R"("user":"USLACKBOT")").is_bot);
    for (const auto *own :
         {R"("bot_id":"B0RAPPORT")", R"("user":"U0BOT")", R"("user":"U5","app_id":"A0RAPPORT")"}) {
        CHECK(message(own).is_ours);
        CHECK(message(own).is_bot);
    }
}

TEST_CASE("without an identity of our own nothing is taken for ours") {
    const auto m =
        delivered_as<message_seen>(event_envelope(R"({"type":"message","user":"","bot_id":"","ts":"1.1"})"));
    CHECK_FALSE(m.is_ours);
}

TEST_CASE("an edit and a deletion name the message they are about") {
    const auto gone = delivered_as<message_deleted>(event_envelope(
        R"({"type":"message","subtype":"message_deleted","hidden":true,"channel":"C1","channel_type":"im",
            "deleted_ts":"1.2","previous_message":{"user":"U1","ts":"1.2","text":"x"},"event_ts":"1.5"})"));
    CHECK(gone.ts == "1.2");
    CHECK(gone.user == "U1");
    CHECK(gone.channel == "C1");
    const auto changed = delivered_as<message_changed>(event_envelope(
        R"({"type":"message","subtype":"message_changed","channel":"C1","message":{"user":"U1","ts":"1.2"}})"));
    CHECK(changed.ts == "1.2");
    CHECK(changed.user == "U1");
}

TEST_CASE("a person is read from user_change and team_join") {
    const auto d = delivery_of(fixture("user_change"));
    const auto p = std::get<user_change>(d.what).person;
    CHECK(p.id == "U0NOOR");
    CHECK(p.name == "Noor");
    CHECK(p.tz == "America/New_York");
    CHECK(p.email == "noor@example.org");
    CHECK(p.deleted);
    CHECK(p.guest);
    CHECK_FALSE(p.single_channel_guest);
    CHECK_FALSE(p.bot);
    CHECK(p.updated == 1793000001);
    CHECK(p.locale == "en-US");
    const auto joined = delivered_as<team_join>(event_envelope(
        R"({"type":"team_join","user":{"id":"U1","name":"sam","real_name":"","profile":{"display_name":""},
            "is_ultra_restricted":true,"is_stranger":true}})"));
    CHECK(joined.person.name == "sam");
    CHECK(joined.person.guest);
    CHECK(joined.person.single_channel_guest);
    CHECK(joined.person.stranger);
    CHECK(delivered_as<user_change>(
              event_envelope(R"({"type":"user_change","user":{"id":"USLACKBOT","is_bot":false}})"))
              .person.bot);
}

TEST_CASE("the installation is the enterprise's where the app was installed for a whole one") {
    CHECK(delivery_of(fixture("user_change")).from.installation() == "E0COLLEGE");
    CHECK(delivery_of(fixture("message")).from.installation() == "T0RAPPORT");
    // A shared channel: the event happened elsewhere, the app is installed here.
    const auto shared = delivery_of(
        R"({"envelope_id":"e","type":"events_api","payload":{"type":"event_callback","team_id":"T9","event_id":"Ev",
            "authorizations":[{"team_id":"T1","is_enterprise_install":false}],"event":{"type":"message","ts":"1.1"}}})");
    CHECK(shared.from.installation() == "T1");
}

TEST_CASE("membership, reactions, channels and the app's own end are read") {
    const auto joined = delivered_as<member_joined>(
        event_envelope(
            R"({"type":"member_joined_channel","user":"U0BOT","channel":"C1","channel_type":"C","inviter":"U2"})"),
        ours);
    CHECK(joined.is_ours);
    CHECK(joined.inviter == "U2");
    CHECK_FALSE(delivered_as<member_left>(
                    event_envelope(R"({"type":"member_left_channel","user":"U1","channel":"C1"})"), ours)
                    .is_ours);
    const auto liked = delivered_as<reaction_added>(event_envelope(
        R"({"type":"reaction_added","user":"U1","reaction":"tada","item":{"type":"message","channel":"C1","ts":"1.2"},"item_user":"U2","event_ts":"1.3"})"));
    CHECK(liked.channel == "C1");
    CHECK(liked.ts == "1.2");
    CHECK(liked.reaction == "tada");
    CHECK(liked.author == "U2");
    CHECK(delivered_as<reaction_removed>(event_envelope(R"({"type":"reaction_removed","user":"U1"})")).user ==
          "U1");

    const auto change = [](const std::string &event) {
        return delivered_as<channel_changed>(event_envelope(event));
    };
    CHECK(change(R"({"type":"channel_archive","channel":"C1","user":"U1"})").what ==
          channel_change::archived);
    CHECK(change(R"({"type":"group_unarchive","channel":"C1"})").what == channel_change::unarchived);
    const auto renamed = change(R"({"type":"group_rename","channel":{"id":"C1","name":"mentors"}})");
    CHECK(renamed.channel == "C1");
    CHECK(renamed.name == "mentors");
    const auto moved = change(R"({"type":"channel_id_changed","old_channel_id":"C1","new_channel_id":"C2"})");
    CHECK(moved.channel == "C1");
    CHECK(moved.new_id == "C2");
    CHECK(change(R"({"type":"group_deleted","channel":"C1"})").what == channel_change::deleted);
    CHECK(change(R"({"type":"channel_left","channel":"C1"})").what == channel_change::left);

    CHECK_NOTHROW(delivered_as<app_uninstalled>(event_envelope(R"({"type":"app_uninstalled"})")));
    const auto revoked = delivered_as<tokens_revoked>(
        event_envelope(R"({"type":"tokens_revoked","tokens":{"oauth":["U1"],"bot":["U2"]}})"));
    CHECK(revoked.people == std::vector<std::string>{"U1"});
    CHECK(revoked.bots == std::vector<std::string>{"U2"});
    CHECK(delivered_as<other_delivery>(event_envelope(R"({"type":"next_years_event"})")).type ==
          "next_years_event");
}

TEST_CASE("App Home opened the first time has no view", "[scar-62a]") {
    const auto first = delivered_as<app_home_opened>(event_envelope(
        R"({"type":"app_home_opened","user":"U1","channel":"D1","tab":"home","view":null,"event_ts":"1.1"})"));
    CHECK_FALSE(first.view.has_value());
    CHECK(first.user == "U1");
    CHECK(first.channel == "D1");
    const auto later = delivered_as<app_home_opened>(event_envelope(
        R"({"type":"app_home_opened","user":"U1","tab":"messages","view":{"id":"V1","hash":"1.h","type":"home"}})"));
    REQUIRE(later.view.has_value());
    CHECK(later.view->hash == "1.h");
    CHECK(later.tab == "messages");
}

TEST_CASE("a rate-limited minute is read at both places it comes in") {
    const auto top = delivered_as<app_rate_limited>(
        R"({"envelope_id":"e","type":"events_api","payload":{"type":"app_rate_limited","team_id":"T1","minute_rate_limited":1518467820,"api_app_id":"A1"}})");
    CHECK(top.minute == 1518467820);
    CHECK(delivered_as<app_rate_limited>(
              event_envelope(R"({"type":"app_rate_limited","minute_rate_limited":7})"))
              .minute == 7);
}

TEST_CASE("the same message has the same second key whatever its event id and envelope",
          "[scar-35][scar-36]") {
    const auto event = R"({"type":"message","user":"U1","channel":"C1","ts":"1.2","event_ts":"1.2"})";
    const auto a = delivery_of(event_envelope(event, "Ev1")).keys;
    const auto b = delivery_of(event_envelope(event, "Ev2")).keys;
    CHECK(a.primary == "event/Ev1");
    CHECK(b.primary == "event/Ev2");
    CHECK(a.secondary == b.secondary);
    CHECK(a.secondary == "content/T1/C1/message//1.2/U1");
    const auto other =
        delivery_of(
            event_envelope(R"({"type":"message","user":"U2","channel":"C1","ts":"1.2","event_ts":"1.2"})"))
            .keys;
    CHECK(other.secondary != a.secondary);
}

TEST_CASE(
    "an event that says neither its time nor its id has its envelope for a key, and collides with nobody") {
    CHECK(delivery_of(event_envelope(R"({"type":"team_join","user":{"id":"U1"}})", "")).keys ==
          dedupe_keys{"envelope/e1", ""});
    CHECK(delivery_of(event_envelope(R"({"type":"team_join","user":{"id":"U1"}})", "Ev1")).keys ==
          dedupe_keys{"event/Ev1", "envelope/e1"});
}

TEST_CASE("a redelivery is delivered like the first", "[scar-42][scar-45]") {
    auto text = event_envelope(R"({"type":"message","user":"U1","channel":"C1","ts":"1.2"})");
    const auto at = text.find("\"retry_attempt\":0");
    text.replace(at, 17, "\"retry_attempt\":3");
    const auto d = delivery_of(text);
    CHECK(d.retry_attempt == 3);
    CHECK(std::holds_alternative<message_seen>(d.what));
}
