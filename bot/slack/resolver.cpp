// Lookups on threads of their own; see resolver.hpp.
#include "bot/slack/resolver.hpp"

#include "bot/slack/awaiting.hpp"

#include <boost/asio/post.hpp>

#include <map>
#include <mutex>
#include <netdb.h>
#include <optional>
#include <thread>

namespace rapport::slack {
namespace {

constexpr auto remembered_for = std::chrono::hours(1);

resolved ask_system(const std::string &host, const std::string &port) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV;
    addrinfo *found = nullptr;
    resolved out;
    if (const int wrong = getaddrinfo(host.c_str(), port.c_str(), &hints, &found); wrong != 0) {
        out.error = std::string("DNS: ") + gai_strerror(wrong);
        return out;
    }
    for (const auto *each = found; each; each = each->ai_next) {
        asio::ip::tcp::endpoint address;
        if (each->ai_addrlen > address.capacity())
            continue;
        std::copy_n(reinterpret_cast<const char *>(each->ai_addr), each->ai_addrlen,
                    reinterpret_cast<char *>(address.data()));
        address.resize(each->ai_addrlen);
        out.addresses.push_back(address);
    }
    freeaddrinfo(found);
    if (out.addresses.empty())
        out.error = "DNS: no address";
    return out;
}

// What needs no lookup.
std::vector<asio::ip::tcp::endpoint> known(const std::string &host, const std::string &port) {
    const auto number = static_cast<unsigned short>(std::strtoul(port.c_str(), nullptr, 10));
    if (host == "localhost")
        return {{asio::ip::address_v4::loopback(), number}, {asio::ip::address_v6::loopback(), number}};
    error_code ec;
    const auto address = asio::ip::make_address(host, ec);
    if (ec)
        return {};
    return {{address, number}};
}

} // namespace

// Shared with the lookup threads, which may outlive the resolver.
struct resolver::state {
    std::mutex mutex;
    bool closed = false; // guarded: after this nobody posts to the loop
    int running = 0;     // guarded
    asio::any_io_executor loop;
    lookup how;
    // On the loop only.
    struct remembered {
        std::vector<asio::ip::tcp::endpoint> addresses;
        moment at;
    };
    std::map<std::string, remembered> last_good;
};

resolver::resolver(asio::any_io_executor loop, lookup how) : state_(std::make_shared<state>()) {
    state_->loop = std::move(loop);
    state_->how = how ? std::move(how) : lookup(ask_system);
}

resolver::~resolver() {
    const std::lock_guard lock(state_->mutex);
    state_->closed = true;
}

bool resolver::begin(const std::shared_ptr<state> &shared, const std::shared_ptr<lookup_wait> &waiting,
                     const std::string &host, const std::string &port) {
    {
        const std::lock_guard lock(shared->mutex);
        if (shared->running >= lookups_most)
            return false;
        ++shared->running;
    }
    // The thread knows the job only weakly: a timer must not be destroyed on it.
    std::thread([shared, to = std::weak_ptr(waiting), host, port] {
        auto found = shared->how(host, port);
        const std::lock_guard lock(shared->mutex);
        --shared->running;
        if (shared->closed)
            return;
        asio::post(shared->loop, [to, found = std::move(found)]() mutable {
            if (const auto still = to.lock()) {
                still->answer_ = std::move(found);
                still->timer_.cancel();
            }
        });
    }).detach();
    return true;
}

// A coroutine begins when it is awaited, perhaps after the resolver is gone: it takes the state along.
asio::awaitable<resolved> resolver::resolve(std::shared_ptr<lookup_wait> wait, std::string host,
                                            std::string port, milliseconds limit) {
    return waited(state_, std::move(wait), std::move(host), std::move(port), limit);
}

asio::awaitable<resolved> resolver::waited(std::shared_ptr<state> shared, std::shared_ptr<lookup_wait> wait,
                                           std::string host, std::string port, milliseconds limit) {
    resolved out;
    out.addresses = known(host, port);
    if (!out.addresses.empty())
        co_return out;
    wait->timer_.expires_after(limit);
    if (wait->cancelled_) {
        out.error = "DNS: stopped";
        co_return out;
    }
    if (begin(shared, wait, host, port)) {
        co_await wait->timer_.async_wait(as_result);
        if (wait->cancelled_)
            out.error = "DNS: stopped";
        else if (wait->answer_)
            out = std::move(*wait->answer_);
        else
            out.error = "DNS: no answer in time";
    } else {
        out.error = "DNS: too many lookups hang";
    }
    const auto key = host + ":" + port;
    const auto now = std::chrono::steady_clock::now();
    if (!out.addresses.empty()) {
        shared->last_good[key] = {out.addresses, now};
        co_return out;
    }
    const auto old = shared->last_good.find(key);
    if (old != shared->last_good.end() && now - old->second.at < remembered_for)
        out.addresses = old->second.addresses;
    co_return out;
}

} // namespace rapport::slack
