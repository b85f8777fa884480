// The service: everything put together, in the order of its life. Status first; then the database, the
// policies, the platform's word on who we are, the link; and the same back when it is told to stop.
#pragma once

#include "bot/clock.hpp"
#include "bot/logging.hpp"
#include "bot/opening.hpp"
#include "config/settings.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace boost::asio {
class io_context;
}

namespace rapport::bot {

struct app_limits {
    std::chrono::milliseconds requests_finish{3'000}; // in flight, when stopping
    std::chrono::milliseconds stop{10'000};           // all of it; then what is left is cut
    std::chrono::milliseconds tick{1'000};            // between looks at the clocks
    std::chrono::seconds ready_notice{60};            // systemd hears READY by then, with why it is not
    std::chrono::seconds link_silence{20};            // a link without a frame for longer is not ready
    bool keeps_pace = true;                           // of calls; see web_api.hpp
};

struct app_options {
    config::settings settings;
    std::vector<policy_source> programs;
    const wall_clock &clock;
    // Somebody moves the clock on purpose (a test, the demo): its jumps are no time in which nobody listened.
    bool clock_is_moved = false;
    logger &log;
    app_limits limits = {};
    std::function<void()> follow_clock = {}; // called at each tick: the only time at which the clock may move
};

class app {
  public:
    // Does nothing until start(). One thread runs the io_context; everything but the database is on it.
    app(boost::asio::io_context &io, app_options options);
    ~app();
    app(const app &) = delete;

    // Throws std::runtime_error where the status address cannot be had. All that goes wrong later ends the
    // app: `ended` is called once, with the exit status, after stop() or a fault that no waiting mends.
    void start(std::function<void(int status)> ended);
    void stop();

    std::string status_address() const; // with the port that was taken
    bool ready() const;                 // as /readyz says

    // For whoever moves the clock: the clock is somewhere else now. Plans again and looks at what is due.
    void clock_moved();
    // Nothing is under way: no request, no plan, no call, no answer.
    bool idle() const;
    // When something is next due to be planned or sent, asked of the database; none: nothing is.
    void next_due(std::function<void(std::optional<instant>)> told);

  private:
    struct inside;
    std::shared_ptr<inside> inside_;
};

} // namespace rapport::bot
