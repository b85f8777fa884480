// Each fault by its name, on the calls, links and deliveries it is about, and on no others.
#include "tests/workspace/bench.hpp"

#include <catch2/catch.hpp>

using namespace workspace;

namespace {

const json hello{{"channel", mentoring}, {"text", "hello"}};

std::shared_ptr<kept_answer> say(bench &b) {
    return b.post("/api/chat.postMessage", hello, b.on.settings.bot_token);
}

std::size_t posted(bench &b) {
    return b.on.state.find_conversation(mentoring)->messages.size();
}

void order(bench &b, json what) {
    const auto read = read_fault(what);
    REQUIRE(read);
    b.on.put_fault(*read);
}

} // namespace

TEST_CASE("every fault has a name that reads back, and nonsense is refused") {
    for (const auto &[kind, word] : fault_words) {
        CHECK(text_of(kind) == word);
        CHECK(fault_called(word) == kind);
    }
    CHECK_FALSE(read_fault({{"name", "earthquake"}}));
    CHECK_FALSE(read_fault({{"name", "hang"}, {"times", 0}}));
    CHECK_FALSE(read_fault({{"name", "hang"}, {"percent", 101}}));
    CHECK_FALSE(read_fault({{"name", "server_error"}, {"status", 99}}));
    CHECK_FALSE(read_fault(json::array()));
}

TEST_CASE("rate_limited answers 429 with Retry-After, as often as ordered, only that method") {
    bench b;
    order(b, {{"name", "rate_limited"}, {"method", "chat.postMessage"}, {"times", 2}, {"retry_after", 7}});
    CHECK(flag_in(b.call("auth.test"), "ok"));
    for (int i = 0; i < 2; ++i) {
        const auto answer = say(b)->got;
        CHECK(answer->status == 429);
        CHECK(answer->headers.at(1) == std::pair<std::string, std::string>("Retry-After", "7"));
    }
    CHECK(posted(b) == 0);
    CHECK(say(b)->got->status == 200);
    CHECK(posted(b) == 1);
}

TEST_CASE("server_error, error_answer and html_answer do not execute") {
    bench b;
    order(b, {{"name", "server_error"}, {"status", 503}});
    CHECK(say(b)->got->status == 503);
    order(b, {{"name", "error_answer"}, {"error", "fatal_error"}});
    CHECK(say(b)->body()["error"] == "fatal_error");
    order(b, {{"name", "html_answer"}});
    CHECK(say(b)->body().is_discarded());
    CHECK(posted(b) == 0);
}

TEST_CASE("drop_request and hang do not execute and do not answer") {
    bench b;
    order(b, {{"name", "drop_request"}});
    CHECK(say(b)->dropped);
    order(b, {{"name", "hang"}});
    const auto hung = say(b);
    b.pass(span(3'600'000));
    CHECK_FALSE(hung->got);
    CHECK_FALSE(hung->dropped);
    CHECK(posted(b) == 0);
}

