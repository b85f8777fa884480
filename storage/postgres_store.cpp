// See postgres_store.hpp.
#include "storage/postgres_store.hpp"

#include "storage/postgres_worker.hpp"
#include "storage/unit_queue.hpp"

#include <deque>
#include <thread>

namespace rapport::storage {
namespace {

// How long a worker is idle before it asks whether the server is still there.
constexpr milliseconds ping_after{10'000};

const fault full{fault_kind::busy, "the queue of units is full"};
const fault not_ours_to_copy{fault_kind::unavailable, "PostgreSQL is copied by its own pg_dump"};
const fault stopped{fault_kind::unavailable, "the store has stopped"};

class pooled_store final : public store {
  public:
    pooled_store(store_settings settings, std::span<const migration> known)
        : settings_(std::move(settings)), shared_(settings_), queue_(settings_.queue_limit) {
        auto first = std::make_unique<postgres_worker>(shared_);
        first->connect();
        first->bring_schema_up(known, settings_.opened_at);
        for (int n = 0; n < std::max(1, settings_.workers); ++n) {
            auto worker = n == 0 ? std::move(first) : std::make_unique<postgres_worker>(shared_);
            threads_.emplace_back([this, mine = std::move(worker)] { loop(*mine); });
        }
    }
    ~pooled_store() override {
        pooled_store::stop();
    }

    void stop() override {
        const std::lock_guard lock(stopping_);
        queue_.close();
        for (auto &each : threads_)
            if (each.joinable())
                each.join();
        shared_.stop();
    }
    saved<void> settle_on_disk() override {
        return {};
    }
    void settle_soon() override {}
    void copy_to(std::string, std::function<void(saved<void>)> done) override {
        done(not_ours_to_copy);
    }
    store_snapshot snapshot() const override {
        auto shown = shared_.snapshot();
        shown.queued = queue_.size();
        return shown;
    }

  private:
    void submit(std::unique_ptr<unit> what) override {
        const auto answer = queue_.push(what);
        if (answer == unit_queue::answer::taken)
            return;
        const bool busy = answer == unit_queue::answer::full;
        if (busy)
            shared_.count([](store_counts &c) {
                ++c.units;
                ++c.refused_busy;
            });
        what->finish(busy ? full : stopped);
    }

    void loop(postgres_worker &mine) {
        while (!queue_.drained()) {
            const bool open = mine.ready();
            auto got = queue_.take(1, open ? ping_after : settings_.reopen_every);
            for (auto &each : got)
                mine.serve(*each);
            if (open && got.empty() && !queue_.drained())
                mine.ping();
        }
    }

    store_settings settings_;
    postgres_ledger shared_;
    unit_queue queue_;
    std::mutex stopping_;
    std::vector<std::thread> threads_;
};

class inline_store final : public store {
  public:
    inline_store(store_settings settings, std::span<const migration> known)
        : settings_(std::move(settings)), shared_(settings_), worker_(shared_) {
        worker_.connect();
        worker_.bring_schema_up(known, settings_.opened_at);
    }
    void stop() override {
        stopped_ = true;
    }
    saved<void> settle_on_disk() override {
        return {};
    }
    void settle_soon() override {}
    void copy_to(std::string, std::function<void(saved<void>)> done) override {
        done(not_ours_to_copy);
    }
    store_snapshot snapshot() const override {
        return shared_.snapshot();
    }

  private:
    void submit(std::unique_ptr<unit> what) override {
        if (stopped_)
            return what->finish(stopped);
        waiting_.push_back(std::move(what));
        if (running_)
            return;
        running_ = true;
        while (!waiting_.empty()) {
            const auto next = std::move(waiting_.front());
            waiting_.pop_front();
            worker_.serve(*next);
        }
        running_ = false;
    }

    store_settings settings_;
    postgres_ledger shared_;
    postgres_worker worker_;
    std::deque<std::unique_ptr<unit>> waiting_;
    bool running_ = false, stopped_ = false;
};

} // namespace

std::unique_ptr<store> open_postgres_store(store_settings settings, std::span<const migration> known) {
    return std::make_unique<pooled_store>(std::move(settings), known);
}

std::unique_ptr<store> open_inline_postgres_store(store_settings settings, std::span<const migration> known) {
    return std::make_unique<inline_store>(std::move(settings), known);
}

} // namespace rapport::storage
