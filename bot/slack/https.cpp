// HTTP over Beast; see https.hpp. Kept thin: this file takes long to compile.
#include "bot/slack/https.hpp"

#include "bot/slack/awaiting.hpp"
#include "bot/slack/dial.hpp"
#include "bot/slack/redaction.hpp"

#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <openssl/crypto.h>

#include <algorithm>
#include <list>
#include <poll.h>
#include <set>
#include <vector>

namespace rapport::slack {
namespace {

namespace http = boost::beast::http;
using tcp_socket = asio::ip::tcp::socket;
using tls_socket = asio::ssl::stream<tcp_socket>;
using wire_request = http::request<http::string_body>;
using wire_parser = http::response_parser<http::string_body>;

std::string key_of(const endpoint &to) {
    return (to.tls ? "tls " : "plain ") + to.host + ":" + to.port;
}

} // namespace

// One connection to one host.
class https::channel : public std::enable_shared_from_this<https::channel> {
  public:
    channel(const endpoint &to, const asio::any_io_executor &loop)
        : lookup(std::make_shared<lookup_wait>(loop)), timer_(loop), key_(key_of(to)) {}
    virtual ~channel() = default;
    virtual tcp_socket &tcp() = 0;
    virtual asio::awaitable<std::string> secure(std::string host) = 0;
    virtual asio::awaitable<error_code> write(wire_request &what, std::size_t &sent) = 0;
    virtual asio::awaitable<error_code> read(wire_parser &into) = 0;

    // One step has this long; then the connection is closed, which ends the step.
    void limit(milliseconds time) {
        timer_.expires_after(time);
        expired_ = false;
        limited_ = true;
        timer_.async_wait([weak = weak_from_this()](error_code ec) {
            const auto self = weak.lock();
            if (ec || !self || !self->limited_)
                return;
            self->expired_ = true;
            self->cut();
        });
    }
    void unlimit() {
        limited_ = false;
        timer_.cancel();
    }
    bool expired() const {
        return expired_;
    }
    void cut() {
        error_code ignored;
        lookup->cancel();
        tcp().close(ignored);
    }
    // Open and silent: a peer that closed, or said something unasked, is not written to. A connection that
    // was only warmed may hold session tickets unread.
    bool untouched() {
        if (!tcp().is_open())
            return false;
        pollfd state{tcp().native_handle(), POLLIN | POLLRDHUP, 0};
        if (poll(&state, 1, 0) <= 0)
            return state.revents == 0;
        return !used && state.revents == POLLIN;
    }
    const std::string &key() const {
        return key_;
    }

    moment idle_since{};
    bool used = false;
    const std::shared_ptr<lookup_wait> lookup;

  private:
    asio::steady_timer timer_;
    std::string key_;
    bool expired_ = false, limited_ = false;
};

namespace {

template <class Stream>
class channel_over final : public https::channel {
  public:
    template <class... Made>
    channel_over(const endpoint &to, const asio::any_io_executor &loop, Made &...made)
        : channel(to, loop), stream_(loop, made...) {}

    tcp_socket &tcp() override {
        if constexpr (std::is_same_v<Stream, tls_socket>)
            return stream_.next_layer();
        else
            return stream_;
    }

    asio::awaitable<std::string> secure(std::string host) override {
        if constexpr (std::is_same_v<Stream, tls_socket>) {
            if (!expect_host(stream_.native_handle(), host))
                co_return "TLS: the host's name cannot be checked";
            auto [ec] = co_await stream_.async_handshake(asio::ssl::stream_base::client, as_result);
            if (ec)
                co_return handshake_trouble(stream_.native_handle(), ec.message());
        }
        co_return std::string();
    }

    asio::awaitable<error_code> write(wire_request &what, std::size_t &sent) override {
        auto [ec, size] = co_await http::async_write(stream_, what, as_result);
        sent = size;
        co_return ec;
    }

    asio::awaitable<error_code> read(wire_parser &into) override {
        auto [ec, size] = co_await http::async_read(stream_, buffer_, into, as_result);
        co_return ec;
    }

