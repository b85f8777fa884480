// The bot and the workspace put together; see demo.hpp.
#include "workspace/demo.hpp"

#include "bot/app.hpp"
#include "bot/installation.hpp"
#include "handlers/registry.hpp"
#include "workspace/blocks.hpp"
#include "workspace/cast.hpp"
#include "workspace/demo_programs.hpp"
#include "workspace/demo_story.hpp"
#include "workspace/hands.hpp"
#include "workspace/mover.hpp"
#include "workspace/page_server.hpp"
#include "workspace/server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <fstream>
#include <mutex>
#include <set>
#include <stdexcept>

namespace workspace {
namespace asio = boost::asio;
namespace {

constexpr auto look_every = std::chrono::milliseconds(10);
constexpr auto homes_after = std::chrono::milliseconds(500);
constexpr int days_behind = 21;
constexpr std::string_view coordinator = "U0CORA";

// The workspace's hour as the bot reads it. Read on the one thread that moves it.
class workspace_clock final : public rapport::bot::wall_clock {
  public:
    explicit workspace_clock(const timeline &time) : time_(time) {}
    rapport::instant now() const override {
        return std::chrono::floor<std::chrono::milliseconds>(time_.now());
    }

  private:
    const timeline &time_;
};

platform_options options_of(const demo_wishes &wishes) {
    platform_options out;
    out.who.team_name = "Rapport demo";
    out.start = wishes.at - std::chrono::days(days_behind);
    out.default_cast = false;
    return out;
}

// The policies go into the folder as files, where whoever is curious finds and changes them.
std::vector<std::filesystem::path> write_programs(const std::filesystem::path &data) {
    const auto folder = data / "programs";
    std::filesystem::create_directories(folder);
    std::vector<std::filesystem::path> out;
    for (const auto &each : demo_programs()) {
        out.push_back(folder / each.name);
        std::ofstream(out.back(), std::ios::binary) << each.text;
    }
    return out;
}

rapport::config::settings settings_of(const demo_wishes &wishes, const platform &on, const server &serving) {
    rapport::config::settings out;
    out.file = wishes.data / "rapport.toml";
    out.owners.emplace_back(std::string(coordinator));
    out.programs = write_programs(wishes.data);
    out.database = "sqlite:" + (wishes.data / "rapport.db").string();
    out.status = {"127.0.0.1", 0};
    out.app_token = rapport::config::secret(on.settings.app_token);
    out.bot_token = rapport::config::secret(on.settings.bot_token);
    out.api_url = serving.api_url();
    return out;
}

std::vector<rapport::bot::policy_source> policies_of(const rapport::config::settings &from) {
    auto read = rapport::bot::read_policies(from);
    if (!read.problems.empty())
        throw std::runtime_error(rapport::config::text_of(read.problems));
    return std::move(read.all);
}

// What the command box completes: the app's own table, as its manual prints it.
json completion() {
    json out = json::object();
    const rapport::command_names names;
    for (const auto &row : rapport::the_tables().commands)
        out[names.shown(row.command)].push_back(
            {{"verb", row.verb}, {"usage", row.words.shown()}, {"summary", row.does}});
    return out;
}

} // namespace

struct demo::inside : std::enable_shared_from_this<inside> {
    asio::io_context &io;
    demo_wishes wishes;
    demo_told tells;
    platform on;
    server serving;
    workspace_clock clock{on.time};
    std::ofstream log_file;
    std::mutex log_mutex; // the database's thread logs too
    rapport::bot::logger log;
    std::unique_ptr<rapport::bot::app> bot;
    mover moves;
    page shown;
    hands people{on};
    asio::steady_timer timer, homes_timer;
    json completes = completion();
    json guide;
    std::size_t act = 0;
    std::set<std::string> homes_to_open;
    bool stopping = false, over = false;

