// Each answer of the platform to one line a subject; see check_platform.hpp. Made with the HTTP client alone:
// what the Web API client keeps to itself (headers, the very word of a refusal) is what is looked at here.
#include "bot/check_platform.hpp"

#include "bot/call_bodies.hpp"
#include "bot/installation.hpp"
#include "bot/sayable.hpp"
#include "bot/slack/https.hpp"
#include "bot/slack/resolver.hpp"
#include "bot/slack/tls.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <date/date.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <sstream>

namespace rapport::bot {
namespace {

using json = nlohmann::json;

constexpr std::string_view install_again =
    "add it under OAuth & Permissions (or paste `rapport manifest` anew), then install the app again";

// What the platform's refusal of a token means, and what to do. `%` stands for the variable.
struct token_word {
    std::string_view error, says, mend;
};
constexpr std::array<token_word, 9> token_words{{
    {"not_authed", "no token arrived", "set {0}"},
    {"invalid_auth", "the platform knows no such token", "copy {0} again from the app's page, {1}"},
    {"token_revoked", "it was revoked", "install the app again (or make a new token) and copy {0} from {1}"},
    {"token_expired", "it has expired", "copy a new {0} from the app's page, {1}"},
    {"account_inactive", "the app was removed from the workspace", "install it again, and copy {0} from {1}"},
    {"user_removed_from_team", "the app was removed from the workspace",
     "install it again, and copy {0} from {1}"},
    {"team_disabled", "the workspace is disabled", "its owners must enable it"},
    {"not_allowed_token_type", "it is a token of another kind", "{0} is the one under {1}"},
    {"missing_scope", "it may not open connections",
     "make an app-level token with connections:write, under {1}"},
}};

// One token of the app: the variable it is set by, and where the app's page shows it.
struct token_place {
    const char *subject;
    const char *variable;
    const char *shown_under;
};
constexpr token_place bot_place{"bot token", "SLACK_BOT_TOKEN", "OAuth & Permissions"};
constexpr token_place app_place{"app token", "SLACK_APP_TOKEN", "Basic Information, App-Level Tokens"};

struct heard {
    json body;
    std::string error; // the platform's word; "" where it said ok
    slack::http_reply wire;
};

// Posts once and waits.
class asking {
    boost::asio::io_context io_{1};
    slack::endpoint base_;
    slack::token bot_, app_;
    slack::https wire_;

    slack::http_reply post(slack::http_request what) {
        slack::http_reply came;
        bool told = false;
        boost::asio::co_spawn(io_, wire_.post(std::move(what)),
                              [&](const std::exception_ptr &, slack::http_reply got) {
                                  came = std::move(got);
                                  told = true;
                              });
        io_.restart();
        while (!told && io_.run_one() > 0) { // not run(): a connection that is kept waits for more
        }
        return came;
    }

  public:
    explicit asking(const config::settings &from)
        : base_(slack::endpoint_of(from.api_url)),
          bot_(std::string(from.bot_token.reveal())),
          app_(std::string(from.app_token.reveal())),
          wire_(io_.get_executor(), std::make_shared<slack::tls_context>(from.ca_file.string()),
                std::make_shared<slack::resolver>(io_.get_executor()), {}) {}

    bool has_bot() const {
        return !bot_.empty();
    }
    bool has_app() const {
        return !app_.empty();
    }

