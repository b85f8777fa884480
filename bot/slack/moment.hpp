// Time inside the Slack client: the steady clock only, always handed in, so that every decision can be tested
// without waiting. Wall-clock times of the platform stay the strings they came as.
#pragma once

#include <chrono>

namespace rapport::slack {

using moment = std::chrono::steady_clock::time_point;
using std::chrono::milliseconds;
using std::chrono::seconds;

// Later than anything: "nothing to wait for".
inline constexpr moment never = moment::max();

} // namespace rapport::slack
