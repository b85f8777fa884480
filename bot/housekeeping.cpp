// Small units by the clock; see housekeeping.hpp.
#include "bot/housekeeping.hpp"

#include "handlers/forgetting.hpp"
#include "handlers/replies.hpp"
#include "storage/acts.hpp"
#include "storage/inbox.hpp"
#include "storage/outbox.hpp"
#include "storage/profiles.hpp"
#include "storage/records.hpp"

#include <boost/asio/post.hpp>

namespace rapport::bot {
namespace {

using steady = std::chrono::steady_clock;

// True, and the next time set, once its time has come.
bool due(steady::time_point &next, std::chrono::seconds every) {
    const auto now = steady::now();
    if (now < next)
        return false;
    next = now + every;
    return true;
}

storage::run_as quietly(std::string_view name) {
    return {name, storage::isolation::read_committed, seconds{10}};
}

} // namespace

struct housekeeping::inside : std::enable_shared_from_this<inside> {
    boost::asio::any_io_executor executor;
    storage::store &store;
    const wall_clock &clock;
    logger &log;
    metrics &counted;
    housekeeping_limits limits;
    team_id ours;
    std::shared_ptr<house_in_force> here;
    steady::time_point next_listen{}, next_sweep{}, next_measure{}, next_prune{};

    inside(boost::asio::any_io_executor on, storage::store &keeps, const wall_clock &time, logger &says,
           metrics &counts, housekeeping_limits those)
        : executor(on), store(keeps), clock(time), log(says), counted(counts), limits(those) {
        next_sweep = steady::now() + limits.sweep_every; // the first one is the start's own
    }

    void say_listening() {
        auto unit = [team = ours, now = clock.now()](storage::session &db) {
            id_source ids;
            storage::records on_file(db, team, ids);
            rapport::still_listening(on_file, now);
        };
        store.write(quietly("listening"), std::move(unit), [](storage::saved<void>) noexcept {});
    }

    void listened_all_the_while(std::function<void()> then) {
        auto unit = [team = ours, now = clock.now()](storage::session &db) {
            // the fact alone: judging the silence is what must not happen here
            storage::facts(db, team).set("listened_until", std::to_string(now.time_since_epoch().count()));
        };
        store.write(quietly("listening"), std::move(unit),
                    [self = shared_from_this(), then = std::move(then)](storage::saved<void>) noexcept {
                        boost::asio::post(self->executor, then);
                    });
    }

    void measure() {
        using counts = storage::outbox_counts;
        store.write(
            quietly("measure"), [](storage::session &db) { return storage::outbox(db).counts(); },
            [self = shared_from_this()](storage::saved<counts> seen) noexcept {
                if (!seen)
                    return;
                boost::asio::post(self->executor, [self, seen = *seen] {
                    const auto now = self->clock.now();
                    const auto since = seen.oldest_waiting.value_or(now);
                    const auto age = std::max(now - since, span_of_time::zero());
                    self->counted.set(metric::outbox_waiting, static_cast<double>(seen.waiting));
                    self->counted.set(metric::outbox_oldest_age_seconds,
                                      std::chrono::duration<double>(age).count());
                });
            });
    }

    void let_go() {
        if (!here)
            return;
        auto unit = [team = ours, now = clock.now(), here = here](storage::session &db) {
            id_source ids;
            storage::records on_file(db, team, ids);
            return rapport::let_go_of_the_old(on_file, *here->as_of(db), now);
        };
        store.write(quietly("let_go"), std::move(unit),
                    [self = shared_from_this()](storage::saved<std::int64_t> gone) noexcept {
                        if (gone && *gone > 0)
                            self->log.say(event::let_go, with("rows", *gone));
                    });
    }

    void prune() {
        auto unit = [now = clock.now(), limits = limits](storage::session &db) {
            storage::inbox(db).prune(now - limits.inbox_kept, limits.prune_rows);
            storage::outbox(db).prune(now - limits.outbox_kept, limits.prune_rows);
            storage::prune_acts(db, now - hours{1}, now - hours{1});
            storage::forget_proposals(db, now - days{7});
        };
        store.write(quietly("prune"), std::move(unit), [](storage::saved<void>) noexcept {});
        let_go();
        // what was erased this hour, answers among it, is not to be read in the side log either
        store.settle_soon();
    }
};

housekeeping::housekeeping(boost::asio::any_io_executor on, storage::store &store, const wall_clock &clock,
                           logger &log, metrics &counted, housekeeping_limits limits)
    : inside_(std::make_shared<inside>(on, store, clock, log, counted, limits)) {}

housekeeping::~housekeeping() = default;

void housekeeping::set_team(team_id ours) {
    inside_->ours = std::move(ours);
}

void housekeeping::set_house(std::shared_ptr<house_in_force> here) {
    inside_->here = std::move(here);
}

void housekeeping::listens(bool yes) {
    if (yes)
        inside_->next_listen = {};
}

void housekeeping::tick(bool link_ready, replies &answers) {
    auto &in = *inside_;
    if (link_ready && due(in.next_listen, in.limits.listen_every))
        in.say_listening();
    if (due(in.next_sweep, in.limits.sweep_every))
        answers.sweep(minutes{1});
    if (due(in.next_measure, in.limits.measure_every))
        in.measure();
    if (due(in.next_prune, in.limits.prune_every))
        in.prune();
}

void housekeeping::still_listening(std::function<void()> then) {
    inside_->listened_all_the_while(std::move(then));
}

} // namespace rapport::bot
