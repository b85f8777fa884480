// Opening, replacing and watching connections; see fleet.hpp.
#include "bot/slack/fleet.hpp"

#include "bot/slack/failure.hpp"

#include <algorithm>
#include <cmath>

namespace rapport::slack {

fleet::fleet(const fleet_limits &limits, const link_limits &each, const backoff_limits &waits,
             std::uint64_t seed, moment now)
    : limits_(limits),
      each_(each),
      gate_(now),
      budget_(limits.opens_burst),
      budget_at_(now),
      not_ready_since_(now) {
    for (int i = 0; i < limits.links; ++i)
        places_.push_back({0, now, now, false, backoff(waits, seed + static_cast<std::uint64_t>(i))});
}

fleet_output fleet::tick(moment now) {
    fleet_output out;
    std::vector<link_id> ids;
    for (const auto &[id, each] : links_)
        ids.push_back(id);
    for (const auto id : ids)
        if (const auto found = links_.find(id); found != links_.end())
            act(id, found->second.machine.take(input::clock{}, now), now, out);
    watch(now, out);
    open_due(now, out);
    return out;
}

fleet_output fleet::take(link_id id, const link_input &in, moment now) {
    fleet_output out;
    const auto found = links_.find(id);
    if (found == links_.end())
        return out;
    act(id, found->second.machine.take(in, now), now, out);
    if (const auto *const hello = std::get_if<input::greeted>(&in))
        watch_connections(hello->num_connections, out);
    watch(now, out);
    open_due(now, out);
    return out;
}

fleet_output fleet::stop(moment now) {
    fleet_output out;
    if (stopped_)
        return out;
    stopped_ = true;
    std::vector<link_id> ids;
    for (const auto &[id, each] : links_)
        ids.push_back(id);
    for (const auto id : ids)
        if (const auto found = links_.find(id); found != links_.end())
            act(id, found->second.machine.take(input::stop{}, now), now, out);
    return out;
}

void fleet::act(link_id id, const link_actions &actions, moment now, fleet_output &out) {
    for (const auto action : actions) {
        const auto found = links_.find(id);
        if (found == links_.end())
            return;
        auto &where = places_[found->second.place];
        switch (action) {
        case link_action::now_ready:
            break;
        case link_action::settled:
            where.waits.settle();
            cautious_ = false;
            break;
        case link_action::replace:
            // This one retires and still serves; its place is free for the next at once, unless it was turned
            // away so soon that waiting is wiser.
            if (where.current == id) {
                where.current = 0;
                where.urgent = true;
                where.open_at = now + where.waits.after(found->second.machine.why(), std::nullopt);
            }
            break;
        case link_action::ended:
            ended(id, now, out);
            break;
        default:
            out.orders.push_back({id, action});
        }
    }
}

void fleet::ended(link_id id, moment now, fleet_output &out) {
    const auto gone = links_.extract(id);
    const auto &machine = gone.mapped().machine;
    auto &where = places_[gone.mapped().place];
    ++ended_[static_cast<std::size_t>(machine.how())];
    const bool held_its_place = where.current == id;
    if (held_its_place)
        where.current = 0;
    if (machine.why() == trouble::fatal) {
        give_up(machine.how() == link_end::wrong_app ? "wrong_app" : machine.detail(), now, out);
        return;
    }
    milliseconds wait{0};
    if (held_its_place) {
        wait = where.waits.after(machine.why(), machine.retry_after());
        where.open_at = now + wait;
    } else if (machine.why() == trouble::disabled || machine.why() == trouble::too_many) {
        wait = where.waits.after(machine.why(), machine.retry_after());
    }
    // What the platform says to one connection about the app holds for all of them.
    if (machine.why() == trouble::disabled || machine.why() == trouble::too_many) {
        cautious_ = true;
        gate_ = std::max(gate_, now + wait);
    }
    if (machine.why() == trouble::rate_limited)
        gate_ = std::max(gate_, now + wait);
    if (machine.how() == link_end::stopped || stopped_)
        return;
    const auto again = " Next try in " + std::to_string(wait.count() / 1000) + " s.";
    if (machine.how() == link_end::disabled)
        out.notices.push_back(
            {notice_kind::link_disabled,
             "Socket Mode is switched off for the app; nothing arrives until it is switched on in "
             "the app's settings." +
                 again});
    else if (machine.how() == link_end::too_many)
        out.notices.push_back(
            {notice_kind::too_many_websockets,
             "The app has more than 10 connections: other instances run with the same app token, "
             "or dead ones are still counted. Use one app for each environment." +
                 again});
    else
        out.notices.push_back({notice_kind::link_ended,
                               "Connection " + std::to_string(id) + " ended (" +
                                   std::string(word_of(link_end_words, machine.how())) +
                                   (machine.detail().empty() ? "" : ": ") + machine.detail() + ")." + again});
}

void fleet::give_up(const std::string &why, moment now, fleet_output &out) {
    if (fatal_)
        return;
    fatal_ = true;
    std::string text = "Socket Mode stopped (" + why + "). ";
    if (why == "wrong_app")
        text += "The app token belongs to another app than the configured one: correct SLACK_APP_TOKEN.";
    else
        text += mend_of(why);
    out.notices.push_back({notice_kind::fatal, text});
    const auto rest = stop(now);
    out.orders.insert(out.orders.end(), rest.orders.begin(), rest.orders.end());
}

void fleet::open_due(moment now, fleet_output &out) {
    for (std::size_t i = 0; i < places_.size(); ++i) {
        if (may_open_at(i, now) > now)
            continue;
        const auto id = next_id_++;
        auto &where = places_[i];
        where.current = id;
        where.opened_at = now;
        where.urgent = false;
        count_opens(now);
        auto &made = links_.emplace(id, member{link(each_, now), i}).first->second;
        act(id, made.machine.begin(now), now, out);
    }
}

moment fleet::may_open_at(std::size_t index, moment now) const {
    const auto &where = places_[index];
    if (stopped_ || where.current != 0 || links_.size() >= static_cast<std::size_t>(limits_.sockets_most))
        return never;
    auto at = std::max({where.open_at, gate_, budget_at(now)});
    // A replacement waits for the stagger only while another kept link is up: no gap for the sake of spacing.
    const bool another_up = std::any_of(links_.begin(), links_.end(), [](const auto &each) {
        return each.second.machine.state() == link_state::ready;
    });
    const bool hurry = where.urgent && !another_up;
    for (std::size_t i = 0; i < places_.size(); ++i) {
        if (i == index || places_[i].current == 0)
            continue;
        if (cautious_)
            return never;
        if (!hurry)
            at = std::max(at, places_[i].opened_at + limits_.stagger);
    }
    return at;
}

void fleet::count_opens(moment now) {
    const std::chrono::duration<double> passed = now - budget_at_;
    const std::chrono::duration<double> every = limits_.opens_every;
    budget_ = std::min<double>(limits_.opens_burst, budget_ + passed / every) - 1.0;
    budget_at_ = now;
    ++opens_;
}

moment fleet::budget_at(moment now) const {
    const std::chrono::duration<double> passed = now - budget_at_;
    const std::chrono::duration<double> every = limits_.opens_every;
    const double held = std::min<double>(limits_.opens_burst, budget_ + passed / every);
    // A hair below one is one: the sum of many divisions.
    if (held >= 1.0 - 1e-9)
        return now;
    return now + milliseconds(static_cast<long>(
                     std::ceil((1.0 - held) * static_cast<double>(limits_.opens_every.count()))));
}

void fleet::watch(moment now, fleet_output &out) {
    if (ready()) {
        not_ready_since_ = never;
        return;
    }
    if (not_ready_since_ == never)
        not_ready_since_ = now;
    if (stopped_ || now < not_ready_since_ + limits_.rebuild_after)
        return;
    not_ready_since_ = now;
    ++rebuilds_;
    out.notices.push_back({notice_kind::rebuilt, "No connection was ready for " +
                                                     std::to_string(limits_.rebuild_after.count() / 1000) +
                                                     " s; all of them are started anew."});
    std::vector<link_id> ids;
    for (const auto &[id, each] : links_)
        ids.push_back(id);
    for (const auto id : ids)
        if (const auto found = links_.find(id); found != links_.end())
            act(id, found->second.machine.take(input::rebuild{}, now), now, out);
}

void fleet::watch_connections(int said, fleet_output &out) {
    if (said > 0)
        num_connections_ = said;
    const auto ours = std::count_if(links_.begin(), links_.end(),
                                    [](const auto &each) { return each.second.machine.counted(); });
    const bool foreign = said > ours;
    if (foreign && !foreign_)
        out.notices.push_back(
            {notice_kind::foreign_connections,
             "The platform counts " + std::to_string(said) + " connections of this app, " +
                 std::to_string(ours) +
                 " are ours: another instance runs, or dead ones are still counted, and both take "
                 "deliveries away. Use one app for each environment."});
    if (!foreign && foreign_)
        out.notices.push_back(
            {notice_kind::foreign_gone, "All connections the platform counts are ours again."});
    foreign_ = foreign;
}

moment fleet::wakes_at(moment now) const {
    moment at = never;
    for (const auto &[id, each] : links_)
        at = std::min(at, each.machine.wakes_at());
    for (std::size_t i = 0; i < places_.size(); ++i)
        at = std::min(at, may_open_at(i, now));
    if (!stopped_ && not_ready_since_ != never)
        at = std::min(at, not_ready_since_ + limits_.rebuild_after);
    return at;
}

int fleet::ready_count() const {
    return static_cast<int>(std::count_if(links_.begin(), links_.end(),
                                          [](const auto &each) { return each.second.machine.serving(); }));
}

std::vector<link_status> fleet::links() const {
    std::vector<link_status> out;
    for (const auto &[id, each] : links_)
        out.push_back({id, each.machine.state(), each.machine.last_frame(), each.machine.born()});
    return out;
}

} // namespace rapport::slack
