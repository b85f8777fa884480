// Making calls; see web_api.hpp.
#include "bot/slack/web_api.hpp"

#include "bot/slack/awaiting.hpp"
#include "bot/slack/redaction.hpp"

#include <boost/asio/steady_timer.hpp>
#include <nlohmann/json.hpp>

#include <ctime>
#include <set>
#include <stdexcept>

namespace rapport::slack {
namespace {

using json = nlohmann::json;

moment clock_now() {
    return std::chrono::steady_clock::now();
}

std::string form_encoded(std::string_view text) {
    constexpr char hex[] = "0123456789ABCDEF";
    std::string out;
    for (const unsigned char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            out += static_cast<char>(c);
        } else {
            out += '%';
            out += hex[c >> 4];
            out += hex[c & 15];
        }
    }
    return out;
}

std::string form_of(const json &arguments) {
    std::string out;
    for (const auto &[key, value] : arguments.items()) {
        if (value.is_null())
            continue;
        if (!out.empty())
            out += '&';
        out += form_encoded(key) + "=" +
               form_encoded(value.is_string() ? value.get<std::string>() : value.dump());
    }
    return out;
}

std::string text_of(const json &object, const char *key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool is_ok_or_nothing(const std::string &body) {
    const auto from = body.find_first_not_of(" \t\r\n");
    return from == std::string::npos ||
           body.substr(from, body.find_last_not_of(" \t\r\n") - from + 1) == "ok";
}

// What an operator needs of an ok:false: the missing scope and the platform's hints.
std::string hints_of(const json &answer) {
    std::string out;
    const auto add = [&](const std::string &text) {
        if (!text.empty())
            out += (out.empty() ? "" : "; ") + text;
    };
    if (const auto needed = text_of(answer, "needed"); !needed.empty())
        add("needs the scope " + needed);
    if (const auto meta = answer.find("response_metadata"); meta != answer.end() && meta->is_object())
        if (const auto said = meta->find("messages"); said != meta->end() && said->is_array())
            for (const auto &each : *said)
                if (each.is_string())
                    add(each.get<std::string>());
    return redacted(out.substr(0, 1000));
}

outcome outcome_of(failure why, bool idempotent) {
    switch (why) {
    case failure::none:
        return outcome::sent;
    case failure::later:
        return outcome::later;
    case failure::target_gone:
    case failure::outdated:
        return outcome::refused;
    case failure::maybe_executed:
        return idempotent ? outcome::later : outcome::maybe;
    case failure::token_dead:
    case failure::configuration:
    case failure::our_bug:
    case failure::unknown:
        break;
    }
    return outcome::failed;
}

constexpr std::string_view fault_words[] = {"",      "busy", "stopped", "connect",  "tls",
                                            "write", "read", "timeout", "too_long", "withheld"};

// The answer's body, where it is a JSON object that says ok or not.
void classify_answer(const http_reply &from, reply &out) {
    const auto answer = json::parse(from.body, nullptr, false);
    const bool readable = answer.is_object() && answer.contains("ok") && answer["ok"].is_boolean();
    if (!readable) {
        out.why = failure_of_status(from.status);
        out.error = "http_" + std::to_string(from.status);
        return;
    }
    out.body = from.body;
    if (answer["ok"].get<bool>()) {
        out.why = from.status == 200 ? failure::none : failure_of_status(from.status);
        return;
    }
    out.error = text_of(answer, "error");
    out.why = failure_of_error(out.error);
    out.detail = hints_of(answer);
    // A status that says more than a word nobody knows.
    if (out.why == failure::unknown && from.status != 200)
        out.why = failure_of_status(from.status);
}

} // namespace

struct web_api::state {
    asio::any_io_executor loop;
    endpoint base;
    std::string team;
    token bot, app;
    milliseconds unsent_wait;
    bool keeps_pace;
    https wire;
    pacing pace;
    reply_budget replies;
    call_counts counts{};
    std::array<std::uint64_t, outcome_words.size()> respond_counts{};
    seconds rested{0};
    std::optional<milliseconds> skew;
    bool stopped = false;
    std::set<asio::steady_timer *> waits;

    state(asio::any_io_executor on, std::shared_ptr<tls_context> tls, std::shared_ptr<resolver> names,
          web_api_options &options)
        : loop(on),
          base(endpoint_of(options.address)),
          team(options.team),
          bot(std::move(options.bot)),
          app(std::move(options.app)),
          unsent_wait(options.unsent_wait),
          keeps_pace(options.keeps_pace),
          wire(on, std::move(tls), std::move(names), options.http) {
        if (!base.target.ends_with('/'))
            base.target += '/';
        for (const auto *each : {&bot, &app})
            if (!each->empty() && !each->well_formed())
                throw std::invalid_argument("a token holds blanks or other characters no token has");
    }

