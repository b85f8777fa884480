// From delivery to acknowledgement, step by step; see intake.hpp.
#include "bot/intake.hpp"

#include "handlers/dispatch.hpp"
#include "handlers/usage_shape.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <set>
#include <utility>

namespace rapport::bot {
namespace {

using slack::delivery_kind;
using steady = std::chrono::steady_clock;

constexpr slack::choices<delivery_kind, 4> kind_words{{{delivery_kind::command, "command"},
                                                       {delivery_kind::interactive, "interactive"},
                                                       {delivery_kind::event, "event"},
                                                       {delivery_kind::other, "other"}}};

checked_word word(delivery_kind kind) {
    return checked_word(word_of(kind_words, kind));
}

// What became of a request, for the metric.
enum class request_end { answered, busy, failed };
RAPPORT_WORDS(request_end, 3,
              {{request_end::answered, "answered"},
               {request_end::busy, "busy"},
               {request_end::failed, "failed"}})

// The first word of a request that takes longer than its budget: the answer itself follows.
answer still_on_it(const request &asked) {
    if (std::holds_alternative<form_sent>(asked.what)) {
        answer made;
        made.form = next_form{
            .form = {.callback = "still_on_it",
                     .title = "Still on it",
                     .close = "Back",
                     .blocks = {surface::section{
                         .text = surface::text("This takes a moment. The answer comes as a message; until "
                                               "then your form stays as it is beneath this page.")}}},
            .on_top = true}; // what was typed is not lost, should it be refused
        return made;
    }
    return tell(surface::text("Still on it: the answer follows here in a moment."));
}

// Somebody sees an error, or waits, if nothing is said.
bool somebody_waits(const slack::delivery &what) {
    return what.kind == delivery_kind::command || what.kind == delivery_kind::interactive;
}

// Whether it is worth asking the platform about the one who asks before they are answered.
bool worth_knowing(const slack::delivery &what) {
    return somebody_waits(what) || std::holds_alternative<slack::app_home_opened>(what.what);
}

// The facts of a person as a request of their own: handled, but no delivery that could come twice.
request facts_request(const person_described &facts, const request &for_whom) {
    request made;
    made.team = for_whom.team;
    made.from = facts.who;
    made.at = for_whom.at;
    made.what = facts;
    return made;
}

} // namespace

struct intake::inside : std::enable_shared_from_this<inside> {
    // One request at work.
    struct work {
        request asked;
        reply_ways ways;
        reference whose;
        delivery_kind kind = delivery_kind::other;
        slack::ack answer;
        steady::time_point since;
        bool late = false; // the first word went out; the answer follows by another way
        bool rerun = false;
        boost::asio::steady_timer timer;
        directory::people learned;
        std::shared_ptr<house_in_force> here;

        explicit work(const boost::asio::any_io_executor &on) : timer(on) {}
    };
    using held = std::shared_ptr<work>;

    boost::asio::any_io_executor executor;
    neighbours near;
    intake_limits limits;
    own_place ours;
    std::shared_ptr<house_in_force> here;
    std::function<void()> saved_told;
    std::function<void(installation_news)> news_told;
    std::function<void(team_id, rendered_passing)> passing_told;
    std::size_t flying = 0;
    bool closed = false;
    std::vector<std::function<void()>> drained;
    std::set<std::string> odd_kinds; // logged once each; at most 100

    inside(boost::asio::any_io_executor on, neighbours with_whom, intake_limits those)
        : executor(on), near(with_whom), limits(those) {}

    // --- taking it in

    void take(slack::delivery what, slack::ack answer) {
        near.counted.add(metric::envelopes_received_total, {word(what.kind)});
        tell_news(what);
        auto asked = request_of(what, ours, near.clock.now());
        if (!asked)
            return leave(what, std::move(answer));
        const bool full = flying >= limits.in_flight;
        if (full || closed)
            return turn_away(what, *asked, std::move(answer));
        begin(what, std::move(*asked), std::move(answer));
    }

    void tell_news(const slack::delivery &what) {
        if (!news_told)
            return;
        if (std::holds_alternative<slack::app_uninstalled>(what.what))
            news_told(installation_news::uninstalled);
        if (std::holds_alternative<slack::tokens_revoked>(what.what))
            news_told(installation_news::tokens_revoked);
        if (std::holds_alternative<slack::app_rate_limited>(what.what))
            news_told(installation_news::events_dropped);
    }

    // Nothing is asked: acknowledged, so that it does not come again.
    void leave(const slack::delivery &what, slack::ack answer) {
        const auto payload = idle_payload(what);
        if (payload.empty())
            answer.bare();
        else
            answer.with(payload);
        const auto kind = word(what.kind);
        const auto *other = std::get_if<slack::other_delivery>(&what.what);
        if (other == nullptr)
            return near.log.say(event::delivery_unused, with("kind", kind));
        if (odd_kinds.size() >= 100 || !odd_kinds.insert(other->kind + "/" + other->type).second)
            return;
        const checked_word type(other->type);
        near.log.say(event::delivery_unknown, with("kind", kind), with("type", type));
    }

