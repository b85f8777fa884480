// Asking, waiting and remembering; see directory.hpp.
#include "bot/directory.hpp"

#include "bot/call_bodies.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <map>
#include <utility>

namespace rapport::bot {

struct directory::inside : std::enable_shared_from_this<inside> {
    using steady = std::chrono::steady_clock;

    // Those who wait for some people; told once, by the last answer or by the clock.
    struct waiting {
        people found;
        std::size_t open = 0;
        std::function<void(people)> then;
        boost::asio::steady_timer timer;

        explicit waiting(const boost::asio::any_io_executor &on) : timer(on) {}
        void tell() {
            timer.cancel();
            if (then)
                std::exchange(then, nullptr)(std::move(found));
        }
    };
    using held = std::shared_ptr<waiting>;

    boost::asio::any_io_executor executor;
    platform &to;
    logger &log;
    directory_limits limits;
    team_id ours;
    std::map<slack_id, steady::time_point> ask_after; // seen people, and when to ask for them again
    std::map<slack_id, std::vector<held>> asked;      // questions under way, and who waits for them

    inside(boost::asio::any_io_executor on, platform &platform_, logger &says, directory_limits those)
        : executor(on), to(platform_), log(says), limits(those) {}

    bool known(const slack_id &who) const {
        const auto it = ask_after.find(who);
        return it != ask_after.end() && steady::now() < it->second;
    }

    void remember(const slack_id &who, steady::duration how_long) {
        if (ask_after.size() >= limits.held && !ask_after.contains(who))
            ask_after.erase(ask_after.begin());
        ask_after[who] = steady::now() + how_long;
    }

    void learn(const std::vector<slack_id> &who, std::function<void(people)> then) {
        auto one = std::make_shared<waiting>(executor);
        one->then = std::move(then);
        for (const auto &each : who) {
            if (each.empty() || known(each))
                continue;
            if (!asked.contains(each) && asked.size() >= limits.asked)
                continue;
            ++one->open;
            ask(each, one);
        }
        if (one->open == 0)
            return one->tell();
        one->timer.expires_after(limits.patience);
        one->timer.async_wait([one](boost::system::error_code cancelled) {
            if (!cancelled)
                one->tell();
        });
    }

    void ask(const slack_id &who, const held &one) {
        auto &those = asked[who];
        those.push_back(one);
        if (those.size() > 1)
            return;
        to.call(
            slack::method::users_info, bodies::users_info(who), slack::priority::interactive,
            [self = shared_from_this(), who](const platform_answer &became) { self->answered(who, became); });
    }

    void answered(const slack_id &who, const platform_answer &became) {
        const auto those = std::exchange(asked[who], {});
        asked.erase(who);
        const auto facts = became.done() ? bodies::person_of(became.body, ours) : std::nullopt;
        bool taken = false;
        if (!facts)
            tell_unknown(who, became);
        for (const auto &one : those) {
            if (facts && one->then) {
                one->found.push_back(*facts);
                taken = true;
            }
            if (--one->open == 0)
                one->tell();
        }
        if (taken)
            remember(who, limits.fresh);
    }

    // --- the members of a channel, page by page

    struct reading {
        channel_id where;
        std::vector<slack_id> members;
        std::function<void(std::vector<slack_id>, std::string)> then;
        boost::asio::steady_timer timer;

        reading(const boost::asio::any_io_executor &on, channel_id which,
                std::function<void(std::vector<slack_id>, std::string)> told)
            : where(std::move(which)), then(std::move(told)), timer(on) {}
        void tell(std::string wrong) {
            timer.cancel();
            if (!wrong.empty())
                members.clear();
            if (then)
                std::exchange(then, nullptr)(std::move(members), std::move(wrong));
        }
    };

    void list(const std::shared_ptr<reading> &one, const std::string &cursor) {
        to.call(slack::method::conversations_members, bodies::members_of(one->where, cursor),
                slack::priority::interactive,
                [self = shared_from_this(), one](const platform_answer &became) {
                    if (!one->then)
                        return; // its patience is over
                    const auto page = became.done() ? bodies::members_of_answer(became.body) : std::nullopt;
                    if (!page)
                        return one->tell(became.done() ? "unreadable" : became.error);
                    one->members.insert(one->members.end(), page->members.begin(), page->members.end());
                    if (page->next.empty() || one->members.size() >= self->limits.held)
                        return one->tell({});
                    self->list(one, page->next);
                });
    }

    void tell_unknown(const slack_id &who, const platform_answer &became) {
        // a word of the platform is an answer; a broken connection is none, and is asked again at once
        if (became.what == slack::failure::target_gone)
            remember(who, limits.unknown_for);
        const checked_word reason(became.done() ? "unreadable" : became.error);
        log.say(event::person_unknown, with("who", who), with("reason", reason));
    }
};

directory::directory(boost::asio::any_io_executor on, platform &to, logger &log, directory_limits limits)
    : inside_(std::make_shared<inside>(on, to, log, limits)) {}

directory::~directory() = default;

void directory::set_team(team_id ours) {
    inside_->ours = std::move(ours);
}

void directory::learn(const std::vector<slack_id> &who, std::function<void(people)> then) {
    inside_->learn(who, std::move(then));
}

void directory::members(const channel_id &where,
                        std::function<void(std::vector<slack_id>, std::string)> then) {
    auto one = std::make_shared<inside::reading>(inside_->executor, where, std::move(then));
    one->timer.expires_after(inside_->limits.listing);
    one->timer.async_wait([one](boost::system::error_code cancelled) {
        if (!cancelled)
            one->tell("timeout");
    });
    inside_->list(one, {});
}

void directory::seen(const slack_id &who) {
    inside_->remember(who, inside_->limits.fresh);
}

void directory::forget(const people &facts) {
    for (const auto &one : facts)
        inside_->ask_after.erase(one.who);
}

void directory::forget_one(const slack_id &who) {
    inside_->ask_after.erase(who);
}

void directory::find_by_email(const std::string &address,
                              std::function<void(std::optional<person_described>)> then) {
    inside_->to.call(slack::method::users_lookup_by_email, bodies::lookup_by_email(address),
                     slack::priority::interactive,
                     [self = inside_, then = std::move(then)](const platform_answer &became) {
                         then(became.done() ? bodies::person_of(became.body, self->ours) : std::nullopt);
                     });
}

} // namespace rapport::bot
