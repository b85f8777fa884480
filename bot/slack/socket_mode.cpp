// The thin driver around the fleet: orders become sockets, sockets become inputs; see socket_mode.hpp.
#include "bot/slack/socket_mode.hpp"

#include "bot/slack/awaiting.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <map>
#include <random>
#include <utility>

namespace rapport::slack {
namespace {

moment clock_now() {
    return std::chrono::steady_clock::now();
}

std::uint64_t seed_of(std::uint64_t asked) {
    if (asked != 0)
        return asked;
    std::random_device device;
    return (std::uint64_t(device()) << 32) | device();
}

// What the answer of apps.connections.open means for a connection.
input::ticket_refused refusal_of(const reply &answer, moment now) {
    input::ticket_refused out;
    out.error = answer.error.empty() ? answer.detail : answer.error;
    if (ends_socket_mode(answer.error, answer.status)) {
        out.what = trouble::fatal;
        return out;
    }
    const bool asked_to_wait = answer.error == "paced" || answer.status == 429 ||
                               (answer.status != 0 && answer.why == failure::later);
    if (asked_to_wait) {
        out.what = trouble::rate_limited;
        out.retry_after =
            std::chrono::ceil<seconds>(std::max(answer.retry_at - now, moment::duration::zero()));
    } else if (answer.why == failure::later || answer.why == failure::maybe_executed) {
        out.what = trouble::network;
        if (!answer.detail.empty())
            out.error = answer.detail;
    } else {
        out.what = trouble::unknown;
    }
    return out;
}

} // namespace

class socket_mode::core : public std::enable_shared_from_this<core> {
  public:
    core(asio::any_io_executor loop, web_api &api, std::shared_ptr<tls_context> tls,
         std::shared_ptr<resolver> names, socket_mode_options options, socket_mode_events events)
        : loop_(loop),
          api_(api),
          tls_(std::move(tls)),
          names_(std::move(names)),
          options_(std::move(options)),
          events_(std::move(events)),
          wake_(loop),
          made_at_(clock_now()),
          fleet_(options_.fleet, options_.link, options_.waits, seed_of(options_.seed), made_at_) {}

    asio::any_io_executor loop() const {
        return loop_;
    }
    void start() {
        obey(fleet_.tick(clock_now()));
    }
    void stop() {
        if (std::exchange(stopping_, true))
            return;
        obey(fleet_.stop(clock_now()));
    }
    void abandon() {
        abandoned_ = true;
        wake_.cancel();
        lines_.clear();
    }
    socket_mode_status status() const;

  private:
    struct port;
    // What belongs to one connection.
    struct line {
        std::optional<endpoint> ticket; // used once, then forgotten
        std::unique_ptr<websocket> socket;
        std::shared_ptr<port> acks;
    };

    void give(link_id id, const link_input &in) {
        obey(fleet_.take(id, in, clock_now()));
    }
    void obey(const fleet_output &out);
    void carry_out(const order &one);
    void dial(link_id id);
    websocket_events events_for(link_id id);
    static asio::awaitable<void> ask_ticket(std::weak_ptr<core> self, web_api &api, link_id id);
    void ticket_answered(link_id id, const reply &answer);
    void received(link_id id, std::string &&text);
    void hand_over(link_id id, delivery &&what);
    void acknowledge_bare(link_id id, const std::string &envelope_id);
    void tell_unreadable(malformation how) const;
    void note_readiness(moment now);
    void schedule();
    void forget(link_id id);

    asio::any_io_executor loop_;
    web_api &api_;
    std::shared_ptr<tls_context> tls_;
    std::shared_ptr<resolver> names_;
    socket_mode_options options_;
    socket_mode_events events_;
    asio::steady_timer wake_;
    moment made_at_;
    fleet fleet_;
    std::map<link_id, line> lines_;
    std::map<link_id, std::shared_ptr<port>> orphans_; // of connections that are gone, with answers owed
    socket_mode_status counts_;
    bool stopping_ = false, abandoned_ = false, over_told_ = false, was_ready_ = false;
    moment uncovered_since_ = never;
};

// One connection as its acknowledgements see it.
struct socket_mode::core::port : ack_port {
    std::weak_ptr<core> owner;
    link_id id = 0;
    int unanswered = 0;

