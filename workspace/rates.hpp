// The published rate tiers, enforced when the workspace is told to: calls a minute for each method, and about
// one message a second for each channel, with short bursts tolerated.
#pragma once

#include "workspace/timeline.hpp"

#include <map>
#include <string>
#include <string_view>

namespace workspace {

class rate_keeper {
  public:
    // 0: go ahead; otherwise the whole seconds of Retry-After. `per_minute` 0: no tier of its own.
    int ask(steady_point now, std::string_view method, int per_minute, const std::string &channel);

  private:
    struct bucket {
        double tokens = 0;
        steady_point filled;
    };

    int take(const std::string &key, steady_point now, double per_second, double burst);

    std::map<std::string, bucket> buckets_;
};

} // namespace workspace
