// `rapport serve`: reads everything that can be wrong before anything is touched, then runs the app until a
// signal ends it.
#include "bot/app.hpp"
#include "bot/verbs.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <cstdlib>
#include <memory>
#include <ostream>

namespace rapport::bot {
namespace asio = boost::asio;
namespace {

// Documented in docs/decisions/0600: tests of the whole program move its clock by a file.
constexpr auto clock_variable = "RAPPORT_TEST_CLOCK_OFFSET";

void refuse(std::ostream &err, const std::vector<config::problem> &problems) {
    err << config::text_of(problems);
    err << "rapport: not started; nothing was changed.\n";
}

// The folder of an SQLite file, for its owner alone. Where it cannot be made, opening the file says why.
void make_data_folder(const std::string &database) {
    constexpr std::string_view on_file = "sqlite:";
    if (!database.starts_with(on_file))
        return;
    const auto folder = std::filesystem::path(database.substr(on_file.size())).parent_path();
    std::error_code wrong;
    if (folder.empty() || std::filesystem::exists(folder, wrong))
        return;
    if (std::filesystem::create_directories(folder, wrong))
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, wrong);
}

class signals {
    asio::signal_set ends_, debug_;
    app &runs_;
    logger &log_;
    int seen_ = 0;

  public:
    signals(asio::io_context &io, app &runs, logger &log)
        : ends_(io, SIGTERM, SIGINT), debug_(io, SIGUSR1), runs_(runs), log_(log) {
        wait_for_end();
        wait_for_debug();
    }
    void cancel() {
        ends_.cancel();
        debug_.cancel();
    }

  private:
    void wait_for_end() {
        ends_.async_wait([this](boost::system::error_code cancelled, int) {
            if (cancelled)
                return;
            if (++seen_ > 1) {
                log_.say(event::stop_forced);
                std::_Exit(refused_status);
            }
            runs_.stop();
            wait_for_end();
        });
    }
    void wait_for_debug() {
        debug_.async_wait([this](boost::system::error_code cancelled, int) {
            if (cancelled)
                return;
            log_.debug_for(minutes{15});
            log_.say(event::level_switched);
            wait_for_debug();
        });
    }
};

} // namespace

int serve(const asked_for &what, const surroundings &around) {
    auto settings = config::read_settings(settings_file_of(what, around), around.environment);
    if (settings.value)
        for (auto &each : config::missing_for_serving(*settings.value))
            settings.problems.push_back(std::move(each));
    policies_read policies;
    if (settings.value)
        policies = read_policies(*settings.value);
    settings.problems.insert(settings.problems.end(), policies.problems.begin(), policies.problems.end());
    if (!settings.problems.empty() || !settings.value) {
        refuse(around.err, settings.problems);
        return refused_status;
    }

    make_data_folder(settings.value->database);
    logger log;
    machine_clock machine;
    std::optional<followed_clock> moved;
    const auto followed = around.environment(clock_variable);
    app_limits limits;
    if (followed) {
        moved.emplace(*followed);
        limits.tick = std::chrono::milliseconds{20};
        log.say(event::clock_followed);
    }
    asio::io_context io{1};
    const wall_clock &clock = moved ? static_cast<const wall_clock &>(*moved) : machine;
    std::function<void()> follow;
    if (moved)
        follow = [&moved] { moved->follow(); };
    app runs(io, {std::move(*settings.value), std::move(policies.all), clock, moved.has_value(), log, limits,
                  follow});
    signals heard(io, runs, log);
    int status = done_status;
    try {
        runs.start([&](int became) {
            status = became;
            heard.cancel();
            io.stop();
        });
    } catch (const std::exception &e) {
        around.err << "rapport: " << e.what() << "\n";
        return refused_status;
    }
    io.run();
    // Everything is saved and closed; what may still hang on a thread that looks up a name is not waited for.
    around.err.flush();
    std::_Exit(status);
}

} // namespace rapport::bot
