// The order of a service's life; see app.hpp.
#include "bot/app.hpp"

#include "bot/call_bodies.hpp"
#include "bot/control_socket.hpp"
#include "bot/courier.hpp"
#include "bot/directory.hpp"
#include "bot/do_not_disturb.hpp"
#include "bot/facts_json.hpp"
#include "bot/housekeeping.hpp"
#include "bot/import.hpp"
#include "bot/intake.hpp"
#include "bot/matchmaker.hpp"
#include "bot/metrics.hpp"
#include "bot/newcomers.hpp"
#include "bot/passing.hpp"
#include "bot/planner.hpp"
#include "bot/policy_order.hpp"
#include "bot/previewer.hpp"
#include "bot/replies.hpp"
#include "bot/sampling.hpp"
#include "bot/service_notice.hpp"
#include "bot/slack/socket_mode.hpp"
#include "bot/slack/tls.hpp"
#include "bot/slack_platform.hpp"
#include "bot/status_server.hpp"
#include "bot/version.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <array>
#include <random>
#include <thread>
#include <utility>

namespace rapport::bot {
namespace asio = boost::asio;
using steady = std::chrono::steady_clock;

struct app::inside : std::enable_shared_from_this<inside> {
    asio::io_context &io;
    app_options options;
    logger &log;
    metrics counted;
    service_notice notice;
    std::function<void(int)> ended;

    std::unique_ptr<status_server> status;
    std::unique_ptr<storage::store> store;
    std::shared_ptr<slack::tls_context> tls;
    std::shared_ptr<slack::resolver> names;
    std::unique_ptr<slack::web_api> api;
    std::unique_ptr<slack_platform> to;
    std::unique_ptr<directory> people;
    std::unique_ptr<replies> answers;
    std::unique_ptr<intake> requests;
    std::unique_ptr<do_not_disturb> quiet;
    std::unique_ptr<passing> passes;
    std::unique_ptr<courier> sender;
    std::unique_ptr<planner> plans;
    std::unique_ptr<matchmaker> matches;
    std::unique_ptr<previewer> previews;
    std::unique_ptr<housekeeping> keeper;
    std::unique_ptr<newcomers> coming;
    std::unique_ptr<control_socket> control;
    std::unique_ptr<slack::socket_mode> link;
    std::shared_ptr<house_in_force> holds;
    std::thread opening; // the database opens here: a migration may take its time

    own_place ours;
    std::array<bool, slack::malformation_words.size()> nonsense_told{};
    std::string waits_for = "the database is being opened"; // why the start is not over; empty when it is
    std::string broken;                                     // what only the operator can mend
    bool started = false, stopping = false, over = false;
    int exit_status = 0;
    std::chrono::seconds auth_wait{1};
    asio::steady_timer auth_timer, tick_timer, ready_timer, stop_timer, finish_timer, watchdog_timer;
    steady::time_point tick_due;
    jump_watch jumps;

    inside(asio::io_context &on, app_options given)
        : io(on),
          options(std::move(given)),
          log(options.log),
          auth_timer(on),
          tick_timer(on),
          ready_timer(on),
          stop_timer(on),
          finish_timer(on),
          watchdog_timer(on),
          jumps(options.clock.now(), steady::now()) {}

    // --- beginning

    void start() {
        const of_operator release(version);
        log.say(event::starting, with("version", release));
        listen();
        tick();
        watch_ready();
        watch_alive();
        open_database();
    }

    void listen() {
        const auto &at = options.settings.status;
        const auto host = at.host.find(':') == std::string::npos ? at.host : "[" + at.host + "]";
        status_sources from;
        from.checks = [weak = weak_from_this()] {
            const auto self = weak.lock();
            return self ? self->checks() : std::vector<health_check>{};
        };
        from.metrics = [weak = weak_from_this()] {
            const auto self = weak.lock();
            return self ? self->metrics_text() : std::string();
        };
        status = std::make_unique<status_server>(
            io.get_executor(), host + ":" + std::to_string(at.port), std::move(from),
            [weak = weak_from_this()](const std::string &why) {
                const of_operator reason(why);
                if (const auto self = weak.lock())
                    self->log.say(event::status_accept_failed, with("reason", reason));
            });
        const of_operator address(status->address());
        log.say(event::status_listening, with("address", address));
    }

