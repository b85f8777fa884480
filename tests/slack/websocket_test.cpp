// The WebSocket against real sockets: good peers, wrong certificates, hostile frames, dead and rude peers.
#include "bot/slack/websocket.hpp"
#include "tests/slack/peer.hpp"

#include <boost/asio/steady_timer.hpp>
#include <catch2/catch.hpp>

#include <map>

using namespace rapport::slack;
using namespace slack_tests;
using namespace std::chrono_literals;

namespace {

// A client and everything it told.
struct client {
    std::vector<std::string> texts;
    std::string steps; // one letter an event: t(cp) s(ecured) u(pgraded) r(efused) c(losed) f(ailed) b(inary)
    int frames = 0, status = 0, code = 0;
    std::string why;
    std::shared_ptr<resolver> names;
    websocket socket;

    client(asio::io_context &loop, const std::string &address, websocket_limits limits = {},
           const std::string &trusts = trusted().file())
        : names(std::make_shared<resolver>(loop.get_executor())),
          socket(loop.get_executor(), std::make_shared<tls_context>(trusts), names, limits, events()) {
        socket.start(endpoint_of(address));
    }
    websocket_events events() {
        websocket_events out;
        out.tcp_up = [this] { steps += 't'; };
        out.tls_up = [this] { steps += 's'; };
        out.upgraded = [this] { steps += 'u'; };
        out.refused = [this](int s) { steps += 'r', status = s; };
        out.frame = [this] { ++frames; };
        out.text = [this](std::string &&text) { texts.push_back(std::move(text)); };
        out.binary = [this] { steps += 'b'; };
        out.closed = [this](int c) { steps += 'c', code = c; };
        out.failed = [this](const std::string &w) { steps += 'f', why = w; };
        return out;
    }
    bool over() const {
        return steps.find_first_of("rcf") != std::string::npos;
    }
};

// Accepts the upgrade, sends the bytes, and waits for the client to go.
script sending(std::string bytes) {
    return [bytes](std::shared_ptr<talk> one) -> asio::awaitable<void> {
        co_await one->accept_upgrade();
        const auto copy = bytes;
        co_await one->write(copy);
        co_await one->hear_out();
    };
}

} // namespace

TEST_CASE("a connection comes up over TLS, says whom it wants, and carries text both ways") {
    asio::io_context loop;
    std::string head, name;
    seen_frame got;
    const auto p_does = [&](std::shared_ptr<talk> one) -> asio::awaitable<void> {
        name = one->server_name;
        head = co_await one->accept_upgrade();
        const auto greeting = text_frame("hello");
        co_await one->write(greeting);
        got = co_await one->read_frame();
        co_await one->hear_out();
    };
    peer p(loop, p_does);
    client c(loop, p.address("wss", "/link/?ticket=abc"));
    run_until(loop, [&] { return !c.texts.empty(); });
    CHECK(c.steps == "tsu");
    CHECK(c.texts.front() == "hello");
    CHECK(c.frames == 1);
    CHECK(name == "localhost");
    CHECK(head.starts_with("GET /link/?ticket=abc HTTP/1.1\r\n"));
    CHECK(head.find("Host: localhost:" + std::to_string(p.port())) != std::string::npos);
    CHECK(head.find("Sec-WebSocket-Extensions") == std::string::npos);
    CHECK(c.socket.send("{}"));
    run_until(loop, [&] { return got.opcode >= 0; });
    CHECK(got.opcode == 1);
    CHECK(got.payload == "{}");
    c.socket.destroy();
    CHECK(websocket::open_tcp() == 0);
}

