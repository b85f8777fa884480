// Sockets under the workspace: accepting, HTTP by Beast, and the bytes of upgraded links. See server.hpp.
#include "workspace/server.hpp"

#include "workspace/frames.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <deque>
#include <set>

namespace workspace {
namespace {

namespace net = boost::asio;
namespace http = boost::beast::http;
using tcp = net::ip::tcp;
using boost::system::error_code;
using tls_stream = net::ssl::stream<tcp::socket>;

constexpr std::size_t body_limit = 4 * 1024 * 1024;
constexpr std::size_t unsent_limit = 64 * 1024 * 1024; // a peer that reads nothing is cut at this
constexpr auto close_wait = std::chrono::seconds(2);

tcp::socket &lowest(tcp::socket &stream) {
    return stream;
}
tcp::socket &lowest(tls_stream &stream) {
    return stream.next_layer();
}

// What the server keeps of a connection, whatever its stream.
class connection {
  public:
    virtual ~connection() = default;
    virtual void cut() = 0;
};

// What the connections need of the server.
struct shared_parts {
    platform &on;
    std::function<void()> wake;
    std::set<std::shared_ptr<connection>> open;
};

template <class Stream>
class session : public connection, public wire_out, public std::enable_shared_from_this<session<Stream>> {
  public:
    session(Stream stream, std::shared_ptr<shared_parts> parts)
        : stream_(std::move(stream)), timer_(stream_.get_executor()), parts_(std::move(parts)) {}

    void start() {
        parts_->open.insert(this->shared_from_this());
        if constexpr (std::is_same_v<Stream, tls_stream>)
            stream_.async_handshake(net::ssl::stream_base::server, [self = self()](error_code ec) {
                if (ec)
                    self->cut();
                else
                    self->read_request();
            });
        else
            read_request();
    }

    void cut() override {
        if (gone_)
            return;
        gone_ = true;
        error_code ignored;
        timer_.cancel();
        lowest(stream_).shutdown(tcp::socket::shutdown_both, ignored);
        lowest(stream_).close(ignored);
        parts_->open.erase(self());
        if (link_ != 0)
            parts_->on.sockets.closed(std::exchange(link_, 0), "connection lost");
        parts_->wake();
    }

    // the wire of a link
    void text(std::string payload) override {
        queue(encoded(opcode::text, payload));
    }
    void binary(std::string payload) override {
        queue(encoded(opcode::binary, payload));
    }
    void ping(std::string payload) override {
        queue(encoded(opcode::ping, payload));
    }
    void pong(std::string payload) override {
        queue(encoded(opcode::pong, payload));
    }
    void close(int code, std::string reason) override {
        if (std::exchange(closing_, true))
            return;
        link_ = 0;
        queue(encoded_close(code, reason));
        linger();
    }
    void reset() override {
        error_code ignored;
        link_ = 0;
        lowest(stream_).set_option(net::socket_base::linger(true, 0), ignored);
        lowest(stream_).close(ignored);
        cut();
    }
    void stop_reading(bool stopped) override {
        const bool was = std::exchange(deaf_, stopped);
        if (was && !stopped && !reading_ && !gone_)
            read_frames();
    }

    // the answers of a request
    void answer(http_reply what) {
        http::response<http::string_body> out{http::int_to_status(what.status), 11};
        out.result(what.status);
        for (const auto &[name, value] : what.headers)
            out.set(name, value);
        out.keep_alive(keep_alive_);
        out.body() = std::move(what.body);
        out.prepare_payload();
        queue(serialised(out));
        if (keep_alive_)
            read_request();
        else
            finish_after_writing_ = true;
    }
    void begin_stream(http_reply head) {
        http::response<http::empty_body> out{http::int_to_status(head.status), 11};
        for (const auto &[name, value] : head.headers)
            out.set(name, value);
        out.keep_alive(false);
        queue(serialised(out));
        streaming_ = true;
        read_frames(); // only to notice that the other side has gone
    }
    bool push(std::string chunk) {
        if (gone_)
            return false;
        queue(std::move(chunk));
        return true;
    }

  private:
    std::shared_ptr<session> self() {
        return this->shared_from_this();
    }

    // Whoever answers holds this one, not the session's other face.
    class request_answer : public responder {
      public:
        explicit request_answer(std::shared_ptr<session> of) : of_(std::move(of)) {}
        void reply(http_reply what) override {
            if (!of_->gone_)
                of_->answer(std::move(what));
        }
        void drop() override {
            of_->reset();
        }
        void begin_stream(http_reply head) override {
            if (!of_->gone_)
                of_->begin_stream(std::move(head));
        }
        bool push(std::string chunk) override {
            return of_->push(std::move(chunk));
        }

