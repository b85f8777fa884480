// Token buckets; see pacing.hpp.
#include "bot/slack/pacing.hpp"

#include <algorithm>
#include <cmath>

namespace rapport::slack {
namespace {

// A channel takes one message a second, with short bursts.
constexpr double channel_per_second = 1.0;
constexpr int channel_burst = 3;
// Channel buckets kept before the full ones, which say nothing, are forgotten.
constexpr std::size_t channels_kept = 4096;
constexpr auto half_pace_for = std::chrono::minutes(1);

moment full_after(double missing, double per_second, moment now) {
    // Rounded up to a whole millisecond, and one more: never asked a moment too early again.
    return now + milliseconds(static_cast<long>(std::ceil(missing / per_second * 1000.0)) + 1);
}

} // namespace

seconds wait_asked_by(std::string_view retry_after) {
    constexpr seconds missing{30}, most{900};
    const auto from = retry_after.find_first_not_of(" \t");
    if (from == std::string_view::npos)
        return missing;
    const auto to = retry_after.find_last_not_of(" \t\r");
    const auto digits = retry_after.substr(from, to - from + 1);
    long value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9')
            return missing;
        value = std::min(value * 10 + (c - '0'), most.count());
    }
    return std::max(seconds(1), seconds(value));
}

void pacing::refill(bucket &b, double per_second, int burst, moment now) {
    if (b.fresh) {
        b.fresh = false;
        b.tokens = burst;
        b.filled_at = now;
    } else if (now > b.filled_at) {
        const std::chrono::duration<double> passed = now - b.filled_at;
        b.tokens = std::min<double>(burst, b.tokens + passed.count() * per_second);
    }
    b.filled_at = std::max(b.filled_at, now);
}

moment pacing::ask(const call_shape &call, moment now) {
    const auto pace = facts_of(call.call).pace;
    auto &of_method = methods_[{std::string(call.team), call.call}];
    if (now < of_method.blocked_until)
        return of_method.blocked_until;
    const bool slow = now < of_method.slow_until;
    const double per_second = pace.refill_per_second() * (slow ? 0.5 : 1.0);
    refill(of_method, per_second, pace.burst(), now);

    // Background calls leave a fifth of the burst (at least one where there is more than one) to people.
    const int kept =
        call.urgency == priority::interactive || pace.burst() < 2 ? 0 : std::max(1, pace.burst() / 5);
    const double needed = 1.0 + kept;
    if (of_method.tokens < needed)
        return full_after(needed - of_method.tokens, per_second, now);

    if (call.call == method::chat_post_message && !call.channel.empty()) {
        if (channels_.size() >= channels_kept)
            forget_idle_channels(now);
        auto &of_channel = channels_[{std::string(call.team), std::string(call.channel)}];
        refill(of_channel, channel_per_second, channel_burst, now);
        if (of_channel.tokens < 1.0)
            return full_after(1.0 - of_channel.tokens, channel_per_second, now);
        of_channel.tokens -= 1.0;
    }
    of_method.tokens -= 1.0;
    return now;
}

void pacing::rest(std::string_view team, method call, seconds wait, moment now) {
    auto &b = methods_[{std::string(team), call}];
    // Emptied: after a rest the pace starts from nothing instead of from a saved-up burst.
    b.blocked_until = std::max(b.blocked_until, now + wait);
    b.slow_until = b.blocked_until + half_pace_for;
    b.fresh = false;
    b.tokens = 1.0 + facts_of(call).pace.burst() / 5;
    b.filled_at = b.blocked_until;
}

moment pacing::resting_until(std::string_view team, method call) const {
    const auto found = methods_.find(std::pair<std::string, method>(team, call));
    return found == methods_.end() ? moment{} : found->second.blocked_until;
}

void pacing::forget_idle_channels(moment now) {
    std::erase_if(channels_,
                  [&](const auto &each) { return now - each.second.filled_at > seconds(channel_burst + 1); });
}

} // namespace rapport::slack