    inside(asio::io_context &context, demo_wishes w, demo_told t)
        : io(context),
          wishes(std::move(w)),
          tells(std::move(t)),
          on(options_of(wishes)),
          serving(io, on, {"127.0.0.1", wishes.port, std::nullopt}),
          log_file(wishes.data / "rapport.log", std::ios::app),
          log(rapport::bot::level::info,
              [this](std::string_view line) {
                  const std::lock_guard lock(log_mutex);
                  log_file << line << std::flush;
              }),
          moves(hooks()),
          shown(on,
                {[this] { return lines(); }, [this](span by, auto done) { move_on(by, std::move(done)); }}),
          timer(io),
          homes_timer(io) {
        if (const auto wrong = add_cast(on.state, demo_cast(), on.time.now()); !wrong.empty())
            throw std::runtime_error("the demo's people: " + wrong);
        if (const auto wrong =
                on.app.take(json::parse(rapport::bot::app_manifest(rapport::config::default_commands())));
            !wrong.empty())
            throw std::runtime_error("the app's manifest: " + wrong);
        auto settings = settings_of(wishes, on, serving);
        auto policies = policies_of(settings);
        rapport::bot::app_limits limits;
        limits.keeps_pace = false; // a month passes in a second, and the workspace beside us has no limits
        bot = std::make_unique<rapport::bot::app>(
            io,
            rapport::bot::app_options{std::move(settings), std::move(policies), clock, true, log, limits});
        on.front_door = [this](const auto &request, const auto &to) { return shown.serve(request, to); };
    }

    mover_hooks hooks() {
        return {[this] { return on.time.now(); },
                [this](instant to) {
                    on.time.set(to);
                    on.moved_clock();
                    serving.wake();
                    bot->clock_moved();
                },
                [this] { return bot->idle(); },
                [this](std::function<void(std::optional<instant>)> then) {
                    bot->next_due([then = std::move(then)](std::optional<rapport::instant> when) {
                        then(when ? std::optional<instant>(*when) : std::nullopt);
                    });
                },
                [this](std::function<void()> then) { soon(std::move(then)); }};
    }

    void soon(std::function<void()> then) {
        timer.expires_after(look_every);
        timer.async_wait(
            [self = shared_from_this(), then = std::move(then)](boost::system::error_code cancelled) {
                if (!cancelled && !self->stopping)
                    then();
            });
    }

    // --- the page

    json lines() const {
        return {{"completion", completes}, {"guide", guide}};
    }

    // The time stands still while it is moved, so that what is visited is visited at its very instant.
    void move_on(span by, std::function<void(std::string)> done) {
        if (moves.moving())
            return done("the clock is already moving");
        const bool was_held = on.time.held();
        on.time.hold(true);
        moves.move_to(on.time.now() + by, [this, was_held, done = std::move(done)](const std::string &wrong) {
            on.time.hold(was_held);
            on.moved_clock();
            serving.wake();
            look_soon(everybody());
            done(wrong);
        });
    }

    // What somebody owes may be another thing after each message, and for everybody after the time was moved:
    // those Homes are opened anew, a little later and together, so that the app's calls stay far from the
    // platform's limits.
    void watch() {
        on.changes.listen({}, on.changes.last(), [weak = weak_from_this()](const change &what) {
            const auto self = weak.lock();
            if (self && (what.kind == "message" || what.kind == "ephemeral"))
                self->look_soon(what.audience);
            return self != nullptr;
        });
    }

    void look_soon(const std::vector<std::string> &whose) {
        homes_to_open.insert(whose.begin(), whose.end());
        homes_timer.expires_after(homes_after);
        homes_timer.async_wait([self = shared_from_this()](boost::system::error_code cancelled) {
            if (!cancelled && !self->stopping)
                self->open_homes();
        });
    }

    void open_homes() {
        if (moves.moving())
            return look_soon({});
        for (const auto &id : std::exchange(homes_to_open, {}))
            people.open_home(id); // a bot has none, which is said and ignored
    }

    std::vector<std::string> everybody() const {
        std::vector<std::string> out;
        for (const auto &[id, who] : on.state.people)
            out.push_back(id);
        return out;
    }

    // --- the past

