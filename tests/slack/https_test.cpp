// HTTP requests against real sockets: what was sent is told from what certainly was not.
#include "bot/slack/https.hpp"
#include "tests/slack/peer.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <catch2/catch.hpp>

using namespace rapport::slack;
using namespace slack_tests;
using namespace std::chrono_literals;

namespace {

const token bot(std::string("xoxb-CANARY-token"));

struct client {
    asio::io_context &loop;
    std::shared_ptr<resolver> names;
    https pool;

    explicit client(asio::io_context &on, http_limits limits = {})
        : loop(on),
          names(std::make_shared<resolver>(on.get_executor())),
          pool(on.get_executor(), std::make_shared<tls_context>(trusted().file()), names, limits) {}

    std::shared_ptr<std::optional<http_reply>> begin(const std::string &address, std::string body = "{}") {
        auto out = std::make_shared<std::optional<http_reply>>();
        http_request what;
        what.to = endpoint_of(address);
        what.content_type = "application/json";
        what.body = std::move(body);
        what.bearer = &bot;
        asio::co_spawn(loop, pool.post(std::move(what)),
                       [out](const std::exception_ptr &, http_reply got) { *out = std::move(got); });
        return out;
    }
    http_reply post(const std::string &address, std::string body = "{}") {
        const auto out = begin(address, std::move(body));
        run_until(loop, [&] { return out->has_value(); });
        return out->value_or(http_reply());
    }
};

// Answers every request of a connection with ok.
asio::awaitable<void> obliging(std::shared_ptr<talk> one) {
    for (;;) {
        auto request = co_await one->read_request();
        if (request.empty())
            co_return;
        co_await one->answer(R"({"ok":true})", "200 OK", "X-Slack-Req-Id: abc\r\n");
    }
}

} // namespace

TEST_CASE("a request is one HTTP request, and its connection serves the next", "[scar-18]") {
    asio::io_context loop;
    peer p(loop, obliging);
    client c(loop);
    for (int i = 0; i < 3; ++i) {
        const auto r = c.post(p.address("https", "/api/chat.postMessage"), R"({"channel":"C1"})");
        CHECK(r.status == 200);
        CHECK(r.body == R"({"ok":true})");
        CHECK(r.request_id == "abc");
        CHECK(r.fault == http_fault::none);
        CHECK(r.maybe_sent);
    }
    CHECK(p.accepted() == 1);
    CHECK(p.heard().starts_with("POST /api/chat.postMessage HTTP/1.1\r\n"));
    CHECK(p.heard().find("Authorization: Bearer xoxb-CANARY-token\r\n") != std::string::npos);
    CHECK(c.pool.idle() == 1);
}

TEST_CASE("a kept connection that the peer closed is not written to", "[scar-18]") {
    asio::io_context loop;
    const auto p_does = [](std::shared_ptr<talk> one) -> asio::awaitable<void> {
        co_await one->read_request();
        co_await one->answer(R"({"ok":true})");
        one->close();
    };
    peer p(loop, p_does);
    client c(loop);
    CHECK(c.post(p.address("https")).status == 200);
    run_for(loop, 5ms);
    CHECK(c.post(p.address("https")).status == 200);
    CHECK(p.accepted() == 2);
}

TEST_CASE("a connection opened ahead is used by the next request") {
    asio::io_context loop;
    peer p(loop, obliging);
    client c(loop);
    bool warm = false;
    asio::co_spawn(loop, c.pool.warm(endpoint_of(p.address("https"))),
                   [&](const std::exception_ptr &, bool fine) { warm = fine; });
    run_until(loop, [&] { return warm; });
    run_for(loop, 5ms); // the session tickets arrive, unread
    CHECK(c.post(p.address("https")).status == 200);
    CHECK(p.accepted() == 1);
}

TEST_CASE("what certainly was not sent is told from what may have been", "[scar-54][scar-55]") {
    asio::io_context loop;
    SECTION("refused: not sent") {
        unsigned short port = 0;
        {
            peer gone(loop, obliging);
            port = gone.port();
        }
        client c(loop);
        const auto r = c.post("https://127.0.0.1:" + std::to_string(port) + "/");
        CHECK(r.fault == http_fault::connect);
        CHECK_FALSE(r.maybe_sent);
    }
    SECTION("reset after the request: maybe") {
        const auto p_does = [](std::shared_ptr<talk> one) -> asio::awaitable<void> {
            co_await one->read_request();
            one->reset();
        };
        peer p(loop, p_does);
        client c(loop);
        const auto r = c.post(p.address("https"));
        CHECK(r.fault == http_fault::read);
        CHECK(r.maybe_sent);
    }
    SECTION("closed in the middle of the answer: maybe") {
        const auto p_does = [](std::shared_ptr<talk> one) -> asio::awaitable<void> {
            co_await one->read_request();
            const std::string half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"ok\":";
            co_await one->write(half);
            one->close();
        };
        peer p(loop, p_does);
        client c(loop);
        const auto r = c.post(p.address("https"));
        CHECK(r.fault == http_fault::read);
        CHECK(r.maybe_sent);
        CHECK(r.body.empty());
    }
    SECTION("stalled in the handshake: not sent") {
        const auto p_does = [](std::shared_ptr<talk> one) -> asio::awaitable<void> {
            co_await one->hear_out();
        };
        peer p(loop, p_does, wire::plain);
        http_limits limits;
        limits.step = 30ms;
        client c(loop, limits);
        const auto r = c.post(p.address("https"));
        CHECK(r.fault == http_fault::tls);
        CHECK_FALSE(r.maybe_sent);
    }
    SECTION("stalled after the request: maybe") {
        const auto p_does = [](std::shared_ptr<talk> one) -> asio::awaitable<void> {
            co_await one->hear_out();
        };
        peer p(loop, p_does);
        http_limits limits;
        limits.step = 400ms;
        client c(loop, limits);
        const auto r = c.post(p.address("https"));
        CHECK(r.fault == http_fault::timeout);
        CHECK(r.maybe_sent);
    }
}

