// What systemd hears.
#include "bot/service_notice.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace rapport::bot;

namespace {

// A service manager's end of the socket, in the abstract name space: no file to clean up.
struct listener {
    std::string name = "@rapport-notice-" + std::to_string(::getpid());
    int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    listener() {
        sockaddr_un at{};
        at.sun_family = AF_UNIX;
        std::memcpy(at.sun_path, name.data(), name.size());
        at.sun_path[0] = '\0';
        REQUIRE(::bind(fd, reinterpret_cast<sockaddr *>(&at),
                       static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size())) == 0);
    }
    ~listener() {
        ::close(fd);
    }
    std::string heard() const {
        char text[256];
        const auto n = ::recv(fd, text, sizeof text, MSG_DONTWAIT);
        return n < 0 ? std::string() : std::string(text, static_cast<std::size_t>(n));
    }
};

} // namespace

TEST_CASE("each notice is one datagram") {
    listener manager;
    const service_notice notice(manager.name);
    notice.ready();
    CHECK(manager.heard() == "READY=1");
    notice.alive();
    CHECK(manager.heard() == "WATCHDOG=1");
    notice.status("waiting for the platform");
    CHECK(manager.heard() == "STATUS=waiting for the platform");
    notice.stopping();
    CHECK(manager.heard() == "STOPPING=1");
    CHECK(manager.heard().empty());
}

TEST_CASE("with nobody listening, or a name that is no socket, nothing happens") {
    service_notice(std::string()).ready();
    service_notice("/nowhere/at/all").ready();
    service_notice(std::string(500, 'x')).ready();
    CHECK_FALSE(service_notice(std::string()).listened());
}

TEST_CASE("the watchdog's period is taken only when it is meant for this process") {
    const auto period = [](const char *usec, const std::string &pid) {
        ::setenv("WATCHDOG_USEC", usec, 1);
        ::setenv("WATCHDOG_PID", pid.c_str(), 1);
        const auto told = service_notice::watchdog_period();
        ::unsetenv("WATCHDOG_USEC");
        ::unsetenv("WATCHDOG_PID");
        return told;
    };
    CHECK(period("30000000", std::to_string(::getpid())) == std::chrono::seconds(30));
    CHECK_FALSE(period("30000000", "1"));
    CHECK_FALSE(period("soon", std::to_string(::getpid())));
    CHECK_FALSE(service_notice::watchdog_period());
}
