// Coroutines of bot/slack on one side, callbacks on the other; see slack_platform.hpp.
#include "bot/slack_platform.hpp"

#include "bot/slack/web_api.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <exception>

namespace rapport::bot {
namespace {

using steady = std::chrono::steady_clock;

platform_answer answer_of(slack::reply &&heard) {
    platform_answer made;
    made.error = std::move(heard.error);
    made.body = std::move(heard.body);
    switch (heard.what) {
    case slack::outcome::sent:
        made.what = slack::failure::none;
        made.error.clear();
        break;
    case slack::outcome::later:
        made.what = slack::failure::later;
        if (heard.retry_at > steady::now())
            made.retry_after = std::chrono::ceil<std::chrono::seconds>(heard.retry_at - steady::now());
        break;
    case slack::outcome::maybe:
        made.what = slack::failure::maybe_executed;
        break;
    case slack::outcome::failed:
    case slack::outcome::refused:
        made.what = heard.why == slack::failure::none ? slack::failure::unknown : heard.why;
        break;
    }
    return made;
}

// The answer to a call that ended in an exception, which the client promises not to throw: nobody knows.
platform_answer broken() {
    return {slack::failure::maybe_executed, "client_fault", {}, {}};
}

using awaited = boost::asio::awaitable<slack::reply>;

// Runs a call and hands over what became of it, whatever that is.
void spawn(const boost::asio::any_io_executor &on, awaited what, platform::on_answer then) {
    boost::asio::co_spawn(on, std::move(what),
                          [then = std::move(then)](std::exception_ptr fault, slack::reply heard) {
                              then(fault ? broken() : answer_of(std::move(heard)));
                          });
}

} // namespace

slack_platform::slack_platform(boost::asio::any_io_executor on, slack::web_api &api, metrics &counted,
                               call_patience patience)
    : executor_(std::move(on)), api_(api), counted_(counted), patience_(patience) {}

void slack_platform::call(slack::method what, std::string body, slack::priority urgency, on_answer then,
                          on_leaving may_leave) {
    const bool somebody_waits = urgency == slack::priority::interactive;
    const auto deadline = steady::now() + (somebody_waits ? patience_.interactive : patience_.background);
    auto counting = [this, what, then = std::move(then)](platform_answer became) {
        const checked_word method(facts_of(what).name);
        const checked_word outcome(slack::word_of(slack::failure_words, became.what));
        counted_.add(metric::slack_api_requests_total, {method, outcome});
        then(std::move(became));
    };
    spawn(executor_, api_.call(what, std::move(body), urgency, deadline, std::move(may_leave)),
          std::move(counting));
}

void slack_platform::respond(std::string address, std::string body, on_answer then) {
    const auto deadline = steady::now() + patience_.interactive;
    auto counting = [this, then = std::move(then)](platform_answer became) {
        const checked_word outcome(slack::word_of(slack::failure_words, became.what));
        counted_.add(metric::slack_api_requests_total, {"response_url", outcome});
        then(std::move(became));
    };
    spawn(executor_, api_.respond(std::move(address), std::move(body), deadline), std::move(counting));
}

} // namespace rapport::bot
