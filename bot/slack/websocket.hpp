// One WebSocket connection over TLS (or plain, to this machine): frames in, frames out, and what became of
// it. Knows no JSON and keeps no time: whoever owns it decides when it has been silent for too long.
#pragma once

#include "bot/slack/departure.hpp"
#include "bot/slack/endpoint.hpp"
#include "bot/slack/resolver.hpp"
#include "bot/slack/tls.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace rapport::slack {

struct websocket_limits {
    std::size_t message_most = 1024 * 1024; // a longer one closes the connection with 1009
    std::size_t queue_most = 1024;          // frames waiting to be written; more are refused
    milliseconds linger{1'000};             // after the peer's close frame, for our answer to leave
    milliseconds connect{10'000};           // resolving and TCP, shared by all addresses
};

// Called on the loop, never from inside a call of the owner, never after destroy(). Unset ones are skipped.
struct websocket_events {
    std::function<void()> tcp_up;
    std::function<void()> tls_up; // also where there is no TLS
    std::function<void()> upgraded;
    std::function<void(int status)>
        refused;                 // the answer to the upgrade was not 101; `failed` does not follow
    std::function<void()> frame; // any frame at all, control frames too
    std::function<void(std::string &&)> text;
    std::function<void()> binary;
    std::function<void(int code)> closed; // the peer sent or answered a close frame
    std::function<void(const std::string &why)> failed;
};

class websocket {
  public:
    // Nothing happens before start().
    websocket(boost::asio::any_io_executor loop, std::shared_ptr<tls_context> tls,
              std::shared_ptr<resolver> names, websocket_limits limits, websocket_events events);
    ~websocket(); // destroys the connection
    websocket(const websocket &) = delete;

    // Connects; once.
    void start(endpoint to);
    // Queues one text frame, sent unfragmented; `when` is told from the loop that it has left, or that it
    // never will. False where it will not be sent: not open, closing, queue full.
    bool send(std::string text, departure when = {});
    void ping();
    // Sends what is queued, then a close frame. The peer's answer comes as closed().
    void close();
    // The TCP connection is gone when this returns, whatever the peer does. No event follows.
    void destroy();

    // TCP connections held by all objects of this class, for the test that none is left behind.
    static std::size_t open_tcp();

    class body;

  private:
    std::shared_ptr<body> body_;
    boost::asio::any_io_executor loop_;
    std::shared_ptr<tls_context> tls_;
    std::shared_ptr<resolver> names_;
    websocket_limits limits_;
    websocket_events events_;
};

} // namespace rapport::slack
