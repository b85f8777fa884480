// Socket Mode against a scripted platform: tickets over HTTPS, deliveries and acknowledgements over
// WebSocket, all on real loopback sockets over TLS with small limits.
#include "bot/slack/socket_mode.hpp"
#include "tests/slack/fixtures.hpp"
#include "tests/slack/peer.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <deque>

using namespace rapport::slack;
using namespace slack_tests;
using namespace std::chrono_literals;

namespace {

const std::string greeting = R"({"type":"hello","num_connections":1,"connection_info":{"app_id":"A1"}})";

std::string leave(const std::string &reason) {
    return R"({"type":"disconnect","reason":")" + reason + R"("})";
}
std::string command(const std::string &id) {
    return R"({"envelope_id":")" + id +
           R"(","type":"slash_commands","accepts_response_payload":true,"payload":{"command":"/checkin","text":"",)"
           R"("user_id":"U1","team_id":"T1","trigger_id":")" +
           id + R"("}})";
}

socket_mode_options small_limits() {
    socket_mode_options out;
    out.seed = 7;
    out.fleet.links = 1;
    out.fleet.opens_burst = 100;
    out.fleet.stagger = 10ms;
    out.waits.least = 1ms;
    out.waits.first = 5ms;
    out.waits.network_most = 20ms;
    out.waits.too_many_least = out.waits.disabled_least = 10ms;
    out.link.step = 5s;
    out.link.ping_after = 10ms;
    out.link.dead_after = 5s; // a busy machine is no dead peer
    out.link.close = 500ms;
    out.link.drain_asked = 5s;
    out.link.drain_warned = 5s;
    out.socket.linger = 10ms;
    return out;
}

// The platform: a peer for tickets and one for sockets. What it says on each new socket is queued beforehand.
struct platform {
    asio::io_context loop;
    std::deque<std::string> tickets; // answers of apps.connections.open; empty: a good one
    std::vector<std::shared_ptr<talk>> sockets;
    std::vector<std::vector<std::string>> texts; // what came on each socket
    std::vector<bool> closed;                    // a close frame came
    std::deque<std::vector<std::string>> first_words;
    bool pongs = true;
    bool slow_upgrades = false;      // an upgrade is answered when told
    std::shared_ptr<talk> upgrading; // the one that waits
    std::function<void()> go_on;
    peer wss;
    peer https;

    platform()
        : wss(loop, [this](auto one) { return serve(one); }),
          https(loop, [this](auto one) { return sell(one); }) {}

    asio::awaitable<void> sell(std::shared_ptr<talk> one) {
        for (;;) {
            auto request = co_await one->read_request();
            if (request.empty())
                co_return;
            auto answer = R"({"ok":true,"url":")" + wss.address("wss", "/link/?ticket=CANARY") + R"("})";
            if (!tickets.empty()) {
                answer = tickets.front();
                tickets.pop_front();
            }
            co_await one->answer(answer);
        }
    }

    asio::awaitable<void> serve(std::shared_ptr<talk> one) {
        if (slow_upgrades) {
            upgrading = one;
            asio::steady_timer until_told(loop, asio::steady_timer::time_point::max());
            go_on = [&until_told] { until_told.cancel(); };
            const auto as_value = asio::as_tuple(asio::use_awaitable);
            co_await until_told.async_wait(as_value);
        }
        co_await one->accept_upgrade();
        const auto me = sockets.size();
        sockets.push_back(one);
        texts.emplace_back();
        closed.push_back(false);
        std::vector<std::string> words{greeting};
        if (!first_words.empty()) {
            words = first_words.front();
            first_words.pop_front();
        }
        for (const auto &each : words) {
            const auto bytes = text_frame(each);
            co_await one->write(bytes);
        }
        for (;;) {
            auto got = co_await one->read_frame();
            if (got.opcode < 0)
                co_return;
            std::string answer;
            if (got.opcode == 1)
                texts[me].push_back(got.payload);
            if (got.opcode == 9 && pongs)
                answer = frame_bytes(10, got.payload);
            if (got.opcode == 8) {
                closed[me] = true;
                answer = frame_bytes(8, got.payload);
            }
            if (!answer.empty())
                co_await one->write(answer);
        }
    }

