// Waking, sleeping and stopping; see due_loop.hpp.
#include "bot/due_loop.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>

namespace rapport::bot {
namespace {

// A machine that slept may have lost a timer's worth of wall time; the jump watch wakes the loop for that,
// and this bounds what a missed waking could cost.
constexpr span_of_time longest_sleep = minutes{10};

} // namespace

struct due_loop::inside : std::enable_shared_from_this<inside> {
    boost::asio::any_io_executor executor;
    boost::asio::steady_timer timer;
    const wall_clock &clock;
    step what;
    bool running = false, woken = false, stopped = false;
    std::function<void()> idle;

    inside(boost::asio::any_io_executor on, const wall_clock &time, step one)
        : executor(on), timer(on), clock(time), what(std::move(one)) {}

    void run_soon() {
        woken = true;
        boost::asio::post(executor, [self = shared_from_this()] { self->run_if_woken(); });
    }

    void run_if_woken() {
        if (running || stopped || !woken)
            return;
        woken = false;
        running = true;
        timer.cancel();
        what([self = shared_from_this()](std::optional<instant> next) { self->ended(next); });
    }

    void ended(std::optional<instant> next) {
        running = false;
        if (stopped) {
            if (idle)
                std::exchange(idle, nullptr)();
            return;
        }
        if (woken)
            return run_soon();
        if (next)
            sleep_until(*next);
    }

    void sleep_until(instant next) {
        const auto wait = next - clock.now();
        if (wait <= span_of_time::zero())
            return run_soon();
        timer.expires_after(std::min(wait, longest_sleep));
        timer.async_wait([self = shared_from_this(), next](boost::system::error_code cancelled) {
            if (cancelled || self->stopped || self->running)
                return;
            if (self->clock.now() < next)
                return self->sleep_until(next);
            self->run_soon();
        });
    }

    void stop(std::function<void()> when_idle) {
        stopped = true;
        timer.cancel();
        if (running)
            idle = std::move(when_idle);
        else if (when_idle)
            boost::asio::post(executor, std::move(when_idle));
    }
};

due_loop::due_loop(boost::asio::any_io_executor on, const wall_clock &clock, step what)
    : inside_(std::make_shared<inside>(on, clock, std::move(what))) {}

due_loop::~due_loop() {
    inside_->stop({});
}

void due_loop::wake() {
    if (!inside_->stopped)
        inside_->run_soon();
}

void due_loop::stop(std::function<void()> idle) {
    inside_->stop(std::move(idle));
}

bool due_loop::running() const {
    return inside_->running;
}

} // namespace rapport::bot