    // Too much at once. An event that is not acknowledged comes again by itself; a person would only see an
    // error, so they are told.
    void turn_away(const slack::delivery &what, const request &asked, slack::ack answer) {
        near.counted.add(metric::envelopes_refused_total, {word(what.kind)});
        const reference whose(asked.key);
        near.log.say(event::request_refused_busy, whose, with("in_flight", flying));
        if (!somebody_waits(what))
            return;
        outgoing_answer out;
        out.team = asked.team;
        out.to = asked.from;
        out.ways = ways_of(what);
        out.says = rendered(busy(asked), asked);
        if (what.kind == delivery_kind::interactive && out.says.ack.empty() && out.ways.response_url.empty())
            return; // nowhere to say it: unacknowledged, the platform shows that it did not work
        out.acked = say(answer, out.says.ack, whose);
        near.answers.deliver(std::move(out));
    }

    void begin(const slack::delivery &what, request asked, slack::ack answer) {
        auto one = std::make_shared<work>(executor);
        one->since = steady::now();
        one->ways = ways_of(what);
        one->kind = what.kind;
        one->whose = reference(asked.key);
        one->answer = std::move(answer);
        one->here = here;
        if (const auto *described = std::get_if<person_described>(&asked.what))
            near.people.seen(described->who);
        one->asked = std::move(asked);
        ++flying;
        near.counted.set(metric::requests_in_flight, static_cast<double>(flying));
        watch(one, what);
        const auto asks = checked_word(kind_of(one->asked));
        near.log.say(event::request_taken, one->whose, with("asks", asks), with("from", one->asked.from));
        if (!worth_knowing(what))
            return save(one);
        auto who = people_named(what, limits.people_named);
        who.push_back(one->asked.from);
        near.people.learn(who, [self = shared_from_this(), one](directory::people learned) {
            one->learned = std::move(learned);
            self->list_members(one);
        });
    }

    // A command that enrols a channel needs its members before it is answered.
    void list_members(const held &one) {
        const auto where = enrols_channel(*one);
        if (!where)
            return save(one);
        near.people.members(
            *where, [self = shared_from_this(), one](std::vector<slack_id> members, std::string wrong) {
                auto &typed = std::get<command_typed>(one->asked.what);
                typed.listed = std::move(members);
                typed.unlisted = std::move(wrong);
                self->save(one);
            });
    }

    static std::optional<channel_id> enrols_channel(const work &one) {
        const auto *typed = std::get_if<command_typed>(&one.asked.what);
        if (typed == nullptr || one.here->names().find(typed->name) != command_name::program)
            return std::nullopt;
        const auto verb = std::string_view(typed->words).substr(0, typed->words.find(' '));
        return shape::alike(verb, "enrol") ? channel_named(one.asked) : std::nullopt;
    }

    // --- the budget

    void watch(const held &one, const slack::delivery &what) {
        if (!somebody_waits(what))
            return;
        one->timer.expires_after(limits.budget);
        one->timer.async_wait([self = shared_from_this(), one](boost::system::error_code cancelled) {
            if (!cancelled && one->answer.open())
                self->say_first_word(one);
        });
    }

    void say_first_word(const held &one) {
        one->late = true;
        near.counted.add(metric::ack_late_total);
        near.log.say(event::request_over_budget, one->whose);
        const auto words = rendered(still_on_it(one->asked), one->asked);
        say(one->answer, words.ack, one->whose);
    }

    // --- the database

    void save(const held &one) {
        const auto spent = std::chrono::duration_cast<milliseconds>(steady::now() - one->since);
        storage::run_as how{"request"};
        how.budget = std::max(milliseconds{100}, milliseconds{limits.budget} - spent);
        // the unit may be run again, so it copies nothing out of the request it could spoil
        auto unit = [one](storage::session &db) {
            // one a thread of the store: units of PostgreSQL run side by side
            static thread_local id_source ids;
            const auto holds = one->here->as_of(db);
            for (const auto &facts : one->learned)
                dispatch(db, ids, *holds, facts_request(facts, one->asked));
            return dispatch(db, ids, *holds, one->asked);
        };
        near.store.write(how, std::move(unit),
                         [self = shared_from_this(), one](storage::saved<rendered_answer> became) noexcept {
                             boost::asio::post(self->executor,
                                               [self, one, became = std::move(became)]() mutable {
                                                   self->saved(one, std::move(became));
                                               });
                         });
    }

