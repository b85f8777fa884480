// Links, hello, acks right and wrong in each way, redelivery, tickets, refreshes.
#include "tests/workspace/bench.hpp"

#include <catch2/catch.hpp>

using namespace workspace;

namespace {

using words = std::vector<std::string>;

// An event on its way to the app: Ana says something in the channel.
void something_happens(bench &b) {
    REQUIRE(b.act.say("U0ANA", mentoring, {"hello", {}, {}, {}}).good());
}

} // namespace

TEST_CASE("hello comes first, with the number of open links and the app") {
    bench b;
    const auto first = b.connect(), second = b.connect();
    CHECK(first.out->frames.at(0)["type"] == "hello");
    CHECK(first.out->frames.at(0)["num_connections"] == 1);
    CHECK(second.out->frames.at(0)["num_connections"] == 2);
    CHECK(second.out->frames.at(0)["connection_info"]["app_id"] == "A0LOCAL");
}

TEST_CASE("a ticket opens one socket, and only for a minute") {
    bench b;
    const auto url = text_in(b.call("apps.connections.open"), "url");
    REQUIRE(url.starts_with("ws://"));
    const http_request upgrade{"GET", url.substr(url.find("/link")), {}, {}};
    CHECK(b.on.judge_upgrade(upgrade) == 101);
    CHECK(b.on.judge_upgrade(upgrade) == 409);
    CHECK(b.on.judge_upgrade({"GET", "/link/?ticket=made-up", {}, {}}) == 409);
    CHECK(b.on.judge_upgrade({"GET", "/elsewhere", {}, {}}) == 404);
    const auto old = text_in(b.call("apps.connections.open"), "url");
    b.pass(span(61'000));
    CHECK(b.on.judge_upgrade({"GET", old.substr(old.find("/link")), {}, {}}) == 409);
}

TEST_CASE("the eleventh link is told there are too many, and is closed") {
    bench b;
    for (int i = 0; i < 10; ++i)
        CHECK(b.connect().out->of_type("hello").size() == 1);
    const auto eleventh = b.connect();
    CHECK(eleventh.out->of_type("hello").empty());
    CHECK(eleventh.out->frames.at(0)["reason"] == "too_many_websockets");
    CHECK(eleventh.out->closed_with == 1000);
    CHECK(b.on.sockets.links() == 10);
}

TEST_CASE("a bare ack in time settles an envelope, and nothing comes again") {
    bench b;
    const auto link = b.connect();
    something_happens(b);
    b.ack(link, link.out->last_envelope());
    b.pass(span(600'000));
    CHECK(link.out->of_type("events_api").size() == 1);
    CHECK(b.violations().empty());
}

TEST_CASE("an event nobody acks comes again at once, after a minute and after five, with its retry fields") {
    bench b;
    const auto link = b.connect();
    something_happens(b);
    const auto attempts = [&] { return link.out->of_type("events_api"); };
    CHECK(attempts().back()["retry_attempt"] == 0);
    CHECK(attempts().back()["retry_reason"] == "");
    b.pass(span(2'999));
    CHECK(attempts().size() == 1);
    b.pass(span(1));
    REQUIRE(attempts().size() == 2);
    CHECK(attempts().back()["retry_attempt"] == 1);
    CHECK(attempts().back()["retry_reason"] == "timeout");
    CHECK(attempts().back()["payload"]["event_id"] == attempts().front()["payload"]["event_id"]);
    b.pass(span(3'000 + 59'999));
    CHECK(attempts().size() == 2);
    b.pass(span(1));
    CHECK(attempts().size() == 3);
    b.pass(span(3'000 + 300'000));
    CHECK(attempts().size() == 4);
    b.pass(span(3'600'000));
    CHECK(attempts().size() == 4);
}

TEST_CASE("moving the workspace's time on brings the redelivery, not the end of the three seconds") {
    bench b;
    const auto link = b.connect();
    something_happens(b);
    b.on.time.advance(span(3'600'000));
    b.on.moved_clock();
    CHECK(link.out->of_type("events_api").size() == 1);
    b.pass(span(3'000));
    CHECK(link.out->of_type("events_api").size() == 2);
    b.pass(span(3'000));
    b.on.time.advance(span(60'000));
    b.on.moved_clock();
    CHECK(link.out->of_type("events_api").size() == 3);
}

TEST_CASE("an event that happens while nobody is connected comes after a link opens, as a retry") {
    bench b;
    something_happens(b);
    b.pass(span(1'000));
    const auto link = b.connect();
    b.pass(span(60'000));
    const auto got = link.out->of_type("events_api");
    REQUIRE(got.size() >= 1);
    CHECK(got[0]["retry_attempt"] == 2);
    CHECK(got[0]["retry_reason"] == "connection_failed");
}

TEST_CASE("an event on a link that ends unacked comes again on another") {
    bench b;
    const auto first = b.connect();
    something_happens(b);
    const auto second = b.connect();
    b.on.sockets.closed(first.id, "gone");
    b.pass(span(1));
    REQUIRE(second.out->of_type("events_api").size() == 1);
    CHECK(second.out->last_envelope()["retry_attempt"] == 1);
}

TEST_CASE("a command comes once: unacked it is a time-out for the person, with no link a failed dispatch") {
    bench b;
    heard nobody;
    b.act.command("U0ANA", mentoring, "/x", "", nobody);
    CHECK(nobody.only().error == "dispatch_failed");
    const auto link = b.connect();
    heard late;
    b.act.command("U0ANA", mentoring, "/x", "", late);
    CHECK_FALSE(late.anything());
    b.pass(span(3'000));
    CHECK(late.only().error == "operation_timeout");
    b.pass(span(600'000));
    CHECK(link.out->of_type("slash_commands").size() == 1);
}

TEST_CASE("an ack that is too late is named, and changes nothing for the person") {
    bench b;
    const auto link = b.connect();
    heard told;
    b.act.command("U0ANA", mentoring, "/x", "", told);
    b.pass(span(3'001));
    b.ack(link, link.out->last_envelope(), {{"text", "sorry"}});
    CHECK(b.violations() == words{"ack_late"});
    CHECK(told.all->size() == 1);
}

TEST_CASE("an ack that is wrong in any way is named, and does not count") {
    bench b;
    const auto link = b.connect();
    something_happens(b);
    const auto envelope = link.out->last_envelope();
    const auto right = json{{"envelope_id", envelope["envelope_id"]}}.dump();
    SECTION("no JSON") {
        b.receive(link, "{");
        CHECK(b.violations() == words{"ack_not_json"});
    }
    SECTION("no object") {
        b.receive(link, "[]");
        CHECK(b.violations() == words{"ack_not_an_object"});
    }
    SECTION("no such envelope") {
        b.receive(link, R"({"envelope_id":"other"})");
        CHECK(b.violations() == words{"ack_of_unknown_envelope"});
    }
    SECTION("no envelope_id") {
        b.receive(link, "{}");
        CHECK(b.violations() == words{"ack_of_unknown_envelope"});
    }
    SECTION("in pieces") {
        b.receive(link, right, true);
        CHECK(b.violations() == words{"ack_fragmented"});
    }
    SECTION("binary") {
        b.on.sockets.received(link.id, {frame_in::type::binary, right, false, true});
        CHECK(b.violations() == words{"ack_not_text"});
    }
    SECTION("not masked") {
        b.receive(link, right, false, false);
        CHECK(b.violations() == words{"frame_not_masked"});
        CHECK(link.out->closed_with == 1002);
    }
    SECTION("a payload that is no object") {
        b.receive(link, json{{"envelope_id", envelope["envelope_id"]}, {"payload", "text"}}.dump());
        CHECK(b.violations() == words{"ack_payload_not_an_object"});
    }
    SECTION("through another link") {
        const auto other = b.connect();
        b.receive(other, right);
        CHECK(b.violations() == words{"ack_on_another_link"});
    }
    if (b.on.sockets.links() == 0)
        b.connect();
    b.pass(span(3'000));
    CHECK(b.on.log.count("delivery") == 2); // it comes again: the ack did not count
}

TEST_CASE("a second ack of the same envelope is named") {
    bench b;
    const auto link = b.connect();
    something_happens(b);
    const auto envelope = link.out->last_envelope();
    b.ack(link, envelope);
    b.ack(link, envelope);
    CHECK(b.violations() == words{"ack_twice"});
}

TEST_CASE("an ack may have 20,480 bytes; one more closes the link") {
    bench b;
    const auto link = b.connect();
    heard told;
    b.act.command("U0ANA", mentoring, "/x", "", told);
    const auto sized = [&](std::size_t bytes) {
        json frame{{"envelope_id", link.out->last_envelope()["envelope_id"]}, {"payload", {{"text", ""}}}};
        frame["payload"]["text"] = std::string(bytes - frame.dump().size(), 'x');
        REQUIRE(frame.dump().size() == bytes);
        return frame.dump();
    };
    SECTION("as long as it may be") {
        b.receive(link, sized(20'480));
        CHECK(b.violations().empty());
        CHECK(told.only().good());
    }
    SECTION("too long") {
        b.receive(link, sized(20'481));
        CHECK(b.violations() == words{"ack_too_long"});
        CHECK(link.out->closed_with == 1009);
        CHECK_FALSE(told.anything());
    }
}

TEST_CASE("a payload where none is accepted is named; an empty one is a bare ack") {
    bench b;
    const auto link = b.connect();
    something_happens(b);
    b.ack(link, link.out->last_envelope(), json::object());
    CHECK(b.violations().empty());
    something_happens(b);
    b.ack(link, link.out->last_envelope(), {{"text", "thanks"}});
    CHECK(b.violations() == words{"ack_payload_not_accepted"});
}

TEST_CASE("deliveries are spread over the links by the seed, the same seed the same way") {
    const auto spread = [](std::uint64_t seed) {
        platform_options options;
        options.seed = seed;
        bench b(std::move(options));
        std::vector<bench::link> links{b.connect(), b.connect(), b.connect()};
        for (int i = 0; i < 30; ++i)
            something_happens(b);
        std::vector<std::size_t> counts;
        for (const auto &each : links)
            counts.push_back(each.out->of_type("events_api").size());
        return counts;
    };
    const auto once = spread(7);
    CHECK(once == spread(7));
    CHECK(once != spread(8));
    for (const auto count : once)
        CHECK(count > 0);
}

TEST_CASE("pings go out by the steady clock, and a ping is answered with a pong") {
    bench b;
    const auto link = b.connect();
    b.pass(span(35'000));
    CHECK(link.out->pings == 3);
    b.on.sockets.received(link.id, {frame_in::type::ping, "x", false, true});
    CHECK(link.out->pongs == 1);
    b.on.time.advance(span(3'600'000));
    b.on.moved_clock();
    CHECK(link.out->pings == 3);
}

TEST_CASE("tokens, tickets and response URLs never reach the journal") {
    bench b;
    const auto link = b.connect();
    b.call("apps.connections.open");
    b.command(link, "U0ANA", "/x");
    const auto url = text_in(link.out->last_envelope()["payload"], "response_url");
    REQUIRE(url.find("/hooks/") != std::string::npos);
    b.call("chat.postMessage", {{"channel", mentoring}, {"text", "x"}, {"token", "xoxb-in-the-body"}});
    const auto all = b.on.log.find({}).dump();
    CHECK(all.find("xoxb-") == std::string::npos);
    CHECK(all.find("xapp-") == std::string::npos);
    CHECK(all.find(url.substr(url.rfind('/') + 1)) == std::string::npos);
    CHECK(all.find("ticket=[redacted]") != std::string::npos);
}