      private:
        std::shared_ptr<session> of_;
    };

    template <class Body>
    static std::string serialised(const http::response<Body> &what) {
        std::ostringstream out;
        out << what;
        return out.str();
    }

    void read_request() {
        parser_.emplace();
        parser_->body_limit(body_limit);
        http::async_read(stream_, buffer_, *parser_, [self = self()](error_code ec, std::size_t) {
            if (!ec)
                return self->take_request();
            static const auto &malformed = http::make_error_code(http::error::bad_method).category();
            if (ec == http::error::end_of_stream || ec == http::error::partial_message ||
                ec.category() != malformed)
                return self->cut();
            self->refuse(ec == http::error::body_limit ? 413 : 400);
        });
    }

    void refuse(unsigned status) {
        keep_alive_ = false;
        answer({status, {{"Content-Type", "text/plain"}}, "bad request"});
    }

    void take_request() {
        const auto &got = parser_->get();
        http_request request{std::string(got.method_string()), std::string(got.target()), {}, got.body()};
        for (const auto &field : got) {
            std::string name(field.name_string());
            std::transform(name.begin(), name.end(), name.begin(),
                           [](unsigned char c) { return std::tolower(c); });
            request.headers[name] = std::string(field.value());
        }
        keep_alive_ = got.keep_alive();
        if (request.header("upgrade") == "websocket")
            upgrade(request);
        else
            parts_->on.serve(request, std::make_shared<request_answer>(self()));
        parts_->wake();
    }

    void upgrade(const http_request &request) {
        const auto key = request.header("sec-websocket-key");
        const auto status = key.empty() || request.header("sec-websocket-version") != "13"
                                ? 400U
                                : parts_->on.judge_upgrade(request);
        if (status != 101) {
            keep_alive_ = false;
            return answer({status, {{"Content-Type", "text/plain"}}, "no socket for you"});
        }
        http::response<http::empty_body> out{http::status::switching_protocols, 11};
        out.set(http::field::upgrade, "websocket");
        out.set(http::field::connection, "Upgrade");
        out.set(http::field::sec_websocket_accept, accept_of(key));
        queue(serialised(out));
        upgraded_ = true;
        link_ = parts_->on.sockets.open(self());
        if (closing_)
            link_ = 0;
        // what the peer sent right behind its request
        const auto data = buffer_.data();
        frames_.feed({static_cast<const char *>(data.data()), data.size()});
        buffer_.consume(buffer_.size());
        take_frames();
        read_frames();
    }

    void read_frames() {
        if (gone_ || deaf_ || reading_)
            return;
        reading_ = true;
        stream_.async_read_some(net::buffer(chunk_), [self = self()](error_code ec, std::size_t size) {
            self->reading_ = false;
            if (ec)
                return self->cut();
            if (self->upgraded_) {
                self->frames_.feed({self->chunk_.data(), size});
                self->take_frames();
                self->parts_->wake();
            }
            self->read_frames();
        });
    }

    void take_frames() {
        while (auto frame = frames_.next()) {
            if (frame->kind == frame_in::type::close) {
                if (link_ != 0)
                    parts_->on.sockets.received(std::exchange(link_, 0), *frame);
                if (closing_) // the answer to our own
                    return cut();
                closing_ = true;
                queue(encoded(opcode::close, frame->payload));
                finish_after_writing_ = true;
                return flush();
            }
            if (link_ != 0)
                parts_->on.sockets.received(link_, *frame);
            if (gone_)
                return;
        }
        if (frames_.broken() != 0) {
            parts_->on.log.add("violation",
                               {{"rule", "websocket_protocol"}, {"link", link_}, {"code", frames_.broken()}});
            if (link_ != 0)
                parts_->on.sockets.closed(std::exchange(link_, 0), "broke the protocol");
            close(frames_.broken(), "");
        }
    }

    void linger() {
        timer_.expires_after(close_wait);
        timer_.async_wait([self = self()](error_code ec) {
            if (!ec)
                self->cut();
        });
    }

    void queue(std::string bytes) {
        if (gone_)
            return;
        unsent_ += bytes.size();
        out_.push_back(std::move(bytes));
        if (unsent_ > unsent_limit)
            return net::post(stream_.get_executor(), [self = self()] { self->cut(); });
        flush();
    }