    void say(std::size_t socket, const std::string &words) {
        asio::co_spawn(loop, say_it(sockets.at(socket), text_frame(words)), asio::detached);
    }
    static asio::awaitable<void> say_it(std::shared_ptr<talk> one, std::string bytes) {
        co_await one->write(bytes);
    }
};

struct bot {
    platform &at;
    std::vector<delivery> got;
    std::vector<ack> acks; // kept: the test answers
    std::vector<notice> notices;
    std::vector<malformation> nonsense;
    std::string readiness;
    bool over = false;
    bool answers_at_once = false, throws = false;
    std::shared_ptr<tls_context> tls = std::make_shared<tls_context>(trusted().file());
    std::shared_ptr<resolver> names = std::make_shared<resolver>(at.loop.get_executor());
    web_api api;
    socket_mode mode;

    explicit bot(platform &on, const socket_mode_options &options = small_limits())
        : at(on),
          api(on.loop.get_executor(), tls, names, api_options(on)),
          mode(on.loop.get_executor(), api, tls, names, options, events()) {
        mode.start();
    }
    static web_api_options api_options(platform &on) {
        web_api_options out;
        out.address = on.https.address("https", "/api/");
        out.team = "T1";
        out.app = token(std::string("xapp-1-A1-x"));
        return out;
    }
    socket_mode_events events() {
        socket_mode_events out;
        out.delivered = [this](delivery &&what, ack &&answer) {
            got.push_back(std::move(what));
            if (throws)
                throw std::runtime_error("a handler's fault");
            if (answers_at_once)
                answer.bare();
            else
                acks.push_back(std::move(answer));
        };
        out.told = [this](const notice &n) { notices.push_back(n); };
        out.unreadable = [this](malformation how) { nonsense.push_back(how); };
        out.readiness = [this](bool ready) { readiness += ready ? '+' : '-'; };
        out.over = [this] { over = true; };
        return out;
    }
    void wait(const std::function<bool()> &holds) {
        run_until(at.loop, holds);
    }
    void wait_ready() {
        wait([&] { return mode.status().ready > 0; });
    }
    std::uint64_t ended(link_end how) const {
        return mode.status().ended[static_cast<std::size_t>(how)];
    }
    std::uint64_t acked(ack_result how) const {
        return mode.status().acks[static_cast<std::size_t>(how)];
    }
};

} // namespace

TEST_CASE("a delivery is handed over and its answer leaves on the connection that brought it", "[scar-46]") {
    platform at;
    bot b(at);
    b.wait_ready();
    CHECK(b.readiness == "+");
    at.say(0, command("e1"));
    b.wait([&] { return b.acks.size() == 1; });
    CHECK(std::get<slash_command>(b.got[0].what).command == "/checkin");
    CHECK(b.mode.status().unanswered == 1);
    CHECK(b.acks[0].with(R"({"text":"noted"})") == ack_result::sent);
    b.wait([&] { return !at.texts[0].empty(); });
    CHECK(at.texts[0][0] == R"({"envelope_id":"e1","payload":{"text":"noted"}})");
    CHECK(b.mode.status().unanswered == 0);
    CHECK(b.mode.status().num_connections == 1);
    CHECK(b.mode.status().deliveries == 1);
}

TEST_CASE("hello and a delivery in one packet with the upgrade are not lost") {
    platform at;
    at.first_words.push_back({greeting, command("e1"), command("e2")});
    bot b(at);
    b.wait([&] { return b.got.size() == 2; });
    CHECK(b.mode.status().ready == 1);
}

TEST_CASE("on a refresh the next connection is up before the old one goes, which still delivers its answer",
          "[scar-65][scar-46]") {
    platform at;
    bot b(at);
    b.wait_ready();
    at.say(0, command("e1"));
    b.wait([&] { return b.acks.size() == 1; });
    at.say(0, leave("refresh_requested"));
    b.wait([&] { return at.sockets.size() == 2 && b.mode.status().ready == 2; });
    CHECK(b.acks[0].bare() == ack_result::sent);
    b.wait([&] { return at.closed[0]; });
    CHECK(at.texts[0] == std::vector<std::string>{R"({"envelope_id":"e1"})"});
    CHECK(at.texts[1].empty());
    b.wait([&] { return websocket::open_tcp() == 1; });
    CHECK(b.readiness == "+"); // never not ready
    CHECK(b.mode.status().uncovered == 0ms);
    CHECK(b.ended(link_end::refreshed) == 1);
}

