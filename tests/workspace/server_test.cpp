// The workspace on a real port, plain and over TLS: HTTP kept alive, the upgrade, frames, and what is cut.
#include "workspace/frames.hpp"
#include "workspace/hands.hpp"
#include "workspace/server.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>

#include <future>

using namespace workspace;
namespace net = boost::asio;
using tcp = net::ip::tcp;

namespace {

// A plain blocking client, written out byte by byte.
template <class Stream>
struct client {
    Stream stream;
    std::string buffer;
    boost::system::error_code ec;

    void send(const std::string &bytes) {
        net::write(stream, net::buffer(bytes), ec);
    }
    std::string until(const std::string &mark) {
        const auto size = net::read_until(stream, net::dynamic_buffer(buffer), mark, ec);
        auto out = buffer.substr(0, size);
        buffer.erase(0, size);
        return out;
    }
    std::string bytes(std::size_t size) {
        if (buffer.size() < size)
            net::read(stream, net::dynamic_buffer(buffer), net::transfer_exactly(size - buffer.size()), ec);
        auto out = buffer.substr(0, size);
        buffer.erase(0, size);
        return out;
    }
    // Head and body of an answer that says its length.
    std::pair<std::string, std::string> answer() {
        auto head = until("\r\n\r\n");
        const auto at = head.find("Content-Length: ");
        const auto length = at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
        return {head, bytes(length)};
    }
    std::pair<std::string, std::string> call(const std::string &method, const std::string &token) {
        send("POST /api/" + method + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token +
             "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n\r\n");
        return answer();
    }
    // The next frame from the server, unmasked; its opcode and payload.
    std::pair<int, std::string> frame() {
        const auto head = bytes(2);
        if (head.size() < 2)
            return {-1, {}};
        std::size_t size = static_cast<unsigned char>(head[1]);
        if (size == 126) {
            const auto more = bytes(2);
            size = static_cast<unsigned char>(more[0]) * 256U + static_cast<unsigned char>(more[1]);
        }
        return {head[0] & 0x0F, bytes(size)};
    }
};

struct place {
    net::io_context io;
    net::ssl::context tls{net::ssl::context::tls_client};

