// Socket Mode: keeps connections up and hands over each delivery with its acknowledgement. Runs on one
// io_context thread and does no work there but reading, decoding and writing; whoever takes a delivery
// returns at once.
#pragma once

#include "bot/slack/ack.hpp"
#include "bot/slack/delivery.hpp"
#include "bot/slack/envelope.hpp"
#include "bot/slack/fleet.hpp"
#include "bot/slack/web_api.hpp"
#include "bot/slack/websocket.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace rapport::slack {

struct socket_mode_options {
    fleet_limits fleet;
    link_limits link;
    backoff_limits waits;
    websocket_limits socket;
    own_identity self;      // from auth.test
    std::string app_id;     // hello must name it; empty: not compared
    std::uint64_t seed = 0; // of the jitter; 0 takes one from the system
    milliseconds ack_late{3'000};
    bool debug_reconnects =
        false; // asks the platform to rotate connections every six minutes, to see it work
};

struct socket_mode_events {
    // Must return at once. The acknowledgement is used on the loop's thread, now or later; dropped unused,
    // the platform delivers an event again. An exception is caught, counted and acknowledges nothing.
    std::function<void(delivery &&, ack &&)> delivered;
    std::function<void(const notice &)> told;     // lines for the operator
    std::function<void(malformation)> unreadable; // a frame that was counted and left
    std::function<void(bool ready)> readiness;
    std::function<void()> over; // after stop() or a fatal error: no connection is left
};

struct socket_mode_status {
    std::vector<link_status> links;
    int ready = 0;           // links that receive
    int num_connections = 0; // as the platform counts
    bool fatal = false;
    moment last_frame{}; // on any link; before the first: the clock's epoch
    std::uint64_t opens = 0, rebuilds = 0;
    std::array<std::uint64_t, link_end_words.size()> ended{}; // by link_end
    std::uint64_t deliveries = 0, unknown = 0;
    std::uint64_t malformed = 0, binary = 0;
    std::array<std::uint64_t, ack_words.size()> acks{}; // by ack_result
    std::uint64_t acks_late = 0;                        // sent after more than ack_late
    std::uint64_t acks_dropped = 0;                     // deliveries left unanswered on purpose
    std::uint64_t refused_stopping = 0;                 // came while stopping; left for redelivery
    std::uint64_t handler_failures = 0;
    int unanswered = 0;        // deliveries of living links that wait for their acknowledgement
    milliseconds uncovered{0}; // time without a ready link since the first one was ready
};

class socket_mode {
  public:
    // `api` opens the connections and must outlive this.
    socket_mode(boost::asio::any_io_executor loop, web_api &api, std::shared_ptr<tls_context> tls,
                std::shared_ptr<resolver> names, socket_mode_options options, socket_mode_events events);
    ~socket_mode(); // destroys what is left, without a close frame
    socket_mode(const socket_mode &) = delete;

    void start();
    // From any thread, any number of times: nothing more is handed over, acknowledgements still owed are
    // waited for (drain_asked at most), close frames go out, TCP is destroyed; then `over`.
    void stop();

    // On the loop's thread.
    socket_mode_status status() const;

  private:
    class core;
    std::shared_ptr<core> core_;
};

} // namespace rapport::slack
