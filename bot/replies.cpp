// The ways of an answer, one after the other; see replies.hpp.
#include "bot/replies.hpp"

#include "bot/call_bodies.hpp"
#include "storage/inbox.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace rapport::bot {
namespace {

constexpr int most_in_a_sweep = 200;
constexpr std::size_t most_remembered = 10'000; // direct conversations

} // namespace

struct replies::inside : std::enable_shared_from_this<inside> {
    // One answer while its parts leave. Gone when the last part has.
    struct journey {
        outgoing_answer what;
        reference whose;
        bool late = false;      // said by another way than it was meant to
        bool unsettled = false; // somebody may still hear it: stays in the inbox
        // Nobody looks at the screen for what a crash left over: it waits its turn, longer, and leaves the
        // last of each pace to those who do.
        slack::priority urgency = slack::priority::interactive;
    };
    using held = std::shared_ptr<journey>;

    boost::asio::any_io_executor executor;
    storage::store &store;
    platform &to;
    const wall_clock &clock;
    logger &log;
    metrics &counted;
    std::map<std::pair<team_id, std::string>, int> travelling; // those of a key may be two: a duplicate
    std::vector<std::pair<team_id, std::string>> delivered;    // to be marked in the inbox
    std::map<std::pair<team_id, slack_id>, channel_id> direct_with;
    bool marking = false, sweeping = false;
    bool closed = false; // the owner is gone: what still hangs on the network thread is let go silently
    std::vector<std::function<void()>> drained;

    inside(boost::asio::any_io_executor on, storage::store &keeps, platform &platform_,
           const wall_clock &time, logger &says, metrics &counts)
        : executor(on), store(keeps), to(platform_), clock(time), log(says), counted(counts) {}

    void begin(outgoing_answer what, slack::priority urgency = slack::priority::interactive) {
        auto one = std::make_shared<journey>();
        one->urgency = urgency;
        one->whose = reference(what.key);
        one->what = std::move(what);
        ++travelling[{one->what.team, one->what.key}];
        // the journey ends when the last holder lets go of this
        const std::shared_ptr<void> parts(nullptr,
                                          [self = shared_from_this(), one](void *) { self->ended(one); });
        open_form(one, parts);
        publish_home(one, parts);
        say(one, parts);
    }

    // --- the parts

    void open_form(const held &one, const std::shared_ptr<void> &parts) {
        const auto &view = one->what.says.open_view;
        if (view.empty() || one->what.ways.trigger.empty() || !one->what.trigger_alive)
            return;
        to.call(slack::method::views_open, bodies::open_view(one->what.ways.trigger, view),
                slack::priority::interactive,
                [self = shared_from_this(), one, parts](const platform_answer &became) {
                    if (became.done())
                        return;
                    self->call_failed(one, "views.open", became);
                    self->say_late(one, parts);
                });
    }

    void publish_home(const held &one, const std::shared_ptr<void> &parts) {
        const auto &view = one->what.says.publish_home;
        if (view.empty())
            return;
        // a home page that cannot be shown is shown anew when it is opened next: nothing to say late
        to.call(slack::method::views_publish, bodies::publish_home(one->what.to, view),
                slack::priority::interactive,
                [self = shared_from_this(), one, parts](const platform_answer &became) {
                    if (!became.done())
                        self->call_failed(one, "views.publish", became);
                });
    }

    void say(const held &one, const std::shared_ptr<void> &parts) {
        const auto &says = one->what.says;
        const bool form_lost = !says.open_view.empty() && !one->what.trigger_alive;
        if (!one->what.acked || form_lost)
            return say_late(one, parts);
        if (!says.respond.empty())
            return respond(one, parts, says.respond);
        if (!says.direct.empty())
            return say_directly(one, parts, says.direct);
    }

    // What is left to be heard once the way it was meant to go is closed.
    void say_late(const held &one, const std::shared_ptr<void> &parts) {
        const auto words = said_late(one->what.says);
        if (words.empty())
            return;
        one->late = true;
        if (one->what.ways.response_url.empty())
            return say_directly(one, parts, words);
        respond(one, parts, bodies::ephemeral(words));
    }

    void respond(const held &one, const std::shared_ptr<void> &parts, std::string body) {
        if (one->what.ways.response_url.empty())
            return say_directly(one, parts, said_late(one->what.says));
        to.respond(one->what.ways.response_url, std::move(body),
                   [self = shared_from_this(), one, parts](const platform_answer &became) {
                       if (became.done())
                           return self->heard(one, answer_way::respond);
                       self->call_failed(one, "response_url", became);
                       // perhaps heard: hearing it twice is better than never
                       self->one_way_less(one);
                       self->say_directly(one, parts, said_late(one->what.says));
                   });
    }

    void one_way_less(const held &one) {
        one->late = true;
        one->what.ways.response_url.clear();
    }

