// The scripted peer; see peer.hpp.
#include "tests/slack/peer.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>

namespace slack_tests {
namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
using tcp_socket = asio::ip::tcp::socket;
using tls_socket = asio::ssl::stream<tcp_socket>;

std::string accept_key(const std::string &key) {
    const auto whole = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    unsigned char digest[SHA_DIGEST_LENGTH];
    SHA1(reinterpret_cast<const unsigned char *>(whole.data()), whole.size(), digest);
    unsigned char out[64];
    EVP_EncodeBlock(out, digest, SHA_DIGEST_LENGTH);
    return reinterpret_cast<const char *>(out);
}

std::string header_of(const std::string &head, std::string name) {
    std::string lower = head;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    const auto at = lower.find("\r\n" + name + ":");
    if (at == std::string::npos)
        return {};
    const auto from = head.find_first_not_of(' ', at + 3 + name.size());
    return head.substr(from, head.find("\r\n", from) - from);
}

} // namespace

struct peer::state {
    asio::io_context &loop;
    asio::ip::tcp::acceptor acceptor;
    script what;
    wire kind;
    asio::ssl::context tls{asio::ssl::context::tls_server};
    int accepted = 0, secured = 0;
    std::string heard;
    std::vector<std::weak_ptr<talk>> talks;

    state(asio::io_context &on, script does, wire how)
        : loop(on), acceptor(on, {asio::ip::address_v4::loopback(), 0}), what(std::move(does)), kind(how) {}
};

namespace {

template <class Stream>
class talk_over final : public talk {
  public:
    template <class... Made>
    talk_over(std::weak_ptr<peer::state> at, tcp_socket socket, Made &...made)
        : at_(std::move(at)), stream_(std::move(socket), made...) {}

    tcp_socket &tcp() override {
        if constexpr (std::is_same_v<Stream, tls_socket>)
            return stream_.next_layer();
        else
            return stream_;
    }
    asio::awaitable<bool> begin() {
        if constexpr (std::is_same_v<Stream, tls_socket>) {
            auto [ec] = co_await stream_.async_handshake(asio::ssl::stream_base::server, as_result);
            if (const char *name = SSL_get_servername(stream_.native_handle(), TLSEXT_NAMETYPE_host_name))
                server_name = name;
            co_return !ec;
        }
        co_return true;
    }
    asio::awaitable<std::string> read_head() override {
        auto buffer = asio::dynamic_buffer(held_);
        auto [ec, size] = co_await asio::async_read_until(stream_, buffer, "\r\n\r\n", as_result);
        co_return taken(ec ? held_.size() : size);
    }
    asio::awaitable<std::string> read_exactly(std::size_t bytes) override {
        while (held_.size() < bytes) {
            char more[4096];
            auto space = asio::buffer(more);
            auto [ec, size] = co_await stream_.async_read_some(space, as_result);
            held_.append(more, size);
            if (ec)
                break;
        }
        co_return taken(std::min(bytes, held_.size()));
    }
    asio::awaitable<bool> write(std::string bytes) override {
        const auto whole = asio::buffer(bytes);
        auto [ec, size] = co_await asio::async_write(stream_, whole, as_result);
        co_return !ec;
    }

  private:
    std::string taken(std::size_t bytes) {
        auto out = held_.substr(0, bytes);
        held_.erase(0, bytes);
        if (const auto at = at_.lock())
            at->heard += out;
        return out;
    }

    std::weak_ptr<peer::state> at_;
    Stream stream_;
    std::string held_;
};

template <class Talk>
asio::awaitable<void> serve(std::shared_ptr<peer::state> at, std::shared_ptr<Talk> one) {
    at->talks.push_back(one);
    const bool secure = co_await one->begin();
    if (!secure)
        co_return;
    ++at->secured;
    const auto does = at->what;
    std::shared_ptr<talk> handed = one;
    co_await does(handed);
}

asio::awaitable<void> accept_all(std::shared_ptr<peer::state> at) {
    while (at->acceptor.is_open()) {
        tcp_socket socket(at->loop);
        auto [ec] = co_await at->acceptor.async_accept(socket, as_result);
        if (ec)
            co_return;
        ++at->accepted;
        if (at->kind == wire::plain) {
            auto one = std::make_shared<talk_over<tcp_socket>>(at, std::move(socket));
            asio::co_spawn(at->loop, serve(at, one), asio::detached);
        } else {
            auto one = std::make_shared<talk_over<tls_socket>>(at, std::move(socket), at->tls);
            asio::co_spawn(at->loop, serve(at, one), asio::detached);
        }
    }
}

} // namespace

