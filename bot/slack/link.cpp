// The state machine of one connection; see link.hpp.
#include "bot/slack/link.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace rapport::slack {

// One visit: what each input does.
struct link::step {
    link &self;
    moment now;
    link_actions &out;

    void operator()(const input::clock &) const {
        self.clock(now, out);
    }
    void operator()(const input::ticket_granted &) const {
        if (self.state_ != link_state::ticket)
            return;
        self.enter(link_state::connecting, now);
        out.push_back(link_action::dial);
    }
    void operator()(const input::ticket_refused &in) const {
        if (self.state_ != link_state::ticket)
            return;
        self.retry_after_ = in.retry_after;
        self.end(link_end::ticket_failed, in.what, in.error, out);
    }
    void operator()(const input::tcp_up &) const {
        if (self.state_ == link_state::connecting)
            self.enter(link_state::securing, now);
    }
    void operator()(const input::tls_up &) const {
        if (self.state_ == link_state::securing)
            self.enter(link_state::upgrading, now);
    }
    void operator()(const input::upgraded &) const {
        if (self.state_ != link_state::upgrading)
            return;
        self.enter(link_state::greeting, now);
        self.last_frame_ = now;
        if (self.leave_when_upgraded_)
            self.begin_close(link_end::stopped, trouble::none, {}, now, out);
    }
    void operator()(const input::upgrade_refused &in) const {
        if (self.leave_when_upgraded_)
            self.end(link_end::stopped, trouble::none, {}, out);
        else if (self.opening())
            self.end(link_end::upgrade_refused, trouble::network, "HTTP " + std::to_string(in.status), out);
    }
    void operator()(const input::frame_seen &) const {
        self.last_frame_ = now;
        self.next_ping_ = now + self.limits_.ping_after;
    }
    void operator()(const input::greeted &in) const {
        if (self.state_ != link_state::greeting)
            return;
        if (in.wrong_app) {
            self.begin_close(link_end::wrong_app, trouble::fatal, "hello names another app", now, out);
            return;
        }
        self.enter(link_state::ready, now);
        self.ready_at_ = now;
        self.last_frame_ = now;
        self.next_ping_ = now + self.limits_.ping_after;
        out.push_back(link_action::now_ready);
        // One ping at once: a path that swallows frames shows before the first delivery needs it.
        out.push_back(link_action::ping);
    }
    void operator()(const input::told_to_leave &in) const {
        self.told_to_leave(in.reason, now, out);
    }
    void operator()(const input::peer_closed &) const {
        if (self.state_ == link_state::gone)
            return;
        if (self.state_ == link_state::closing)
            self.end(self.end_, self.trouble_, self.detail_, out);
        else if (self.state_ == link_state::draining || self.leave_when_upgraded_)
            self.end(self.end_, self.trouble_, {}, out);
        else
            self.end(link_end::lost, trouble::network, "closed by the peer", out);
    }
    void operator()(const input::transport_failed &in) const {
        if (self.state_ == link_state::gone)
            return;
        if (self.state_ == link_state::closing || self.state_ == link_state::draining ||
            self.leave_when_upgraded_)
            self.end(self.end_, self.trouble_, in.what, out);
        else if (self.state_ < link_state::greeting)
            self.end(link_end::connect_failed, trouble::network, in.what, out);
        else
            self.end(link_end::lost, trouble::network, in.what, out);
    }
    void operator()(const input::unanswered &in) const {
        self.unanswered_ = in.count;
        self.clock(now, out);
    }
    void operator()(const input::stop &) const {
        self.end_ = link_end::stopped;
        self.trouble_ = trouble::none;
        if (self.serving()) {
            self.drain(self.limits_.drain_asked, true, now, out);
        } else if (self.state_ == link_state::greeting) {
            self.begin_close(link_end::stopped, trouble::none, {}, now, out);
        } else if (self.state_ == link_state::upgrading) {
            if (!std::exchange(self.leave_when_upgraded_, true))
                self.entered_ = now; // from here on it has as long as a close would
        } else if (self.opening()) {
            self.end(link_end::stopped, trouble::none, {}, out);
        }
    }
    void operator()(const input::rebuild &) const {
        if (self.state_ != link_state::gone)
            self.end(link_end::rebuilt, trouble::network, "not ready for too long", out);
    }
};

link_actions link::begin(moment now) {
    enter(link_state::ticket, now);
    return {link_action::ask_ticket};
}

link_actions link::take(const link_input &in, moment now) {
    link_actions out;
    if (state_ != link_state::gone)
        std::visit(step{*this, now, out}, in);
    return out;
}