    void start() {
        tells.progress("starting the bot");
        bot->start([self = shared_from_this()](int status) { self->bot_ended(status); });
        wait_until_ready();
    }

    void wait_until_ready() {
        if (!bot->ready())
            return soon([this] { wait_until_ready(); });
        tells.progress("playing the last three weeks");
        on.time.hold(true);
        next_act();
    }

    void next_act() {
        const auto acts = demo_acts();
        if (act == acts.size())
            return moves.move_to(wishes.at, [this](const std::string &wrong) { past_is_over(wrong); });
        const auto when = wishes.at - std::chrono::days(acts[act].days_before);
        moves.move_to(std::max(when, on.time.now()), [this](const std::string &wrong) {
            if (!wrong.empty())
                tells.trouble("the past: " + wrong);
            perform(demo_acts()[act++]);
        });
    }

    void perform(const demo_act &what) {
        if (const auto *line = std::get_if<typed_line>(&what.what))
            return type(*line);
        press(std::get<pressed_button>(what.what));
    }

    void type(const typed_line &what) {
        const std::string who(what.who), line(what.line);
        auto *where = &on.state.direct(who, on.time.now());
        if (!what.with.empty()) {
            where = on.state.existing_group({who, std::string(what.with), on.settings.who.bot_user});
            if (!where)
                return went("no conversation of " + who + " and " + std::string(what.with));
        }
        if (!line.starts_with("/"))
            return went(people.say(who, where->id, {line, {}, {}, {}}).error);
        const auto blank = line.find(' ');
        people.command(
            who, where->id, line.substr(0, blank), blank == line.npos ? "" : line.substr(blank + 1),
            [this, line](const outcome &became) { went(became.good() ? "" : line + ": " + became.error); });
    }

    void press(const pressed_button &what) {
        const std::string who(what.who);
        for (const auto &[id, where] : on.state.conversations)
            for (auto each = where.messages.rbegin(); where.has(who) && each != where.messages.rend(); ++each)
                for (const auto &placed : elements_of(each->blocks))
                    if (text_in(part_of(placed.element, "text"), "text").starts_with(what.label))
                        return people.press(who, {id, each->ts, {}}, text_in(placed.element, "action_id"),
                                            placed.block_id, nullptr,
                                            [this](const outcome &became) { went(became.error); });
        went(who + " sees no button \"" + std::string(what.label) + "\"");
    }

    void went(const std::string &wrong) {
        if (!wrong.empty())
            tells.trouble("the past: " + wrong);
        soon([this] { next_act(); });
    }

    void past_is_over(const std::string &wrong) {
        if (!wrong.empty())
            tells.trouble("the past: " + wrong);
        for (const auto &id : everybody())
            people.open_home(id);
        moves.wait_until_idle([this](const std::string &) {
            const std::string protege(guided_protege), mentor(guided_mentor);
            if (const auto *where = on.state.existing_group({protege, mentor, on.settings.who.bot_user}))
                guide = demo_guide({protege, mentor, where->id});
            on.time.hold(false);
            on.moved_clock();
            serving.wake();
            watch();
            tells.ready(serving.base_url());
        });
    }

    // --- the end

    void stop() {
        if (std::exchange(stopping, true))
            return;
        timer.cancel();
        homes_timer.cancel();
        bot->stop();
    }

    void bot_ended(int status) {
        if (std::exchange(over, true))
            return;
        if (!stopping)
            tells.trouble("the bot ended; its log is " + (wishes.data / "rapport.log").string());
        stopping = true;
        timer.cancel();
        asio::post(io, [self = shared_from_this(), status] {
            self->serving.stop();
            self->tells.ended(status);
        });
    }
};

demo::demo(asio::io_context &io, demo_wishes wishes, demo_told tells)
    : inside_(std::make_shared<inside>(io, std::move(wishes), std::move(tells))) {}

demo::~demo() = default;

void demo::start() {
    inside_->start();
}

void demo::stop() {
    inside_->stop();
}

} // namespace workspace
