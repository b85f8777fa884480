// Accepting and serving over Beast; see status_server.hpp. Callbacks rather than coroutines: a connection is
// read, answered, closed, and its whole life hangs on one shared pointer.
#include "bot/status_server.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <charconv>
#include <optional>
#include <set>
#include <stdexcept>

namespace rapport::bot {
namespace asio = boost::asio;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;
using boost::system::error_code;

namespace {

[[noreturn]] void refuse(const std::string &address, const std::string &why) {
    throw std::runtime_error(
        "status address \"" + address + "\": " + why +
        "; write an address and a port such as \"127.0.0.1:8080\", port 0 for a free one");
}

tcp::endpoint endpoint_of(const std::string &address) {
    const auto colon = address.rfind(':');
    if (colon == std::string::npos)
        refuse(address, "has no port");
    auto host = address.substr(0, colon);
    const auto port_text = address.substr(colon + 1);
    if (host == "localhost")
        host = "127.0.0.1";
    if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    unsigned short port = 0;
    const auto [end, wrong] = std::from_chars(port_text.data(), port_text.data() + port_text.size(), port);
    if (wrong != std::errc{} || end != port_text.data() + port_text.size() || port_text.empty())
        refuse(address, "has no port from 0 to 65535");
    error_code no_address;
    const auto ip = asio::ip::make_address(host, no_address);
    if (no_address)
        refuse(address, "\"" + host + "\" is no IP address");
    return {ip, port};
}

http::response<http::string_body> response_of(status_reply what, unsigned version, bool with_body) {
    http::response<http::string_body> made{http::status(what.code), version};
    made.set(http::field::content_type, what.type);
    made.set(http::field::cache_control, "no-store");
    if (what.allow)
        made.set(http::field::allow, "GET, HEAD");
    made.keep_alive(false);
    made.content_length(what.body.size());
    if (with_body)
        made.body() = std::move(what.body);
    return made;
}

} // namespace

struct status_server::inside : std::enable_shared_from_this<inside> {
    struct connection {
        boost::beast::tcp_stream stream;
        boost::beast::flat_buffer buffer{16 * 1024};
        std::optional<http::request_parser<http::string_body>> parser{std::in_place};
        http::response<http::string_body> response;

        explicit connection(tcp::socket socket) : stream(std::move(socket)) {}
    };
    using held = std::shared_ptr<connection>;

    asio::any_io_executor executor;
    tcp::acceptor acceptor;
    asio::steady_timer rest;
    status_sources from;
    std::function<void(const std::string &)> accept_failed;
    status_limits limits;
    std::chrono::milliseconds next_rest;
    std::set<held> open;
    bool closed = false;

    inside(asio::any_io_executor on, status_sources sources, std::function<void(const std::string &)> failed,
           status_limits those)
        : executor(on),
          acceptor(on),
          rest(on),
          from(std::move(sources)),
          accept_failed(std::move(failed)),
          limits(those),
          next_rest(those.rest_least) {}

    void listen(const std::string &address) {
        const auto at = endpoint_of(address);
        error_code wrong;
        acceptor.open(at.protocol(), wrong);
        if (!wrong)
            acceptor.set_option(tcp::acceptor::reuse_address(true), wrong);
        if (!wrong)
            acceptor.bind(at, wrong);
        if (!wrong)
            acceptor.listen(64, wrong);
        if (wrong)
            refuse(address, wrong.message());
    }

    void accept() {
        acceptor.async_accept([self = shared_from_this()](error_code wrong, tcp::socket socket) {
            if (self->closed)
                return;
            if (wrong)
                return self->rest_a_while(wrong);
            self->next_rest = self->limits.rest_least;
            if (self->open.size() < self->limits.connections)
                self->serve(std::make_shared<connection>(std::move(socket)));
            self->accept();
        });
    }

    // With no file left, accepting again at once fails again at once and takes the whole thread.
    void rest_a_while(error_code why) {
        accept_failed(why.message());
        rest.expires_after(next_rest);
        next_rest = std::min(next_rest * 2, limits.rest_most);
        rest.async_wait([self = shared_from_this()](error_code) {
            if (!self->closed)
                self->accept();
        });
    }

    void serve(const held &one) {
        open.insert(one);
        one->stream.expires_after(limits.patience);
        one->parser->header_limit(static_cast<std::uint32_t>(limits.header_bytes));
        one->parser->body_limit(1024);
        http::async_read(
            one->stream, one->buffer, *one->parser,
            [self = shared_from_this(), one](error_code wrong, std::size_t) { self->heard(one, wrong); });
    }

    void heard(const held &one, error_code wrong) {
        if (closed)
            return;
        status_reply reply;
        unsigned version = 11;
        bool with_body = true;
        if (!wrong) {
            const auto &asked = one->parser->get();
            version = asked.version();
            with_body = asked.method() != http::verb::head;
            reply = answer_status(asked.method_string(), asked.target(), from);
        } else if (wrong == http::error::header_limit || wrong == http::error::buffer_overflow) {
            reply = {431, "text/plain; charset=utf-8", "The header is too long.\n", false};
        } else if (wrong == http::error::body_limit) {
            reply = {413, "text/plain; charset=utf-8", "No body is read here.\n", false};
        } else if (wrong.category() == make_error_code(http::error::bad_method).category() &&
                   wrong != http::error::end_of_stream && wrong != http::error::partial_message) {
            reply = {400, "text/plain; charset=utf-8", "That is not HTTP.\n", false};
        } else {
            return done(one);
        }
        one->response = response_of(std::move(reply), version, with_body);
        one->stream.expires_after(limits.patience);
        http::async_write(one->stream, one->response,
                          [self = shared_from_this(), one](error_code, std::size_t) {
                              error_code ignored;
                              one->stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
                              self->done(one);
                          });
    }

    void done(const held &one) {
        one->stream.close();
        open.erase(one);
    }

    void close() {
        closed = true;
        error_code ignored;
        acceptor.close(ignored);
        rest.cancel();
        for (const auto &one : open)
            one->stream.close();
        open.clear();
    }
};

status_server::status_server(asio::any_io_executor on, const std::string &address, status_sources from,
                             std::function<void(const std::string &)> accept_failed, status_limits limits)
    : inside_(std::make_shared<inside>(on, std::move(from), std::move(accept_failed), limits)) {
    inside_->listen(address);
    inside_->accept();
}

status_server::~status_server() {
    inside_->close();
}

std::string status_server::address() const {
    const auto at = inside_->acceptor.local_endpoint();
    const auto host = at.address().to_string();
    return (at.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(at.port());
}

} // namespace rapport::bot
