// A peer that does what a test tells it, on a real loopback socket, over TLS or plain: it speaks HTTP and
// WebSocket by hand, so that it can also speak them wrongly. Runs on the test's own io_context.
#pragma once

#include "tests/slack/authority.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace slack_tests {

namespace asio = boost::asio;

struct seen_frame {
    bool fin = false, masked = false;
    int opcode = -1; // -1: the connection ended
    std::string payload;
};

// The bytes of one frame as a server sends it.
std::string frame_bytes(int opcode, const std::string &payload, bool fin = true);
inline std::string text_frame(const std::string &payload) {
    return frame_bytes(1, payload);
}

// One accepted connection.
class talk {
  public:
    virtual ~talk() = default;
    // Up to and with the blank line; what was sent when the connection ended, if it ended before.
    virtual asio::awaitable<std::string> read_head() = 0;
    virtual asio::awaitable<std::string> read_exactly(std::size_t bytes) = 0;
    virtual asio::awaitable<bool> write(std::string bytes) = 0;
    virtual asio::ip::tcp::socket &tcp() = 0;

    // A head and, by its Content-Length, a body.
    asio::awaitable<std::string> read_request();
    asio::awaitable<bool> answer(std::string body, std::string status = "200 OK", std::string headers = "");
    // Reads the upgrade request and accepts it; the request's head.
    asio::awaitable<std::string> accept_upgrade();
    asio::awaitable<seen_frame> read_frame();
    // Waits until the client is gone.
    asio::awaitable<void> hear_out();
    void reset(); // closes with RST
    void half_close();
    void close();

    std::string server_name; // SNI, after TLS
};

using script = std::function<asio::awaitable<void>(std::shared_ptr<talk>)>;

enum class wire { tls, plain, tls_1_1 };

class peer {
  public:
    peer(asio::io_context &loop, script what, wire kind = wire::tls,
         std::optional<certificate> shown = std::nullopt);
    ~peer();
    unsigned short port() const;
    // "https://localhost:PORT/api/" or plain.
    std::string address(const std::string &scheme, const std::string &path = "/") const;
    int accepted() const;             // TCP connections
    int secured() const;              // of them, those whose handshake ended well
    const std::string &heard() const; // every byte of application data read, all connections together

    struct state;

  private:
    std::shared_ptr<state> state_;
};

// Runs the loop until the condition holds; fails the test after ten seconds.
void run_until(asio::io_context &loop, const std::function<bool()> &holds);
// Runs what is ready and what gets ready within the time.
void run_for(asio::io_context &loop, std::chrono::milliseconds time);

} // namespace slack_tests