    void open_database() {
        storage::store_settings how;
        how.database = options.settings.database;
        how.opened_at = options.clock.now();
        how.tell = [this](std::string_view what, std::string_view detail) {
            const checked_word word(what);
            const of_operator says{std::string(detail)};
            log.say(event::storage_told, with("what", word), with("detail", says));
        };
        opening = std::thread([self = shared_from_this(), how = std::move(how)] {
            std::string wrong;
            std::unique_ptr<storage::store> made;
            try {
                made = storage::open_store(how);
            } catch (const std::exception &e) {
                wrong = e.what();
            }
            asio::post(self->io, [self, wrong,
                                  held = std::make_shared<std::unique_ptr<storage::store>>(std::move(made))] {
                self->opened(std::move(*held), wrong);
            });
        });
    }

    void opened(std::unique_ptr<storage::store> made, const std::string &wrong) {
        opening.join();
        store = std::move(made);
        if (!wrong.empty())
            return fail("the database cannot be opened: " + wrong);
        if (stopping)
            return stop_all();
        try {
            tls = std::make_shared<slack::tls_context>(options.settings.ca_file.string());
            names = std::make_shared<slack::resolver>(io.get_executor());
            slack::web_api_options how;
            how.address = options.settings.api_url;
            how.bot = slack::token(std::string(options.settings.bot_token.reveal()));
            how.app = slack::token(std::string(options.settings.app_token.reveal()));
            how.keeps_pace = options.limits.keeps_pace;
            api = std::make_unique<slack::web_api>(io.get_executor(), tls, names, std::move(how));
        } catch (const std::exception &e) {
            return fail(std::string("the platform cannot be called: ") + e.what());
        }
        to = std::make_unique<slack_platform>(io.get_executor(), *api, counted);
        waits_for = "the platform has not said yet who we are";
        ask_who_we_are();
    }

    // --- who we are

    void ask_who_we_are() {
        to->call(
            slack::method::auth_test, "{}", slack::priority::interactive,
            [self = shared_from_this()](const platform_answer &became) { self->told_who_we_are(became); });
    }

    void told_who_we_are(const platform_answer &became) {
        if (stopping)
            return;
        const auto who = became.done() ? bodies::identity_of(became.body) : std::nullopt;
        if (who)
            return settle_in(*who);
        const checked_word word(became.done() ? "unreadable" : std::string_view(became.error));
        if (became.what == slack::failure::token_dead || became.what == slack::failure::configuration)
            return fail("the platform refuses the bot token (" + word.str() + "); " +
                        std::string(slack::mend_of(became.error)));
        waits_for = "the platform does not answer auth.test (" + word.str() + "); asked again within " +
                    std::to_string(auth_wait.count()) + " s";
        const constant method = "auth.test";
        log.say(event::call_failed, with("method", method), with("reason", word));
        auth_timer.expires_after(auth_wait);
        auth_wait = std::min(auth_wait * 2, std::chrono::seconds{30});
        auth_timer.async_wait([self = shared_from_this()](boost::system::error_code cancelled) {
            if (!cancelled && !self->stopping)
                self->ask_who_we_are();
        });
    }

    struct settled_in {
        std::string other;
        std::vector<program_found> versions;
        std::vector<storage::applied_policy> applied; // all there ever were
    };

    void settle_in(const bodies::identity &who) {
        ours = {who.team, who.user};
        log.say(event::identity_known, with("team", who.team), with("bot", who.user));
        waits_for = "the policies are being put in force";
        auto unit = [team = who.team, programs = options.programs,
                     now = options.clock.now()](storage::session &db) {
            settled_in made;
            made.other = other_workspace(db, team);
            if (!made.other.empty())
                return made;
            made.versions = open_programs(db, team, programs, now);
            made.applied = storage::policy_versions(db, team).all();
            return made;
        };
        store->write({"opening", storage::isolation::serializable, seconds{30}}, std::move(unit),
                     [self = shared_from_this(), who](storage::saved<settled_in> became) noexcept {
                         asio::post(self->io, [self, who, became = std::move(became)] {
                             self->begin_work(who, became);
                         });
                     });
    }

