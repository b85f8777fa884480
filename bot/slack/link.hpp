// The life of one Socket Mode connection, from asking for its ticket to the destruction of its TCP
// connection, as a pure state machine: inputs and the time in, actions out. It is used once; the fleet makes
// the next one.
#pragma once

#include "bot/slack/backoff.hpp"
#include "bot/slack/envelope.hpp"
#include "bot/slack/moment.hpp"
#include "bot/slack/words.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace rapport::slack {

enum class link_state {
    ticket,     // apps.connections.open was asked
    connecting, // resolving and TCP
    securing,   // TLS
    upgrading,  // HTTP upgrade
    greeting,   // the socket is up; hello is awaited
    ready,
    draining, // a replacement was asked for; still read, still answered
    closing,  // our close frame is out
    gone,
};

inline constexpr choices<link_state, 9> link_state_words{{
    {link_state::ticket, "ticket"},
    {link_state::connecting, "connecting"},
    {link_state::securing, "securing"},
    {link_state::upgrading, "upgrading"},
    {link_state::greeting, "greeting"},
    {link_state::ready, "ready"},
    {link_state::draining, "draining"},
    {link_state::closing, "closing"},
    {link_state::gone, "gone"},
}};

// Why a connection ended: the reasons reconnects are counted by.
enum class link_end {
    stopped,         // we were asked to stop
    refreshed,       // the platform asked, and a replacement took over
    ticket_failed,   // apps.connections.open gave no address
    step_timeout,    // a step of connecting took too long
    connect_failed,  // DNS, TCP or TLS
    upgrade_refused, // the answer was not 101
    lost,            // the transport broke or the peer closed without warning
    silent,          // no frame for too long
    too_many,        // too_many_websockets
    disabled,        // link_disabled
    asked_unknown,   // disconnect with a reason nobody knows
    wrong_app,       // hello came from another app than the configured one
    rebuilt,         // the watchdog gave up on it
};

inline constexpr choices<link_end, 13> link_end_words{{
    {link_end::stopped, "stopped"},
    {link_end::refreshed, "refreshed"},
    {link_end::ticket_failed, "ticket_failed"},
    {link_end::step_timeout, "step_timeout"},
    {link_end::connect_failed, "connect_failed"},
    {link_end::upgrade_refused, "upgrade_refused"},
    {link_end::lost, "lost"},
    {link_end::silent, "silent"},
    {link_end::too_many, "too_many_websockets"},
    {link_end::disabled, "link_disabled"},
    {link_end::asked_unknown, "asked_unknown"},
    {link_end::wrong_app, "wrong_app"},
    {link_end::rebuilt, "rebuilt"},
}};

struct link_limits {
    milliseconds step{10'000};         // ticket, connect, TLS, upgrade, hello: each
    milliseconds total{30'000};        // all of them together
    milliseconds ping_after{6'000};    // without a frame
    milliseconds dead_after{18'000};   // without a frame of any kind
    milliseconds close{3'000};         // our close frame unanswered
    milliseconds drain_warned{30'000}; // after a warning, if the platform never closes
    milliseconds drain_asked{5'000};   // after refresh_requested, and when stopping
    milliseconds stable_after{60'000}; // after hello, to believe in it
};

namespace input {
struct clock {}; // nothing happened but time
struct ticket_granted {};
struct ticket_refused {
    trouble what = trouble::network;
    std::optional<seconds> retry_after;
    std::string error; // the platform's word, or ours
};
struct tcp_up {};
struct tls_up {};
struct upgraded {};
struct upgrade_refused {
    int status = 0;
};
struct frame_seen {}; // any frame, control frames too
struct greeted {
    int num_connections = 0;
    bool wrong_app = false;
};
struct told_to_leave {
    disconnect_reason reason = disconnect_reason::unknown;
};
struct peer_closed {};
struct transport_failed {
    std::string what;
};
struct unanswered { // how many deliveries of this connection are not yet acknowledged
    int count = 0;
};
struct stop {};
struct rebuild {};
} // namespace input

using link_input = std::variant<input::clock, input::ticket_granted, input::ticket_refused, input::tcp_up,
                                input::tls_up, input::upgraded, input::upgrade_refused, input::frame_seen,
                                input::greeted, input::told_to_leave, input::peer_closed,
                                input::transport_failed, input::unanswered, input::stop, input::rebuild>;

enum class link_action {
    ask_ticket, // call apps.connections.open
    dial,       // connect to the address of the ticket, which is then forgotten
    ping,
    close,   // send a close frame
    destroy, // destroy the TCP connection, whatever state it is in
    now_ready,
    replace, // open another one now; this one still serves
    settled, // stable for long enough to forget past failures
    ended,   // see how() and why(): nothing further comes of it
};

inline constexpr choices<link_action, 9> link_action_words{{
    {link_action::ask_ticket, "ask_ticket"},
    {link_action::dial, "dial"},
    {link_action::ping, "ping"},
    {link_action::close, "close"},
    {link_action::destroy, "destroy"},
    {link_action::now_ready, "now_ready"},
    {link_action::replace, "replace"},
    {link_action::settled, "settled"},
    {link_action::ended, "ended"},
}};

using link_actions = std::vector<link_action>;

class link {
  public:
    link(const link_limits &limits, moment now) : limits_(limits), born_(now), entered_(now) {}

    // The first action of its life.
    link_actions begin(moment now);

    // Every input is taken in every state; one that means nothing there does nothing.
    link_actions take(const link_input &in, moment now);

    // When to give it a clock input, if nothing else comes before.
    moment wakes_at() const;

    link_state state() const {
        return state_;
    }
    // Receives deliveries.
    bool serving() const {
        return state_ == link_state::ready || state_ == link_state::draining;
    }
    // The platform may count it as a connection of ours.
    bool counted() const {
        return state_ >= link_state::greeting && state_ <= link_state::closing;
    }
    bool stable() const {
        return settled_;
    }
    moment born() const {
        return born_;
    }
    moment last_frame() const {
        return last_frame_;
    }

    // Of an ended one: how it ended, what kind of trouble that is, how long the platform asked to wait, and
    // the detail for the operator's line.
    link_end how() const {
        return end_;
    }
    trouble why() const {
        return trouble_;
    }
    std::optional<seconds> retry_after() const {
        return retry_after_;
    }
    const std::string &detail() const {
        return detail_;
    }

  private:
    struct step;

    void enter(link_state state, moment now);
    void end(link_end how, trouble why, std::string detail, link_actions &out);
    void begin_close(link_end how, trouble why, std::string detail, moment now, link_actions &out);
    void drain(milliseconds at_most, bool leave_when_answered, moment now, link_actions &out);
    void told_to_leave(disconnect_reason reason, moment now, link_actions &out);
    void clock(moment now, link_actions &out);
    void clock_serving(moment now, link_actions &out);
    bool opening() const {
        return state_ <= link_state::greeting;
    }

    link_limits limits_;
    link_state state_ = link_state::ticket;
    moment born_, entered_;
    moment last_frame_{}, next_ping_{}, ready_at_{};
    moment drain_until_{};
    bool leave_when_answered_ = false;
    // Stopped between the upgrade's request and its answer: the platform may count it by now, so it is not
    // cut but taken leave of.
    bool leave_when_upgraded_ = false;
    bool settled_ = false;
    int unanswered_ = 0;
    link_end end_ = link_end::lost;
    trouble trouble_ = trouble::none;
    std::optional<seconds> retry_after_;
    std::string detail_;
};

} // namespace rapport::slack