TEST_CASE("slow_ack executes at once and answers late, or never") {
    bench b;
    order(b, {{"name", "slow_ack"}, {"delay_ms", 5'000}});
    const auto slow = say(b);
    CHECK(posted(b) == 1);
    CHECK_FALSE(slow->got);
    b.pass(span(4'999));
    CHECK_FALSE(slow->got);
    b.pass(span(1));
    CHECK(flag_in(slow->body(), "ok"));
    order(b, {{"name", "slow_ack"}});
    const auto never = say(b);
    b.pass(span(3'600'000));
    CHECK(posted(b) == 2);
    CHECK_FALSE(never->got);
}

TEST_CASE("the ambiguous faults execute, and the caller cannot know") {
    bench b;
    order(b, {{"name", "execute_then_drop"}});
    CHECK(say(b)->dropped);
    CHECK(posted(b) == 1);
    order(b, {{"name", "execute_then_500"}});
    CHECK(say(b)->got->status == 500);
    CHECK(posted(b) == 2);
    CHECK(b.on.log.count("request", "chat.postMessage") == 2);
    const auto replies = b.on.log.find({.kind = "reply", .method = "chat.postMessage"});
    CHECK(replies[0]["how"] == "execute_then_drop");
    CHECK(flag_in(replies[0]["answer"], "ok"));
}

TEST_CASE("a fault may let the first calls through, and pick one channel") {
    bench b;
    order(b, {{"name", "server_error"}, {"method", "chat.postMessage"}, {"skip", 2}});
    CHECK(say(b)->got->status == 200);
    CHECK(say(b)->got->status == 200);
    CHECK(say(b)->got->status == 500);
    order(b, {{"name", "server_error"}, {"channel", "C0STAFF"}});
    CHECK(say(b)->got->status == 200);
}

TEST_CASE("a fault by chance strikes some calls, by the seed") {
    const auto struck = [](std::uint64_t seed) {
        platform_options options;
        options.seed = seed;
        bench b(std::move(options));
        order(b, {{"name", "server_error"}, {"percent", 30}, {"times", 1000}});
        std::string pattern;
        for (int i = 0; i < 50; ++i)
            pattern += say(b)->got->status == 500 ? 'x' : '.';
        return pattern;
    };
    const auto pattern = struck(3);
    CHECK(pattern == struck(3));
    CHECK(pattern != struck(4));
    CHECK(pattern.find('x') != std::string::npos);
    CHECK(pattern.find('.') != std::string::npos);
}

TEST_CASE("drop_link resets every link, or the one that is named, without a word") {
    bench b;
    const auto first = b.connect(), second = b.connect();
    order(b, {{"name", "drop_link"}, {"link", first.id}});
    CHECK(first.out->was_reset);
    CHECK_FALSE(second.out->was_reset);
    CHECK(first.out->of_type("disconnect").empty());
    order(b, {{"name", "drop_link"}});
    CHECK(second.out->was_reset);
    CHECK(b.on.sockets.links() == 0);
}

TEST_CASE("a link fault with no link open waits for the next one, after its hello") {
    bench b;
    order(b, {{"name", "garbage_frame"}});
    const auto link = b.connect();
    CHECK(link.out->of_type("hello").size() == 1);
    CHECK(link.out->garbage.size() == 1);
    CHECK(b.connect().out->garbage.empty());
}

TEST_CASE("disconnect_warning warns, keeps serving, and ends the link with refresh_requested") {
    bench b;
    const auto link = b.connect();
    order(b, {{"name", "disconnect_warning"}});
    CHECK(link.out->frames.back()["reason"] == "warning");
    CHECK(b.command(link, "U0ANA", "/x", {{"text", "still here"}}).good());
    b.pass(span(9'999));
    CHECK(link.out->closed_with == 0);
    b.pass(span(1));
    CHECK(link.out->frames.back()["reason"] == "refresh_requested");
    CHECK(link.out->closed_with == 1000);
}

TEST_CASE("refresh_requested, close_link and too_many_websockets end links at once") {
    bench b;
    const auto first = b.connect();
    order(b, {{"name", "refresh_requested"}});
    CHECK(first.out->frames.back()["reason"] == "refresh_requested");
    const auto second = b.connect();
    order(b, {{"name", "close_link"}});
    CHECK(second.out->of_type("disconnect").empty());
    CHECK(second.out->closed_with == 1001);
    const auto third = b.connect();
    order(b, {{"name", "too_many_websockets"}});
    CHECK(third.out->frames.back()["reason"] == "too_many_websockets");
}

TEST_CASE("link_disabled ends every link, and the next ones before their hello") {
    bench b;
    const auto first = b.connect();
    order(b, {{"name", "link_disabled"}, {"times", 2}});
    CHECK(first.out->frames.back()["reason"] == "link_disabled");
    const auto second = b.connect();
    CHECK(second.out->of_type("hello").empty());
    CHECK(second.out->frames.at(0)["reason"] == "link_disabled");
    CHECK(b.connect().out->of_type("hello").size() == 1);
}

TEST_CASE("late_ping is silent for a while: no pings, no pongs, but deliveries") {
    bench b;
    const auto link = b.connect();
    order(b, {{"name", "late_ping"}, {"delay_ms", 40'000}});
    b.pass(span(35'000));
    b.on.sockets.received(link.id, {frame_in::type::ping, "x", false, true});
    CHECK(link.out->pings == 0);
    CHECK(link.out->pongs == 0);
    CHECK(b.command(link, "U0ANA", "/x").good());
    b.pass(span(20'000));
    CHECK(link.out->pings > 0);
}

TEST_CASE("black_hole swallows everything, both ways") {
    bench b;
    const auto link = b.connect();
    order(b, {{"name", "black_hole"}});
    CHECK(link.out->stopped_reading);
    const auto before = link.out->frames.size();
    heard told;
    b.act.command("U0ANA", mentoring, "/x", "", told);
    CHECK(link.out->frames.size() == before);
    b.pass(span(60'000));
    CHECK(told.only().error == "operation_timeout");
    CHECK(link.out->pings == 0);
}

TEST_CASE("binary and unknown frames arrive; a bare ack of the unknown one is right") {
    bench b;
    const auto link = b.connect();
    order(b, {{"name", "binary_frame"}});
    CHECK(link.out->garbage.size() == 1);
    order(b, {{"name", "unknown_frame"}});
    const auto strange = link.out->last_envelope();
    CHECK(strange["type"] == "weather_report");
    b.ack(link, strange);
    CHECK(b.violations().empty());
}

TEST_CASE("a ghost is counted in hello and swallows deliveries until it rotates away") {
    bench b;
    order(b, {{"name", "ghost_link"}, {"delay_ms", 60'000}});
    heard told;
    b.act.command("U0ANA", mentoring, "/x", "", told);
    b.pass(span(3'000));
    CHECK(told.only().error == "operation_timeout");
    CHECK(b.connect().out->frames.at(0)["num_connections"] == 2);
    b.pass(span(57'000));
    CHECK(b.on.sockets.links() == 1);
}

TEST_CASE("duplicate_delivery sends one envelope twice, over two links if there are, and takes both acks") {
    bench b;
    const auto first = b.connect(), second = b.connect();
    order(b, {{"name", "duplicate_delivery"}, {"method", "events_api"}});
    CHECK(b.act.say("U0ANA", mentoring, {"hi", {}, {}, {}}).good());
    REQUIRE(first.out->of_type("events_api").size() == 1);
    REQUIRE(second.out->of_type("events_api").size() == 1);
    CHECK(first.out->last_envelope()["envelope_id"] == second.out->last_envelope()["envelope_id"]);
    b.ack(first, first.out->last_envelope());
    b.ack(second, second.out->last_envelope());
    CHECK(b.violations().empty());
}

TEST_CASE("a large delivery has 200 KiB") {
    bench b;
    const auto link = b.connect();
    order(b, {{"name", "large_delivery"}});
    CHECK(b.act.say("U0ANA", mentoring, {"hi", {}, {}, {}}).good());
    CHECK(link.out->last_envelope().dump().size() > 200 * 1024);
}

TEST_CASE("refuse_upgrade answers with its status, and leaves the ticket good") {
    bench b;
    const auto url = text_in(b.call("apps.connections.open"), "url");
    const http_request upgrade{"GET", url.substr(url.find("/link")), {}, {}};
    order(b, {{"name", "refuse_upgrade"}, {"status", 503}});
    CHECK(b.on.judge_upgrade(upgrade) == 503);
    CHECK(b.on.judge_upgrade(upgrade) == 101);
}

TEST_CASE("silent_start upgrades and says no hello") {
    bench b;
    order(b, {{"name", "silent_start"}});
    CHECK(b.connect().out->frames.empty());
    CHECK(b.connect().out->of_type("hello").size() == 1);
}

TEST_CASE("waiting faults can be listed and taken back") {
    bench b;
    order(b, {{"name", "hang"}, {"method", "users.list"}});
    CHECK(b.local("GET", "/local/faults")["waiting"][0]["method"] == "users.list");
    CHECK(flag_in(b.local("DELETE", "/local/faults"), "ok"));
    CHECK(flag_in(b.call("users.list"), "ok"));
}
