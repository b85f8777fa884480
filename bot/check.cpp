// `rapport check`: everything that would keep the service from working, each with its mend, before anybody is
// harmed by it. Reads only: no row is written and no message is sent.
#include "bot/call_bodies.hpp"
#include "bot/clock.hpp"
#include "bot/findings.hpp"
#include "bot/installation.hpp"
#include "bot/metrics.hpp"
#include "bot/opening.hpp"
#include "bot/slack/resolver.hpp"
#include "bot/slack/tls.hpp"
#include "bot/slack/web_api.hpp"
#include "bot/slack_platform.hpp"
#include "bot/verbs.hpp"

#include <boost/asio/io_context.hpp>

#include <filesystem>
#include <memory>
#include <ostream>
#include <set>
#include <unistd.h>

namespace rapport::bot {
namespace {

namespace fs = std::filesystem;

void add_problems(findings &to, const std::string &subject, const std::vector<config::problem> &problems) {
    for (const auto &each : problems)
        to.wrong(subject, text_of(each), each.mend);
}

// Where the database will be: its folder can be made or written, its file read.
void look_at_database(const std::string &database, findings &to) {
    constexpr std::string_view on_file = "sqlite:";
    if (!database.starts_with(on_file))
        return to.fine("database", "PostgreSQL; connected to at start");
    const fs::path file = database.substr(on_file.size());
    if (file == ":memory:")
        return to.wrong("database", "kept in memory: gone with the process",
                        "name a file: sqlite:data/rapport.db");
    std::error_code gone;
    auto folder = fs::absolute(file, gone).parent_path();
    while (!fs::exists(folder, gone) && folder != folder.parent_path())
        folder = folder.parent_path(); // what is missing is made at start
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        return to.wrong("database", folder.string() + " cannot be written by this user",
                        "chown it to the user of the service, or name another place under `database`");
    if (fs::exists(file, gone) && ::access(file.c_str(), R_OK | W_OK) != 0)
        return to.wrong("database", file.string() + " cannot be read and written by this user",
                        "chown it to the user of the service");
    const auto room = fs::space(folder, gone);
    constexpr std::uintmax_t least = 64U << 20U;
    if (!gone && room.available < least)
        return to.wrong("database", "less than 64 MiB are free beside it", "make room on that file system");
    to.fine("database", fs::exists(file, gone) ? "there, and may be written" : "will be made at start");
}

// The calls that say whether the tokens are good. Each is made once.
class asking {
    boost::asio::io_context io_{1};
    metrics counted_;
    std::unique_ptr<slack::web_api> api_;
    std::unique_ptr<slack_platform> to_;

  public:
    explicit asking(const config::settings &from) {
        slack::web_api_options how;
        how.address = from.api_url;
        how.bot = slack::token(std::string(from.bot_token.reveal()));
        how.app = slack::token(std::string(from.app_token.reveal()));
        const auto on = io_.get_executor();
        api_ =
            std::make_unique<slack::web_api>(on, std::make_shared<slack::tls_context>(from.ca_file.string()),
                                             std::make_shared<slack::resolver>(on), std::move(how));
        to_ = std::make_unique<slack_platform>(on, *api_, counted_);
    }

    platform_answer ask(slack::method what, const std::string &body) {
        platform_answer heard;
        bool told = false;
        to_->call(what, body, slack::priority::interactive, [&](platform_answer became) {
            heard = std::move(became);
            told = true;
        });
        io_.restart();
        while (!told && io_.run_one() > 0) {
        }
        return heard;
    }
};

std::string mend_for(const platform_answer &became) {
    const auto known = slack::mend_of(became.error);
    if (!known.empty())
        return std::string(known);
    return "look whether this machine reaches the address in SLACK_API_URL, and trusts its certificate "
           "(SSL_CERT_FILE)";
}

// Which scopes a harmless call of each kind is refused for. A call with arguments nobody has is refused for
// them, unless a scope is missing: then for that.
struct probe {
    slack::method what;
    std::string_view body;
};
constexpr std::array<probe, 3> probes{{
    {slack::method::users_lookup_by_email, R"({"email":"nobody@example.invalid"})"},
    {slack::method::chat_post_message, R"({"channel":"C0","text":"never posted"})"},
    {slack::method::conversations_open, R"({"channel":"D0"})"},
}};

void look_at_scopes(asking &platform_, const slack_id &bot, findings &to) {
    std::set<std::string> missing;
    const auto judge = [&](slack::method what, const platform_answer &became) {
        if (became.error == "missing_scope")
            missing.insert(std::string(facts_of(what).scopes));
    };
    judge(slack::method::users_info, platform_.ask(slack::method::users_info, bodies::users_info(bot)));
    for (const auto &each : probes)
        judge(each.what, platform_.ask(each.what, std::string(each.body)));
    for (const auto &need : needed_scopes()) {
        const bool lacks = std::any_of(missing.begin(), missing.end(), [&](const std::string &scopes) {
            return (" " + scopes + " ").find(" " + need.name + " ") != std::string::npos;
        });
        if (lacks)
            to.wrong("scope " + need.name, "is missing; it is needed " + need.reason,
                     "add it to the app (rapport manifest), then install the app again");
    }
    if (missing.empty())
        to.fine("scopes", "those that can be tried without a trace are there");
}

void look_at_platform(const config::settings &from, findings &to) {
    asking platform_(from);
    const auto bot = platform_.ask(slack::method::auth_test, "{}");
    const auto who = bot.done() ? bodies::identity_of(bot.body) : std::nullopt;
    if (!who)
        to.wrong("bot token", "auth.test: " + checked_word(bot.error).str(), mend_for(bot));
    else
        to.fine("bot token", "for workspace " + who->team.str() + " as " + who->user.str());
    const auto app = platform_.ask(slack::method::apps_connections_open, "{}");
    if (!app.done())
        to.wrong("app token", "apps.connections.open: " + checked_word(app.error).str(), mend_for(app));
    else
        to.fine("app token", "may open a connection");
    if (who)
        look_at_scopes(platform_, who->user, to);
}

} // namespace

int check(const asked_for &what, const verb::check &how, const surroundings &around) {
    findings all;
    const auto read = config::read_settings(settings_file_of(what, around), around.environment);
    add_problems(all, "settings", read.problems);
    if (read.value) {
        const auto missing = config::missing_for_serving(*read.value);
        add_problems(all, "settings", missing);
        const auto policies = read_policies(*read.value);
        add_problems(all, "policies", policies.problems);
        if (read.problems.empty() && missing.empty())
            all.fine("settings", read.value->file.string());
        if (policies.problems.empty())
            all.fine("policies", std::to_string(policies.all.size()) + " can be kept");
        look_at_database(read.value->database, all);
        if (missing.empty()) {
            try {
                look_at_platform(*read.value, all);
            } catch (const std::exception &e) {
                all.wrong("platform", e.what(), "mend SLACK_API_URL or SSL_CERT_FILE");
            }
        }
    }
    (how.json ? around.out : all.good() ? around.out : around.err) << (how.json ? all.json() : all.lines());
    return all.good() ? done_status : refused_status;
}

} // namespace rapport::bot
