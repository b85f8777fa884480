// Units waiting for a thread of a store: bounded, first come first served, closed once.
#pragma once

#include "storage/store.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>

namespace rapport::storage {

class unit_queue {
  public:
    explicit unit_queue(std::size_t limit) : limit_(limit) {}

    enum class answer { taken, full, closed };

    // Moves from `what` only if it is taken.
    answer push(std::unique_ptr<unit> &what) {
        {
            const std::lock_guard lock(guard_);
            if (closed_)
                return answer::closed;
            if (waiting_.size() >= limit_)
                return answer::full;
            waiting_.push_back(std::move(what));
        }
        changed_.notify_one();
        return answer::taken;
    }

    // Waits for units and takes at most `most`; empty once the queue is closed and drained, or when
    // `patience` ran out (no patience: waits for ever), or to wake a waiter for `poke`.
    std::vector<std::unique_ptr<unit>> take(std::size_t most, std::optional<milliseconds> patience = {}) {
        std::unique_lock lock(guard_);
        const auto due = [this] { return closed_ || poked_ || !waiting_.empty(); };
        if (patience)
            changed_.wait_for(lock, *patience, due);
        else
            changed_.wait(lock, due);
        poked_ = false;
        std::vector<std::unique_ptr<unit>> taken;
        while (!waiting_.empty() && taken.size() < most) {
            taken.push_back(std::move(waiting_.front()));
            waiting_.pop_front();
        }
        return taken;
    }

    // Wakes the one thread that takes, though nothing is queued.
    void poke() {
        {
            const std::lock_guard lock(guard_);
            poked_ = true;
        }
        changed_.notify_all();
    }
    void close() {
        {
            const std::lock_guard lock(guard_);
            closed_ = true;
        }
        changed_.notify_all();
    }
    bool drained() const {
        const std::lock_guard lock(guard_);
        return closed_ && waiting_.empty();
    }
    std::size_t size() const {
        const std::lock_guard lock(guard_);
        return waiting_.size();
    }

  private:
    mutable std::mutex guard_;
    std::condition_variable changed_;
    std::deque<std::unique_ptr<unit>> waiting_;
    std::size_t limit_;
    bool closed_ = false, poked_ = false;
};

} // namespace rapport::storage
