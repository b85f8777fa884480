// Taking, asking and keeping; see newcomers.hpp.
#include "bot/newcomers.hpp"

#include "bot/call_bodies.hpp"
#include "handlers/dispatch.hpp"
#include "storage/joining.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace rapport::bot {
namespace {

using storage::to_be_asked;

constexpr minutes when_unreachable{1}; // before the platform is asked again

storage::run_as quietly() {
    return {"newcomers", storage::isolation::read_committed, seconds{10}};
}

// Whether the platform has answered, if only that there is nobody: then it is not asked again.
bool is_answer(const platform_answer &became) {
    return became.done() || became.what == slack::failure::target_gone || became.error == "users_not_found";
}

} // namespace

struct newcomers::inside : std::enable_shared_from_this<inside> {
    boost::asio::any_io_executor executor;
    neighbours near;
    team_id ours;
    std::shared_ptr<house_in_force> here;
    std::function<void()> learned_told;
    std::unique_ptr<due_loop> loop;

    inside(boost::asio::any_io_executor on, neighbours with) : executor(on), near(with) {}

    // One person a step; the next step follows at once while there is somebody.
    void step(due_loop::told then) {
        if (!here)
            return then(std::nullopt);
        using taken = std::optional<to_be_asked>;
        near.store.write(
            quietly(),
            [now = near.clock.now()](storage::session &db) { return storage::next_to_ask(db, now); },
            [self = shared_from_this(), then = std::move(then)](storage::saved<taken> became) noexcept {
                boost::asio::post(self->executor, [self, then, whom = became ? *became : taken()] {
                    if (whom)
                        self->ask(*whom, then);
                    else
                        then(std::nullopt);
                });
            });
    }

    void ask(const to_be_asked &whom, due_loop::told then) {
        const auto method = whom.slack ? slack::method::users_info : slack::method::users_lookup_by_email;
        auto body = whom.slack ? bodies::users_info(*whom.slack) : bodies::lookup_by_email(whom.email);
        near.to.call(method, std::move(body), slack::priority::background,
                     [self = shared_from_this(), whom, then](const platform_answer &became) {
                         self->answered(whom, became, then);
                     });
    }

    void answered(const to_be_asked &whom, const platform_answer &became, due_loop::told then) {
        const bool known = is_answer(became);
        auto facts = became.done() ? bodies::person_of(became.body, ours) : std::nullopt;
        if (!facts) {
            const checked_word reason(became.done() ? "unreadable" : became.error);
            near.log.say(event::person_unknown, with("who", whom.slack.value_or(slack_id())),
                         with("reason", reason));
        }
        if (facts && !whom.email.empty())
            facts->email = whom.email; // as it was asked for: the answer may leave it out
        auto unit = [whom, facts, known, team = ours, rules = here,
                     now = near.clock.now()](storage::session &db) {
            if (!known)
                return storage::ask_again(db, whom);
            static thread_local id_source ids;
            if (!facts) {
                if (whom.slack)
                    storage::joining(db, team).drop(*whom.slack);
                return;
            }
            request news;
            news.team = team;
            news.from = facts->who;
            news.at = now;
            news.what = *facts;
            dispatch(db, ids, *rules->as_of(db), news);
        };
        near.store.write(
            quietly(), std::move(unit),
            [self = shared_from_this(), then = std::move(then), known](storage::saved<void>) noexcept {
                boost::asio::post(self->executor, [self, then, known] {
                    if (self->learned_told && known)
                        self->learned_told();
                    const auto now = self->near.clock.now();
                    then(known ? now : now + when_unreachable);
                });
            });
    }
};

newcomers::newcomers(boost::asio::any_io_executor on, neighbours with)
    : inside_(std::make_shared<inside>(on, with)) {
    inside_->loop = std::make_unique<due_loop>(
        on, with.clock, [in = inside_.get()](due_loop::told then) { in->step(std::move(then)); });
}

newcomers::~newcomers() = default;

void newcomers::set_place(team_id ours) {
    inside_->ours = std::move(ours);
}

void newcomers::set_house(std::shared_ptr<house_in_force> here) {
    inside_->here = std::move(here);
}

void newcomers::on_learned(std::function<void()> told) {
    inside_->learned_told = std::move(told);
}

void newcomers::wake() {
    inside_->loop->wake();
}

void newcomers::stop(std::function<void()> idle) {
    inside_->loop->stop(std::move(idle));
}

} // namespace rapport::bot
