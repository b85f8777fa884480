// Tickets, triggers and response URLs; see passes.hpp.
#include "workspace/passes.hpp"

#include <fmt/format.h>

namespace workspace {
namespace {

// Old ones are kept a while, so that a late use is called late and not unknown.
template <class Map>
void forget_before(Map &map, steady_point limit) {
    std::erase_if(map, [&](const auto &each) { return each.second.made < limit; });
}

template <class Map, class What>
pass_state spend(Map &map, const std::string &id, steady_point now, span life, int uses, What &out) {
    const auto at = map.find(id);
    if (at == map.end())
        return pass_state::unknown;
    if (at->second.uses >= uses)
        return pass_state::used;
    if (now - at->second.made > life)
        return pass_state::expired;
    ++at->second.uses;
    out = at->second.what;
    return pass_state::good;
}

} // namespace

std::string passes::secret(std::size_t length) {
    constexpr std::string_view digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    std::string out;
    while (out.size() < length)
        out += digits[random_() % digits.size()];
    return out;
}

std::string passes::uuid() {
    const auto a = random_(), b = random_();
    return fmt::format("{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}", a >> 32, a >> 16 & 0xFFFF, a & 0xFFF,
                       b >> 52 & 0xFFF, b & 0xFFFFFFFFFFFF);
}

std::string passes::new_ticket() {
    forget_before(tickets_, time_.steady() - 10 * ticket_life);
    auto id = uuid();
    tickets_[id] = {true, time_.steady(), 0};
    return id;
}

pass_state passes::spend_ticket(const std::string &ticket) {
    bool ignored = false;
    return spend(tickets_, ticket, time_.steady(), ticket_life, 1, ignored);
}

std::string passes::new_trigger(trigger what) {
    forget_before(triggers_, time_.steady() - std::chrono::minutes(10));
    auto id =
        fmt::format("{}.{}.{}", random_() % 10'000'000'000'000U, random_() % 10'000'000'000'000U, secret(32));
    triggers_[id] = {std::move(what), time_.steady(), 0};
    return id;
}

pass_state passes::spend_trigger(const std::string &id, trigger &out) {
    return spend(triggers_, id, time_.steady(), trigger_life, 1, out);
}

std::string passes::new_response_url(response_url what) {
    forget_before(urls_, time_.steady() - 2 * response_url_life);
    auto id = secret(24);
    urls_[id] = {std::move(what), time_.steady(), 0};
    return id;
}

pass_state passes::use_response_url(const std::string &secret, response_url &out) {
    return spend(urls_, secret, time_.steady(), response_url_life, response_url_uses, out);
}

} // namespace workspace