    void begin_work(const bodies::identity &who, const storage::saved<settled_in> &became) {
        if (stopping)
            return stop_all();
        if (!became)
            return fail("the policies could not be put in force: " + became.error().why);
        if (!became->other.empty())
            return fail("the database belongs to workspace " + became->other + ", the bot token to " +
                        who.team.str() + "; use the token of that workspace, or another database");
        for (const auto &one : became->versions) {
            if (one.is_new)
                log.say(event::policy_applied, with("program", one.program), with("version", one.version));
            if (one.differs)
                log.say(event::policy_differs, with("program", one.program), with("version", one.version));
        }
        for (const auto &one : unreadable_of(became->applied))
            log.say(event::policy_unreadable, with("program", one.program), with("version", one.version));
        make_parts(std::make_shared<house_in_force>(house_of(options.settings), ours.team));
        open_control();
        connect(who);
    }

    void make_parts(const std::shared_ptr<house_in_force> &here) {
        holds = here;
        const auto on = io.get_executor();
        people = std::make_unique<directory>(on, *to, log);
        people->set_team(ours.team);
        answers = std::make_unique<replies>(on, *store, *to, options.clock, log, counted);
        requests = std::make_unique<intake>(
            on, intake::neighbours{*store, *answers, *people, options.clock, log, counted});
        quiet = std::make_unique<do_not_disturb>(on, *to, options.clock, log);
        passes = std::make_unique<passing>(on, passing::neighbours{*store, *to, options.clock, log});
        sender = std::make_unique<courier>(
            on, courier::neighbours{*store, *to, *quiet, options.clock, log, counted});
        plans = std::make_unique<planner>(on, planner::neighbours{*store, options.clock, log, counted});
        matches = std::make_unique<matchmaker>(on, matchmaker::neighbours{*store, options.clock, log});
        matches->set_house(here);
        matches->on_solved([this] { sender->wake(); });
        plans->on_match([this] { matches->wake(); });
        previews = std::make_unique<previewer>(on, previewer::neighbours{*store, options.clock, log});
        previews->set_house(here);
        previews->on_made([this] { sender->wake(); });
        keeper = std::make_unique<housekeeping>(on, *store, options.clock, log, counted);
        coming = std::make_unique<newcomers>(on, newcomers::neighbours{*store, *to, options.clock, log});
        coming->set_place(ours.team);
        coming->set_house(here);
        requests->set_place(ours);
        requests->set_house(here);
        sender->set_house(here);
        passes->set_house(here);
        plans->set_house(here);
        keeper->set_house(here);
        keeper->set_team(ours.team);
        requests->on_saved([this] { look_again(); });
        requests->on_passing([this](team_id team, rendered_passing words) {
            passes->take(std::move(team), std::move(words));
        });
        passes->on_settled([this] { look_again(); });
        coming->on_learned([this] { wake_loops(); });
        requests->on_news([this](installation_news what) { heard_news(what); });
        plans->on_planned([this] { sender->wake(); });
        sender->on_settled([this] { plans->wake(); });
    }

    // Without it the service works; only `rapport export` beside it does not.
    void open_control() {
        const auto path = control_path(options.settings.database);
        if (!path)
            return;
        try {
            control = std::make_unique<control_socket>(
                io.get_executor(), *path,
                [this](const std::string &asked, std::function<void(std::string)> then) {
                    answer_owner(asked, then);
                });
        } catch (const std::exception &e) {
            const constant what = "control_socket_failed";
            const of_operator says{std::string(e.what())};
            log.say(event::storage_told, with("what", what), with("detail", says));
        }
    }

    void answer_owner(const std::string &asked, const std::function<void(std::string)> &then) {
        constexpr std::string_view backup = "backup ";
        if (asked.starts_with(backup))
            return copy_database(asked.substr(backup.size()), then);
        tell_facts(asked, then);
    }

    // Nothing where it went well, else why not.
    void copy_database(const std::string &file, const std::function<void(std::string)> &then) {
        store->copy_to(file, [self = shared_from_this(), then](storage::saved<void> became) {
            asio::post(self->io, [self, then, why = became ? std::string() : became.error().why] {
                const of_operator says(why);
                self->log.say(why.empty() ? event::copied : event::copy_failed, with("detail", says));
                then(why);
            });
        });
    }

