// Claim, begin, call, record; see courier.hpp.
#include "bot/courier.hpp"

#include "bot/call_bodies.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace rapport::bot {
namespace {

using slack::failure;

// The method with this name; none if the table has no such method.
std::optional<slack::method> method_named(std::string_view name) {
    for (const auto &row : slack::methods)
        if (row.name == name)
            return row.id;
    return std::nullopt;
}

constexpr storage::run_as claiming{"courier.claim", storage::isolation::read_committed};
constexpr storage::run_as beginning{"courier.begin", storage::isolation::read_committed};
constexpr storage::run_as settling{"courier.settle", storage::isolation::read_committed, seconds{30}};

event event_of(delivery_word word) {
    switch (word) {
    case delivery_word::sent:
        return event::sent;
    case delivery_word::later:
        return event::send_later;
    case delivery_word::failed:
        return event::send_failed;
    case delivery_word::refused:
        return event::send_refused;
    case delivery_word::ambiguous:
        return event::send_ambiguous;
    }
    return event::send_failed;
}

} // namespace

call_outcome outcome_of(slack::method what, const platform_answer &became, instant now,
                        const courier_limits &limits) {
    call_outcome made;
    made.reason = became.done() ? std::string() : checked_word(became.error).str();
    const auto later = [&](span_of_time wait) {
        made.word = delivery_word::later;
        made.retry_at = now + (became.retry_after ? span_of_time{*became.retry_after} : wait);
    };
    switch (became.what) {
    case failure::none:
        made.word = delivery_word::sent;
        if (const auto where = bodies::posted_message(became.body)) {
            made.channel = where->channel;
            made.ts = where->ts;
        } else {
            made.channel = bodies::opened_channel(became.body);
        }
        break;
    case failure::token_dead:
    case failure::configuration:
        // everything is kept until the operator has mended it; readiness says what
        later(limits.token_again);
        break;
    case failure::later:
        later(limits.again);
        break;
    case failure::maybe_executed:
        if (facts_of(what).idempotent)
            later(limits.again);
        else
            made.word = delivery_word::ambiguous;
        break;
    case failure::target_gone:
        made.word = delivery_word::refused;
        break;
    case failure::our_bug:
    case failure::outdated:
    case failure::unknown:
        made.word = delivery_word::failed;
        break;
    }
    return made;
}

struct courier::inside : std::enable_shared_from_this<inside> {
    struct taken {
        std::vector<shipment> calls;
        std::optional<instant> next;
    };

    boost::asio::any_io_executor executor;
    neighbours near;
    courier_limits limits;
    std::shared_ptr<house_in_force> here;
    std::unique_ptr<due_loop> loop;
    std::function<void()> settled_told;
    int under_way = 0;
    bool stopping = false;
    std::vector<std::function<void()>> stopped;

    inside(boost::asio::any_io_executor on, neighbours with, courier_limits those)
        : executor(on), near(with), limits(those) {}

    // --- taking what is due

    void step(due_loop::told told) {
        const int room = limits.at_once - under_way;
        if (room <= 0 || !here)
            return told(std::nullopt); // woken by the next outcome
        const auto now = near.clock.now();
        auto unit = [house_now = here, now, room](storage::session &db) {
            static thread_local id_source ids;
            taken made;
            made.calls = claim(db, ids, *house_now->as_of(db), now, room);
            made.next = next_due(db);
            return made;
        };
        near.store.write(claiming, std::move(unit),
                         [self = shared_from_this(), told, now, room](storage::saved<taken> became) noexcept {
                             boost::asio::post(self->executor,
                                               [self, told, now, room, became = std::move(became)]() mutable {
                                                   told(self->took(std::move(became), now, room));
                                               });
                         });
    }

    // When to look again.
    std::optional<instant> took(storage::saved<taken> became, instant now, int room) {
        if (!became) {
            near.log.say(event::claim_failed, with("fault", became.error().kind));
            return now + limits.claim_again;
        }
        const auto count = static_cast<int>(became->calls.size());
        for (auto &one : became->calls)
            begin(std::move(one));
        if (count >= room)
            return std::nullopt; // full: the next outcome wakes the loop
        if (count == 0 && became->next)
            return std::max(*became->next, now + limits.least_sleep);
        return became->next;
    }

    // --- one call

