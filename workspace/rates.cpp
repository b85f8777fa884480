// Token buckets of the published tiers; see rates.hpp.
#include "workspace/rates.hpp"

#include <algorithm>
#include <cmath>

namespace workspace {

int rate_keeper::take(const std::string &key, steady_point now, double per_second, double burst) {
    auto &left = buckets_.try_emplace(key, rate_keeper::bucket{burst, now}).first->second;
    const std::chrono::duration<double> passed = now - left.filled;
    left.tokens = std::min(burst, left.tokens + passed.count() * per_second);
    left.filled = now;
    if (left.tokens < 1)
        return std::max(1, static_cast<int>(std::ceil((1 - left.tokens) / per_second)));
    left.tokens -= 1;
    return 0;
}

int rate_keeper::ask(steady_point now, std::string_view method, int per_minute, const std::string &channel) {
    if (method == "chat.postMessage")
        return take("chat.postMessage " + channel, now, 1, 4);
    return per_minute == 0 ? 0 : take(std::string(method), now, per_minute / 60.0, per_minute);
}

} // namespace workspace
