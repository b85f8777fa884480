// One batch a step, until nothing more is due; see planner.hpp.
#include "bot/planner.hpp"

#include "handlers/nudging.hpp"
#include "storage/match_drafts.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <utility>

namespace rapport::bot {
namespace {

constexpr storage::run_as planning{"planner", storage::isolation::read_committed, seconds{10}};

} // namespace

struct planner::inside : std::enable_shared_from_this<inside> {
    struct looked {
        planned what;
        std::optional<instant> next;
        bool match_waits = false;
    };

    boost::asio::any_io_executor executor;
    neighbours near;
    planner_limits limits;
    std::shared_ptr<house_in_force> here;
    std::unique_ptr<due_loop> loop;
    std::function<void()> planned_told, match_told;

    inside(boost::asio::any_io_executor on, neighbours with, planner_limits those)
        : executor(on), near(with), limits(those) {}

    void step(due_loop::told told) {
        if (!here)
            return told(std::nullopt);
        const auto now = near.clock.now();
        const auto begun = std::chrono::steady_clock::now();
        auto unit = [house_now = here, now, most = limits.batch](storage::session &db) {
            static thread_local id_source ids;
            looked made;
            made.what = plan(db, ids, *house_now->as_of(db), now, most);
            made.next = next_due(db);
            made.match_waits = storage::next_to_solve(db).has_value();
            return made;
        };
        near.store.write(
            planning, std::move(unit),
            [self = shared_from_this(), told, now, begun](storage::saved<looked> became) noexcept {
                boost::asio::post(self->executor, [self, told, now, begun, became = std::move(became)] {
                    told(self->saw(became, now, begun));
                });
            });
    }

    // When to look again.
    std::optional<instant> saw(const storage::saved<looked> &became, instant now, steady_point begun) {
        if (!became) {
            near.log.say(event::plan_failed, with("fault", became.error().kind));
            return now + limits.again;
        }
        const auto &[what, next, match_waits] = *became;
        if (match_waits && match_told)
            match_told();
        near.counted.observe(metric::plan_duration_seconds, std::chrono::steady_clock::now() - begun);
        near.counted.add(metric::planned_total, {}, what.rows);
        near.log.say(event::planned, with("pairs", what.pairs), with("rows", what.rows));
        if (what.rows > 0 && planned_told)
            planned_told();
        if (what.pairs >= limits.batch)
            return now; // there may be more
        if (!next)
            return std::nullopt;
        return std::max(*next, now + limits.least_sleep);
    }
};

planner::planner(boost::asio::any_io_executor on, neighbours with, planner_limits limits)
    : inside_(std::make_shared<inside>(on, with, limits)) {
    inside_->loop =
        std::make_unique<due_loop>(on, with.clock, [weak = std::weak_ptr(inside_)](due_loop::told told) {
            if (const auto self = weak.lock())
                self->step(std::move(told));
        });
}

planner::~planner() = default;

void planner::set_house(std::shared_ptr<house_in_force> here) {
    inside_->here = std::move(here);
}

void planner::wake() {
    inside_->loop->wake();
}

void planner::on_planned(std::function<void()> told) {
    inside_->planned_told = std::move(told);
}

void planner::on_match(std::function<void()> told) {
    inside_->match_told = std::move(told);
}

bool planner::idle() const {
    return !inside_->loop->running();
}

void planner::stop(std::function<void()> done) {
    inside_->loop->stop(std::move(done));
}

} // namespace rapport::bot
