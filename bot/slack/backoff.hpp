// How long to wait after a failure before the next connection: one object that every failure path feeds, so
// that no path can storm around it. Decides only.
#pragma once

#include "bot/slack/moment.hpp"
#include "bot/slack/words.hpp"

#include <cstdint>
#include <optional>
#include <random>

namespace rapport::slack {

// What kind of failure it was; each has its own floor and cap.
enum class trouble {
    none,         // an orderly end: no wait
    network,      // DNS, TCP, TLS, upgrade, silence, 5xx, internal_error: cap 45 s
    unknown,      // an error word nobody knows: cap 5 min
    rate_limited, // the platform said for how long
    too_many,     // too_many_websockets: at least 30 s, cap 5 min
    disabled,     // link_disabled: 60 s growing to 10 min
    fatal,        // never again
};

inline constexpr choices<trouble, 7> trouble_words{{
    {trouble::none, "none"},
    {trouble::network, "network"},
    {trouble::unknown, "unknown"},
    {trouble::rate_limited, "rate_limited"},
    {trouble::too_many, "too_many"},
    {trouble::disabled, "disabled"},
    {trouble::fatal, "fatal"},
}};

struct backoff_limits {
    milliseconds least{250};
    milliseconds first{1'000};
    milliseconds network_most{45'000};
    milliseconds unknown_most{300'000};
    milliseconds too_many_least{30'000};
    milliseconds too_many_most{300'000};
    milliseconds disabled_least{60'000};
    milliseconds disabled_most{600'000};
};

class backoff {
  public:
    backoff(const backoff_limits &limits, std::uint64_t seed) : limits_(limits), dice_(seed) {}

    // The wait after this failure. `asked` is what the platform asked for; it wins over our own, with a tenth
    // of jitter on top.
    milliseconds after(trouble what, std::optional<seconds> asked);

    // A connection stayed up long enough to believe in it.
    void settle() {
        streak_ = disabled_streak_ = too_many_streak_ = 0;
    }

    int streak() const {
        return streak_;
    }

  private:
    milliseconds between(milliseconds least, milliseconds most);
    milliseconds doubled(milliseconds first, int times, milliseconds most) const;

    backoff_limits limits_;
    std::mt19937_64 dice_;
    int streak_ = 0, disabled_streak_ = 0, too_many_streak_ = 0;
};

} // namespace rapport::slack