    void saved(const held &one, storage::saved<rendered_answer> became) {
        if (became) {
            for (const auto &each : one->learned)
                near.log.say(event::person_learned, one->whose, with("person", each.who));
            if (became->seen_before)
                say_duplicate(one);
            if (became->forgets_them) {
                near.log.say(event::person_forgotten, one->whose);
                near.people.forget_one(one->asked.from);
                near.store.settle_soon();
            }
            return finish(one, std::move(*became), request_end::answered);
        }
        near.people.forget(one->learned);
        const auto fault = became.error().kind;
        near.counted.add(metric::request_faults_total, {fault});
        if (fault == storage::fault_kind::ambiguous && !std::exchange(one->rerun, true))
            return save(one); // if it was saved, its key says so and the answer is the same
        if (fault == storage::fault_kind::busy) {
            near.log.say(event::request_refused_busy, one->whose, with("in_flight", flying));
            return finish(one, rendered(busy(one->asked), one->asked), request_end::busy);
        }
        near.log.say(event::request_failed, one->whose, with("fault", fault));
        finish(one, rendered(sorry(one->asked, one->whose.str()), one->asked), request_end::failed);
    }

    void say_duplicate(const held &one) {
        near.counted.add(metric::envelopes_duplicate_total, {word(one->kind)});
        near.log.say(event::request_duplicate, one->whose);
    }

    // --- the answer

    // Hands the payload to the link; true if nothing of it is left to say once it has left.
    bool say(slack::ack &answer, const std::string &payload, const reference &whose,
             slack::departure when = {}) {
        const auto delivered_at = answer.delivered_at();
        const auto became =
            payload.empty() ? answer.bare(std::move(when)) : answer.with(payload, std::move(when));
        near.counted.observe(metric::ack_duration_seconds, steady::now() - delivered_at);
        if (became == slack::ack_result::sent)
            return true;
        const checked_word how(word_of(slack::ack_words, became));
        near.counted.add(metric::ack_unsent_total);
        near.log.say(event::answer_undelivered, whose, with("how", how));
        return false;
    }

    void finish(const held &one, rendered_answer says, request_end end) {
        one->timer.cancel();
        const bool nothing_saved = end != request_end::answered;
        if (auto passes = std::exchange(says.passes, {}); passes && passing_told)
            passing_told(one->asked.team, std::move(*passes));
        // an event that was not saved comes again if it is not acknowledged
        const bool ask_again = nothing_saved && one->kind == delivery_kind::event;
        auto out = std::make_shared<outgoing_answer>();
        out->team = one->asked.team;
        out->key = one->asked.key;
        out->to = one->asked.from;
        out->ways = std::move(one->ways);
        out->kept = !nothing_saved && !says.empty();
        out->trigger_alive = steady::now() - one->since < limits.trigger_life;
        if (!ask_again && one->answer.open())
            out->acked = say(one->answer, says.ack, one->whose, go_on_once_it_left(out));
        else
            go_on_once_it_left(out).tell(false);
        out->says = std::move(says);

        const auto asks = checked_word(kind_of(one->asked));
        near.counted.add(metric::commands_total, {asks, end});
        const auto took = steady::now() - one->since;
        if (!nothing_saved)
            near.log.say(event::request_answered, one->whose, with("asks", asks), with("took", took),
                         with("late", one->late));
        if (saved_told && !nothing_saved)
            saved_told();
    }

    // An acknowledgement that is only queued has told nobody anything: what is marked as delivered, and what
    // is said by another way, waits for its departure. The word may come at once; it is acted on from the
    // loop.
    slack::departure go_on_once_it_left(const std::shared_ptr<outgoing_answer> &out) {
        return slack::departure([self = shared_from_this(), out](bool left) {
            boost::asio::post(self->executor, [self, out, left] {
                if (out->acked && !left)
                    self->near.counted.add(metric::ack_unsent_total);
                out->acked = (out->acked && left) || out->says.empty();
                self->leave_to_answers(*out);
            });
        });
    }

    void leave_to_answers(outgoing_answer &out) {
        if (!out.says.empty())
            near.answers.deliver(std::move(out));
        --flying;
        near.counted.set(metric::requests_in_flight, static_cast<double>(flying));
        tell_if_drained();
    }

    void tell_if_drained() {
        if (flying > 0)
            return;
        for (auto &done : std::exchange(drained, {}))
            done();
    }
};

intake::intake(boost::asio::any_io_executor on, neighbours with, intake_limits limits)
    : inside_(std::make_shared<inside>(on, with, limits)) {}

intake::~intake() = default;

void intake::set_place(own_place ours) {
    inside_->ours = std::move(ours);
}

void intake::set_house(std::shared_ptr<house_in_force> here) {
    inside_->here = std::move(here);
}

void intake::on_saved(std::function<void()> told) {
    inside_->saved_told = std::move(told);
}

void intake::on_passing(std::function<void(team_id, rendered_passing)> told) {
    inside_->passing_told = std::move(told);
}

void intake::on_news(std::function<void(installation_news)> told) {
    inside_->news_told = std::move(told);
}

void intake::take(slack::delivery what, slack::ack answer) {
    inside_->take(std::move(what), std::move(answer));
}

std::size_t intake::in_flight() const {
    return inside_->flying;
}

void intake::drain(std::function<void()> done) {
    inside_->closed = true;
    inside_->drained.push_back(std::move(done));
    inside_->tell_if_drained();
}

} // namespace rapport::bot
