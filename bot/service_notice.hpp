// What systemd is told over $NOTIFY_SOCKET (sd_notify(3)), without its library: ready, alive, stopping, and a
// status line. Does nothing where nobody listens.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace rapport::bot {

class service_notice {
    std::string socket_; // a path, or an abstract name that starts with '@'; empty: nobody listens

    void send(const std::string &state) const;

  public:
    service_notice(); // from the environment
    explicit service_notice(std::string socket) : socket_(std::move(socket)) {}

    bool listened() const {
        return !socket_.empty();
    }
    void ready() const;
    void alive() const; // WATCHDOG=1: only after a round trip through the network thread and the database
    void stopping() const;
    void status(std::string_view one_line) const;

    // How often systemd wants to hear `alive`, as its unit file says; none if it does not watch this process.
    static std::optional<std::chrono::microseconds> watchdog_period();
};

} // namespace rapport::bot