TEST_CASE("a wrong certificate gets no token", "[scar-57]") {
    for (const auto &names : {std::vector<std::string>{"other.test"}, std::vector<std::string>{}}) {
        asio::io_context loop;
        certificate_wish wish;
        wish.names = names;
        wish.subject = "localhost";
        peer p(loop, obliging, wire::tls, trusted().issue(wish));
        client c(loop);
        const auto r = c.post(p.address("https"));
        CHECK(r.fault == http_fault::tls);
        CHECK_FALSE(r.maybe_sent);
        run_for(loop, 5ms);
        CHECK(p.heard().empty());
    }
}

TEST_CASE("a redirect is an answer, never a journey with the token") {
    asio::io_context loop;
    peer elsewhere(loop, obliging, wire::plain);
    const auto p_does = [&](std::shared_ptr<talk> one) -> asio::awaitable<void> {
        co_await one->read_request();
        const auto to = "Location: " + elsewhere.address("http") + "\r\n";
        co_await one->answer("", "302 Found", to);
    };
    peer p(loop, p_does);
    client c(loop);
    CHECK(c.post(p.address("https")).status == 302);
    CHECK(elsewhere.accepted() == 0);
}

TEST_CASE("an answer without end is cut off") {
    asio::io_context loop;
    const auto p_does = [](std::shared_ptr<talk> one) -> asio::awaitable<void> {
        co_await one->read_request();
        const std::string head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        bool up = co_await one->write(head);
        const auto chunk = "4000\r\n" + std::string(0x4000, 'x') + "\r\n";
        while (up)
            up = co_await one->write(chunk);
    };
    peer p(loop, p_does);
    http_limits limits;
    limits.body_most = 100'000;
    client c(loop, limits);
    const auto r = c.post(p.address("https"));
    CHECK(r.fault == http_fault::too_long);
    CHECK(r.maybe_sent);
    CHECK(c.pool.idle() == 0);
}

TEST_CASE("429, 503 and HTML are answers like others") {
    asio::io_context loop;
    const auto p_does = [](std::shared_ptr<talk> one) -> asio::awaitable<void> {
        co_await one->read_request();
        co_await one->answer("<html>slow down</html>", "429 Too Many Requests", "Retry-After: 17\r\n");
    };
    peer p(loop, p_does);
    client c(loop);
    const auto r = c.post(p.address("https"));
    CHECK(r.status == 429);
    CHECK(r.retry_after == "17");
}

TEST_CASE("stopping ends what is under way at every step, and refuses the rest unsent", "[scar-63]") {
    asio::io_context loop;
    const auto tls_stall_does = [](std::shared_ptr<talk> one) -> asio::awaitable<void> {
        co_await one->hear_out();
    };
    peer tls_stall(loop, tls_stall_does, wire::plain);
    const auto answer_stall_does = [](std::shared_ptr<talk> one) -> asio::awaitable<void> {
        co_await one->hear_out();
    };
    peer answer_stall(loop, answer_stall_does);
    client c(loop);
    const auto a = c.begin(tls_stall.address("https"));
    const auto b = c.begin(answer_stall.address("https"));
    run_until(loop, [&] { return tls_stall.accepted() == 1 && !answer_stall.heard().empty(); });
    c.pool.stop();
    run_until(loop, [&] { return a->has_value() && b->has_value(); });
    CHECK((*a)->fault == http_fault::stopped);
    CHECK_FALSE((*a)->maybe_sent);
    CHECK((*b)->fault == http_fault::stopped);
    CHECK((*b)->maybe_sent);
    CHECK(c.post(answer_stall.address("https")).fault == http_fault::stopped);
}

TEST_CASE("more than the allowed number of requests at once are refused unsent") {
    asio::io_context loop;
    const auto p_does = [](std::shared_ptr<talk> one) -> asio::awaitable<void> { co_await one->hear_out(); };
    peer p(loop, p_does);
    http_limits limits;
    limits.in_flight_most = 2;
    client c(loop, limits);
    const auto a = c.begin(p.address("https"));
    const auto b = c.begin(p.address("https"));
    const auto r = c.post(p.address("https"));
    CHECK(r.fault == http_fault::busy);
    CHECK_FALSE(r.maybe_sent);
    c.pool.stop();
    run_until(loop, [&] { return a->has_value() && b->has_value(); });
}
