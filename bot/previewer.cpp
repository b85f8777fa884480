// Reading, playing elsewhere, writing; see previewer.hpp. The play itself is bot/simulate's.
#include "bot/previewer.hpp"

#include "bot/simulate/preview.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include <exception>
#include <utility>

namespace rapport::bot {
namespace {

constexpr storage::run_as reading{"preview.read", storage::isolation::read_committed, seconds{10}};
constexpr storage::run_as keeping{"preview.keep", storage::isolation::serializable, seconds{10}};
constexpr span_of_time again_after{seconds{5}};

using lines = std::vector<storage::preview_line>;

// A play that fails is a bug: the preview stays empty, which reads as not worked out, rather than tried for
// ever.
lines played_or_nothing(const preview_task &task) noexcept {
    try {
        return simulate::preview_of(task);
    } catch (const std::exception &) {
        return {};
    }
}

} // namespace

struct previewer::inside : std::enable_shared_from_this<inside> {
    boost::asio::any_io_executor executor;
    neighbours near;
    boost::asio::thread_pool elsewhere{1};
    std::shared_ptr<house_in_force> here;
    std::unique_ptr<due_loop> loop;
    std::function<void()> made_told;

    inside(boost::asio::any_io_executor on, neighbours with) : executor(std::move(on)), near(with) {}

    void failed(const due_loop::told &told, const storage::fault &why) {
        near.log.say(event::plan_failed, with("fault", why.kind));
        told(near.clock.now() + again_after);
    }

    void step(const due_loop::told &told) {
        if (!here)
            return told(std::nullopt);
        const auto now = near.clock.now();
        using task = std::optional<preview_task>;
        auto unit = [house_now = here, now](storage::session &db) {
            static thread_local id_source ids;
            return next_preview_task(db, ids, *house_now->as_of(db), now);
        };
        near.store.write(
            reading, std::move(unit), [self = shared_from_this(), told](storage::saved<task> read) noexcept {
                boost::asio::post(self->executor, [self, told, read = std::move(read)]() mutable {
                    if (!read)
                        return self->failed(told, read.error());
                    if (!*read)
                        return told(std::nullopt);
                    self->play_elsewhere(std::move(**read), told);
                });
            });
    }

    void play_elsewhere(preview_task task, const due_loop::told &told) {
        boost::asio::post(elsewhere, [self = shared_from_this(), task = std::move(task), told] {
            auto made = std::make_shared<lines>(played_or_nothing(task));
            boost::asio::post(self->executor,
                              [self, of = task.of, made, told] { self->keep(of, made, told); });
        });
    }

    void keep(const storage::wanted_preview &of, const std::shared_ptr<lines> &made,
              const due_loop::told &told) {
        if (made->empty())
            near.log.say(event::plan_failed, with("fault", storage::fault_kind::unit_failed));
        const auto now = near.clock.now();
        auto unit = [of, made, now](storage::session &db) {
            static thread_local id_source ids;
            return keep_preview(db, ids, of, *made, now);
        };
        near.store.write(keeping, std::move(unit),
                         [self = shared_from_this(), told](storage::saved<bool> kept) noexcept {
                             boost::asio::post(self->executor, [self, told, kept = std::move(kept)] {
                                 if (!kept)
                                     return self->failed(told, kept.error());
                                 if (*kept && self->made_told)
                                     self->made_told();
                                 told(self->near.clock.now()); // another may wait
                             });
                         });
    }
};

previewer::previewer(boost::asio::any_io_executor on, neighbours with)
    : inside_(std::make_shared<inside>(on, with)) {
    inside_->loop =
        std::make_unique<due_loop>(on, with.clock, [weak = std::weak_ptr(inside_)](due_loop::told told) {
            if (const auto self = weak.lock())
                self->step(told);
        });
}

previewer::~previewer() {
    inside_->elsewhere.join();
}

void previewer::set_house(std::shared_ptr<house_in_force> here) {
    inside_->here = std::move(here);
}

void previewer::wake() {
    inside_->loop->wake();
}

void previewer::on_made(std::function<void()> told) {
    inside_->made_told = std::move(told);
}

bool previewer::idle() const {
    return !inside_->loop->running();
}

void previewer::stop(std::function<void()> done) {
    inside_->loop->stop(std::move(done));
}

} // namespace rapport::bot
