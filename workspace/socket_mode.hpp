// Socket Mode from the platform's side: links, hello, envelopes and their acks, redelivery, pings, refreshes.
// A state machine over the timeline: the bytes of WebSocket are the server's, the meaning of payloads is
// others'.
#pragma once

#include "workspace/faults.hpp"
#include "workspace/journal.hpp"
#include "workspace/passes.hpp"
#include "workspace/timeline.hpp"

#include <functional>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace workspace {

// The wire of one link, as the server provides it. A call after the wire is gone does nothing.
class wire_out {
  public:
    virtual ~wire_out() = default;
    virtual void text(std::string payload) = 0;
    virtual void binary(std::string payload) = 0;
    virtual void ping(std::string payload) = 0;
    virtual void pong(std::string payload) = 0;
    virtual void close(int code, std::string reason) = 0; // sends the close frame, waits a little, ends
    virtual void reset() = 0;                             // no close frame, no farewell
    virtual void stop_reading(bool stopped) = 0;
};

// One message as it came in, before anybody judged it.
struct frame_in {
    enum class type { text, binary, ping, pong, close } kind = type::text;
    std::string payload;
    bool fragmented = false; // arrived in more than one frame
    bool masked = true;
};

enum class delivery_end { acked, timed_out, no_link };

struct envelope {
    std::string type; // slash_commands, interactive, events_api
    json payload;
    bool accepts_payload = false;
    // Called once: with the ack's payload (null: a bare ack), after 3 s, or at once when nobody is connected.
    std::function<void(delivery_end, const json &payload)> done;
};

struct socket_settings {
    span ack_limit{3'000};
    span ping_every{10'000};
    std::vector<span> retry_after{span(0), span(60'000), span(300'000)}; // by the workspace's clock
    std::size_t max_links = 10;
    std::size_t max_ack = 20'480;    // bytes
    int connection_seconds = 18'060; // what hello promises
};

class socket_mode {
  public:
    using link_id = std::uint64_t;

    socket_mode(timeline &time, journal &log, fault_list &faults, passes &lent, std::string app,
                socket_settings settings, std::uint64_t seed);

    // A WebSocket that was upgraded with a good ticket; says hello.
    link_id open(std::shared_ptr<wire_out> out);
    void received(link_id link, const frame_in &frame);
    void closed(link_id link, const std::string &why);

    void deliver(envelope what);
    void do_to_links(const fault &what); // a link fault, now; waits for the next link if there is none

    std::size_t links() const; // as hello counts them, ghosts included
    json shown() const;

  private:
    struct link {
        std::shared_ptr<wire_out> out;
        bool quiet = false; // late_ping: neither pings nor pongs
        bool deaf = false;  // black_hole
        timeline::ticket next_ping = 0;
    };
    struct pending {
        envelope what;
        std::multiset<link_id> owed; // links that still owe an ack
        bool settled = false;
        bool timed_out = false;
        int attempt = 0;
        timeline::ticket limit = 0;
    };

    void say_hello(link_id id);
    void send(link_id id, const json &frame, bool to_journal = true);
    void ping_later(link_id id);
    void end(link_id id, std::string_view reason, int code = 1000);
    void attempt(envelope what, int number, const std::string &reason);
    void failed(envelope what, int number, const std::string &reason);
    void acked(link_id id, const frame_in &frame);
    void settle(const std::string &envelope_id, delivery_end how, const json &payload);
    void violation(link_id id, std::string_view rule, json more = json::object());
    void strike(link_id id, const fault &what);
    void warn_then_refresh(link_id id, span wait);
    json disconnect(std::string_view reason) const;
    link_id any_link();
    std::vector<link_id> struck(const fault &what) const;

    timeline &time_;
    journal &log_;
    fault_list &faults_;
    passes &lent_;
    std::string app_;
    socket_settings settings_;
    std::mt19937_64 random_;
    link_id last_ = 0;
    std::map<link_id, link> links_;
    std::map<std::string, pending> pending_;
};

} // namespace workspace
