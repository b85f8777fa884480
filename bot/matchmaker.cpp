// Reading, solving elsewhere, writing; see matchmaker.hpp. The match itself is handlers/match_solving's.
#include "bot/matchmaker.hpp"

#include "handlers/match_solving.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include <utility>

namespace rapport::bot {
namespace {

constexpr storage::run_as reading{"match.read", storage::isolation::read_committed, seconds{10}};
constexpr storage::run_as keeping{"match.keep", storage::isolation::serializable, seconds{10}};
constexpr span_of_time again_after{seconds{5}};

} // namespace

struct matchmaker::inside : std::enable_shared_from_this<inside> {
    boost::asio::any_io_executor executor;
    neighbours near;
    boost::asio::thread_pool elsewhere{1};
    std::shared_ptr<house_in_force> here;
    std::unique_ptr<due_loop> loop;
    std::function<void()> solved_told;

    inside(boost::asio::any_io_executor on, neighbours with) : executor(std::move(on)), near(with) {}

    void failed(const due_loop::told &told, const storage::fault &why) {
        near.log.say(event::plan_failed, with("fault", why.kind));
        told(near.clock.now() + again_after);
    }

    void step(const due_loop::told &told) {
        if (!here)
            return told(std::nullopt);
        const auto now = near.clock.now();
        using task = std::optional<match_task>;
        auto unit = [house_now = here, now](storage::session &db) {
            static thread_local id_source ids;
            return next_match_task(db, ids, *house_now->as_of(db), now);
        };
        near.store.write(
            reading, std::move(unit), [self = shared_from_this(), told](storage::saved<task> read) noexcept {
                boost::asio::post(self->executor, [self, told, read = std::move(read)]() mutable {
                    if (!read)
                        return self->failed(told, read.error());
                    if (!*read)
                        return told(std::nullopt);
                    self->solve_elsewhere(std::move(**read), told);
                });
            });
    }

    void solve_elsewhere(match_task task, const due_loop::told &told) {
        boost::asio::post(elsewhere, [self = shared_from_this(), task = std::move(task), told]() mutable {
            auto made = std::make_shared<solved_match>(solve(std::move(task)));
            boost::asio::post(self->executor, [self, made, told] { self->keep(made, told); });
        });
    }

    void keep(const std::shared_ptr<solved_match> &made, const due_loop::told &told) {
        const auto now = near.clock.now();
        auto unit = [house_now = here, made, now](storage::session &db) {
            static thread_local id_source ids;
            return keep_solved(db, ids, *house_now->as_of(db), *made, now);
        };
        near.store.write(keeping, std::move(unit),
                         [self = shared_from_this(), told](storage::saved<bool> kept) noexcept {
                             boost::asio::post(self->executor, [self, told, kept = std::move(kept)] {
                                 if (!kept)
                                     return self->failed(told, kept.error());
                                 if (*kept && self->solved_told)
                                     self->solved_told();
                                 told(self->near.clock.now()); // another may wait
                             });
                         });
    }
};

matchmaker::matchmaker(boost::asio::any_io_executor on, neighbours with)
    : inside_(std::make_shared<inside>(on, with)) {
    inside_->loop =
        std::make_unique<due_loop>(on, with.clock, [weak = std::weak_ptr(inside_)](due_loop::told told) {
            if (const auto self = weak.lock())
                self->step(told);
        });
}

matchmaker::~matchmaker() {
    inside_->elsewhere.join();
}

void matchmaker::set_house(std::shared_ptr<house_in_force> here) {
    inside_->here = std::move(here);
}

void matchmaker::wake() {
    inside_->loop->wake();
}

void matchmaker::on_solved(std::function<void()> told) {
    inside_->solved_told = std::move(told);
}

bool matchmaker::idle() const {
    return !inside_->loop->running();
}

void matchmaker::stop(std::function<void()> done) {
    inside_->loop->stop(std::move(done));
}

} // namespace rapport::bot
