// Two clocks and an agenda; see timeline.hpp.
#include "workspace/timeline.hpp"

#include <algorithm>

namespace workspace {
namespace {

std::int64_t micros(steady_point p) {
    return std::chrono::duration_cast<std::chrono::microseconds>(p.time_since_epoch()).count();
}

} // namespace

timeline::timeline(instant start, steady_source steady)
    : source_(std::move(steady)), started_(source_()), anchor_(started_), base_(start) {}

steady_point timeline::steady() const {
    return source_();
}

span timeline::since_start() const {
    return std::chrono::duration_cast<span>(source_() - started_);
}

instant timeline::now() const {
    if (held_)
        return base_;
    return base_ + std::chrono::duration_cast<std::chrono::microseconds>(source_() - anchor_);
}

void timeline::set(instant to) {
    base_ = to;
    anchor_ = source_();
}

void timeline::advance(span by) {
    set(now() + by);
}

void timeline::hold(bool still) {
    const auto at = now();
    held_ = still;
    set(at);
}

bool timeline::held() const {
    return held_;
}

std::int64_t timeline::reading(by clock) const {
    return clock == by::steady ? micros(source_()) : now().time_since_epoch().count();
}

timeline::ticket timeline::after(span wait, by clock, std::function<void()> what) {
    const auto due = reading(clock) + std::chrono::duration_cast<std::chrono::microseconds>(wait).count();
    const auto id = ++last_;
    entries_.emplace(id, entry{clock, due, std::move(what)});
    (clock == by::steady ? steady_order_ : workspace_order_).emplace(due, id);
    return id;
}

void timeline::cancel(ticket which) {
    const auto found = entries_.find(which);
    if (found == entries_.end())
        return;
    auto &order = found->second.clock == by::steady ? steady_order_ : workspace_order_;
    order.erase({found->second.due, which});
    entries_.erase(found);
}

std::optional<timeline::ticket> timeline::first_due() const {
    if (!steady_order_.empty() && steady_order_.begin()->first <= reading(by::steady))
        return steady_order_.begin()->second;
    if (!workspace_order_.empty() && workspace_order_.begin()->first <= reading(by::workspace))
        return workspace_order_.begin()->second;
    return std::nullopt;
}

void timeline::run_due() {
    while (const auto which = first_due()) {
        auto what = std::move(entries_.at(*which).what);
        cancel(*which);
        what();
    }
}

std::optional<span> timeline::until_next() const {
    std::optional<std::int64_t> wait;
    if (!steady_order_.empty())
        wait = steady_order_.begin()->first - reading(by::steady);
    if (!workspace_order_.empty()) {
        const auto left = workspace_order_.begin()->first - reading(by::workspace);
        if (!held_ || left <= 0)
            wait = wait ? std::min(*wait, left) : left;
    }
    if (!wait)
        return std::nullopt;
    // rounded up, so that the entry is due when the wait is over
    return span((std::max<std::int64_t>(*wait, 0) + 999) / 1000);
}

} // namespace workspace
