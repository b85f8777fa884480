// The verbs of the workspace's state; see state.hpp.
#include "workspace/state.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace workspace {
namespace {

template <class Map>
auto *found_in(Map &map, std::string_view id) {
    const auto at = map.find(std::string(id));
    return at == map.end() ? nullptr : &at->second;
}

} // namespace

long long seconds_of(instant at) {
    return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

bool conversation::has(std::string_view user) const {
    return std::find(members.begin(), members.end(), user) != members.end();
}

const message *conversation::find(std::string_view ts) const {
    const auto at = std::lower_bound(messages.begin(), messages.end(), ts,
                                     [](const message &m, std::string_view t) { return m.ts < t; });
    return at != messages.end() && at->ts == ts ? &*at : nullptr;
}

message *conversation::find(std::string_view ts) {
    return const_cast<message *>(std::as_const(*this).find(ts));
}

person *team::find_person(std::string_view id) {
    return found_in(people, id);
}

conversation *team::find_conversation(std::string_view id) {
    return found_in(conversations, id);
}

view *team::find_view(std::string_view id) {
    return found_in(views, id);
}

view *team::find_view_by_external_id(std::string_view id) {
    for (auto &[key, each] : views)
        if (!id.empty() && text_in(each.body, "external_id") == id)
            return &each;
    return nullptr;
}

conversation *team::existing_direct(const std::string &user) {
    const auto at = directs_.find(user);
    return at == directs_.end() ? nullptr : find_conversation(at->second);
}

conversation &team::direct(const std::string &user, instant now) {
    if (auto *there = existing_direct(user))
        return *there;
    conversation made{.id = new_id("D"),
                      .name = {},
                      .kind = conversation_kind::im,
                      .created = seconds_of(now),
                      .creator = who_.bot_user,
                      .members = {user, who_.bot_user},
                      .messages = {}};
    directs_[user] = made.id;
    return conversations.emplace(made.id, made).first->second;
}

conversation *team::existing_group(std::vector<std::string> members) {
    std::sort(members.begin(), members.end());
    const auto at = groups_.find(members);
    return at == groups_.end() ? nullptr : find_conversation(at->second);
}

conversation &team::group_of(std::vector<std::string> members, instant now) {
    std::sort(members.begin(), members.end());
    if (auto *there = existing_group(members))
        return *there;
    std::string name = "mpdm";
    for (const auto &each : members) {
        const auto *who = find_person(each);
        name += "-" + (who ? who->name : each) + "-";
    }
    conversation made{.id = new_id("C"),
                      .name = name + "1",
                      .kind = conversation_kind::mpim,
                      .created = seconds_of(now),
                      .creator = who_.bot_user,
                      .members = members,
                      .messages = {}};
    groups_[members] = made.id;
    return conversations.emplace(made.id, made).first->second;
}

message &team::post(conversation &where, message what, instant now) {
    what.ts = next_ts(now);
    where.messages.push_back(std::move(what));
    return where.messages.back();
}

std::string team::next_ts(instant now) {
    last_ts_ = std::max<long long>(last_ts_ + 1, now.time_since_epoch().count());
    return fmt::format("{}.{:06}", last_ts_ / 1'000'000, last_ts_ % 1'000'000);
}

std::string team::new_id(std::string_view prefix) {
    constexpr std::string_view digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::string tail;
    for (auto n = ++ids_; tail.size() < 7; n /= digits.size())
        tail.insert(tail.begin(), digits[n % digits.size()]);
    return std::string(prefix) + "0L" + tail;
}

std::string team::new_hash(instant now) {
    return fmt::format("{}.{:08x}", seconds_of(now), ++ids_ * 2654435761U & 0xFFFFFFFFU);
}

void team::forget_modals(const std::string &user) {
    for (const auto &id : modals[user])
        views.erase(id);
    modals.erase(user);
}

} // namespace workspace