  private:
    Stream stream_;
    boost::beast::flat_buffer buffer_;
};

using held = std::shared_ptr<https::channel>;

wire_request on_the_wire(http_request &what) {
    wire_request out{http::verb::post, what.to.target, 11};
    out.set(http::field::host, what.to.authority());
    out.set(http::field::user_agent, "rapport-slack");
    out.set(http::field::accept, "application/json");
    out.set(http::field::content_type, what.content_type);
    if (what.bearer && !what.bearer->empty()) {
        auto secret = "Bearer " + std::string(what.bearer->reveal());
        out.set(http::field::authorization, secret);
        wipe(secret);
    }
    out.body() = std::move(what.body);
    out.prepare_payload();
    return out;
}

// Overwrites the token where it stands in the request.
void forget_secret(wire_request &what) {
    const auto value = what[http::field::authorization];
    OPENSSL_cleanse(const_cast<char *>(value.data()), value.size());
}

std::string header(const wire_parser &from, const char *name) {
    const auto value = from.get()[name];
    return {value.data(), value.size()};
}

} // namespace

// Shared with requests under way, which may outlive the pool.
struct https::state {
    asio::any_io_executor loop;
    std::shared_ptr<tls_context> tls;
    std::shared_ptr<resolver> names;
    http_limits limits;
    bool stopped = false;
    std::vector<held> idle;
    std::list<held> busy;
    std::set<asio::steady_timer *> asking; // those that wait to be let go

    static asio::awaitable<http_reply> post(std::shared_ptr<state> self, http_request what);
    static asio::awaitable<bool> warm(std::shared_ptr<state> self, endpoint to);

    // A kept connection to the host that is still good, or none.
    held take(const std::string &key) {
        const auto now = std::chrono::steady_clock::now();
        std::erase_if(idle, [&](const held &each) {
            return now - each->idle_since > limits.idle_for || !each->untouched();
        });
        const auto found =
            std::find_if(idle.rbegin(), idle.rend(), [&](const held &each) { return each->key() == key; });
        if (found == idle.rend())
            return nullptr;
        auto out = *found;
        idle.erase(std::next(found).base());
        return out;
    }

    void keep(const held &one) {
        if (stopped || idle.size() >= limits.idle_most)
            return;
        one->idle_since = std::chrono::steady_clock::now();
        idle.push_back(one);
    }

    held make(const endpoint &to) {
        if (to.tls)
            return std::make_shared<channel_over<tls_socket>>(to, loop, tls->native());
        return std::make_shared<channel_over<tcp_socket>>(to, loop);
    }

    // Connects a new channel; what went wrong stands in the reply.
    static asio::awaitable<void> connect(std::shared_ptr<state> self, held one, endpoint to,
                                         http_reply &out) {
        const auto step = self->limits.step;
        auto found = co_await self->names->resolve(one->lookup, to.host, to.port, step);
        if (found.addresses.empty()) {
            out.fault = http_fault::connect;
            out.detail = found.error;
            co_return;
        }
        if (self->stopped) {
            out.fault = http_fault::stopped;
            co_return;
        }
        auto ec = co_await dial(one->tcp(), found.addresses, step);
        if (ec) {
            out.fault = self->stopped ? http_fault::stopped : http_fault::connect;
            out.detail = "TCP: " + ec.message();
            co_return;
        }
        one->limit(step);
        auto wrong = co_await one->secure(to.host);
        one->unlimit();
        if (!wrong.empty()) {
            out.fault = self->stopped ? http_fault::stopped : http_fault::tls;
            out.detail = one->expired() ? "TLS: no answer in time" : wrong;
        }
    }

    // Whether the request may go; not if all is stopped meanwhile.
    static asio::awaitable<bool> let_go(std::shared_ptr<state> self, leave_to_go ask) {
        struct word {
            asio::steady_timer told;
            bool said = false, go = false;
            explicit word(const asio::any_io_executor &on)
                : told(on, asio::steady_timer::time_point::max()) {}
        };
        const auto heard = std::make_shared<word>(self->loop);
        ask([heard](bool go) {
            heard->said = true;
            heard->go = go;
            heard->told.cancel();
        });
        self->asking.insert(&heard->told);
        if (!heard->said && !self->stopped)
            co_await heard->told.async_wait(as_result);
        self->asking.erase(&heard->told);
        co_return heard->go && !self->stopped;
    }

