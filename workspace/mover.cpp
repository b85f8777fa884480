// Visiting what is due, in order; see mover.hpp.
#include "workspace/mover.hpp"

#include <algorithm>
#include <utility>

namespace workspace {

void mover::move_to(instant target, told done) {
    if (moving())
        return done("the clock is already moving");
    target_ = target;
    done_ = std::move(done);
    looks_ = quiet_ = passed_ = 0;
    look();
}

void mover::wait_until_idle(told done) {
    move_to(hooks_.now(), std::move(done));
}

// Two quiet looks in a row: between a message and the event it causes the app is idle for a moment.
void mover::look() {
    quiet_ = hooks_.idle() ? quiet_ + 1 : 0;
    if (++looks_ > patience_)
        return end("the app does not come to rest; the clock stands where it got to");
    if (quiet_ < 2)
        return hooks_.soon([this] { look(); });
    hooks_.next_due([this](std::optional<instant> due) { decide(due); });
}

void mover::decide(std::optional<instant> due) {
    const auto now = hooks_.now();
    if (!due || *due > target_)
        return now < target_ ? go(target_) : end({});
    if (*due > now)
        return go(*due);
    if (++passed_ < chances) {
        quiet_ = 0;
        return hooks_.soon([this] { look(); });
    }
    if (now >= target_)
        return end({});
    go(std::min(target_, now + over_what_waits));
}

void mover::go(instant to) {
    looks_ = quiet_ = passed_ = 0;
    hooks_.set(to);
    hooks_.soon([this] { look(); });
}

void mover::end(const std::string &wrong) {
    const auto done = std::exchange(done_, nullptr);
    done(wrong);
}

} // namespace workspace