    // "export person U1", "export program emap", "policy {...}". Nothing known, or nothing understood: an
    // empty answer.
    void tell_facts(const std::string &asked, const std::function<void(std::string)> &then) {
        if (is_import_line(asked))
            return import_list(asked, then);
        if (const auto order = policy_order_of(asked))
            return take_policy(*order, then);
        facts_wanted whose;
        for (const auto &[words, into] : {std::pair{std::string_view("export person "), &whose.person},
                                          std::pair{std::string_view("export program "), &whose.program}})
            if (asked.starts_with(words))
                *into = asked.substr(words.size());
        if (whose.person.empty() && whose.program.empty())
            return then({});
        auto unit = [team = ours.team, whose](storage::session &db) {
            return facts_json(db, team, whose).value_or("");
        };
        store->write({"export"}, std::move(unit),
                     [self = shared_from_this(), then](storage::saved<std::string> made) noexcept {
                         asio::post(self->io,
                                    [then, text = made ? std::move(*made) : std::string()] { then(text); });
                     });
    }

    // "import emap apply ...": nothing could be saved: an empty answer.
    void import_list(const std::string &asked, const std::function<void(std::string)> &then) {
        auto unit = [team = ours.team, rules = holds, asked,
                     now = options.clock.now()](storage::session &db) {
            return import_answer(db, team, *rules->as_of(db), asked, now);
        };
        store->write({"import"}, std::move(unit),
                     [self = shared_from_this(), then](storage::saved<std::string> made) noexcept {
                         asio::post(self->io, [self, then, text = made ? std::move(*made) : std::string()] {
                             self->look_again();
                             then(text);
                         });
                     });
    }

    // What holds is asked in each transaction, so that nothing here needs to be told of a new policy.
    void take_policy(const policy_order &order, const std::function<void(std::string)> &then) {
        auto unit = [team = ours.team, rules = holds, order, now = options.clock.now()](
                        storage::session &db) { return carry_out(db, team, *rules->as_of(db), order, now); };
        store->write({"policy", storage::isolation::serializable, seconds{30}}, std::move(unit),
                     [self = shared_from_this(), then](storage::saved<policy_outcome> made) noexcept {
                         const auto told = answer_of(
                             made ? *made
                                  : policy_outcome{false, "The database did not take it; see the log.\n"});
                         asio::post(self->io, [self, then, told] {
                             then(told);
                             self->look_again();
                         });
                     });
    }

    void look_again() {
        coming->wake();
        previews->wake();
        wake_loops();
    }

    void wake_loops() {
        plans->wake();
        sender->wake();
    }

    void heard_news(installation_news what) {
        if (what == installation_news::uninstalled)
            broken = "the app was removed from the workspace; install it again and start anew";
        if (what == installation_news::tokens_revoked)
            broken = "the platform revoked our tokens; make new ones and start anew";
        const constant word = what == installation_news::uninstalled      ? constant("app_uninstalled")
                              : what == installation_news::tokens_revoked ? constant("tokens_revoked")
                                                                          : constant("events_dropped");
        const of_operator says(broken);
        log.say(event::link_told, with("what", word), with("detail", says));
    }

    // --- the link

    void connect(const bodies::identity &who) {
        waits_for = "no link has said hello yet";
        slack::socket_mode_options how;
        how.self = {who.bot_id, who.user.str(), {}};
        how.app_id = slack::token(std::string(options.settings.app_token.reveal())).app_id();
        slack::socket_mode_events events;
        events.delivered = [this](slack::delivery &&what, slack::ack &&answer) {
            requests->take(std::move(what), std::move(answer));
        };
        events.told = [this](const slack::notice &what) {
            const checked_word word(slack::word_of(slack::notice_words, what.kind));
            const of_operator says(what.text);
            log.say(event::link_told, with("what", word), with("detail", says));
            if (what.kind == slack::notice_kind::fatal)
                broken = what.text;
        };
        events.unreadable = [this](slack::malformation why) { heard_nonsense(why); };
        events.readiness = [this](bool is) { link_ready(is); };
        events.over = [weak = weak_from_this()] {
            if (const auto self = weak.lock())
                self->link_over();
        };
        link = std::make_unique<slack::socket_mode>(io.get_executor(), *api, tls, names, std::move(how),
                                                    std::move(events));
        link->start();
    }

