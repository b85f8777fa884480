// One datagram a notice; see service_notice.hpp.
#include "bot/service_notice.hpp"

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace rapport::bot {
namespace {

std::string environment(const char *name) {
    const char *value = std::getenv(name);
    return value ? value : "";
}

template <class Number>
std::optional<Number> number_in(const std::string &text) {
    Number n{};
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (wrong != std::errc{})
        return std::nullopt;
    if (end != text.data() + text.size())
        return std::nullopt;
    return n;
}

} // namespace

service_notice::service_notice() : socket_(environment("NOTIFY_SOCKET")) {}

void service_notice::send(const std::string &state) const {
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    if (socket_.empty())
        return;
    if (socket_.size() >= sizeof to.sun_path)
        return;
    std::memcpy(to.sun_path, socket_.data(), socket_.size());
    if (to.sun_path[0] == '@')
        to.sun_path[0] = '\0';
    const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
    // a notice that cannot be delivered is the service manager's loss; the next one says it again
    (void)::sendto(fd, state.data(), state.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
                   reinterpret_cast<const sockaddr *>(&to), length);
    ::close(fd);
}

void service_notice::ready() const {
    send("READY=1");
}

void service_notice::alive() const {
    send("WATCHDOG=1");
}

void service_notice::stopping() const {
    send("STOPPING=1");
}

void service_notice::status(std::string_view one_line) const {
    send("STATUS=" + std::string(one_line));
}

std::optional<std::chrono::microseconds> service_notice::watchdog_period() {
    const auto microseconds = number_in<std::int64_t>(environment("WATCHDOG_USEC"));
    if (!microseconds)
        return std::nullopt;
    const auto whose = number_in<pid_t>(environment("WATCHDOG_PID"));
    if (whose && *whose != ::getpid())
        return std::nullopt;
    return std::chrono::microseconds{*microseconds};
}

} // namespace rapport::bot
