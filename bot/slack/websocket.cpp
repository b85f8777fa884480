// The WebSocket over Beast; see websocket.hpp. Kept thin: this file takes half a minute to compile.
#include "bot/slack/websocket.hpp"

#include "bot/slack/awaiting.hpp"
#include "bot/slack/dial.hpp"
#include "bot/slack/redaction.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include <deque>
#include <utility>

namespace rapport::slack {
namespace {

namespace beast = boost::beast;
namespace ws = boost::beast::websocket;
using tcp_socket = asio::ip::tcp::socket;
using tls_socket = asio::ssl::stream<tcp_socket>;

std::size_t open_connections = 0;

template <class... Args, class... Given>
void tell(const std::function<void(Args...)> &event, Given &&...given) {
    if (event)
        event(std::forward<Given>(given)...);
}

} // namespace

// The connection without its kind of stream.
class websocket::body {
  public:
    virtual ~body() = default;
    virtual bool send(std::string text, departure when) = 0;
    virtual void ping() = 0;
    virtual void close() = 0;
    virtual void destroy() = 0;
};

namespace {

template <class Stream>
class body_over final : public websocket::body, public std::enable_shared_from_this<body_over<Stream>> {
  public:
    template <class... Made>
    body_over(std::shared_ptr<tls_context> tls, std::shared_ptr<resolver> names, websocket_limits limits,
              websocket_events events, endpoint to, Made &&...made)
        : tls_(std::move(tls)),
          names_(std::move(names)),
          limits_(limits),
          events_(std::move(events)),
          to_(std::move(to)),
          stream_(std::forward<Made>(made)...),
          linger_(stream_.get_executor()),
          lookup_(std::make_shared<lookup_wait>(stream_.get_executor())) {
        // The platform drops fragmented frames; silence is judged by the owner, not here.
        stream_.auto_fragment(false);
        stream_.text(true);
        stream_.read_message_max(limits_.message_most);
        stream_.set_option(ws::stream_base::timeout{ws::stream_base::none(), ws::stream_base::none(), false});
        ws::permessage_deflate off;
        off.client_enable = false;
        stream_.set_option(off);
    }
    ~body_over() override {
        drop_tcp();
    }

    void start() {
        // A loop that ends by an exception is a connection that ended, never one that is silently missing.
        asio::co_spawn(stream_.get_executor(), run(this->shared_from_this()),
                       [self = this->shared_from_this()](const std::exception_ptr &thrown) {
                           if (thrown)
                               self->fail("an exception while reading");
                       });
    }

    bool send(std::string text, departure when) override {
        if (!open_ || closing_ || gone_ || queue_.size() >= limits_.queue_most)
            return false;
        queue_.push_back({std::move(text), std::move(when)});
        pump();
        return true;
    }

    void ping() override {
        if (!open_ || gone_ || pinging_ || close_sent_)
            return;
        pinging_ = true;
        stream_.async_ping({}, [self = this->shared_from_this()](error_code) { self->pinging_ = false; });
    }

    void close() override {
        closing_ = true;
        if (open_ && !gone_)
            pump();
    }

    void destroy() override {
        // The events stay where they are: this may be called from inside one of them.
        gone_ = true;
        lookup_->cancel();
        linger_.cancel();
        drop_tcp();
    }

  private:
    struct outgoing {
        std::string text;
        departure when;
    };

    tcp_socket &tcp() {
        return beast::get_lowest_layer(stream_);
    }

    void drop_tcp() {
        error_code ignored;
        tcp().close(ignored);
        if (std::exchange(counted_, false))
            --open_connections;
    }

    void fail(const std::string &why) {
        if (std::exchange(gone_, true))
            return;
        drop_tcp();
        const auto events = std::exchange(events_, {});
        tell(events.failed, redacted(why));
    }

    // Writes the queue one frame at a time, and the close frame after the last.
    void pump() {
        if (writing_)
            return;
        if (!queue_.empty()) {
            writing_ = true;
            stream_.async_write(
                asio::buffer(queue_.front().text),
                [self = this->shared_from_this()](error_code ec, std::size_t) { self->written(ec); });
        } else if (closing_ && !close_sent_) {
            close_sent_ = true;
            stream_.async_close(ws::close_code::normal,
                                [self = this->shared_from_this()](error_code) { self->closed(); });
        }
    }

    void written(error_code ec) {
        writing_ = false;
        auto one = std::move(queue_.front());
        queue_.pop_front();
        one.when.tell(!ec);
        if (!gone_ && ec)
            fail("write: " + ec.message());
        if (gone_)
            queue_.clear(); // none of these will leave
        else
            pump();
    }

    // The first steps; an error in words, or nothing.
    asio::awaitable<std::string> connect() {
        auto found = co_await names_->resolve(lookup_, to_.host, to_.port, limits_.connect);
        if (gone_)
            co_return "stopped";
        if (found.addresses.empty())
            co_return found.error;
        auto ec = co_await dial(tcp(), found.addresses, limits_.connect);
        if (gone_)
            co_return "stopped";
        if (ec)
            co_return "TCP: " + ec.message();
        counted_ = true;
        ++open_connections;
        tell(events_.tcp_up);
        co_return std::string();
    }

