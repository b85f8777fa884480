// See do_not_disturb.hpp.
#include "bot/do_not_disturb.hpp"

#include <boost/asio/post.hpp>
#include <nlohmann/json.hpp>

#include <map>
#include <utility>
#include <vector>

namespace rapport::bot {
namespace {

using steady = std::chrono::steady_clock;

constexpr std::size_t most_in_a_call = 50; // the platform's
constexpr std::size_t most_remembered = 5'000;
constexpr std::chrono::minutes remembered_for{10};
// After the platform refused the scope: an operator may grant it without a restart.
constexpr std::chrono::hours refused_for{1};

} // namespace

std::optional<quiet_span> quiet_span_of(std::string_view answer, const slack_id &who) {
    const auto body = nlohmann::json::parse(answer, nullptr, false);
    if (!body.is_object() || !body.contains("users") || !body["users"].is_object())
        return std::nullopt;
    const auto found = body["users"].find(who.str());
    if (found == body["users"].end() || !found->is_object())
        return std::nullopt;
    const auto number = [&](const char *name) -> std::int64_t {
        const auto it = found->find(name);
        return it != found->end() && it->is_number_integer() ? it->get<std::int64_t>() : 0;
    };
    const auto on = found->find("dnd_enabled");
    const auto from = number("next_dnd_start_ts"), until = number("next_dnd_end_ts");
    // without a schedule the platform says 1 and 1
    if (on == found->end() || !on->is_boolean() || !on->get<bool>() || from <= 1 || until <= from)
        return std::nullopt;
    return quiet_span{instant{seconds{from}}, instant{seconds{until}}};
}

struct do_not_disturb::inside : std::enable_shared_from_this<inside> {
    struct known {
        std::optional<quiet_span> span;
        steady::time_point heard_at;
    };

    boost::asio::any_io_executor executor;
    platform &to;
    const wall_clock &clock;
    logger &log;
    std::map<slack_id, known> heard;
    std::map<slack_id, std::vector<told>> waiting; // not asked for yet
    bool asking = false;
    steady::time_point refused_until{};

    inside(boost::asio::any_io_executor on, platform &platform_, const wall_clock &time, logger &says)
        : executor(std::move(on)), to(platform_), clock(time), log(says) {}

    std::optional<instant> until_of(const std::optional<quiet_span> &span) const {
        const auto now = clock.now();
        return span && span->from <= now && now < span->until ? std::optional(span->until) : std::nullopt;
    }

    // What was heard lately, unless its span is over: then the next one is not known.
    const known *still_known(const slack_id &who) const {
        const auto found = heard.find(who);
        const bool good = found != heard.end() && steady::now() - found->second.heard_at < remembered_for &&
                          (!found->second.span || clock.now() < found->second.span->until);
        return good ? &found->second : nullptr;
    }

    void ask(const slack_id &who, told then) {
        if (steady::now() < refused_until)
            return boost::asio::post(executor, [then = std::move(then)] { then(std::nullopt); });
        if (const auto *one = still_known(who))
            return boost::asio::post(executor,
                                     [then = std::move(then), until = until_of(one->span)] { then(until); });
        waiting[who].push_back(std::move(then));
        boost::asio::post(executor, [self = shared_from_this()] { self->call(); });
    }

    // One call at a time; who comes meanwhile goes with the next.
    void call() {
        if (asking || waiting.empty())
            return;
        asking = true;
        std::map<slack_id, std::vector<told>> those;
        std::string names;
        while (!waiting.empty() && those.size() < most_in_a_call) {
            names += (names.empty() ? "" : ",") + waiting.begin()->first.str();
            those.insert(waiting.extract(waiting.begin()));
        }
        const nlohmann::json body{{"users", names}};
        to.call(slack::method::dnd_team_info, body.dump(), slack::priority::interactive,
                [self = shared_from_this(), those = std::move(those)](const platform_answer &became) {
                    self->answered(those, became);
                });
    }

    void answered(const std::map<slack_id, std::vector<told>> &those, const platform_answer &became) {
        asking = false;
        if (!became.done())
            note_failure(became);
        if (heard.size() > most_remembered)
            heard.clear();
        for (const auto &[who, all] : those) {
            const auto span = became.done() ? quiet_span_of(became.body, who) : std::nullopt;
            if (became.done())
                heard[who] = {span, steady::now()};
            for (const auto &each : all)
                each(until_of(span));
        }
        call();
    }

    void note_failure(const platform_answer &became) {
        const constant method = "dnd.teamInfo";
        const checked_word reason(became.error);
        log.say(event::call_failed, with("method", method), with("reason", reason));
        if (became.what == slack::failure::configuration)
            refused_until = steady::now() + refused_for;
    }
};

do_not_disturb::do_not_disturb(boost::asio::any_io_executor on, platform &to, const wall_clock &clock,
                               logger &log)
    : inside_(std::make_shared<inside>(std::move(on), to, clock, log)) {}

do_not_disturb::~do_not_disturb() = default;

void do_not_disturb::ask(const slack_id &who, told then) {
    inside_->ask(who, std::move(then));
}

} // namespace rapport::bot
