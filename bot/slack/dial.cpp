// Connecting; see dial.hpp.
#include "bot/slack/dial.hpp"

#include "bot/slack/awaiting.hpp"

#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <netinet/tcp.h>

namespace rapport::slack {
namespace {

void notice_dead_peers(asio::ip::tcp::socket &socket) {
    error_code ignored;
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    socket.set_option(asio::socket_base::keep_alive(true), ignored);
    const auto set = [&](int option, int value) {
        setsockopt(socket.native_handle(), IPPROTO_TCP, option, &value, sizeof value);
    };
    set(TCP_KEEPIDLE, 15);
    set(TCP_KEEPINTVL, 5);
    set(TCP_KEEPCNT, 3);
    set(TCP_USER_TIMEOUT, 20'000);
}

// Closes the socket if it is still waited for when the time is up.
void limit_attempt(asio::steady_timer &timer, asio::ip::tcp::socket &socket, std::shared_ptr<bool> waiting,
                   milliseconds limit) {
    timer.expires_after(limit);
    timer.async_wait([&socket, waiting = std::move(waiting)](error_code ec) {
        error_code ignored;
        if (!ec && *waiting)
            socket.close(ignored);
    });
}

} // namespace

asio::awaitable<error_code> dial(asio::ip::tcp::socket &socket,
                                 std::vector<asio::ip::tcp::endpoint> addresses, milliseconds limit) {
    error_code last = asio::error::host_not_found;
    asio::steady_timer timer(socket.get_executor());
    const auto until = std::chrono::steady_clock::now() + limit;
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        const auto left = std::chrono::duration_cast<milliseconds>(until - std::chrono::steady_clock::now());
        if (left <= milliseconds(0))
            break;
        error_code ignored;
        socket.close(ignored);
        const auto waiting = std::make_shared<bool>(true);
        limit_attempt(timer, socket, waiting, left / static_cast<int>(addresses.size() - i));
        const auto address = addresses[i];
        auto [ec] = co_await socket.async_connect(address, as_result);
        *waiting = false;
        timer.cancel();
        last = ec == asio::error::operation_aborted ? error_code(asio::error::timed_out) : ec;
        if (!ec && socket.is_open()) {
            notice_dead_peers(socket);
            co_return error_code();
        }
    }
    co_return last;
}

} // namespace rapport::slack