    bool send_ack(std::string bytes, departure when) override {
        const auto self = owner.lock();
        if (!self)
            return false;
        const auto found = self->lines_.find(id);
        return found != self->lines_.end() && found->second.socket &&
               found->second.socket->send(std::move(bytes), std::move(when));
    }
    void settled(ack_result result, moment delivered_at) override {
        const auto self = owner.lock();
        if (!self)
            return;
        ++self->counts_.acks[static_cast<std::size_t>(result)];
        if (clock_now() - delivered_at > self->options_.ack_late)
            ++self->counts_.acks_late;
        one_less(*self);
    }
    void dropped() override {
        if (const auto self = owner.lock()) {
            ++self->counts_.acks_dropped;
            one_less(*self);
        }
    }
    void one_less(core &self) {
        --unanswered;
        self.give(id, input::unanswered{unanswered});
        if (unanswered == 0)
            self.orphans_.erase(id); // the caller holds this one
    }
};

void socket_mode::core::obey(const fleet_output &out) {
    if (abandoned_)
        return;
    for (const auto &each : out.orders)
        carry_out(each);
    note_readiness(clock_now());
    for (const auto &each : out.notices)
        if (events_.told)
            events_.told(each);
    if (fleet_.over() && !std::exchange(over_told_, true)) {
        // Posted: whoever hears it may destroy this.
        asio::post(loop_, [weak = weak_from_this()] {
            const auto self = weak.lock();
            if (self && !self->abandoned_ && self->events_.over)
                self->events_.over();
        });
    }
    if (!abandoned_)
        schedule();
}

void socket_mode::core::carry_out(const order &one) {
    const auto found = lines_.find(one.id);
    auto *const socket = found == lines_.end() ? nullptr : found->second.socket.get();
    switch (one.what) {
    case link_action::ask_ticket:
        lines_[one.id];
        asio::co_spawn(loop_, ask_ticket(weak_from_this(), api_, one.id),
                       [weak = weak_from_this(), id = one.id](const std::exception_ptr &thrown) {
                           const auto self = weak.lock();
                           if (thrown && self && !self->abandoned_)
                               self->give(id, input::ticket_refused{trouble::network, {}, "an exception"});
                       });
        break;
    case link_action::dial:
        dial(one.id);
        break;
    case link_action::ping:
        if (socket)
            socket->ping();
        break;
    case link_action::close:
        if (socket)
            socket->close();
        break;
    case link_action::destroy:
        if (socket)
            socket->destroy();
        // Not erased here: this may run inside one of the socket's own events.
        asio::post(loop_, [weak = weak_from_this(), id = one.id] {
            if (const auto self = weak.lock())
                self->forget(id);
        });
        break;
    default:
        break;
    }
}

void socket_mode::core::forget(link_id id) {
    const auto found = lines_.find(id);
    if (found == lines_.end())
        return;
    // Answers still to come are told and counted, though they can no longer leave.
    if (found->second.acks && found->second.acks->unanswered > 0)
        orphans_[id] = found->second.acks;
    lines_.erase(found);
}

void socket_mode::core::schedule() {
    const auto now = clock_now();
    const auto at = fleet_.wakes_at(now);
    if (at == never) {
        wake_.cancel();
        return;
    }
    wake_.expires_at(at);
    wake_.async_wait([weak = weak_from_this()](error_code ec) {
        const auto self = weak.lock();
        if (self && !ec && !self->abandoned_)
            self->obey(self->fleet_.tick(clock_now()));
    });
}

asio::awaitable<void> socket_mode::core::ask_ticket(std::weak_ptr<core> self, web_api &api, link_id id) {
    if (const auto still = self.lock(); !still || still->abandoned_)
        co_return;
    // A deadline that is now: one attempt. Waiting and repeating is the fleet's business.
    const std::string no_arguments = "{}";
    const auto deadline = clock_now();
    auto answer =
        co_await api.call(method::apps_connections_open, no_arguments, priority::interactive, deadline);
    if (const auto still = self.lock())
        still->ticket_answered(id, answer);
}

void socket_mode::core::ticket_answered(link_id id, const reply &answer) {
    const auto found = lines_.find(id);
    if (abandoned_ || found == lines_.end())
        return;
    if (answer.what != outcome::sent) {
        give(id, refusal_of(answer, clock_now()));
        lines_.erase(id);
        return;
    }
    auto url = text_in(answer.body, "url");
    std::string wrong;
    found->second.ticket = read_endpoint(url, wrong);
    wipe(url);
    if (!found->second.ticket) {
        give(id, input::ticket_refused{trouble::unknown, {}, "the address of the socket " + wrong});
        lines_.erase(id);
        return;
    }
    give(id, input::ticket_granted{});
    // Not dialled: the connection had given up on its ticket.
    if (const auto still = lines_.find(id); still != lines_.end() && !still->second.socket)
        lines_.erase(still);
}

void socket_mode::core::dial(link_id id) {
    auto &here = lines_[id];
    auto to = std::exchange(here.ticket, std::nullopt);
    if (!to)
        return;
    if (options_.debug_reconnects)
        to = with_parameter(std::move(*to), "debug_reconnects", "true");
    here.acks = std::make_shared<port>();
    here.acks->owner = weak_from_this();
    here.acks->id = id;
    here.socket = std::make_unique<websocket>(loop_, tls_, names_, options_.socket, events_for(id));
    here.socket->start(std::move(*to));
}

websocket_events socket_mode::core::events_for(link_id id) {
    const auto passing_on = [this, id](auto make) {
        return [weak = weak_from_this(), id, make](auto &&...args) {
            if (const auto self = weak.lock(); self && !self->abandoned_)
                self->give(id, make(args...));
        };
    };
    websocket_events out;
    out.tcp_up = passing_on([] { return input::tcp_up{}; });
    out.tls_up = passing_on([] { return input::tls_up{}; });
    out.upgraded = passing_on([] { return input::upgraded{}; });
    out.refused = passing_on([](int status) { return input::upgrade_refused{status}; });
    out.frame = passing_on([] { return input::frame_seen{}; });
    out.closed = passing_on([](int) { return input::peer_closed{}; });
    out.failed = passing_on([](const std::string &why) { return input::transport_failed{why}; });
    out.text = [weak = weak_from_this(), id](std::string &&text) {
        if (const auto self = weak.lock(); self && !self->abandoned_)
            self->received(id, std::move(text));
    };
    out.binary = [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self || self->abandoned_)
            return;
        ++self->counts_.binary;
        self->tell_unreadable(malformation::binary);
    };
    return out;
}

