// The ring of changes; see feed.hpp.
#include "workspace/feed.hpp"

#include <algorithm>

namespace workspace {
namespace {

constexpr std::size_t kept = 1000;

bool may_hear(const change &what, const std::string &user) {
    return user.empty() || what.audience.empty() ||
           std::find(what.audience.begin(), what.audience.end(), user) != what.audience.end();
}

} // namespace

std::uint64_t feed::tell(std::string kind, json what, std::vector<std::string> audience) {
    ring_.push_back({++last_, std::move(kind), std::move(what), std::move(audience)});
    if (ring_.size() > kept)
        ring_.pop_front();
    const auto &told = ring_.back();
    std::erase_if(listening_, [&](const ear &each) { return may_hear(told, each.user) && !each.who(told); });
    return last_;
}

void feed::listen(std::string user, std::uint64_t after, listener who) {
    for (const auto &each : ring_)
        if (each.seq > after && may_hear(each, user) && !who(each))
            return;
    listening_.push_back({std::move(user), std::move(who)});
}

} // namespace workspace
