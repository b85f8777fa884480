// Opening, posting, showing again; see stage.hpp.
#include "bot/simulate/stage.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport::simulate {
namespace {

std::string in_order(std::string one, std::string other) {
    if (other < one)
        std::swap(one, other);
    return one + "," + other;
}

bot::platform_answer done(std::string body) {
    return {slack::failure::none, {}, std::move(body), {}};
}

} // namespace

std::string stage::stamp(instant now) {
    last_stamp_ = std::max(last_stamp_ + 1, now.time_since_epoch().count() * 1000);
    return fmt::format("{}.{:06}", last_stamp_ / 1'000'000, last_stamp_ % 1'000'000);
}

std::string stage::conversation_of(const slack_id &one, const slack_id &other) const {
    const auto found = group_of_.find(in_order(one.str(), other.str()));
    return found == group_of_.end() ? std::string() : found->second;
}

bot::platform_answer stage::call(slack::method what, const std::string &body,
                                 const std::vector<std::string> &rows, instant now) {
    switch (what) {
    case slack::method::conversations_open: {
        const auto users = read_call(body).users;
        const auto comma = users.find(',');
        if (comma == std::string::npos)
            return done(
                fmt::format(R"({{"ok":true,"channel":{{"id":"{}"}}}})", direct_with(slack_id{users})));
        auto &group = group_of_[in_order(users.substr(0, comma), users.substr(comma + 1))];
        if (group.empty())
            group = fmt::format("G{:06}", group_of_.size());
        return done(fmt::format(R"({{"ok":true,"channel":{{"id":"{}"}}}})", group));
    }
    case slack::method::chat_post_message: {
        letter one{now, read_call(body).channel, stamp(now), read_message(body), rows};
        auto said = fmt::format(R"({{"ok":true,"channel":"{}","ts":"{}"}})", one.channel, one.ts);
        arrived_.push_back(std::move(one));
        return done(std::move(said));
    }
    case slack::method::chat_update: {
        const auto at = read_call(body);
        return done(fmt::format(R"({{"ok":true,"channel":"{}","ts":"{}"}})", at.channel, at.ts));
    }
    default:
        return done(R"({"ok":true})");
    }
}

} // namespace rapport::simulate
