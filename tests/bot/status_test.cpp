// The status address over real sockets: what it answers, and what slow or hostile peers cannot do to it.
#include "bot/status_server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

using namespace rapport::bot;
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

// A server on a thread of its own, asked by blocking sockets.
struct served {
    std::vector<health_check> checks{{"database", true, ""}};
    asio::io_context io{1};
    std::atomic<int> rests{0};
    status_server server;
    std::thread thread;

    explicit served(status_limits limits = {})
        : server(
              io.get_executor(), "127.0.0.1:0",
              {[this] { return checks; }, [] { return std::string("rapport_build_info 1\n"); }},
              [this](const std::string &) { ++rests; }, limits),
          thread([this] { io.run(); }) {}
    ~served() {
        io.stop();
        thread.join();
    }

    tcp::endpoint endpoint() const {
        const auto at = server.address();
        return {asio::ip::make_address("127.0.0.1"),
                static_cast<unsigned short>(std::stoi(at.substr(at.rfind(':') + 1)))};
    }
};

std::string all_of(tcp::socket &socket) {
    std::string heard;
    boost::system::error_code end;
    asio::read(socket, asio::dynamic_buffer(heard), end);
    return heard;
}

std::string ask(const served &s, const std::string &request) {
    asio::io_context io;
    tcp::socket socket(io);
    socket.connect(s.endpoint());
    boost::system::error_code refused;
    asio::write(socket, asio::buffer(request), refused);
    return all_of(socket);
}

std::string get(const served &s, const std::string &path, const std::string &method = "GET") {
    return ask(s, method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
}

std::string body_of(const std::string &response) {
    return response.substr(response.find("\r\n\r\n") + 4);
}

} // namespace

TEST_CASE("health is green while the process turns, whatever the checks say") {
    served s;
    s.checks = {{"database", false, "disk full"}};
    CHECK(get(s, "/healthz").starts_with("HTTP/1.1 200"));
    CHECK(get(s, "/livez").starts_with("HTTP/1.1 200"));
}

TEST_CASE("readiness is red with a reason a check, and green when all are") {
    served s;
    s.checks = {{"database", true, ""}, {"link", false, "no link has said hello yet"}};
    const auto red = get(s, "/readyz");
    CHECK(red.starts_with("HTTP/1.1 503"));
    const auto body = nlohmann::json::parse(body_of(red));
    CHECK(body["ready"] == false);
    CHECK(body["checks"]["database"]["ok"] == true);
    CHECK(body["checks"]["link"]["reason"] == "no link has said hello yet");

    s.checks[1] = {"link", true, ""};
    CHECK(get(s, "/readyz?verbose").starts_with("HTTP/1.1 200"));
}

TEST_CASE("metrics come in Prometheus' type") {
    served s;
    const auto answer = get(s, "/metrics");
    CHECK(answer.find("text/plain; version=0.0.4") != std::string::npos);
    CHECK(body_of(answer) == "rapport_build_info 1\n");
}

TEST_CASE("other paths are 404, other methods 405 with those that are allowed, HEAD has no body") {
    served s;
    CHECK(get(s, "/").starts_with("HTTP/1.1 404"));
    CHECK(get(s, "/healthz/../readyz").starts_with("HTTP/1.1 404"));
    const auto posted = get(s, "/healthz", "POST");
    CHECK(posted.starts_with("HTTP/1.1 405"));
    CHECK(posted.find("Allow: GET, HEAD") != std::string::npos);
    const auto head = get(s, "/healthz", "HEAD");
    CHECK(head.starts_with("HTTP/1.1 200"));
    CHECK(body_of(head).empty());
}

TEST_CASE("what is not HTTP, or too long, is refused and harms nobody") {
    served s;
    CHECK(ask(s, "\x16\x03\x01 hello\r\n\r\n").starts_with("HTTP/1.1 400"));
    const auto long_header = "GET /healthz HTTP/1.1\r\nX: " + std::string(9000, 'x') + "\r\n\r\n";
    const auto refused = ask(s, long_header);
    const bool told_or_cut = refused.empty() || refused.starts_with("HTTP/1.1 431");
    CHECK(told_or_cut);
    CHECK(get(s, "/healthz").starts_with("HTTP/1.1 200"));
}

TEST_CASE("a peer that sends nothing is let go, and holds up nobody meanwhile") {
    served s(status_limits{.patience = std::chrono::milliseconds(200)});
    asio::io_context io;
    tcp::socket slow(io);
    slow.connect(s.endpoint());
    asio::write(slow, asio::buffer(std::string("GET /hea")));
    CHECK(get(s, "/healthz").starts_with("HTTP/1.1 200"));
    CHECK(all_of(slow).empty()); // ends only because the server closes it
}

TEST_CASE("more connections than are served are closed at once, and their places come free again") {
    served s(status_limits{.connections = 2, .patience = std::chrono::milliseconds(500)});
    asio::io_context io;
    std::vector<tcp::socket> idle;
    for (int i = 0; i < 2; ++i)
        idle.emplace_back(io).connect(s.endpoint());
    // both are accepted before the third: the queue of a listening socket is in order
    CHECK(get(s, "/healthz").empty());
    for (auto &one : idle)
        CHECK(all_of(one).empty());
    CHECK(get(s, "/healthz").starts_with("HTTP/1.1 200"));
}

TEST_CASE("with no file left the accept loop rests instead of spinning, and serves when files are back") {
    served s;
    CHECK(get(s, "/healthz").starts_with("HTTP/1.1 200"));
    asio::io_context io;
    tcp::socket client(io);
    client.open(tcp::v4());

    rlimit before{};
    getrlimit(RLIMIT_NOFILE, &before);
    const int next = ::dup(0);
    ::close(next);
    const rlimit none{static_cast<rlim_t>(next), before.rlim_max};
    setrlimit(RLIMIT_NOFILE, &none);
    std::vector<int> holes;
    for (int fd = ::dup(0); fd >= 0; fd = ::dup(0))
        holes.push_back(fd);
    client.connect(s.endpoint()); // the kernel takes it, the server cannot
    while (s.rests < 2)
        std::this_thread::yield();
    const int rests = s.rests;
    for (const int fd : holes)
        ::close(fd);
    setrlimit(RLIMIT_NOFILE, &before);

    CHECK(rests < 10);
    asio::write(client, asio::buffer(std::string("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")));
    CHECK(all_of(client).starts_with("HTTP/1.1 200"));
}

TEST_CASE("an address that cannot be had is refused with what, why and the mend") {
    asio::io_context io;
    const auto listen = [&](const std::string &at) { status_server(io.get_executor(), at, {}, {}); };
    CHECK_THROWS_WITH(listen("localhost"), Catch::Contains("has no port"));
    CHECK_THROWS_WITH(listen("127.0.0.1:99999"), Catch::Contains("0 to 65535"));
    CHECK_THROWS_WITH(listen("127.0.0.1:"), Catch::Contains("0 to 65535"));
    CHECK_THROWS_WITH(listen("example:80"), Catch::Contains("is no IP address"));
    served s;
    CHECK_THROWS_WITH(listen(s.server.address()), Catch::Contains("in use"));
}
