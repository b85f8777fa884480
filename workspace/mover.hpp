// Moving a workspace's time on for an app that has duties: every instant at which something falls due is
// visited in order, and at each the app finishes what it has to do before the time goes further. It knows
// neither app nor sockets.
#pragma once

#include "workspace/timeline.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace workspace {

// How the mover sees whoever keeps the time and whoever works by it. Everything is called on one thread.
struct mover_hooks {
    std::function<instant()> now;
    std::function<void(instant)> set; // moves the time, and tells the app
    std::function<bool()> idle;       // nothing is under way in the app
    // Asks when something is next due; answers once, now or later. Nothing: nothing is.
    std::function<void(std::function<void(std::optional<instant>)>)> next_due;
    std::function<void(std::function<void()>)> soon; // calls back after a short wait that is not this time
};

class mover {
  public:
    using told = std::function<void(std::string wrong)>; // empty: done

    // How many looks without an end are too many: the app is stuck, and the move is given up.
    explicit mover(mover_hooks hooks, int patience = 6'000) : hooks_(std::move(hooks)), patience_(patience) {}

    // Goes to `target`, at once if that is not ahead; then, like wait_until_idle, waits for what it started.
    // Refused while another move is under way.
    void move_to(instant target, told done);
    void wait_until_idle(told done);
    bool moving() const {
        return static_cast<bool>(done_);
    }

  private:
    void look();
    void decide(std::optional<instant> due);
    void go(instant to);
    void end(const std::string &wrong);

    // What is due and not taken after this many looks (about half a second) waits for its own reasons.
    static constexpr int chances = 50;
    static constexpr std::chrono::minutes over_what_waits{1};

    mover_hooks hooks_;
    int patience_;
    instant target_{};
    told done_;
    int looks_ = 0;  // since the time last moved
    int quiet_ = 0;  // looks in a row at which the app was idle
    int passed_ = 0; // looks at something due that is not taken
};

} // namespace workspace