    void say_directly(const held &one, const std::shared_ptr<void> &parts, std::string words) {
        if (one->what.to.empty() || !bodies::has_words(words))
            return;
        if (const auto known = direct_with.find({one->what.team, one->what.to}); known != direct_with.end())
            return post(one, parts, known->second, std::move(words));
        to.call(slack::method::conversations_open, bodies::open_direct(one->what.to), one->urgency,
                [self = shared_from_this(), one, parts,
                 said = std::move(words)](const platform_answer &became) mutable {
                    const auto channel = bodies::opened_channel(became.body);
                    if (!became.done() || !channel)
                        return self->not_heard(one, "conversations.open", became);
                    self->remember_direct(one, *channel);
                    self->post(one, parts, *channel, std::move(said));
                });
    }

    // A person's direct conversation with us stays the same; asking for it again only waits at its pace.
    void remember_direct(const held &one, const channel_id &where) {
        if (direct_with.size() >= most_remembered)
            direct_with.clear();
        direct_with.insert_or_assign({one->what.team, one->what.to}, where);
    }

    void post(const held &one, const std::shared_ptr<void> &parts, const channel_id &where,
              std::string words) {
        to.call(slack::method::chat_post_message, bodies::post(where, words), one->urgency,
                [self = shared_from_this(), one, parts](const platform_answer &became) {
                    if (!became.done()) {
                        self->direct_with.erase({one->what.team, one->what.to});
                        return self->not_heard(one, "chat.postMessage", became);
                    }
                    self->heard(one, answer_way::direct);
                });
    }

    // --- what became of them

    void heard(const held &one, answer_way way) {
        if (!one->late)
            return;
        counted.add(metric::answers_late_total, {way});
        log.say(event::answer_delivered_late, one->whose, with("way", way));
    }

    void not_heard(const held &one, constant method, const platform_answer &became) {
        // a person or channel that is gone will not come back within the hour; all else may
        one->unsettled = became.what != slack::failure::target_gone;
        const checked_word reason(became.error);
        log.say(event::answer_undelivered, one->whose, with("method", method), with("reason", reason),
                with("to", one->what.to));
    }

    void call_failed(const held &one, constant method, const platform_answer &became) {
        const checked_word reason(became.error);
        log.say(event::call_failed, one->whose, with("method", method), with("reason", reason));
    }

    void ended(const held &one) {
        if (closed)
            return;
        const std::pair key{one->what.team, one->what.key};
        if (--travelling[key] <= 0)
            travelling.erase(key);
        if (one->what.kept && !one->unsettled) {
            delivered.push_back(key);
            mark();
        }
        tell_if_drained();
    }

    // Marks what was delivered; what is delivered while that is being written is marked together after it.
    void mark() {
        if (marking || delivered.empty())
            return;
        marking = true;
        auto batch = std::exchange(delivered, {});
        const auto now = clock.now();
        auto unit = [batch, now](storage::session &db) {
            storage::inbox inbox(db);
            for (const auto &[team, key] : batch)
                inbox.mark_delivered(team, key, now);
        };
        store.write({"inbox.delivered", storage::isolation::read_committed}, std::move(unit),
                    [self = shared_from_this()](storage::saved<void>) noexcept {
                        // not marked is said again after a restart: at least once
                        boost::asio::post(self->executor, [self] {
                            self->marking = false;
                            self->mark();
                            self->tell_if_drained();
                        });
                    });
    }

    // --- what was left over

    void sweep(span_of_time age) {
        if (sweeping)
            return;
        sweeping = true;
        const auto now = clock.now();
        auto unit = [now, age](storage::session &db) {
            storage::inbox inbox(db);
            inbox.forget_answers(now - kept_for);
            return inbox.undelivered(now - age, most_in_a_sweep);
        };
        using found = std::vector<storage::kept_answer>;
        store.write({"inbox.sweep", storage::isolation::read_committed}, std::move(unit),
                    [self = shared_from_this()](storage::saved<found> left) noexcept {
                        auto all = left ? std::move(*left) : found{};
                        boost::asio::post(self->executor, [self, all = std::move(all)]() mutable {
                            self->sweeping = false;
                            self->deliver_left(std::move(all));
                            self->tell_if_drained();
                        });
                    });
    }

    void deliver_left(std::vector<storage::kept_answer> all) {
        for (auto &left : all) {
            if (travelling.contains({left.team, left.key}))
                continue;
            outgoing_answer what;
            what.team = left.team;
            what.key = left.key;
            what.to = left.to;
            what.says = read_kept(left.answer);
            what.says.publish_home.clear();
            what.kept = true;
            begin(std::move(what), slack::priority::background);
        }
    }

    void tell_if_drained() {
        if (!travelling.empty() || marking || sweeping)
            return;
        for (auto &done : std::exchange(drained, {}))
            done();
    }
};

replies::replies(boost::asio::any_io_executor on, storage::store &store, platform &to,
                 const wall_clock &clock, logger &log, metrics &counted)
    : inside_(std::make_shared<inside>(on, store, to, clock, log, counted)) {}

replies::~replies() {
    inside_->closed = true;
}

void replies::deliver(outgoing_answer what) {
    inside_->begin(std::move(what));
}

void replies::sweep(span_of_time age) {
    inside_->sweep(age);
}

void replies::drain(std::function<void()> done) {
    inside_->drained.push_back(std::move(done));
    inside_->tell_if_drained();
}

} // namespace rapport::bot