    void begin(shipment one) {
        ++under_way;
        const auto what = method_named(one.method);
        auto held = std::make_shared<const shipment>(std::move(one));
        if (!what)
            return settle_as(held, {delivery_word::failed, {}, "method_unknown", {}, {}});
        if (!held->reader)
            return call(held, *what);
        near.quiet.ask(*held->reader,
                       [self = shared_from_this(), held, what = *what](std::optional<instant> until) {
                           if (until)
                               self->settle_as(held, {delivery_word::later, until, "do_not_disturb", {}, {}});
                           else
                               self->call(held, what);
                       });
    }

    void call(const std::shared_ptr<const shipment> &held, slack::method what) {
        // What waits for its slot is not begun: a crash in that wait leaves nothing unknown.
        const auto withheld = std::make_shared<bool>(false);
        near.to.call(
            what, held->body, slack::priority::background,
            [self = shared_from_this(), held, what, withheld](const platform_answer &became) {
                if (*withheld)
                    return self->ended(); // still leased: freed, or claimed again when that ran out
                self->settle_as(held, outcome_of(what, became, self->near.clock.now(), self->limits));
            },
            [self = shared_from_this(), held, withheld](std::function<void(bool)> go) {
                self->commit_begin(held, withheld, std::move(go));
            });
    }

    // On disk before the first byte: this call is on its way.
    void commit_begin(const std::shared_ptr<const shipment> &one, const std::shared_ptr<bool> &withheld,
                      std::function<void(bool)> go) {
        const auto now = near.clock.now();
        auto unit = [one, now](storage::session &db) { return begin_sending(db, *one, now); };
        near.store.write(
            beginning, std::move(unit),
            [self = shared_from_this(), withheld, go = std::move(go)](storage::saved<bool> may) noexcept {
                const bool yes = may && *may;
                boost::asio::post(self->executor, [withheld, go, yes] {
                    *withheld = !yes;
                    go(yes);
                });
            });
    }

    void settle_as(const std::shared_ptr<const shipment> &one, call_outcome became) {
        tell(*one, became);
        const auto now = near.clock.now();
        auto unit = [house_now = here, one, became, now](storage::session &db) {
            static thread_local id_source ids;
            settle(db, ids, *house_now->as_of(db), *one, became, now);
        };
        near.store.write(settling, std::move(unit),
                         [self = shared_from_this()](storage::saved<void> kept) noexcept {
                             const bool lost = !kept;
                             const auto fault = lost ? kept.error().kind : storage::fault_kind::unit_failed;
                             boost::asio::post(self->executor, [self, lost, fault] {
                                 if (lost)
                                     self->near.log.say(event::outcome_not_saved, with("fault", fault));
                                 self->ended();
                             });
                         });
    }

    void tell(const shipment &one, const call_outcome &became) {
        near.counted.add(metric::outbox_sent_total, {became.word});
        if (became.word == delivery_word::ambiguous)
            near.counted.add(metric::outbox_ambiguous_total);
        const checked_word method(one.method);
        const checked_word reason(became.reason.empty() ? "ok" : std::string_view(became.reason));
        const auto rows = one.rows.size();
        near.log.say(event_of(became.word), with("method", method), with("reason", reason),
                     with("rows", rows));
    }

    void ended() {
        --under_way;
        if (settled_told)
            settled_told();
        if (stopping)
            return tell_if_stopped();
        loop->wake();
    }

    void tell_if_stopped() {
        if (under_way > 0 || loop->running())
            return;
        for (auto &done : std::exchange(stopped, {}))
            done();
    }
};

courier::courier(boost::asio::any_io_executor on, neighbours with, courier_limits limits)
    : inside_(std::make_shared<inside>(on, with, limits)) {
    // the loop is owned by what its step refers to, so the step holds it weakly
    inside_->loop =
        std::make_unique<due_loop>(on, with.clock, [weak = std::weak_ptr(inside_)](due_loop::told told) {
            if (const auto self = weak.lock())
                self->step(std::move(told));
        });
}

courier::~courier() = default;

void courier::set_house(std::shared_ptr<house_in_force> here) {
    inside_->here = std::move(here);
}

void courier::wake() {
    inside_->loop->wake();
}

void courier::on_settled(std::function<void()> told) {
    inside_->settled_told = std::move(told);
}

bool courier::idle() const {
    return inside_->under_way == 0 && !inside_->loop->running();
}

void courier::stop(std::function<void()> done) {
    inside_->stopping = true;
    inside_->stopped.push_back(std::move(done));
    inside_->loop->stop([self = inside_] { self->tell_if_stopped(); });
}

} // namespace rapport::bot
