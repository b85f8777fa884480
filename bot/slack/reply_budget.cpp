// Counting uses of a response_url; see reply_budget.hpp.
#include "bot/slack/reply_budget.hpp"

#include <functional>

namespace rapport::slack {
namespace {
constexpr int uses_most = 5;
constexpr auto life = std::chrono::minutes(30);
constexpr std::size_t kept = 4096;
} // namespace

bool reply_budget::take(std::string_view response_url, moment now) {
    if (uses_.size() >= kept)
        std::erase_if(uses_, [&](const auto &each) { return now - each.second.first > life; });
    auto &of_url = uses_[std::hash<std::string_view>{}(response_url)];
    if (of_url.count == 0)
        of_url.first = now;
    if (of_url.count >= uses_most || now - of_url.first > life)
        return false;
    ++of_url.count;
    return true;
}

void reply_budget::give_back(std::string_view response_url) {
    const auto found = uses_.find(std::hash<std::string_view>{}(response_url));
    if (found != uses_.end() && found->second.count > 0)
        --found->second.count;
}

} // namespace rapport::slack
