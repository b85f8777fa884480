// The owner of time: everything below bot/ is told the hour. The demo and the tests put a moved clock behind
// the same one function; timers, leases and pacing run on the steady clock and never see it.
#pragma once

#include "mentoring/time.hpp"

#include <atomic>
#include <chrono>
#include <optional>
#include <string>

namespace rapport::bot {

class wall_clock {
  public:
    wall_clock() = default;
    wall_clock(const wall_clock &) = delete;
    wall_clock &operator=(const wall_clock &) = delete;
    virtual ~wall_clock() = default;

    // The time that rules are judged by and rows are stamped with.
    virtual instant now() const = 0;
};

// The machine's own.
class machine_clock final : public wall_clock {
  public:
    instant now() const override;
};

// The machine's clock moved by the number of milliseconds that stands in a file; 0 while the file is missing
// or unreadable. For tests of the whole program only (RAPPORT_TEST_CLOCK_OFFSET, docs/decisions/0600).
class followed_clock final : public wall_clock {
    std::string path_;
    std::atomic<std::int64_t> by_{0};

  public:
    explicit followed_clock(std::string path);
    instant now() const override;
    // Looks into the file. The time moves here and nowhere else, so that whoever lets it move can say so
    // before anything is judged by it.
    void follow();
};

using steady_point = std::chrono::steady_clock::time_point;

// Notices that the wall clock went elsewhere than the steady one: a correction, a suspended machine, a moved
// demo.
class jump_watch {
    instant wall_;
    steady_point steady_;

  public:
    static constexpr span_of_time tolerance = seconds{5};

    jump_watch(instant wall, steady_point steady) : wall_(wall), steady_(steady) {}

    // How far the wall clock jumped since the last look, if further than the tolerance; forward is positive.
    // A slow drift of less than that a look is ordinary correction and is taken as it comes.
    std::optional<span_of_time> look(instant wall, steady_point steady);
};

} // namespace rapport::bot
