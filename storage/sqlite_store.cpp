// See sqlite_store.hpp.
#include "storage/sqlite_store.hpp"

#include "storage/sqlite_writer.hpp"
#include "storage/unit_queue.hpp"

#include <deque>
#include <thread>

namespace rapport::storage {
namespace {

const fault full{fault_kind::busy, "the queue of units is full"};
const fault stopped{fault_kind::unavailable, "the store has stopped"};

class threaded_store final : public store {
  public:
    threaded_store(store_settings settings, std::span<const migration> known)
        : settings_(std::move(settings)),
          writer_(settings_, known),
          queue_(settings_.queue_limit),
          thread_([this] { loop(); }) {}
    ~threaded_store() override {
        threaded_store::stop();
    }

    void stop() override {
        const std::lock_guard lock(stopping_);
        queue_.close();
        if (thread_.joinable())
            thread_.join();
    }
    saved<void> settle_on_disk() override {
        std::promise<saved<void>> told;
        auto heard = told.get_future();
        ask([this, &told] { told.set_value(settled()); }, [&told] { told.set_value(stopped); });
        return heard.get();
    }
    void settle_soon() override {
        ask([this] { settled(); }, [] {});
    }
    void copy_to(std::string path, std::function<void(saved<void>)> done) override {
        ask([this, path, done] { writer_.begin_copy(path, done); }, [done] { done(stopped); });
    }
    store_snapshot snapshot() const override {
        auto shown = writer_.snapshot();
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
            writer_.count_busy();
        what->finish(busy ? full : stopped);
    }

    // Something the writer does between batches; `too_late` instead if the store has stopped.
    void ask(std::function<void()> what, const std::function<void()> &too_late) {
        bool taken = false;
        {
            const std::lock_guard lock(asked_);
            taken = !done_;
            if (taken)
                wishes_.push_back(std::move(what));
        }
        taken ? queue_.poke() : too_late();
    }

    void loop() {
        while (!queue_.drained()) {
            const bool open = writer_.ready();
            std::optional<milliseconds> patience;
            if (writer_.copying())
                patience = milliseconds{0};
            else if (!open)
                patience = settings_.reopen_every;
            auto batch = queue_.take(settings_.batch_limit, patience);
            if (!batch.empty())
                writer_.ready() ? writer_.run(std::move(batch)) : writer_.refuse(std::move(batch));
            grant(false);
            writer_.go_on_copying();
        }
        grant(true);
        writer_.end_copy(stopped);
    }

    void grant(bool last) {
        std::vector<std::function<void()>> waiting;
        {
            const std::lock_guard lock(asked_);
            waiting.swap(wishes_);
            done_ = last;
        }
        for (auto &each : waiting)
            each();
    }

    saved<void> settled() {
        try {
            writer_.settle_on_disk();
            return {};
        } catch (const std::exception &e) {
            return fault{fault_kind::not_saved, e.what()};
        }
    }

    store_settings settings_;
    sqlite_writer writer_;
    unit_queue queue_;
    std::mutex asked_, stopping_;
    std::vector<std::function<void()>> wishes_; // for between batches
    bool done_ = false;
    std::thread thread_; // last: the loop uses the rest
};

class inline_store final : public store {
  public:
    inline_store(store_settings settings, std::span<const migration> known) : writer_(settings, known) {}

    void stop() override {
        stopped_ = true;
    }
    saved<void> settle_on_disk() override {
        try {
            writer_.settle_on_disk();
            return {};
        } catch (const std::exception &e) {
            return fault{fault_kind::not_saved, e.what()};
        }
    }
    void settle_soon() override {
        settle_on_disk();
    }
    void copy_to(std::string path, std::function<void(saved<void>)> done) override {
        writer_.begin_copy(std::move(path), std::move(done));
        while (writer_.copying())
            writer_.go_on_copying();
    }
    store_snapshot snapshot() const override {
        auto shown = writer_.snapshot();
        shown.queued = waiting_.size();
        return shown;
    }

  private:
    // A unit written while one runs (by a `done`) waits its turn here, as it would in the queue.
    void submit(std::unique_ptr<unit> what) override {
        if (stopped_)
            return what->finish(stopped);
        waiting_.push_back(std::move(what));
        if (running_)
            return;
        running_ = true;
        while (!waiting_.empty()) {
            std::vector<unit_ptr> batch;
            batch.push_back(std::move(waiting_.front()));
            waiting_.pop_front();
            writer_.ready() ? writer_.run(std::move(batch)) : writer_.refuse(std::move(batch));
        }
        running_ = false;
    }

    sqlite_writer writer_;
    std::deque<unit_ptr> waiting_;
    bool running_ = false, stopped_ = false;
};

} // namespace

std::unique_ptr<store> open_sqlite_store(store_settings settings, std::span<const migration> known) {
    return std::make_unique<threaded_store>(std::move(settings), known);
}

std::unique_ptr<store> open_inline_sqlite_store(store_settings settings, std::span<const migration> known) {
    return std::make_unique<inline_store>(std::move(settings), known);
}

} // namespace rapport::storage