void link::enter(link_state state, moment now) {
    state_ = state;
    entered_ = now;
}

void link::end(link_end how, trouble why, std::string detail, link_actions &out) {
    end_ = how;
    trouble_ = why;
    detail_ = std::move(detail);
    const bool dialled = state_ != link_state::ticket;
    state_ = link_state::gone;
    // Whatever the peer does: no retired connection keeps its TCP connection.
    if (dialled)
        out.push_back(link_action::destroy);
    out.push_back(link_action::ended);
}

void link::begin_close(link_end how, trouble why, std::string detail, moment now, link_actions &out) {
    end_ = how;
    trouble_ = why;
    detail_ = std::move(detail);
    enter(link_state::closing, now);
    out.push_back(link_action::close);
}

void link::drain(milliseconds at_most, bool leave_when_answered, moment now, link_actions &out) {
    const auto until = now + at_most;
    if (state_ != link_state::draining) {
        enter(link_state::draining, now);
        drain_until_ = until;
    }
    drain_until_ = std::min(drain_until_, until);
    leave_when_answered_ = leave_when_answered_ || leave_when_answered;
    clock_serving(now, out);
}

void link::told_to_leave(disconnect_reason reason, moment now, link_actions &out) {
    if (state_ == link_state::closing || state_ < link_state::greeting)
        return;
    const auto word = std::string(word_of(disconnect_words, reason));
    if (reason == disconnect_reason::link_disabled) {
        begin_close(link_end::disabled, trouble::disabled, word, now, out);
        return;
    }
    if (reason == disconnect_reason::too_many_websockets) {
        begin_close(link_end::too_many, trouble::too_many, word, now, out);
        return;
    }
    if (state_ == link_state::greeting) {
        // Sent away before hello: of no use to anybody, and no reason to hurry back.
        begin_close(link_end::lost, trouble::network, word + " before hello", now, out);
        return;
    }
    if (state_ == link_state::ready) {
        // A rotation soon after hello is no rotation: it feeds the back-off like any failure.
        const bool abnormal = !settled_ || reason == disconnect_reason::unknown;
        end_ = reason == disconnect_reason::unknown ? link_end::asked_unknown : link_end::refreshed;
        trouble_ = abnormal ? trouble::network : trouble::none;
        out.push_back(link_action::replace);
    }
    if (reason == disconnect_reason::warning)
        drain(limits_.drain_warned, false, now, out);
    else
        drain(limits_.drain_asked, true, now, out);
}

void link::clock(moment now, link_actions &out) {
    if (state_ == link_state::gone)
        return;
    if (state_ == link_state::closing) {
        if (now >= entered_ + limits_.close)
            end(end_, trouble_, detail_, out);
    } else if (serving()) {
        clock_serving(now, out);
    } else if (leave_when_upgraded_) {
        if (now >= entered_ + limits_.close)
            end(link_end::stopped, trouble::none, {}, out);
    } else if (now >= std::min(entered_ + limits_.step, born_ + limits_.total)) {
        end(link_end::step_timeout, trouble::network,
            "no answer while " + std::string(word_of(link_state_words, state_)), out);
    }
}

void link::clock_serving(moment now, link_actions &out) {
    if (now >= last_frame_ + limits_.dead_after) {
        const bool leaving = state_ == link_state::draining;
        end(leaving ? end_ : link_end::silent, leaving ? trouble_ : trouble::network, "no frame for too long",
            out);
        return;
    }
    if (state_ == link_state::draining &&
        (now >= drain_until_ || (leave_when_answered_ && unanswered_ == 0))) {
        begin_close(end_, trouble_, {}, now, out);
        return;
    }
    if (now >= next_ping_) {
        next_ping_ = now + limits_.ping_after;
        out.push_back(link_action::ping);
    }
    if (!settled_ && now >= ready_at_ + limits_.stable_after) {
        settled_ = true;
        out.push_back(link_action::settled);
    }
}

moment link::wakes_at() const {
    if (state_ == link_state::gone)
        return never;
    if (state_ == link_state::closing || leave_when_upgraded_)
        return entered_ + limits_.close;
    if (!serving())
        return std::min(entered_ + limits_.step, born_ + limits_.total);
    auto at = std::min(last_frame_ + limits_.dead_after, next_ping_);
    if (state_ == link_state::draining)
        at = std::min(at, drain_until_);
    if (!settled_)
        at = std::min(at, ready_at_ + limits_.stable_after);
    return at;
}

} // namespace rapport::slack