    // Counted each time, said once a kind: a peer that sends rubbish must not fill the log.
    void heard_nonsense(slack::malformation how) {
        const checked_word word(slack::word_of(slack::malformation_words, how));
        counted.add(metric::frames_unreadable_total, {word});
        if (std::exchange(nonsense_told[static_cast<std::size_t>(how)], true))
            return;
        log.say(event::delivery_unreadable, with("how", word));
    }

    void link_ready(bool is) {
        if (!is || stopping)
            return;
        keeper->listens(true);
        if (std::exchange(started, true))
            return;
        waits_for.clear();
        notice.ready();
        notice.status("answering");
        ready_timer.cancel();
        log.say(event::started);
        answers->sweep(span_of_time::zero());
        look_again();
    }

    void link_over() {
        link_gone = true;
        if (stopping)
            return stop_loops();
        // no waiting mends it: the process lives on, so that readiness says why
    }

    // --- while it runs

    void tick() {
        const auto every = options.limits.tick;
        tick_due = steady::now() + every;
        tick_timer.expires_at(tick_due);
        tick_timer.async_wait([self = shared_from_this()](boost::system::error_code cancelled) {
            if (cancelled || self->over)
                return;
            self->counted.observe(metric::eventloop_lag_seconds, steady::now() - self->tick_due);
            self->look_at_clocks();
            if (self->keeper && self->link)
                self->keeper->tick(self->link->status().ready > 0, *self->answers);
            self->tick();
        });
    }

    void look_at_clocks() {
        if (options.follow_clock)
            options.follow_clock();
        const auto jumped = jumps.look(options.clock.now(), steady::now());
        if (!jumped)
            return;
        const bool forward = *jumped > span_of_time::zero();
        counted.add(metric::time_jump_total, {forward ? checked_word("forward") : checked_word("back")});
        log.say(event::clock_jumped, with("by", *jumped));
        clock_moved();
    }

    void clock_moved() {
        jumps = jump_watch(options.clock.now(), steady::now());
        if (!plans || stopping)
            return;
        if (!options.clock_is_moved)
            return look_again();
        // nobody was deaf meanwhile: said before anything is planned by the new time
        keeper->still_listening([self = shared_from_this()] { self->look_again(); });
    }

    // READY within a minute, also when the platform is away: a service manager that restarts us for that
    // mends nothing.
    void watch_ready() {
        ready_timer.expires_after(options.limits.ready_notice);
        ready_timer.async_wait([self = shared_from_this()](boost::system::error_code cancelled) {
            if (cancelled || self->over)
                return;
            self->notice.status("not ready: " + self->waits_for);
            self->notice.ready();
        });
    }

    // Alive means: this thread turns and the database's thread came back to it.
    void watch_alive() {
        const auto period = service_notice::watchdog_period();
        if (!period)
            return;
        watchdog_timer.expires_after(*period / 3);
        watchdog_timer.async_wait([self = shared_from_this()](boost::system::error_code cancelled) {
            if (cancelled || self->over)
                return;
            if (!self->store)
                self->notice.alive(); // still opening: the thread that does it is watched by its end
            else
                self->store->write(
                    {"alive", storage::isolation::read_committed}, [](storage::session &) {},
                    [self](storage::saved<void>) noexcept {
                        asio::post(self->io, [self] { self->notice.alive(); });
                    });
            self->watch_alive();
        });
    }

    // --- what it says of itself

    std::vector<health_check> checks() const {
        std::vector<health_check> all;
        const auto add = [&](const char *name, bool ok, std::string reason) {
            all.push_back({name, ok, ok ? std::string() : std::move(reason)});
        };
        if (store) {
            const auto seen = store->snapshot();
            add("database", seen.ready, seen.reason);
        } else {
            add("database", false, "being opened and migrated");
        }
        add("start", waits_for.empty(), waits_for);
        add("link", link_is_fresh(), "no link that says hello and sends frames; requests do not arrive");
        add("installation", broken.empty(), broken);
        add("stopping", !stopping, "asked to stop");
        return all;
    }

    bool link_is_fresh() const {
        if (!link)
            return false;
        const auto seen = link->status();
        return seen.ready > 0 && steady::now() - seen.last_frame < options.limits.link_silence;
    }