    static asio::awaitable<reply> call(std::shared_ptr<state> self, method what, std::string arguments,
                                       priority urgency, moment deadline, leave_to_go may_leave);
    static asio::awaitable<reply> respond(std::shared_ptr<state> self, std::string response_url,
                                          std::string message, moment deadline);
    static asio::awaitable<void> warm(std::shared_ptr<state> self);

    static asio::awaitable<void> wait_until(std::shared_ptr<state> self, moment when) {
        asio::steady_timer timer(self->loop, when);
        self->waits.insert(&timer);
        co_await timer.async_wait(as_result);
        self->waits.erase(&timer);
    }

    milliseconds unsent_pause(int attempt) const {
        return unsent_wait * std::min(1 << std::min(attempt, 4), 10);
    }

    // What an exchange came to.
    reply judge(const http_reply &from, const method_facts *facts, int attempt, moment now) {
        reply out;
        out.status = from.status;
        out.request_id = from.request_id;
        const bool idempotent = facts && facts->idempotent;
        if (const auto theirs = read_http_date(from.date)) // a second's length: its middle is the best guess
            skew = std::chrono::duration_cast<milliseconds>(std::chrono::system_clock::now() - *theirs) -
                   milliseconds{500};
        if (from.fault != http_fault::none) {
            out.why = from.maybe_sent ? failure::maybe_executed : failure::later;
            out.error = fault_words[static_cast<std::size_t>(from.fault)];
            out.detail = from.detail;
            out.retry_at = now + unsent_pause(attempt);
        } else {
            classify_answer(from, out);
            if (from.status == 429 || out.why == failure::later) {
                const auto wait = wait_asked_by(from.retry_after);
                out.why = failure::later;
                out.retry_at = now + wait;
                rested += wait;
                if (facts)
                    pace.rest(team, facts->id, wait, now);
            } else if (out.why == failure::maybe_executed) {
                out.retry_at = now + unsent_pause(attempt);
            }
        }
        out.what = outcome_of(out.why, idempotent);
        return out;
    }

    http_request request_for(const method_facts &facts, const json &arguments) const {
        http_request out;
        out.to = base;
        out.to.target += facts.name;
        out.bearer = facts.token == token_kind::app ? &app : &bot;
        if (facts.body == body_form::json) {
            out.content_type = "application/json; charset=utf-8";
            out.body = arguments.dump(-1, ' ', false, json::error_handler_t::replace);
        } else {
            out.content_type = "application/x-www-form-urlencoded";
            out.body = form_of(arguments);
        }
        return out;
    }