    asio::awaitable<std::string> secure() {
        if constexpr (std::is_same_v<Stream, tls_socket>) {
            auto &tls = stream_.next_layer();
            if (!expect_host(tls.native_handle(), to_.host))
                co_return "TLS: the host's name cannot be checked";
            auto [ec] = co_await tls.async_handshake(asio::ssl::stream_base::client, as_result);
            if (ec)
                co_return handshake_trouble(tls.native_handle(), ec.message());
        }
        if (!gone_)
            tell(events_.tls_up);
        co_return std::string();
    }

    // The upgrade; nothing, an error in words, or the status of the refusal told.
    asio::awaitable<std::string> upgrade() {
        const auto quiet = [](ws::request_type &request) {
            request.set(beast::http::field::user_agent, "rapport-slack");
        };
        stream_.set_option(ws::stream_base::decorator(quiet));
        ws::response_type answer;
        const auto host = to_.authority();
        const auto target = std::exchange(to_.target, {});
        auto [ec] = co_await stream_.async_handshake(answer, host, target, as_result);
        if (gone_)
            co_return "stopped";
        if (ec == ws::error::upgrade_declined) {
            gone_ = true;
            drop_tcp();
            const auto events = std::exchange(events_, {});
            tell(events.refused, static_cast<int>(answer.result_int()));
            co_return "refused";
        }
        if (ec)
            co_return "upgrade: " + ec.message();
        open_ = true;
        stream_.control_callback([weak = this->weak_from_this()](ws::frame_type kind, beast::string_view) {
            if (const auto self = weak.lock())
                self->control(kind);
        });
        tell(events_.upgraded);
        co_return std::string();
    }

    void control(ws::frame_type kind) {
        if (gone_)
            return;
        tell(events_.frame);
        if (kind != ws::frame_type::close || gone_)
            return;
        close_seen_ = true;
        // Our answer gets a moment to leave, then it is over: the peer may never close its TCP connection.
        linger_.expires_after(close_sent_ ? milliseconds(0) : limits_.linger);
        linger_.async_wait([weak = this->weak_from_this()](error_code ec) {
            const auto self = weak.lock();
            if (self && !ec)
                self->closed();
        });
    }

    void closed() {
        if (std::exchange(gone_, true))
            return;
        const int code = stream_.reason().code;
        linger_.cancel();
        drop_tcp();
        const auto events = std::exchange(events_, {});
        tell(events.closed, code);
    }

    asio::awaitable<void> read() {
        while (!gone_) {
            std::string text;
            // Room for what is usual, so that the words of a message are not left behind by growing.
            text.reserve(16 * 1024);
            auto buffer = asio::dynamic_buffer(text);
            auto [ec, size] = co_await stream_.async_read(buffer, as_result);
            if (gone_)
                co_return;
            if (ec) {
                ended(ec);
                co_return;
            }
            tell(events_.frame);
            if (gone_)
                co_return;
            if (stream_.got_text())
                tell(events_.text, std::move(text));
            else
                tell(events_.binary);
        }
    }

    void ended(error_code ec) {
        if (ec == ws::error::closed || close_seen_)
            closed();
        else if (!close_sent_ || ec != asio::error::operation_aborted) // else the close took the reading over
            fail("read: " + ec.message());
    }

    // `self` keeps this alive until the connection is over.
    static asio::awaitable<void> run(std::shared_ptr<body_over> self) {
        std::string wrong = co_await self->connect();
        if (wrong.empty())
            wrong = co_await self->secure();
        if (wrong.empty())
            wrong = co_await self->upgrade();
        if (!wrong.empty()) {
            self->fail(wrong);
            co_return;
        }
        co_await self->read();
    }

    std::shared_ptr<tls_context> tls_;
    std::shared_ptr<resolver> names_;
    websocket_limits limits_;
    websocket_events events_;
    endpoint to_;
    ws::stream<Stream> stream_;
    asio::steady_timer linger_;
    std::shared_ptr<lookup_wait> lookup_;
    std::deque<outgoing> queue_;
    bool open_ = false, writing_ = false, pinging_ = false, closing_ = false, close_sent_ = false,
         close_seen_ = false;
    bool gone_ = false, counted_ = false;
};

} // namespace

websocket::websocket(asio::any_io_executor loop, std::shared_ptr<tls_context> tls,
                     std::shared_ptr<resolver> names, websocket_limits limits, websocket_events events)
    : loop_(std::move(loop)),
      tls_(std::move(tls)),
      names_(std::move(names)),
      limits_(limits),
      events_(std::move(events)) {}

websocket::~websocket() {
    destroy();
}

void websocket::start(endpoint to) {
    if (body_)
        return;
    if (to.tls) {
        auto made = std::make_shared<body_over<tls_socket>>(tls_, names_, limits_, std::move(events_), to,
                                                            loop_, tls_->native());
        body_ = made;
        made->start();
    } else {
        auto made =
            std::make_shared<body_over<tcp_socket>>(tls_, names_, limits_, std::move(events_), to, loop_);
        body_ = made;
        made->start();
    }
}

bool websocket::send(std::string text, departure when) {
    return body_ && body_->send(std::move(text), std::move(when));
}

void websocket::ping() {
    if (body_)
        body_->ping();
}

void websocket::close() {
    if (body_)
        body_->close();
}

void websocket::destroy() {
    if (body_)
        body_->destroy();
}

std::size_t websocket::open_tcp() {
    return open_connections;
}

} // namespace rapport::slack