    client<tcp::socket> plain(unsigned short port) {
        tcp::socket socket(io);
        socket.connect({net::ip::address_v4::loopback(), port});
        return {std::move(socket), {}, {}};
    }
};

std::string masked(unsigned char first, std::string payload) {
    const std::string key = "\x01\x02\x03\x04";
    std::string out{static_cast<char>(first), static_cast<char>(0x80 | payload.size())};
    for (std::size_t i = 0; i < payload.size(); ++i)
        payload[i] = static_cast<char>(payload[i] ^ key[i % 4]);
    return out + key + payload;
}

// Upgrades with a fresh ticket; the answer's head.
template <class Client>
std::string upgraded(Client &c, const std::string &app_token) {
    const auto url = text_in(json::parse(c.call("apps.connections.open", app_token).second), "url");
    const auto target = url.substr(url.find("/link"));
    c.send(
        "GET " + target +
        " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    return c.until("\r\n\r\n");
}

const std::string bot_token = platform_options().bot_token;
const std::string app_token = platform_options().app_token;

} // namespace

TEST_CASE("many requests go over one connection") {
    running on;
    place here;
    auto c = here.plain(on.port());
    for (int i = 0; i < 3; ++i) {
        const auto [head, body] = c.call("auth.test", bot_token);
        CHECK(head.starts_with("HTTP/1.1 200"));
        CHECK(head.find("X-OAuth-Scopes: ") != std::string::npos);
        CHECK(json::parse(body)["user_id"] == "U0RAPPORT");
    }
    on.with([](platform &p) { CHECK(p.log.count("request", "auth.test") == 3); });
}

TEST_CASE("a link is upgraded, greeted, delivered to, and its ack reaches the person") {
    running on;
    place here;
    auto c = here.plain(on.port());
    const auto head = upgraded(c, app_token);
    CHECK(head.starts_with("HTTP/1.1 101"));
    CHECK(head.find("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") != std::string::npos);
    CHECK(json::parse(c.frame().second)["type"] == "hello");
    auto seen = std::async(std::launch::async, [&] {
        return on.wait<outcome>([](platform &p, const std::function<void(outcome)> &then) {
            hands(p).command("U0ANA", "C0MENTORING", "/x", "hi", then);
        });
    });
    const auto [op, text] = c.frame();
    CHECK(op == 1);
    const auto envelope = json::parse(text);
    CHECK(envelope["payload"]["text"] == "hi");
    c.send(
        masked(0x81, json{{"envelope_id", envelope["envelope_id"]}, {"payload", {{"text", "yes"}}}}.dump()));
    CHECK(seen.get().seen["reply"]["text"] == "yes");
    c.send(masked(0x89, "beat"));
    CHECK(c.frame() == std::pair<int, std::string>(10, "beat"));
    c.send(masked(0x88, "\x03\xE8"));
    CHECK(c.frame().first == 8);
    on.with([](platform &p) {
        CHECK(p.sockets.links() == 0);
        CHECK(p.log.count("violation") == 0);
    });
}

TEST_CASE("an ack in two frames is lost and named; one over the limit closes with 1009") {
    running on;
    place here;
    auto c = here.plain(on.port());
    upgraded(c, app_token);
    c.frame();
    c.send(masked(0x01, R"({"envelope_id":)") + masked(0x80, R"("x"})"));
    c.send(masked(0x89, "after"));
    CHECK(c.frame().second == "after");
    on.with([](platform &p) {
        CHECK(text_in(p.log.find({.kind = "violation"})[0], "rule") == "ack_fragmented");
    });
    const std::string size = "\x81\xFE\x50\x01"; // masked, 20,481 bytes
    c.send(size + std::string("\0\0\0\0", 4) + std::string(20'481, 'x'));
    const auto [op, payload] = c.frame();
    CHECK(op == 8);
    CHECK(payload.substr(0, 2) == "\x03\xF1");
}

TEST_CASE("a used ticket is refused with 409, an upgrade without one too") {
    running on;
    place here;
    auto c = here.plain(on.port());
    c.send("GET /link/?ticket=made-up HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    CHECK(c.answer().first.starts_with("HTTP/1.1 409"));
}

TEST_CASE("drop_link resets the connection") {
    running on;
    place here;
    auto c = here.plain(on.port());
    upgraded(c, app_token);
    c.frame();
    on.with([](platform &p) { p.put_fault({.kind = fault_kind::drop_link}); });
    c.bytes(1);
    CHECK(c.ec == net::error::connection_reset);
}

TEST_CASE("execute_then_drop posts the message and cuts the connection") {
    running on;
    place here;
    auto c = here.plain(on.port());
    on.with([](platform &p) { p.put_fault({.kind = fault_kind::execute_then_drop}); });
    c.send("POST /api/chat.postMessage HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + bot_token +
           "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
           "28\r\n\r\nchannel=C0MENTORING&text=one");
    c.bytes(1);
    CHECK(c.ec);
    on.with([](platform &p) { CHECK(p.state.find_conversation("C0MENTORING")->messages.size() == 1); });
}

TEST_CASE("a stream of changes stays open and tells them as they happen") {
    running on;
    place here;
    auto c = here.plain(on.port());
    c.send("GET /local/stream?as=U0ANA HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(c.until("\r\n\r\n").find("text/event-stream") != std::string::npos);
    CHECK(c.until("\n\n").find("event: ready") != std::string::npos);
    on.with([](platform &p) { hands(p).say("U0ANA", "C0MENTORING", {"hi", {}, {}, {}}); });
    CHECK(c.until("\n\n").find("event: message") != std::string::npos);
}

TEST_CASE("what is no HTTP is refused or cut, and the next client is served") {
    running on;
    place here;
    auto bad = here.plain(on.port());
    bad.send("\x16\x03\x01 nonsense\r\n\r\n");
    CHECK(bad.answer().first.starts_with("HTTP/1.1 400"));
    auto large = here.plain(on.port());
    large.send("POST /api/auth.test HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n");
    CHECK(large.answer().first.starts_with("HTTP/1.1 413"));
    auto half = here.plain(on.port());
    half.send("POST /api/auth.test HTTP/1.1\r\nContent-Le");
    half.stream.close();
    auto good = here.plain(on.port());
    CHECK(good.call("auth.test", bot_token).first.starts_with("HTTP/1.1 200"));
}

TEST_CASE("over TLS, with a certificate made on the spot that a client can trust") {
    const auto identity = make_identity();
    running on({}, {"127.0.0.1", 0, identity});
    place here;
    here.tls.add_certificate_authority(net::buffer(identity.certificate));
    here.tls.set_verify_mode(net::ssl::verify_peer);
    net::ssl::stream<tcp::socket> stream(here.io, here.tls);
    stream.lowest_layer().connect({net::ip::address_v4::loopback(), on.port()});
    stream.handshake(net::ssl::stream_base::client);
    client<net::ssl::stream<tcp::socket>> c{std::move(stream), {}, {}};
    const auto opened = c.call("apps.connections.open", app_token).second;
    CHECK(text_in(json::parse(opened), "url").starts_with("wss://127.0.0.1:"));
    CHECK(upgraded(c, app_token).starts_with("HTTP/1.1 101"));
    CHECK(json::parse(c.frame().second)["type"] == "hello");
}

TEST_CASE("a certificate that is none is refused when the server is made") {
    CHECK_THROWS(running({}, {"127.0.0.1", 0, tls_identity{"nonsense", "nonsense"}}));
}