peer::peer(asio::io_context &loop, script what, wire kind, std::optional<certificate> shown)
    : state_(std::make_shared<state>(loop, std::move(what), kind)) {
    if (kind != wire::plain) {
        const auto with = shown ? *shown : trusted().issue();
        state_->tls.use_certificate_chain(asio::buffer(with.chain_pem));
        state_->tls.use_private_key(asio::buffer(with.key_pem), asio::ssl::context::pem);
    }
    if (kind == wire::tls_1_1) {
        auto *const tls = state_->tls.native_handle();
        SSL_CTX_set_security_level(tls, 0);
        SSL_CTX_set_min_proto_version(tls, TLS1_VERSION);
        SSL_CTX_set_max_proto_version(tls, TLS1_1_VERSION);
    }
    asio::co_spawn(loop, accept_all(state_), asio::detached);
}

peer::~peer() {
    boost::system::error_code ignored;
    state_->acceptor.close(ignored);
    for (const auto &each : state_->talks)
        if (const auto one = each.lock())
            one->close();
}

unsigned short peer::port() const {
    return state_->acceptor.local_endpoint().port();
}

std::string peer::address(const std::string &scheme, const std::string &path) const {
    return scheme + "://localhost:" + std::to_string(port()) + path;
}

int peer::accepted() const {
    return state_->accepted;
}
int peer::secured() const {
    return state_->secured;
}
const std::string &peer::heard() const {
    return state_->heard;
}

std::string frame_bytes(int opcode, const std::string &payload, bool fin) {
    std::string out;
    out += static_cast<char>((fin ? 0x80 : 0) | opcode);
    if (payload.size() < 126) {
        out += static_cast<char>(payload.size());
    } else if (payload.size() < 65536) {
        out += static_cast<char>(126);
        out += static_cast<char>(payload.size() >> 8);
        out += static_cast<char>(payload.size() & 255);
    } else {
        out += static_cast<char>(127);
        for (int shift = 56; shift >= 0; shift -= 8)
            out += static_cast<char>((static_cast<std::uint64_t>(payload.size()) >> shift) & 255);
    }
    return out + payload;
}

asio::awaitable<std::string> talk::read_request() {
    auto head = co_await read_head();
    const auto length = header_of(head, "Content-Length");
    const auto bytes = length.empty() ? 0 : std::stoul(length);
    auto body = co_await read_exactly(bytes);
    co_return head + body;
}

asio::awaitable<bool> talk::answer(std::string body, std::string status, std::string headers) {
    auto whole = "HTTP/1.1 " + status +
                 "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                 "\r\n" + headers + "\r\n" + body;
    co_return co_await write(std::move(whole));
}

asio::awaitable<std::string> talk::accept_upgrade() {
    auto head = co_await read_head();
    auto out = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
               "Sec-WebSocket-Accept: " +
               accept_key(header_of(head, "Sec-WebSocket-Key")) + "\r\n\r\n";
    co_await write(std::move(out));
    co_return head;
}

asio::awaitable<seen_frame> talk::read_frame() {
    seen_frame out;
    auto head = co_await read_exactly(2);
    if (head.size() < 2)
        co_return out;
    const auto first = static_cast<unsigned char>(head[0]);
    const auto second = static_cast<unsigned char>(head[1]);
    std::size_t length = second & 127;
    if (length >= 126) {
        const std::size_t bytes = length == 126 ? 2 : 8;
        auto more = co_await read_exactly(bytes);
        length = 0;
        for (const unsigned char each : more)
            length = length << 8 | each;
    }
    std::string mask(4, '\0');
    out.masked = (second & 128) != 0;
    if (out.masked)
        mask = co_await read_exactly(4);
    out.payload = co_await read_exactly(length);
    for (std::size_t i = 0; i < out.payload.size(); ++i)
        out.payload[i] = static_cast<char>(out.payload[i] ^ mask[i % 4]);
    out.fin = (first & 128) != 0;
    out.opcode = first & 15;
    co_return out;
}

asio::awaitable<void> talk::hear_out() {
    std::string more = "x";
    while (!more.empty())
        more = co_await read_exactly(1);
}

void talk::reset() {
    boost::system::error_code ignored;
    tcp().set_option(asio::socket_base::linger(true, 0), ignored);
    tcp().close(ignored);
}
void talk::half_close() {
    boost::system::error_code ignored;
    tcp().shutdown(tcp_socket::shutdown_send, ignored);
}
void talk::close() {
    boost::system::error_code ignored;
    tcp().close(ignored);
}

void run_until(asio::io_context &loop, const std::function<bool()> &holds) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!holds()) {
        if (std::chrono::steady_clock::now() > until) {
            FAIL("what was waited for did not happen in ten seconds");
            return;
        }
        loop.restart();
        loop.run_one_for(std::chrono::milliseconds(50));
    }
}

void run_for(asio::io_context &loop, std::chrono::milliseconds time) {
    loop.restart();
    loop.run_for(time);
}

} // namespace slack_tests
