// A thin loop around a step: runs it, sleeps until the instant it named, or until woken, and runs it again.
// One step at a time, never two. Planner and courier are such loops; what they do is in their steps.
#pragma once

#include "bot/clock.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>
#include <optional>

namespace rapport::bot {

class due_loop {
  public:
    // Told by a step, once, on the loop's thread: when to run again. None: only when woken. An instant that
    // has passed: at once, after everything else that waits on the thread.
    using told = std::function<void(std::optional<instant> next)>;
    using step = std::function<void(told)>;

    due_loop(boost::asio::any_io_executor on, const wall_clock &clock, step what);
    ~due_loop();
    due_loop(const due_loop &) = delete;
    due_loop &operator=(const due_loop &) = delete;

    // Runs the step as soon as may be: now, or after the one that is running. A hundred wakings in the
    // meantime are one. Also what a jump of the clock asks for.
    void wake();
    // Starts no further step; `idle` is called once none is running.
    void stop(std::function<void()> idle);

    bool running() const;

  private:
    struct inside;
    std::shared_ptr<inside> inside_;
};

} // namespace rapport::bot