    // Writes and reads once.
    static asio::awaitable<void> exchange(std::shared_ptr<state> self, held one, http_request what,
                                          http_reply &out) {
        const auto step = self->limits.step;
        auto wire = on_the_wire(what);
        std::size_t sent = 0;
        one->limit(step);
        auto failed = co_await one->write(wire, sent);
        out.maybe_sent = sent > 0;
        forget_secret(wire);
        one->used = true;
        if (failed) {
            out.fault = one->expired() ? http_fault::timeout : http_fault::write;
            out.detail = "writing: " + failed.message();
            one->unlimit();
            co_return;
        }
        wire_parser parser;
        parser.body_limit(self->limits.body_most);
        one->limit(step);
        failed = co_await one->read(parser);
        one->unlimit();
        if (failed) {
            out.fault = one->expired()                      ? http_fault::timeout
                        : failed == http::error::body_limit ? http_fault::too_long
                                                            : http_fault::read;
            out.detail = one->expired() ? "no answer in time" : "reading: " + failed.message();
            co_return;
        }
        out.status = static_cast<int>(parser.get().result_int());
        out.retry_after = header(parser, "Retry-After");
        out.request_id = redacted(header(parser, "X-Slack-Req-Id"));
        out.scopes = header(parser, "X-OAuth-Scopes");
        out.date = header(parser, "Date");
        const bool again = parser.keep_alive();
        out.body = std::move(parser.get().body());
        if (again)
            self->keep(one);
    }
};

https::https(asio::any_io_executor loop, std::shared_ptr<tls_context> tls, std::shared_ptr<resolver> names,
             http_limits limits)
    : state_(std::make_shared<state>()) {
    state_->loop = std::move(loop);
    state_->tls = std::move(tls);
    state_->names = std::move(names);
    state_->limits = limits;
}

https::~https() {
    stop();
}

void https::stop() {
    state_->stopped = true;
    state_->idle.clear();
    for (const auto &each : state_->busy)
        each->cut();
    for (auto *const each : state_->asking)
        each->cancel();
}

std::size_t https::idle() const {
    return state_->idle.size();
}

// A coroutine begins when it is awaited, perhaps after the object is gone: each takes the state along.
asio::awaitable<http_reply> https::post(http_request what) {
    return state::post(state_, std::move(what));
}

asio::awaitable<http_reply> https::state::post(std::shared_ptr<state> self, http_request what) {
    http_reply out;
    if (self->stopped || static_cast<int>(self->busy.size()) >= self->limits.in_flight_most) {
        out.fault = self->stopped ? http_fault::stopped : http_fault::busy;
        out.detail = self->stopped ? "stopped" : "too many requests at once";
        co_return out;
    }
    auto one = self->take(key_of(what.to));
    const bool fresh = one == nullptr;
    if (fresh)
        one = self->make(what.to);
    const auto place = self->busy.insert(self->busy.end(), one);
    const auto to = what.to;
    if (fresh)
        co_await connect(self, one, to, out);
    const bool asks = out.fault == http_fault::none && what.may_leave;
    if (asks) {
        auto ask = std::move(what.may_leave);
        const bool go = co_await let_go(self, ask);
        if (!go) {
            out.fault = http_fault::withheld;
            self->keep(one);
        }
    }
    if (out.fault == http_fault::none)
        co_await exchange(self, one, std::move(what), out);
    self->busy.erase(place);
    if (self->stopped && out.fault != http_fault::none)
        out.fault = http_fault::stopped;
    out.detail = redacted(out.detail);
    co_return out;
}

asio::awaitable<bool> https::warm(endpoint to) {
    return state::warm(state_, std::move(to));
}

asio::awaitable<bool> https::state::warm(std::shared_ptr<state> self, endpoint to) {
    const auto one = self->make(to);
    http_reply out;
    if (self->stopped)
        co_return false;
    const auto place = self->busy.insert(self->busy.end(), one);
    co_await connect(self, one, to, out);
    self->busy.erase(place);
    if (out.fault == http_fault::none)
        self->keep(one);
    co_return out.fault == http_fault::none;
}

} // namespace rapport::slack
