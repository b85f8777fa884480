// Begin, open the conversation where it is not known, post, record; see passing.hpp.
#include "bot/passing.hpp"

#include "bot/call_bodies.hpp"
#include "bot/courier.hpp"
#include "handlers/passing.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <utility>

namespace rapport::bot {
namespace {

constexpr int most_tries = 3;
constexpr std::chrono::seconds longest_wait{10};

constexpr storage::run_as beginning{"passing.begin", storage::isolation::read_committed};
constexpr storage::run_as settling{"passing.settle", storage::isolation::read_committed, seconds{30}};

} // namespace

struct passing::inside : std::enable_shared_from_this<inside> {
    struct journey {
        team_id team;
        rendered_passing words;
        int tries = 0;
        boost::asio::steady_timer timer;

        explicit journey(const boost::asio::any_io_executor &on) : timer(on) {}
    };
    using held = std::shared_ptr<journey>;

    boost::asio::any_io_executor executor;
    neighbours near;
    std::shared_ptr<house_in_force> here;
    std::function<void()> settled_told;
    int under_way = 0;
    std::vector<std::function<void()>> drained;

    inside(boost::asio::any_io_executor on, neighbours with) : executor(on), near(with) {}

    void take(team_id team, rendered_passing words) {
        ++under_way;
        auto one = std::make_shared<journey>(executor);
        one->team = std::move(team);
        one->words = std::move(words);
        auto unit = [whose = one->team, id = one->words.id](storage::session &db) {
            static thread_local id_source ids;
            return begin_passing(db, ids, whose, id);
        };
        near.store.write(beginning, std::move(unit),
                         [self = shared_from_this(), one](storage::saved<bool> may) noexcept {
                             const bool go = may && *may;
                             boost::asio::post(self->executor, [self, one, go] {
                                 if (go)
                                     self->go_on(one);
                                 else // not begun: their author hears that they are lost
                                     self->ended();
                             });
                         });
    }

    void go_on(const held &one) {
        ++one->tries;
        if (one->words.channel.empty())
            return open(one);
        post(one);
    }

    void open(const held &one) {
        near.to.call(slack::method::conversations_open, bodies::open_with(one->words.open_with),
                     slack::priority::interactive,
                     [self = shared_from_this(), one](const platform_answer &became) {
                         const auto channel = bodies::opened_channel(became.body);
                         if (!became.done() || !channel) {
                             // nothing was posted, whatever became of the opening
                             auto surely = became;
                             if (surely.what == slack::failure::maybe_executed || surely.done())
                                 surely.what = slack::failure::later;
                             return self->came_back(one, slack::method::conversations_open, surely);
                         }
                         one->words.channel = *channel;
                         self->post(one);
                     });
    }

    void post(const held &one) {
        near.to.call(slack::method::chat_post_message, bodies::post(one->words.channel, one->words.body),
                     slack::priority::interactive,
                     [self = shared_from_this(), one](const platform_answer &became) {
                         self->came_back(one, slack::method::chat_post_message, became);
                     });
    }

    void came_back(const held &one, slack::method what, const platform_answer &became) {
        auto outcome = outcome_of(what, became, near.clock.now(), {});
        if (outcome.word == delivery_word::later && one->tries < most_tries) {
            const auto wait = std::min(became.retry_after.value_or(std::chrono::seconds{2}), longest_wait);
            one->timer.expires_after(wait);
            one->timer.async_wait(
                [self = shared_from_this(), one](boost::system::error_code) { self->go_on(one); });
            return;
        }
        if (!outcome.channel)
            outcome.channel = one->words.channel;
        settle(one, std::move(outcome));
    }

    void settle(const held &one, call_outcome became) {
        const checked_word reason(became.reason.empty() ? "ok" : std::string_view(became.reason));
        if (became.word == delivery_word::sent)
            near.log.say(event::words_passed);
        else
            near.log.say(event::words_lost, with("reason", reason));
        one->words.body.clear();
        const auto now = near.clock.now();
        auto unit = [house_now = here, whose = one->team, id = one->words.id, became,
                     now](storage::session &db) {
            static thread_local id_source ids;
            const auto holds = house_now->as_of(db);
            settle_passing(db, ids, *holds, whose, id, became, now);
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

    void ended() {
        --under_way;
        if (settled_told)
            settled_told();
        tell_if_drained();
    }

    void tell_if_drained() {
        if (under_way > 0)
            return;
        for (auto &done : std::exchange(drained, {}))
            done();
    }
};

passing::passing(boost::asio::any_io_executor on, neighbours with)
    : inside_(std::make_shared<inside>(on, with)) {}

passing::~passing() = default;

void passing::set_house(std::shared_ptr<house_in_force> here) {
    inside_->here = std::move(here);
}

void passing::on_settled(std::function<void()> told) {
    inside_->settled_told = std::move(told);
}

void passing::take(team_id team, rendered_passing words) {
    inside_->take(std::move(team), std::move(words));
}

void passing::drain(std::function<void()> done) {
    inside_->drained.push_back(std::move(done));
    inside_->tell_if_drained();
}

} // namespace rapport::bot