TEST_CASE("an answer for a connection that is gone goes nowhere else, and says so", "[scar-46]") {
    platform at;
    bot b(at);
    b.wait_ready();
    at.say(0, command("e1"));
    b.wait([&] { return b.acks.size() == 1; });
    at.sockets[0]->reset();
    b.wait([&] { return at.sockets.size() == 2 && b.mode.status().ready == 1; });
    CHECK(b.acks[0].bare() == ack_result::link_gone);
    CHECK(b.acked(ack_result::link_gone) == 1);
    CHECK(b.mode.status().unanswered == 0);
    CHECK(at.texts[1].empty());
    CHECK(b.readiness == "+-+");
}

TEST_CASE("a peer that turns silent is found dead and replaced", "[scar-26][scar-31][scar-32]") {
    platform at;
    at.pongs = false;
    auto options = small_limits();
    options.link.dead_after = 60ms;
    bot b(at, options);
    b.wait([&] { return b.ended(link_end::silent) >= 1 && at.sockets.size() >= 2; });
    at.pongs = true;
    const auto silent = b.ended(link_end::silent);
    b.wait_ready();
    b.wait([&] { return at.sockets.size() >= silent + 1; });
    CHECK(websocket::open_tcp() <= 2);
}

TEST_CASE("the pongs of an idle connection count as frames", "[scar-28]") {
    platform at;
    bot b(at);
    b.wait_ready();
    auto last = b.mode.status().last_frame;
    for (int i = 0; i < 5; ++i) {
        b.wait([&] { return b.mode.status().last_frame > last; });
        last = b.mode.status().last_frame;
    }
    CHECK(at.sockets.size() == 1);
    CHECK(b.readiness == "+");
}

TEST_CASE("disconnect before hello is survived", "[scar-1][scar-2]") {
    platform at;
    at.first_words.push_back({leave("refresh_requested")});
    at.first_words.push_back({leave("too_many_websockets"), greeting});
    at.first_words.push_back({leave("link_disabled")});
    bot b(at);
    b.wait_ready();
    CHECK(at.sockets.size() == 4);
    CHECK(b.ended(link_end::too_many) == 1);
    CHECK(b.ended(link_end::disabled) == 1);
    CHECK(b.mode.status().deliveries == 0);
}

TEST_CASE("frames that make no sense are counted; an envelope among them is acknowledged",
          "[scar-40][scar-50]") {
    platform at;
    bot b(at);
    b.wait_ready();
    at.say(0, "<html>");
    at.say(0, R"({"envelope_id":"broken","type":"events_api","payload":{"event":)");
    at.say(0, R"({"envelope_id":"odd","type":"events_api","payload":7})");
    at.say(0, R"({"type":"surprise"})");
    at.say(0, event_envelope(R"({"type":"message","user":"U1","text":"CANARY","ts":"1.1"})"));
    b.wait([&] { return b.got.size() == 2 && !at.texts[0].empty(); });
    CHECK(at.texts[0] == std::vector<std::string>{R"({"envelope_id":"broken"})"});
    CHECK(b.got[0].envelope_id == "odd");
    CHECK(b.mode.status().malformed == 2);
    CHECK(b.nonsense == std::vector<malformation>{malformation::not_json, malformation::not_json,
                                                  malformation::unknown_type});
    CHECK(b.mode.status().unknown == 2);
    CHECK(at.sockets.size() == 1);
}

TEST_CASE("a handler that throws costs nobody anything but its answer", "[scar-2][scar-49]") {
    platform at;
    bot b(at);
    b.throws = true;
    b.wait_ready();
    at.say(0, command("e1"));
    b.wait([&] { return b.mode.status().handler_failures == 1; });
    b.throws = false;
    b.answers_at_once = true;
    at.say(0, command("e2"));
    b.wait([&] { return !at.texts[0].empty(); });
    CHECK(at.texts[0] == std::vector<std::string>{R"({"envelope_id":"e2"})"});
    CHECK(b.mode.status().acks_dropped == 1);
    CHECK(b.mode.status().unanswered == 0);
}

