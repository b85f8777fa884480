// Names to addresses without ever holding up the event loop or a shutdown: each lookup has a thread of its
// own that nobody joins, because a lookup in progress cannot be cancelled.
#pragma once

#include "bot/slack/moment.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rapport::slack {

struct resolved {
    std::vector<boost::asio::ip::tcp::endpoint> addresses; // empty where it failed
    std::string error;                                     // why, where it failed or old addresses are given
};

// One coroutine's wait for a lookup; cancelling it lets the lookup run on unheard.
class lookup_wait {
  public:
    explicit lookup_wait(const boost::asio::any_io_executor &loop) : timer_(loop) {}
    void cancel() {
        cancelled_ = true;
        timer_.cancel();
    }

  private:
    friend class resolver;
    boost::asio::steady_timer timer_;
    bool cancelled_ = false;
    std::optional<resolved> answer_;
};

class resolver {
  public:
    // A blocking lookup; runs on a thread of its own and must not touch anything that can go away.
    using lookup = std::function<resolved(const std::string &host, const std::string &port)>;

    // The system's own by default.
    explicit resolver(boost::asio::any_io_executor loop, lookup how = {});
    // Lookups still under way are left alone and their answers thrown away.
    ~resolver();
    resolver(const resolver &) = delete;

    // Addresses and "localhost" need no lookup. At most `limit` is waited; a failure within an hour of a
    // success gives the addresses of then. At most `lookups_most` run at once; more are refused.
    boost::asio::awaitable<resolved> resolve(std::shared_ptr<lookup_wait> wait, std::string host,
                                             std::string port, milliseconds limit);

    static constexpr int lookups_most = 8;

  private:
    struct state;

    static bool begin(const std::shared_ptr<state> &shared, const std::shared_ptr<lookup_wait> &waiting,
                      const std::string &host, const std::string &port);
    static boost::asio::awaitable<resolved> waited(std::shared_ptr<state> shared,
                                                   std::shared_ptr<lookup_wait> wait, std::string host,
                                                   std::string port, milliseconds limit);

    std::shared_ptr<state> state_;
};

} // namespace rapport::slack