TEST_CASE(
    "a frame is told to have left once it was written, and not to leave once the connection is destroyed") {
    asio::io_context loop;
    const auto p_does = [](std::shared_ptr<talk> one) -> asio::awaitable<void> {
        co_await one->accept_upgrade();
        co_await one->hear_out();
    };
    peer p(loop, p_does);
    client c(loop, p.address("wss"));
    run_until(loop, [&] { return c.steps == "tsu"; });
    std::vector<bool> told;
    const auto ask = [&] { return departure([&](bool left) { told.push_back(left); }); };
    CHECK(c.socket.send("one", ask()));
    CHECK(told.empty());
    run_until(loop, [&] { return told.size() == 1; });
    CHECK(told == std::vector{true});
    CHECK(c.socket.send("two", ask()));
    CHECK(c.socket.send("three", ask()));
    c.socket.destroy();
    run_until(loop, [&] { return told.size() == 3; });
    CHECK_FALSE(told.back());
    CHECK_FALSE(c.socket.send("four", ask()));
    CHECK(told.size() == 4);
    CHECK_FALSE(told.back());
}

TEST_CASE("every text leaves as one masked frame, however long", "[scar-47]") {
    asio::io_context loop;
    std::vector<seen_frame> got;
    const auto p_does = [&](std::shared_ptr<talk> one) -> asio::awaitable<void> {
        co_await one->accept_upgrade();
        for (int i = 0; i < 4; ++i) {
            auto each = co_await one->read_frame();
            got.push_back(each);
        }
    };
    peer p(loop, p_does);
    client c(loop, p.address("wss"));
    run_until(loop, [&] { return c.steps == "tsu"; });
    for (const std::size_t size : {100u, 5'000u, 19'000u, 30'000u})
        CHECK(c.socket.send(std::string(size, 'x')));
    run_until(loop, [&] { return got.size() == 4; });
    for (const auto &each : got) {
        CHECK(each.fin);
        CHECK(each.masked);
        CHECK(each.opcode == 1);
    }
    CHECK(got.back().payload == std::string(30'000, 'x'));
}

TEST_CASE("a server that is not who it should be is refused before a byte is said") {
    struct bad {
        const char *what;
        certificate_wish wish;
        wire kind = wire::tls;
        bool other_authority = false;
    };
    const certificate_wish good;
    const auto but = [&](auto change) {
        auto wish = good;
        change(wish);
        return wish;
    };
    const std::vector<bad> all = {
        {"another host", but([](auto &w) { w.names = {"other.test"}; })},
        {"a name that only begins like it", but([](auto &w) { w.names = {"localhost.evil.test"}; })},
        {"an authority nobody knows", good, wire::tls, true},
        {"expired", but([](auto &w) { w.starts_in = -7200, w.ends_in = -3600; })},
        {"not yet valid", but([](auto &w) { w.starts_in = 3600, w.ends_in = 7200; })},
        {"signed by itself", but([](auto &w) { w.self_signed = true; })},
        {"an address only", but([](auto &w) { w.names = {}, w.addresses = {"127.0.0.1"}; })},
        {"the name in its subject only", but([](auto &w) { w.names = {}, w.subject = "localhost"; })},
        {"its name beside another", but([](auto &w) { w.names = {"other.test"}, w.subject = "localhost"; })},
        {"a partial wildcard", but([](auto &w) { w.names = {"local*"}; })},
        {"TLS 1.1", good, wire::tls_1_1},
    };
    for (const auto &[what, wish, kind, other_authority] : all) {
        INFO(what);
        asio::io_context loop;
        peer p(loop, sending(text_frame("hello")), kind,
               (other_authority ? unknown() : trusted()).issue(wish));
        client c(loop, p.address("wss"));
        run_until(loop, [&] { return c.over(); });
        CHECK(c.steps == "tf");
        CHECK(c.why.starts_with("TLS: "));
        run_for(loop, 5ms);
        CHECK(p.heard().empty());
        CHECK(websocket::open_tcp() == 0);
    }
}

TEST_CASE("a certificate for the address itself serves an address") {
    asio::io_context loop;
    certificate_wish wish;
    wish.names = {};
    wish.addresses = {"127.0.0.1"};
    peer p(loop, sending(text_frame("hello")), wire::tls, trusted().issue(wish));
    client c(loop, "wss://127.0.0.1:" + std::to_string(p.port()) + "/");
    run_until(loop, [&] { return !c.texts.empty(); });
    CHECK(c.steps == "tsu");
}

TEST_CASE("an upgrade that is refused gives its status", "[scar-6][scar-15]") {
    for (const auto *status : {"409 Conflict", "408 Request Timeout", "503 Service Unavailable", "200 OK",
                               "302 Found", "401 Unauthorized"}) {
        asio::io_context loop;
        const auto p_does = [status](std::shared_ptr<talk> one) -> asio::awaitable<void> {
            co_await one->read_head();
            co_await one->answer("<html>no</html>", status, "Location: https://evil.test/\r\n");
            co_await one->hear_out();
        };
        peer p(loop, p_does);
        client c(loop, p.address("wss"));
        run_until(loop, [&] { return c.over(); });
        CHECK(c.steps == "tsr");
        CHECK(c.status == std::stoi(status));
        CHECK(websocket::open_tcp() == 0);
    }
}

TEST_CASE("an answer to the upgrade in any case and pieces is read", "[scar-16]") {
    asio::io_context loop;
    const auto p_does = [](std::shared_ptr<talk> one) -> asio::awaitable<void> {
        co_await one->read_head();
        // A wrong accept key, to be refused however it is written.
        const std::string answer = "HTTP/1.1 101 switching\r\nuPGRADE:   WebSocket \r\nconnection:upgrade\r\n"
                                   "sec-websocket-ACCEPT: bm90IHRoZSBrZXk=\r\n\r\n";
        for (const char each : answer) {
            const std::string one_byte(1, each);
            co_await one->write(one_byte);
        }
        co_await one->hear_out();
    };
    peer p(loop, p_does);
    client c(loop, p.address("wss"));
    run_until(loop, [&] { return c.over(); });
    CHECK(c.steps == "tsf");
    CHECK(c.why.starts_with("upgrade: "));
}

TEST_CASE("a session is read the same wherever the stream is cut", "[scar-31]") {
    const auto session = text_frame("hello") + frame_bytes(9, "ping") + frame_bytes(1, "frag", false) +
                         frame_bytes(10, "") + frame_bytes(0, "mented") + text_frame(std::string(300, 'y'));
    asio::io_context loop;
    const auto p_does = [&](std::shared_ptr<talk> one) -> asio::awaitable<void> {
        co_await one->accept_upgrade();
        for (const char each : session) {
            const std::string one_byte(1, each);
            co_await one->write(one_byte);
        }
        co_await one->hear_out();
    };
    peer p(loop, p_does);
    client c(loop, p.address("wss"));
    run_until(loop, [&] { return c.texts.size() == 3; });
    CHECK(c.texts == std::vector<std::string>{"hello", "fragmented", std::string(300, 'y')});
    CHECK(c.frames == 5); // three messages, a ping and a pong
}

TEST_CASE("a ping is answered with its own words, before anything else was said too", "[scar-29]") {
    asio::io_context loop;
    seen_frame got;
    const auto p_does = [&](std::shared_ptr<talk> one) -> asio::awaitable<void> {
        co_await one->accept_upgrade();
        const auto ping = frame_bytes(9, "are you there");
        co_await one->write(ping);
        got = co_await one->read_frame();
    };
    peer p(loop, p_does);
    client c(loop, p.address("wss"));
    run_until(loop, [&] { return got.opcode >= 0; });
    CHECK(got.opcode == 10);
    CHECK(got.payload == "are you there");
    CHECK(c.frames == 1);
}

TEST_CASE("our ping goes out, and its pong counts as a frame", "[scar-28]") {
    asio::io_context loop;
    const auto p_does = [&](std::shared_ptr<talk> one) -> asio::awaitable<void> {
        co_await one->accept_upgrade();
        auto ping = co_await one->read_frame();
        const auto pong = frame_bytes(10, ping.payload);
        if (ping.opcode == 9)
            co_await one->write(pong);
        co_await one->hear_out();
    };
    peer p(loop, p_does);
    client c(loop, p.address("wss"));
    run_until(loop, [&] { return c.steps == "tsu"; });
    c.socket.ping();
    c.socket.ping(); // a second while the first is being written is no error
    run_until(loop, [&] { return c.frames == 1; });
    CHECK_FALSE(c.over());
}

TEST_CASE("fourteen hostile streams end the connection and nothing else", "[scar-31]") {
    std::string masked = text_frame("x");
    masked[1] = static_cast<char>(masked[1] | 0x80);
    masked.insert(2, "abcd");
    const std::string huge = std::string("\x81\x7f\xff\xff\xff\xff\xff\xff\xff\xff", 10);
    const std::vector<std::pair<const char *, std::string>> attacks = {
        {"reserved bits", std::string("\xf1\x01x", 3)},
        {"compressed without agreement", std::string("\xc1\x01x", 3)},
        {"reserved data opcode", frame_bytes(3, "x")},
        {"reserved control opcode", frame_bytes(11, "x")},
        {"fragmented ping", frame_bytes(9, "x", false)},
        {"ping over 125 bytes", frame_bytes(9, std::string(126, 'x'))},
        {"continuation of nothing", frame_bytes(0, "x")},
        {"text inside a fragmented text", frame_bytes(1, "a", false) + frame_bytes(1, "b")},
        {"masked by the server", masked},
        {"length of 2^64", huge},
        {"length not minimal", std::string("\x81\x7e\x00\x01x", 5)},
        {"bad UTF-8", text_frame("\xff\xfe")},
        {"close with one byte", frame_bytes(8, "x")},
        {"close with a code that is none", frame_bytes(8, std::string("\x03\xed", 2))},
    };
    for (const auto &[what, bytes] : attacks) {
        INFO(what);
        asio::io_context loop;
        const auto p_does = [&bytes](std::shared_ptr<talk> one) -> asio::awaitable<void> {
            co_await one->accept_upgrade();
            const auto copy = bytes;
            co_await one->write(copy);
            auto answer = co_await one->read_frame();
            one->close();
        };
        peer p(loop, p_does);
        client c(loop, p.address("wss"));
        run_until(loop, [&] { return c.over(); });
        CHECK(c.texts.empty());
        CHECK(c.steps.starts_with("tsu"));
        CHECK(websocket::open_tcp() == 0);
    }
}

TEST_CASE("a message of 1 MiB is taken, one byte more closes the connection with 1009") {
    for (const std::size_t more : {0u, 1u}) {
        asio::io_context loop;
        seen_frame answer;
        const auto p_does = [&](std::shared_ptr<talk> one) -> asio::awaitable<void> {
            co_await one->accept_upgrade();
            // Too long: its head alone, so that no reset for unread bytes overtakes the answer.
            auto big = text_frame(std::string(1024 * 1024 + more, 'x'));
            if (more > 0)
                big.resize(10);
            co_await one->write(big);
            if (more > 0)
                answer = co_await one->read_frame();
            if (more > 0)
                one->close();
        };
        peer p(loop, p_does,
               wire::plain); // over TLS a reset may overtake the close frame
        client c(loop, p.address("ws"));
        run_until(loop, [&] { return c.over() || !c.texts.empty(); });
        if (more == 0) {
            CHECK(c.texts.at(0).size() == 1024 * 1024);
        } else {
            CHECK(c.texts.empty());
            CHECK(c.steps == "tsuf");
            CHECK(answer.opcode == 8);
            CHECK(answer.payload.substr(0, 2) == "\x03\xf1"); // 1009
        }
    }
}

TEST_CASE("many fragments over 1 MiB are no way around the limit") {
    asio::io_context loop;
    const auto p_does = [&](std::shared_ptr<talk> one) -> asio::awaitable<void> {
        co_await one->accept_upgrade();
        bool up = true;
        for (int i = 0; i < 40 && up; ++i) {
            const auto part = frame_bytes(i == 0 ? 1 : 0, std::string(64 * 1024, 'x'), false);
            up = co_await one->write(part);
        }
        one->close();
    };
    peer p(loop, p_does);
    client c(loop, p.address("wss"));
    run_until(loop, [&] { return c.over(); });
    CHECK(c.texts.empty());
}

TEST_CASE("a binary frame is told and changes nothing") {
    asio::io_context loop;
    peer p(loop, sending(frame_bytes(2, "\x01\x02") + text_frame("after")));
    client c(loop, p.address("wss"));
    run_until(loop, [&] { return !c.texts.empty(); });
    CHECK(c.steps == "tsub");
    CHECK(c.texts.front() == "after");
}

TEST_CASE("a reset, an end of stream and a cut inside a frame are ends", "[scar-31]") {
    const std::map<std::string, std::function<void(talk &)>> ends = {
        {"reset", [](talk &t) { t.reset(); }},
        {"closed", [](talk &t) { t.close(); }},
        {"half closed", [](talk &t) { t.half_close(); }},
    };
    for (const auto &[what, end] : ends)
        for (const auto &before : {std::string(), text_frame("whole").substr(0, 3)}) {
            INFO(what);
            asio::io_context loop;
            const auto p_does = [&, ending = end](std::shared_ptr<talk> one) -> asio::awaitable<void> {
                co_await one->accept_upgrade();
                const auto copy = before;
                co_await one->write(copy);
                ending(*one);
            };
            peer p(loop, p_does);
            client c(loop, p.address("wss"));
            run_until(loop, [&] { return c.over(); });
            // A reset may overtake the answer to the upgrade.
            CHECK((c.steps == "tsuf" || (what == "reset" && c.steps == "tsf")));
            CHECK(c.texts.empty());
            CHECK(websocket::open_tcp() == 0);
        }
}

TEST_CASE("a peer that says nothing at any step is destroyed without its help", "[scar-8][scar-21]") {
    // After TCP, after TLS, after the upgrade.
    const std::vector<std::pair<wire, script>> mute = {
        {wire::plain, [](std::shared_ptr<talk> one) -> asio::awaitable<void> { co_await one->hear_out(); }},
        {wire::tls, [](std::shared_ptr<talk> one) -> asio::awaitable<void> { co_await one->hear_out(); }},
        {wire::tls,
         [](std::shared_ptr<talk> one) -> asio::awaitable<void> {
             co_await one->accept_upgrade();
             co_await one->hear_out();
         }},
    };
    const char *const reached[] = {"t", "ts", "tsu"};
    for (std::size_t i = 0; i < mute.size(); ++i) {
        asio::io_context loop;
        peer p(loop, mute[i].second, mute[i].first); // the first: TLS asked of a peer that speaks none
        client c(loop, p.address("wss"));
        run_until(loop, [&] { return c.steps == reached[i]; });
        run_for(loop, 5ms);
        CHECK(c.steps == reached[i]);
        CHECK(websocket::open_tcp() == 1);
        c.socket.destroy();
        CHECK(websocket::open_tcp() == 0);
        run_for(loop, 5ms);
        CHECK(c.steps == reached[i]); // no event after destroy
    }
}

TEST_CASE("closing sends what is queued, then a close frame", "[scar-64][scar-67]") {
    asio::io_context loop;
    std::vector<seen_frame> got;
    const auto p_does = [&](std::shared_ptr<talk> one) -> asio::awaitable<void> {
        co_await one->accept_upgrade();
        for (int i = 0; i < 3; ++i) {
            auto each = co_await one->read_frame();
            got.push_back(each);
        }
        const auto answer = frame_bytes(8, got.back().payload);
        co_await one->write(answer);
        co_await one->hear_out(); // and never closes its TCP connection
    };
    peer p(loop, p_does);
    client c(loop, p.address("wss"));
    run_until(loop, [&] { return c.steps == "tsu"; });
    CHECK(c.socket.send("one"));
    CHECK(c.socket.send("two"));
    c.socket.close();
    CHECK_FALSE(c.socket.send("three"));
    run_until(loop, [&] { return c.over(); });
    INFO(c.why);
    CHECK(c.steps == "tsuc");
    REQUIRE(got.size() == 3);
    CHECK(got[0].payload == "one");
    CHECK(got[1].payload == "two");
    CHECK(got[2].opcode == 8);
    CHECK(websocket::open_tcp() == 0);
}

TEST_CASE("a peer that closes and keeps its TCP connection open does not keep ours", "[scar-7][scar-8]") {
    asio::io_context loop;
    seen_frame answer;
    const auto p_does = [&](std::shared_ptr<talk> one) -> asio::awaitable<void> {
        co_await one->accept_upgrade();
        const auto bye = frame_bytes(8, std::string("\x03\xe8", 2));
        co_await one->write(bye);
        answer = co_await one->read_frame();
        co_await one->hear_out();
    };
    peer p(loop, p_does);
    websocket_limits limits;
    limits.linger = 20ms;
    client c(loop, p.address("wss"), limits);
    run_until(loop, [&] { return c.over(); });
    INFO(c.why);
    CHECK(c.steps == "tsuc");
    CHECK(c.code == 1000);
    CHECK(websocket::open_tcp() == 0);
    run_until(loop, [&] { return answer.opcode >= 0; });
    CHECK(answer.opcode == 8);
}

TEST_CASE("nothing is queued before it is open, after it is over, or without end") {
    asio::io_context loop;
    peer p(loop, sending(""));
    websocket_limits limits;
    limits.queue_most = 10;
    client c(loop, p.address("wss"), limits);
    CHECK_FALSE(c.socket.send("early"));
    run_until(loop, [&] { return c.steps == "tsu"; });
    int taken = 0;
    for (int i = 0; i < 100; ++i)
        taken += c.socket.send("x");
    CHECK(taken == 10);
    c.socket.destroy();
    CHECK_FALSE(c.socket.send("late"));
}

TEST_CASE("a connection refused is a failure with its cause") {
    asio::io_context loop;
    unsigned short port = 0;
    {
        peer gone(loop, sending(""));
        port = gone.port();
    }
    client c(loop, "wss://127.0.0.1:" + std::to_string(port) + "/");
    run_until(loop, [&] { return c.over(); });
    CHECK(c.steps == "f");
    CHECK(c.why.starts_with("TCP: "));
}

TEST_CASE("destroying it from inside any of its own events is safe", "[scar-63]") {
    for (const char when : std::string("tsux")) {
        asio::io_context loop;
        peer p(loop, sending(text_frame("x")));
        auto names = std::make_shared<resolver>(loop.get_executor());
        std::unique_ptr<websocket> socket;
        bool done = false;
        const auto end = [&](char at) {
            return [&, at] {
                if (at == when) {
                    socket.reset();
                    done = true;
                }
            };
        };
        websocket_events events;
        events.tcp_up = end('t');
        events.tls_up = end('s');
        events.upgraded = end('u');
        events.text = [&](std::string &&) { end('x')(); };
        socket =
            std::make_unique<websocket>(loop.get_executor(), std::make_shared<tls_context>(trusted().file()),
                                        names, websocket_limits{}, std::move(events));
        socket->start(endpoint_of(p.address("wss")));
        run_until(loop, [&] { return done; });
        run_for(loop, 5ms);
        CHECK(websocket::open_tcp() == 0);
    }
}

TEST_CASE("three hundred connections made and ended leave nothing behind", "[scar-8][scar-63]") {
    asio::io_context loop;
    int made = 0;
    const auto p_does = [&](std::shared_ptr<talk> one) -> asio::awaitable<void> {
        co_await one->accept_upgrade();
        const auto words = text_frame("hello");
        co_await one->write(words);
        const int which = made++ % 4;
        if (which == 0)
            one->reset();
        if (which == 1)
            one->close();
        if (which == 2)
            one->half_close();
        co_await one->hear_out();
    };
    peer p(loop, p_does, wire::plain);
    for (int i = 0; i < 300; ++i) {
        client c(loop, p.address("ws"));
        run_until(loop, [&] { return c.over() || !c.texts.empty(); });
        if (i % 2)
            c.socket.close();
    }
    run_for(loop, 5ms);
    CHECK(made == 300);
    CHECK(websocket::open_tcp() == 0);
}

TEST_CASE("plain connections to this machine serve the local workspace") {
    asio::io_context loop;
    peer p(loop, sending(text_frame("hello")), wire::plain);
    client c(loop, p.address("ws"));
    run_until(loop, [&] { return !c.texts.empty(); });
    CHECK(c.steps == "tsu");
}