void socket_mode::core::received(link_id id, std::string &&text) {
    auto read = read_frame(std::move(text), options_.self);
    if (auto *const what = std::get_if<delivery>(&read)) {
        hand_over(id, std::move(*what));
    } else if (const auto *const greeting = std::get_if<hello>(&read)) {
        const bool wrong =
            !options_.app_id.empty() && !greeting->app_id.empty() && greeting->app_id != options_.app_id;
        give(id, input::greeted{greeting->num_connections, wrong});
    } else if (const auto *const leave = std::get_if<disconnect>(&read)) {
        give(id, input::told_to_leave{leave->reason});
    } else if (const auto *const broken = std::get_if<malformed_frame>(&read)) {
        ++counts_.malformed;
        tell_unreadable(broken->how);
        // Its envelope, where it could be read, is acknowledged, or it would come again for ever.
        if (!broken->envelope_id.empty())
            acknowledge_bare(id, broken->envelope_id);
    } else {
        ++counts_.unknown;
        tell_unreadable(malformation::unknown_type);
    }
}

void socket_mode::core::tell_unreadable(malformation how) const {
    if (events_.unreadable)
        events_.unreadable(how);
}

void socket_mode::core::acknowledge_bare(link_id id, const std::string &envelope_id) {
    const auto found = lines_.find(id);
    if (found == lines_.end() || !found->second.acks)
        return;
    ++found->second.acks->unanswered;
    ack(found->second.acks, envelope_id, false, clock_now()).bare();
}

void socket_mode::core::hand_over(link_id id, delivery &&what) {
    const auto found = lines_.find(id);
    if (found == lines_.end() || !found->second.acks)
        return;
    if (stopping_ || !events_.delivered) {
        ++counts_.refused_stopping;
        return;
    }
    ++counts_.deliveries;
    if (std::holds_alternative<other_delivery>(what.what))
        ++counts_.unknown;
    const auto acks = found->second.acks;
    ++acks->unanswered;
    give(id, input::unanswered{acks->unanswered});
    ack answer(acks, what.envelope_id, what.accepts_payload, clock_now());
    try {
        events_.delivered(std::move(what), std::move(answer));
    } catch (...) {
        ++counts_.handler_failures;
    }
}

void socket_mode::core::note_readiness(moment now) {
    const bool ready = fleet_.ready();
    if (ready == was_ready_)
        return;
    was_ready_ = ready;
    if (ready && uncovered_since_ != never) {
        counts_.uncovered += std::chrono::duration_cast<milliseconds>(now - uncovered_since_);
        uncovered_since_ = never;
    } else if (!ready) {
        uncovered_since_ = now;
    }
    if (events_.readiness)
        events_.readiness(ready);
}

socket_mode_status socket_mode::core::status() const {
    auto out = counts_;
    out.links = fleet_.links();
    out.ready = fleet_.ready_count();
    out.num_connections = fleet_.num_connections();
    out.fatal = fleet_.fatal();
    out.opens = fleet_.opens();
    out.rebuilds = fleet_.rebuilds();
    for (const auto &[how, word] : link_end_words)
        out.ended[static_cast<std::size_t>(how)] = fleet_.ended(how);
    for (const auto &each : out.links)
        out.last_frame = std::max(out.last_frame, each.last_frame);
    for (const auto &[id, each] : lines_)
        if (each.acks)
            out.unanswered += each.acks->unanswered;
    if (uncovered_since_ != never)
        out.uncovered += std::chrono::duration_cast<milliseconds>(clock_now() - uncovered_since_);
    return out;
}

socket_mode::socket_mode(asio::any_io_executor loop, web_api &api, std::shared_ptr<tls_context> tls,
                         std::shared_ptr<resolver> names, socket_mode_options options,
                         socket_mode_events events)
    : core_(std::make_shared<core>(std::move(loop), api, std::move(tls), std::move(names), std::move(options),
                                   std::move(events))) {}

socket_mode::~socket_mode() {
    core_->abandon();
}

void socket_mode::start() {
    core_->start();
}

void socket_mode::stop() {
    asio::post(core_->loop(), [core = core_] { core->stop(); });
}

socket_mode_status socket_mode::status() const {
    return core_->status();
}

} // namespace rapport::slack