    // The peer is gone, but what it said before has perhaps arrived: reading finds the end by itself.
    void lost_for_writing() {
        unwritable_ = true;
        out_.clear();
        if (!upgraded_ || !reading_)
            cut();
    }

    void flush() {
        if (writing_ || gone_ || unwritable_)
            return;
        if (out_.empty()) {
            if (finish_after_writing_)
                cut();
            return;
        }
        writing_ = true;
        net::async_write(stream_, net::buffer(out_.front()),
                         [self = self()](error_code ec, std::size_t size) {
                             self->writing_ = false;
                             if (ec)
                                 return self->lost_for_writing();
                             self->unsent_ -= size;
                             self->out_.pop_front();
                             self->flush();
                         });
    }

    Stream stream_;
    net::steady_timer timer_;
    std::shared_ptr<shared_parts> parts_;
    boost::beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    frame_reader frames_;
    std::array<char, 16 * 1024> chunk_{};
    std::deque<std::string> out_;
    std::size_t unsent_ = 0;
    socket_mode::link_id link_ = 0;
    bool keep_alive_ = true;
    bool upgraded_ = false;
    bool streaming_ = false;
    bool reading_ = false;
    bool writing_ = false, unwritable_ = false;
    bool closing_ = false;
    bool deaf_ = false;
    bool gone_ = false;
    bool finish_after_writing_ = false;
};

} // namespace

struct server::inner : std::enable_shared_from_this<server::inner> {
    inner(net::io_context &context, platform &on)
        : io(context),
          acceptor(context),
          agenda(context),
          tls(net::ssl::context::tls_server),
          parts(std::make_shared<shared_parts>(shared_parts{on, {}, {}})) {}

    void listen(const listen_at &where) {
        secure = where.tls.has_value();
        if (secure) {
            tls.set_options(net::ssl::context::default_workarounds | net::ssl::context::no_tlsv1 |
                            net::ssl::context::no_tlsv1_1);
            tls.use_certificate_chain(net::buffer(where.tls->certificate));
            tls.use_private_key(net::buffer(where.tls->key), net::ssl::context::pem);
        }
        const auto address = net::ip::make_address(where.address);
        const tcp::endpoint endpoint(address, where.port);
        acceptor.open(endpoint.protocol());
        acceptor.set_option(net::socket_base::reuse_address(true));
        acceptor.bind(endpoint);
        acceptor.listen();
        host = address.is_v6() ? "[" + where.address + "]" : where.address;
        accept();
    }

    void accept() {
        acceptor.async_accept([self = shared_from_this()](error_code ec, tcp::socket socket) {
            if (ec == net::error::operation_aborted || !self->acceptor.is_open())
                return;
            if (!ec) {
                error_code ignored;
                socket.set_option(tcp::no_delay(true), ignored);
                if (self->secure)
                    std::make_shared<session<tls_stream>>(tls_stream(std::move(socket), self->tls),
                                                          self->parts)
                        ->start();
                else
                    std::make_shared<session<tcp::socket>>(std::move(socket), self->parts)->start();
            }
            self->accept();
        });
    }

    void wake() {
        const auto wait = parts->on.time.until_next();
        agenda.cancel();
        if (!wait || !acceptor.is_open())
            return;
        agenda.expires_after(*wait);
        agenda.async_wait([self = shared_from_this()](error_code ec) {
            if (ec)
                return;
            self->parts->on.time.run_due();
            self->wake();
        });
    }

    void stop() {
        error_code ignored;
        acceptor.close(ignored);
        agenda.cancel();
        const auto open = parts->open;
        for (const auto &each : open)
            each->cut();
    }

    net::io_context &io;
    tcp::acceptor acceptor;
    net::steady_timer agenda;
    net::ssl::context tls;
    std::shared_ptr<shared_parts> parts;
    std::string host;
    bool secure = false;
};

server::server(net::io_context &io, platform &on, const listen_at &where)
    : inner_(std::make_shared<inner>(io, on)) {
    inner_->parts->wake = [weak = std::weak_ptr(inner_)] {
        if (const auto self = weak.lock())
            self->wake();
    };
    inner_->listen(where);
    on.base_url = base_url();
}

server::~server() {
    stop();
}

unsigned short server::port() const {
    error_code ignored;
    return inner_->acceptor.local_endpoint(ignored).port();
}

std::string server::base_url() const {
    return (inner_->secure ? "https://" : "http://") + inner_->host + ":" + std::to_string(port());
}

std::string server::api_url() const {
    return base_url() + "/api/";
}

void server::stop() {
    inner_->stop();
}

void server::wake() {
    inner_->wake();
}

} // namespace workspace
