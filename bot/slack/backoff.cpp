// Exponential waits with jitter; see backoff.hpp.
#include "bot/slack/backoff.hpp"

#include <algorithm>

namespace rapport::slack {

milliseconds backoff::between(milliseconds least, milliseconds most) {
    if (most <= least)
        return least;
    return milliseconds(std::uniform_int_distribution<long>(least.count(), most.count())(dice_));
}

milliseconds backoff::doubled(milliseconds first, int times, milliseconds most) const {
    auto out = first;
    for (int i = 0; i < times && out < most; ++i)
        out *= 2;
    return std::min(out, most);
}

milliseconds backoff::after(trouble what, std::optional<seconds> asked) {
    // The streak grows with every failure of whatever kind, so alternating kinds cannot keep the waits short.
    const int before = streak_++;
    if (asked) {
        const auto wait = std::chrono::duration_cast<milliseconds>(*asked);
        return between(wait, wait + wait / 10);
    }
    switch (what) {
    case trouble::none:
        --streak_;
        return milliseconds(0);
    case trouble::network:
        return between(limits_.least, doubled(limits_.first, before, limits_.network_most));
    case trouble::unknown:
        return between(limits_.first, doubled(limits_.first * 2, before, limits_.unknown_most));
    case trouble::rate_limited: {
        constexpr milliseconds unsaid{30'000};
        return between(unsaid, unsaid + unsaid / 10);
    }
    case trouble::too_many: {
        // The jitter lies on top: never earlier than the floor.
        const auto wait = doubled(limits_.too_many_least, too_many_streak_++, limits_.too_many_most);
        return between(wait, wait + wait / 4);
    }
    case trouble::disabled: {
        const auto wait = doubled(limits_.disabled_least, disabled_streak_++, limits_.disabled_most);
        return between(wait, std::min(wait + wait / 10, limits_.disabled_most));
    }
    case trouble::fatal:
        break;
    }
    return milliseconds::max();
}

} // namespace rapport::slack