    // May a post go there: an https address of the platform's, or the host the API itself is at.
    bool takes_replies(const endpoint &to) const {
        if (to.host == base.host && to.port == base.port)
            return to.tls == base.tls;
        return to.tls && to.port == "443" &&
               (to.host == "hooks.slack.com" || to.host == "hooks.slack-gov.com");
    }
};

web_api::web_api(asio::any_io_executor loop, std::shared_ptr<tls_context> tls,
                 std::shared_ptr<resolver> names, web_api_options options)
    : state_(std::make_shared<state>(std::move(loop), std::move(tls), std::move(names), options)) {}

web_api::~web_api() {
    stop();
}

// A coroutine begins when it is awaited, perhaps after the object is gone: each takes the state along.
asio::awaitable<reply> web_api::call(method what, std::string arguments, priority urgency, moment deadline,
                                     leave_to_go may_leave) {
    return state::call(state_, what, std::move(arguments), urgency, deadline, std::move(may_leave));
}

asio::awaitable<reply> web_api::state::call(std::shared_ptr<state> self, method what, std::string arguments,
                                            priority urgency, moment deadline, leave_to_go may_leave) {
    const auto &facts = facts_of(what);
    reply answer;
    const auto parsed = json::parse(arguments, nullptr, false);
    if (!parsed.is_object()) {
        answer.why = failure::our_bug;
        answer.error = "arguments_not_an_object";
        co_return answer;
    }
    const auto channel = text_of(parsed, "channel");
    const call_shape shape{self->team, what, channel, urgency};
    const auto asked = std::make_shared<bool>(false);
    leave_to_go asking;
    if (may_leave)
        asking = [asked, may_leave = std::move(may_leave)](std::function<void(bool)> said) {
            *asked = true;
            may_leave(std::move(said));
        };
    for (int attempt = 0; !self->stopped;) {
        auto when = self->keeps_pace ? self->pace.ask(shape, clock_now())
                                     : self->pace.resting_until(self->team, what);
        if (when > clock_now()) {
            answer = reply();
            answer.what = outcome::later;
            answer.why = failure::later;
            answer.error = "paced";
            answer.retry_at = when;
        } else {
            auto request = self->request_for(facts, parsed);
            request.may_leave = asking;
            auto got = co_await self->wire.post(std::move(request));
            answer = self->judge(got, &facts, attempt++, clock_now());
            when = answer.retry_at;
        }
        const bool again =
            answer.what == outcome::later && answer.why == failure::later && when <= deadline && !*asked;
        if (!again)
            break;
        co_await wait_until(self, when);
    }
    if (self->stopped && answer.error.empty() && answer.what != outcome::sent) {
        answer.what = outcome::later;
        answer.why = failure::later;
        answer.error = "stopped";
    }
    ++self->counts[static_cast<std::size_t>(what)][static_cast<std::size_t>(answer.what)];
    co_return answer;
}

asio::awaitable<reply> web_api::respond(std::string response_url, std::string message, moment deadline) {
    return state::respond(state_, std::move(response_url), std::move(message), deadline);
}

asio::awaitable<reply> web_api::state::respond(std::shared_ptr<state> self, std::string response_url,
                                               std::string message, moment deadline) {
    reply answer;
    std::string wrong;
    const auto to = read_endpoint(response_url, wrong);
    const bool ours = to && self->takes_replies(*to);
    if (!ours) {
        answer.why = failure::configuration;
        answer.error = "not_the_platforms_address";
        co_return answer;
    }
    if (!self->replies.take(response_url, clock_now())) {
        answer.what = outcome::refused;
        answer.why = failure::outdated;
        answer.error = "used_url";
        co_return answer;
    }
    for (int attempt = 0; !self->stopped; ++attempt) {
        http_request request;
        request.to = *to;
        request.content_type = "application/json; charset=utf-8";
        request.body = message;
        auto got = co_await self->wire.post(std::move(request));
        answer = self->judge(got, nullptr, attempt, clock_now());
        // The usual answer is the bare word "ok"; an old address answers 404.
        if (got.status == 200 && is_ok_or_nothing(got.body)) {
            answer.what = outcome::sent;
            answer.why = failure::none;
            answer.error.clear();
        } else if (got.status == 404 || got.status == 410) {
            answer.what = outcome::refused;
            answer.why = failure::outdated;
        }
        if (answer.what != outcome::later || answer.retry_at > deadline)
            break;
        co_await wait_until(self, answer.retry_at);
    }
    if (self->stopped && answer.error.empty() && answer.what != outcome::sent) {
        answer.what = outcome::later;
        answer.error = "stopped";
    }
    if (answer.what == outcome::later)
        self->replies.give_back(response_url);
    ++self->respond_counts[static_cast<std::size_t>(answer.what)];
    wipe(response_url);
    co_return answer;
}

asio::awaitable<void> web_api::warm() {
    return state::warm(state_);
}

asio::awaitable<void> web_api::state::warm(std::shared_ptr<state> self) {
    const auto to = self->base;
    co_await self->wire.warm(to);
}

void web_api::stop() {
    state_->stopped = true;
    state_->wire.stop();
    for (auto *const each : state_->waits)
        each->cancel();
}

const call_counts &web_api::counts() const {
    return state_->counts;
}

const std::array<std::uint64_t, outcome_words.size()> &web_api::respond_counts() const {
    return state_->respond_counts;
}

seconds web_api::rested() const {
    return state_->rested;
}

std::optional<milliseconds> web_api::clock_skew() const {
    return state_->skew;
}

std::optional<std::chrono::system_clock::time_point> read_http_date(const std::string &text) {
    std::tm parts{};
    const auto *end = strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    if (end == nullptr || *end != '\0')
        return std::nullopt;
    return std::chrono::system_clock::from_time_t(timegm(&parts));
}

std::string text_in(const std::string &body, const char *key, const char *inner) {
    const auto answer = json::parse(body, nullptr, false);
    if (!answer.is_object())
        return {};
    if (!inner)
        return text_of(answer, key);
    const auto found = answer.find(key);
    return found != answer.end() && found->is_object() ? text_of(*found, inner) : std::string();
}

} // namespace rapport::slack