    std::string metrics_text() {
        sample_process(counted);
        counted.set(metric::build_info, 1, {checked_word("v" + std::string(version))});
        if (store)
            sample_store(counted, store->snapshot());
        if (link)
            sample_link(counted, link->status());
        if (api) {
            counted.set(metric::slack_ratelimited_seconds_total, static_cast<double>(api->rested().count()));
            if (const auto skew = api->clock_skew())
                counted.set(metric::clock_skew_seconds, std::chrono::duration<double>(*skew).count());
        }
        return counted.text();
    }

    // --- the end

    bool link_gone = false, requests_gone = false, loops_gone = false;

    void fail(const std::string &why) {
        const of_operator says(why);
        log.say(event::start_failed, with("detail", says));
        exit_status = 1;
        stop();
    }

    void stop() {
        if (std::exchange(stopping, true))
            return;
        log.say(event::stopping);
        notice.stopping();
        auth_timer.cancel();
        ready_timer.cancel();
        stop_timer.expires_after(options.limits.stop);
        stop_timer.async_wait([self = shared_from_this()](boost::system::error_code cancelled) {
            if (cancelled || self->over)
                return;
            self->log.say(event::stop_forced);
            self->finish();
        });
        if (opening.joinable())
            return; // a migration is not cut; it goes on in opened()
        stop_all();
    }

    // Reading ends first, then what was taken is finished, then planner and courier end, then the database.
    void stop_all() {
        if (!requests)
            return finish();
        const auto finished = [self = shared_from_this()] {
            self->requests_gone = true;
            self->finish_timer.cancel();
            self->stop_loops();
        };
        requests->drain([self = shared_from_this(), finished] {
            self->passes->drain([self, finished] { self->answers->drain(finished); });
        });
        finish_timer.expires_after(options.limits.requests_finish);
        finish_timer.async_wait([finished](boost::system::error_code cancelled) {
            if (!cancelled)
                finished(); // what is not saved by now was not confirmed either
        });
        if (link)
            link->stop();
        else
            link_gone = true;
    }

    void stop_loops() {
        if (!requests_gone || !link_gone || std::exchange(loops_gone, true))
            return;
        coming->stop([self = shared_from_this()] {
            self->plans->stop([self] {
                self->sender->stop([self] { self->matches->stop([self] { self->stop_previews(); }); });
            });
        });
    }

    void stop_previews() {
        previews->stop([self = shared_from_this()] { self->finish(); });
    }

    void finish() {
        if (std::exchange(over, true))
            return;
        stop_timer.cancel();
        tick_timer.cancel();
        watchdog_timer.cancel();
        finish_timer.cancel();
        status.reset();
        control.reset();
        link.reset();
        if (api)
            api->stop();
        if (store)
            store->stop();
        log.say(event::stopped);
        ended(exit_status);
    }
};

app::app(asio::io_context &io, app_options options)
    : inside_(std::make_shared<inside>(io, std::move(options))) {}

app::~app() {
    inside_->over = true;
}

void app::start(std::function<void(int)> ended) {
    inside_->ended = std::move(ended);
    inside_->start();
}

void app::stop() {
    inside_->stop();
}

std::string app::status_address() const {
    return inside_->status ? inside_->status->address() : std::string();
}

bool app::ready() const {
    const auto all = inside_->checks();
    return std::all_of(all.begin(), all.end(), [](const auto &one) { return one.ok; });
}

void app::clock_moved() {
    inside_->clock_moved();
}

bool app::idle() const {
    const auto &in = *inside_;
    if (!in.requests)
        return false;
    return in.requests->in_flight() == 0 && in.plans->idle() && in.sender->idle() && in.matches->idle() &&
           in.previews->idle();
}

void app::next_due(std::function<void(std::optional<instant>)> told) {
    if (!inside_->store)
        return told(std::nullopt);
    inside_->store->write(
        {"next_due", storage::isolation::read_committed},
        [](storage::session &db) { return rapport::next_due(db); },
        [self = inside_, told](storage::saved<std::optional<instant>> what) noexcept {
            const auto when = what ? *what : std::nullopt;
            asio::post(self->io, [told, when] { told(when); });
        });
}

} // namespace rapport::bot
