// The proxy's one poll loop; see proxy.hpp.
#include "tests/support/proxy.hpp"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <list>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace rapport::tests {
namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

void close_with_reset(int fd) {
    const linger now{1, 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close(fd);
}

// Moves what is there from one socket's buffer to the other; false when the connection is over.
bool fill(int from, std::string &waiting) {
    char buffer[65536];
    const auto got = read(from, buffer, sizeof buffer);
    if (got > 0) {
        waiting.append(buffer, static_cast<std::size_t>(got));
        return true;
    }
    return got < 0 && (errno == EAGAIN || errno == EINTR);
}

bool drain(int to, std::string &waiting) {
    const auto sent = send(to, waiting.data(), waiting.size(), MSG_NOSIGNAL);
    if (sent > 0)
        waiting.erase(0, static_cast<std::size_t>(sent));
    return sent >= 0 || errno == EAGAIN || errno == EINTR;
}

} // namespace

struct proxy::link {
    int client = -1, server = -1;
    std::string to_client, to_server;
    bool over = false;
};

proxy::proxy(std::uint16_t to) : to_(to) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    auto address = loopback(0);
    socklen_t size = sizeof address;
    if (bind(listener_, reinterpret_cast<sockaddr *>(&address), size) != 0 || listen(listener_, 64) != 0 ||
        pipe2(wake_, O_CLOEXEC | O_NONBLOCK) != 0)
        throw std::runtime_error(std::string("proxy: ") + std::strerror(errno));
    getsockname(listener_, reinterpret_cast<sockaddr *>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { run(); });
}

proxy::~proxy() {
    stop_ = true;
    wake();
    thread_.join();
    close(listener_);
    close(wake_[0]);
    close(wake_[1]);
}

void proxy::wake() {
    const char one = 1;
    [[maybe_unused]] const auto sent = write(wake_[1], &one, 1);
}

void proxy::set(network state) {
    state_ = state;
    wake();
}

void proxy::reset_all() {
    reset_all_ = true;
    wake();
}

void proxy::drop_all() {
    drop_all_ = true;
    wake();
}

void proxy::run() {
    std::list<link> links;
    std::vector<pollfd> waits;
    while (!stop_) {
        const auto state = state_.load();
        if (reset_all_.exchange(false))
            for (auto &each : links) {
                close_with_reset(each.client);
                close_with_reset(each.server);
                each.over = true;
                ++cut_;
            }
        if (drop_all_.exchange(false))
            for (auto &each : links)
                if (!each.over) {
                    close(each.client);
                    close(each.server);
                    each.over = true;
                    ++cut_;
                }
        links.remove_if([](const link &each) { return each.over; });

        waits.assign({{listener_, POLLIN, 0}, {wake_[0], POLLIN, 0}});
        for (const auto &each : links) {
            const bool moving = state != network::stalls;
            auto events = [&](const std::string &incoming, const std::string &outgoing) {
                return static_cast<short>((moving && incoming.size() < (1U << 20U) ? POLLIN : 0) |
                                          (moving && !outgoing.empty() ? POLLOUT : 0));
            };
            waits.push_back({each.client, events(each.to_server, each.to_client), 0});
            waits.push_back({each.server, events(each.to_client, each.to_server), 0});
        }
        poll(waits.data(), waits.size(), 1000);
        if (waits[1].revents != 0) {
            char sink[64];
            while (read(wake_[0], sink, sizeof sink) > 0) {
            }
            continue; // what was asked for comes first
        }
        std::size_t at = 2;
        for (auto &each : links) {
            const auto client = waits[at++].revents, server = waits[at++].revents;
            bool fine = true;
            if ((client & (POLLIN | POLLHUP | POLLERR)) != 0)
                fine = fill(each.client, each.to_server) && fine;
            if ((server & (POLLIN | POLLHUP | POLLERR)) != 0)
                fine = fill(each.server, each.to_client) && fine;
            if (state != network::stalls) {
                if (!each.to_server.empty())
                    fine = drain(each.server, each.to_server) && fine;
                if (!each.to_client.empty())
                    fine = drain(each.client, each.to_client) && fine;
            }
            if (!fine) {
                close(each.client);
                close(each.server);
                each.over = true;
            }
        }
        if ((waits[0].revents & POLLIN) == 0)
            continue;
        const auto client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (client < 0)
            continue;
        ++accepted_;
        const auto server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        auto address = loopback(to_);
        if (state == network::refuses ||
            connect(server, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0) {
            close_with_reset(client);
            close(server);
            continue;
        }
        fcntl(server, F_SETFL, O_NONBLOCK);
        links.push_back({client, server, {}, {}});
    }
    for (auto &each : links) {
        close(each.client);
        close(each.server);
    }
}

} // namespace rapport::tests
