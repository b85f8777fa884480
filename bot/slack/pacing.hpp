// When a call may be made: token buckets for each (workspace, method) and each channel, and the waits the
// platform asked for. Decides only; whoever calls waits.
#pragma once

#include "bot/slack/api.hpp"
#include "bot/slack/moment.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace rapport::slack {

// A person waits for an interactive call: it may use the last of a bucket, which background calls leave free.
enum class priority { interactive, background };

// The wait a Retry-After header asks for: whole seconds; 30 s where it is missing or no number, at least 1 s,
// at most 15 minutes.
seconds wait_asked_by(std::string_view retry_after);

struct call_shape {
    std::string_view team; // the workspace, as the caller names it
    method call = method::auth_test;
    std::string_view channel; // for chat.postMessage; may be empty
    priority urgency = priority::background;
};

class pacing {
  public:
    // `now` or earlier: go, the slot is taken. Later: nothing was taken, ask again then. One method never
    // waits for another.
    moment ask(const call_shape &call, moment now);

    // The platform said 429: that method of that workspace rests, and then goes at half pace for a minute.
    void rest(std::string_view team, method call, seconds wait, moment now);

    // Until when the platform asked us to leave this method alone; in the past where it did not.
    moment resting_until(std::string_view team, method call) const;

    // Buckets held, for the limit's test.
    std::size_t size() const {
        return methods_.size() + channels_.size();
    }

  private:
    struct bucket {
        bool fresh = true;
        double tokens = 0;
        moment filled_at{};
        moment blocked_until{};
        moment slow_until{};
    };

    static void refill(bucket &b, double per_second, int burst, moment now);
    void forget_idle_channels(moment now);

    std::map<std::pair<std::string, method>, bucket, std::less<>> methods_;
    std::map<std::pair<std::string, std::string>, bucket, std::less<>> channels_;
};

} // namespace rapport::slack