    heard ask(slack::method what, const std::string &form = {}) {
        slack::http_request request;
        request.to = base_;
        request.to.target += facts_of(what).name;
        request.content_type = "application/x-www-form-urlencoded";
        request.body = form;
        request.bearer = facts_of(what).token == slack::token_kind::app ? &app_ : &bot_;
        heard out;
        out.wire = post(std::move(request));
        if (out.wire.fault != slack::http_fault::none) {
            out.error = "unreachable";
            return out;
        }
        out.body = json::parse(out.wire.body, nullptr, false);
        if (out.wire.status == 429)
            out.error = "ratelimited";
        else if (!out.body.is_object() || !out.body.contains("ok"))
            out.error = "no_web_api";
        else if (!out.body["ok"].is_boolean() || !out.body["ok"].get<bool>())
            out.error = checked_word(out.body.value("error", "")).str();
        return out;
    }
};

void token_is_wrong(const token_place &where, const heard &came, findings &to) {
    if (came.error == "unreachable")
        return to.wrong(
            "platform", "cannot be reached: " + came.wire.detail,
            "look whether this machine reaches the address in SLACK_API_URL, through its firewall and "
            "with its certificate trusted (SSL_CERT_FILE)");
    if (came.error == "no_web_api")
        return to.wrong(
            "platform",
            fmt::format("what answers at SLACK_API_URL is no Web API (HTTP {})", came.wire.status),
            "correct SLACK_API_URL, or the proxy between here and there");
    if (came.error == "ratelimited")
        return to.wrong(where.subject, "the platform asks us to wait", "try again in a minute");
    for (const auto &each : token_words)
        if (each.error == came.error)
            return to.wrong(where.subject, fmt::format("{} ({})", each.says, came.error),
                            fmt::format(fmt::runtime(each.mend), where.variable, where.shown_under));
    to.wrong(where.subject, "the platform refuses it (" + came.error + ")",
             fmt::format("copy {} again from the app's page, {}", where.variable, where.shown_under));
}

std::set<std::string> words_of(std::string_view list) {
    std::set<std::string> all;
    std::string word;
    for (const char c : list) {
        if (c != ',' && c != ' ')
            word += c;
        else if (!word.empty())
            all.insert(std::exchange(word, {}));
    }
    if (!word.empty())
        all.insert(word);
    return all;
}

// Each owner is somebody who may act: an id copied wrongly would leave the program without anybody in charge.
void look_at_owners(asking &platform_, const config::settings &from, findings &to) {
    constexpr std::size_t most = 10;
    for (std::size_t i = 0; i < from.owners.size() && i < most; ++i) {
        const auto &id = from.owners[i].str();
        const auto subject = "owner " + id;
        const auto came = platform_.ask(slack::method::users_info, "user=" + id);
        const std::string mend =
            "copy the member id from the person's profile into `owners` of " + from.file.filename().string();
        if (came.error == "user_not_found" || came.error == "user_not_visible")
            to.wrong(subject, "is nobody in this workspace", mend);
        else if (came.error.empty() && came.body.contains("user")) {
            const auto &who = came.body["user"];
            if (who.value("deleted", false))
                to.wrong(subject, "has a deactivated account", mend);
            else if (who.value("is_bot", false))
                to.wrong(subject, "is an app, not a person", mend);
            else
                to.fine(subject, "is in this workspace");
        } // a scope that is missing was told already
    }
}

} // namespace

void look_at_scopes(std::string_view given, bool listens, findings &to, bool reacts) {
    auto granted = words_of(given);
    for (const auto &need : needed_scopes(listens, reacts)) {
        if (granted.erase(need.name) > 0)
            to.fine("scope " + need.name, "given; it is needed " + need.reason);
        else
            to.wrong("scope " + need.name, "is missing; it is needed " + need.reason,
                     std::string(install_again));
    }
    std::string more;
    for (const auto &each : granted)
        more += (more.empty() ? "" : ", ") + each;
    if (!more.empty())
        to.fine("other scopes", "given and not used by Rapport, so they may be taken away: " + more);
}

void look_at_clock(std::string_view date, instant now, findings &to) {
    std::istringstream in{std::string(date)};
    date::sys_time<seconds> theirs;
    in >> date::parse("%a, %d %b %Y %T GMT", theirs);
    if (in.fail())
        return; // a proxy took it away: nothing can be said
    constexpr span_of_time most = minutes{1};
    const auto off = now - theirs;
    const auto by = std::chrono::abs(std::chrono::duration_cast<seconds>(off));
    if (by <= most)
        return to.fine("clock", by < seconds{2} ? "agrees with the platform's"
                                                : fmt::format("{} s from the platform's", by.count()));
    to.wrong("clock",
             fmt::format("this machine's is {} {} the platform's, so days and hours would be wrong",
                         by >= minutes{120}   ? fmt::format("{} hours", (by.count() + 1800) / 3600)
                         : by >= seconds{120} ? fmt::format("{} minutes", (by.count() + 30) / 60)
                                              : fmt::format("{} s", by.count()),
                         off > span_of_time::zero() ? "ahead of" : "behind"),
             "let it follow a time server: timedatectl set-ntp true");
}

void look_at_platform(const config::settings &from, bool listens, instant now, findings &to, bool reacts) {
    asking platform_(from);
    bool reached = true;
    if (platform_.has_bot()) {
        const auto came = platform_.ask(slack::method::auth_test);
        const auto who = came.error.empty() ? bodies::identity_of(came.wire.body) : std::nullopt;
        reached = came.error != "unreachable" && came.error != "no_web_api";
        if (!who) {
            token_is_wrong(bot_place, came, to);
        } else if (who->bot_id.empty()) {
            to.wrong(bot_place.subject, "is a person's token, not the app's",
                     "copy the one that begins with xoxb- from the app's page, OAuth & Permissions");
        } else {
            to.fine(bot_place.subject, "good, for workspace " + who->team.str() + " as " + who->user.str());
            if (came.wire.scopes.empty())
                to.fine("scopes", "the platform does not list them; a missing one shows when it is needed");
            else
                look_at_scopes(came.wire.scopes, listens, to, reacts);
        }
        if (reached)
            look_at_clock(came.wire.date, now, to);
        if (who)
            look_at_owners(platform_, from, to);
    }
    if (!platform_.has_app() || !reached)
        return;
    const auto came = platform_.ask(slack::method::apps_connections_open);
    if (came.error.empty())
        to.fine(app_place.subject, "good; it may open a connection");
    else
        token_is_wrong(app_place, came, to);
}

} // namespace rapport::bot
