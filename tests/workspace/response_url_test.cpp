// Response URLs: five uses, thirty minutes, and what each kind of answer does.
#include "tests/workspace/bench.hpp"

#include <catch2/catch.hpp>

using namespace workspace;

namespace {

std::string path_of(const bench &b, const json &payload) {
    return text_in(payload, "response_url").substr(b.on.base_url.size());
}

std::string of_command(bench &b) {
    const auto link = b.connect();
    b.command(link, "U0ANA", "/x");
    return path_of(b, link.out->last_envelope()["payload"]);
}

} // namespace

TEST_CASE("a response URL is good five times, whatever the workspace's time, for thirty steady minutes") {
    bench b;
    const auto url = of_command(b);
    b.on.time.advance(std::chrono::days(1));
    b.on.moved_clock();
    for (int i = 0; i < 5; ++i)
        CHECK(b.post(url, {{"text", "again"}})->got->body == "ok");
    const auto sixth = b.post(url, {{"text", "again"}})->got;
    CHECK(sixth->status == 404);
    CHECK(sixth->body == "used_url");
    const auto late = of_command(b);
    b.pass(std::chrono::minutes(30) + span(1));
    CHECK(b.post(late, {{"text", "x"}})->got->body == "expired_url");
    CHECK(b.post("/hooks/commands/T0LOCAL/made-up", {{"text", "x"}})->got->status == 404);
}

TEST_CASE("an answer is for the caller alone unless it says in_channel") {
    bench b;
    const auto url = of_command(b);
    b.post(url, {{"text", "only you"}});
    CHECK(messages_seen(b.on, "U0ANA", mentoring).back()["is_ephemeral"] == true);
    CHECK(messages_seen(b.on, "U0BEN", mentoring).empty());
    b.post(url, {{"response_type", "in_channel"}, {"text", "all"}});
    CHECK(messages_seen(b.on, "U0BEN", mentoring).back()["text"] == "all");
}

TEST_CASE("an answer that says nothing, is no JSON or has bad blocks is refused") {
    bench b;
    const auto url = of_command(b);
    CHECK(b.post(url, json::object())->got->body == "no_text");
    CHECK(b.post(url, {{"text", "x"}, {"blocks", json::array({section("")})}})->got->body ==
          "invalid_blocks");
    CHECK(b.send({"POST", url, {}, "{"})->got->body == "invalid_payload");
    CHECK(messages_seen(b.on, "U0ANA", mentoring).empty());
}

TEST_CASE("the URL of a press replaces or deletes the message, an ephemeral one too") {
    bench b;
    const auto link = b.connect();
    const auto press = [&](const std::string &ts) {
        heard told;
        b.act.press("U0ANA", {mentoring, ts, {}}, "a", {}, nullptr, told);
        b.ack(link, link.out->last_envelope());
        return path_of(b, link.out->last_envelope()["payload"]);
    };
    const json blocks = json::array({actions(json::array({button("a")}))});
    const auto ts = text_in(
        b.call("chat.postMessage", {{"channel", mentoring}, {"text", "x"}, {"blocks", blocks}}), "ts");
    b.post(press(ts), {{"replace_original", true}, {"text", "done"}});
    CHECK(messages_seen(b.on, "U0BEN", mentoring).back()["text"] == "done");
    CHECK(messages_seen(b.on, "U0BEN", mentoring).back()["ts"] == ts);
    const auto psst =
        text_in(b.call("chat.postEphemeral",
                       {{"channel", mentoring}, {"user", "U0ANA"}, {"text", "x"}, {"blocks", blocks}}),
                "message_ts");
    CHECK(b.post(press(psst), {{"delete_original", true}})->got->body == "ok");
    CHECK(messages_seen(b.on, "U0ANA", mentoring).size() == 1);
    CHECK(b.post(of_command(b), {{"delete_original", true}})->got->status == 404);
}
