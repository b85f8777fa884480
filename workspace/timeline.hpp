// The workspace's two clocks and its one agenda. Messages and events carry the workspace's time, which can be
// moved on; acks, pings, triggers and response URLs live by the steady one. Nothing here waits: the owner
// asks how long until something falls due, and calls run_due() then.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace workspace {

using instant = std::chrono::sys_time<std::chrono::microseconds>;
using steady_point = std::chrono::steady_clock::time_point;
using span = std::chrono::milliseconds;

enum class by { steady, workspace };

class timeline {
  public:
    using steady_source = std::function<steady_point()>;

    // Starts at `start` and runs at the speed of `steady`; tests hand in a steady clock they move by hand.
    explicit timeline(instant start, steady_source steady = std::chrono::steady_clock::now);

    instant now() const;
    steady_point steady() const;
    span since_start() const; // steady

    void advance(span by); // moves the workspace's time only; may be negative
    void set(instant to);
    void hold(bool still); // while held, the workspace's time moves only by advance and set
    bool held() const;

    using ticket = std::uint64_t;
    ticket after(span wait, by clock, std::function<void()> what);
    void cancel(ticket which); // unknown or already run: nothing happens

    void run_due();
    // Steady time until the next entry, zero if one is due; nothing if the agenda is empty, or if all that is
    // on it waits for a workspace clock that is held.
    std::optional<span> until_next() const;

  private:
    struct entry {
        by clock;
        std::int64_t due;
        std::function<void()> what;
    };

    std::int64_t reading(by clock) const; // microseconds
    std::optional<ticket> first_due() const;

    steady_source source_;
    steady_point started_;
    steady_point anchor_;
    instant base_;
    bool held_ = false;
    ticket last_ = 0;
    std::map<ticket, entry> entries_;
    std::set<std::pair<std::int64_t, ticket>> steady_order_;
    std::set<std::pair<std::int64_t, ticket>> workspace_order_;
};

} // namespace workspace
