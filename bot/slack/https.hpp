// HTTP/1.1 requests over kept-alive TLS connections. Makes each request once and says whether it may have
// been executed; repeats nothing, follows no redirect, keeps no cookie.
#pragma once

#include "bot/slack/endpoint.hpp"
#include "bot/slack/resolver.hpp"
#include "bot/slack/tls.hpp"
#include "bot/slack/token.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace rapport::slack {

struct http_limits {
    milliseconds step{10'000}; // resolving, TCP, TLS, writing, reading: each
    std::size_t body_most = 8 * 1024 * 1024;
    std::size_t idle_most = 4;     // connections kept for the next request
    milliseconds idle_for{30'000}; // and for how long
    int in_flight_most = 32;       // more are refused unsent
};

// Asked when all is ready and before the first byte leaves; answered once, now or later, on the same thread.
// Whoever must note on disk that something was begun does it here: what waited, or found no connection, was
// never begun.
using leave_to_go = std::function<void(std::function<void(bool go)>)>;

struct http_request {
    endpoint to;
    std::string content_type;
    std::string body;
    const token *bearer = nullptr; // must outlive the request
    leave_to_go may_leave = {};    // none: it may
};

// withheld: it was not let go, so not a byte was sent.
enum class http_fault { none, busy, stopped, connect, tls, write, read, timeout, too_long, withheld };

struct http_reply {
    int status = 0; // 0 where no answer came
    std::string body;
    std::string retry_after, request_id;
    std::string scopes; // X-OAuth-Scopes: those the token was given, comma-separated; empty where not said
    std::string date;   // the platform's own clock, as HTTP writes it
    http_fault fault = http_fault::none;
    std::string detail; // of the fault, without secrets
    // No byte of the request left this machine where this is false: it was certainly not executed.
    bool maybe_sent = false;
};

class https {
  public:
    https(boost::asio::any_io_executor loop, std::shared_ptr<tls_context> tls,
          std::shared_ptr<resolver> names, http_limits limits);
    ~https();
    https(const https &) = delete;

    // Errors come in the reply, never as exceptions.
    boost::asio::awaitable<http_reply> post(http_request what);

    // Opens a connection and keeps it, so that the next request finds it warm.
    boost::asio::awaitable<bool> warm(endpoint to);

    // Ends what is under way; everything later is refused unsent.
    void stop();

    std::size_t idle() const;

    class channel;

  private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace rapport::slack