TEST_CASE("tickets that fail are asked for again; each address is used once", "[scar-4][scar-12]") {
    platform at;
    at.tickets = {R"({"ok":false,"error":"internal_error"})", R"({"ok":false,"error":"of_next_year"})",
                  R"({"ok":true})", R"({"ok":true,"url":"http://evil.test/"})", "<html>"};
    auto options = small_limits();
    options.waits.unknown_most = 5ms;
    bot b(at, options);
    b.wait_ready();
    CHECK(b.ended(link_end::ticket_failed) == 5);
    CHECK(at.sockets.size() == 1);
    for (const auto &each : b.notices) {
        CHECK(each.text.find("CANARY") == std::string::npos);
        CHECK(each.text.find("evil.test") == std::string::npos);
    }
}

TEST_CASE("a fatal answer ends it with a line for the operator", "[scar-4]") {
    platform at;
    at.tickets = {R"({"ok":false,"error":"not_allowed_token_type"})"};
    bot b(at);
    b.wait([&] { return b.over; });
    CHECK(b.mode.status().fatal);
    REQUIRE_FALSE(b.notices.empty());
    CHECK(b.notices.back().kind == notice_kind::fatal);
    CHECK(b.notices.back().text.find("xapp-") != std::string::npos);
    CHECK(at.sockets.empty());
}

TEST_CASE("hello of another app is fatal where the app is configured", "[scar-34]") {
    platform at;
    auto options = small_limits();
    options.app_id = "A2";
    bot b(at, options);
    b.wait([&] { return b.over; });
    CHECK(b.mode.status().fatal);
    CHECK(at.closed.at(0));
}

TEST_CASE("stopping waits for owed answers, sends close frames and leaves no TCP connection",
          "[scar-64][scar-67]") {
    platform at;
    bot b(at);
    b.wait_ready();
    at.say(0, command("e1"));
    b.wait([&] { return b.acks.size() == 1; });
    b.mode.stop();
    b.mode.stop();
    at.say(0, command("e2"));
    b.wait([&] { return b.mode.status().refused_stopping == 1; });
    CHECK_FALSE(at.closed[0]);
    CHECK(b.acks[0].bare() == ack_result::sent);
    b.wait([&] { return b.over; });
    CHECK(at.closed[0]);
    CHECK(at.texts[0] == std::vector<std::string>{R"({"envelope_id":"e1"})"}); // e2 stays for redelivery
    CHECK(websocket::open_tcp() == 0);
}

TEST_CASE("stopping while a connection is being upgraded leaves it with a close frame, not a cut",
          "[scar-67]") {
    platform at;
    at.slow_upgrades = true;
    bot b(at);
    b.wait([&] { return at.upgrading != nullptr; });
    run_until(at.loop, [&] {
        const auto seen = b.mode.status().links;
        return seen.size() == 1 && seen[0].state == link_state::upgrading;
    });
    b.mode.stop();
    run_for(at.loop, 5ms);
    CHECK_FALSE(b.over);
    at.go_on();
    b.wait([&] { return b.over; });
    REQUIRE(at.closed.size() == 1);
    CHECK(at.closed[0]);
    CHECK(websocket::open_tcp() == 0);
}

TEST_CASE("stopping while a ticket is asked for ends too", "[scar-18]") {
    platform at;
    bot b(at);
    b.mode.stop();
    b.wait([&] { return b.over; });
    run_for(at.loop, 20ms);
    CHECK(at.sockets.empty());
    CHECK(websocket::open_tcp() == 0);
}

TEST_CASE("connections ended in every rude way are replaced and leave nothing behind", "[scar-8]") {
    platform at;
    bot b(at);
    for (std::size_t i = 0; i < 8; ++i) {
        b.wait([&] { return at.sockets.size() == i + 1 && b.mode.status().ready == 1; });
        if (i % 3 == 0)
            at.sockets[i]->reset();
        else if (i % 3 == 1)
            at.sockets[i]->close();
        else
            at.sockets[i]->half_close();
    }
    b.wait([&] { return at.sockets.size() == 9 && b.mode.status().ready == 1; });
    b.wait([&] { return websocket::open_tcp() == 1; });
    CHECK(b.mode.status().links.size() == 1);
    CHECK(b.ended(link_end::lost) == 8);
}

TEST_CASE("destroying it in the middle of things is safe") {
    for (int when = 0; when < 40; ++when) {
        platform at;
        auto b = std::make_unique<bot>(at);
        for (int i = 0; i < when; ++i) {
            at.loop.restart();
            at.loop.run_one_for(5ms);
        }
        b.reset();
        run_for(at.loop, 1ms);
        CHECK(websocket::open_tcp() == 0);
    }
}
