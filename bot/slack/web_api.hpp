// Calls of the Web API: paced, classified, and repeated only where the platform certainly did nothing. The
// one place in this folder that retries a call.
#pragma once

#include "bot/slack/api.hpp"
#include "bot/slack/failure.hpp"
#include "bot/slack/https.hpp"
#include "bot/slack/pacing.hpp"
#include "bot/slack/reply_budget.hpp"
#include "bot/slack/words.hpp"

#include <boost/asio/awaitable.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace rapport::slack {

enum class outcome {
    sent,    // done, or found done before
    later,   // certainly not done: may be made again at `retry_at`
    failed,  // not done, and would not be if it were made again: `why` says whose fault it is
    refused, // not done: the channel, person, message, form or trigger it is for is gone or closed to us
    maybe,   // nobody knows
};

inline constexpr choices<outcome, 5> outcome_words{{
    {outcome::sent, "sent"},
    {outcome::later, "later"},
    {outcome::failed, "failed"},
    {outcome::refused, "refused"},
    {outcome::maybe, "maybe"},
}};

struct reply {
    outcome what = outcome::failed;
    failure why = failure::unknown;
    std::string error;      // the platform's word, such as "channel_not_found"; or ours, such as "timeout"
    std::string detail;     // for the operator: hints of the platform, without secrets
    std::string body;       // the answer's JSON, where there was one
    std::string request_id; // the platform's, for asking its support
    int status = 0;         // of HTTP; 0 where no answer came
    moment retry_at{};      // for `later`
};

struct web_api_options {
    std::string address = "https://slack.com/api/";
    // The workspace, as a key of the pace.
    std::string team;
    token bot, app;
    http_limits http;
    // False beside a local workspace that has no limits and whose time is moved: a month's calls come in
    // seconds there. A wait that is asked for (429) is kept even so.
    bool keeps_pace = true;
    // After a request that certainly was not sent: doubled each time up to ten times this.
    milliseconds unsent_wait{500};
};

// Calls counted by method and outcome.
using call_counts = std::array<std::array<std::uint64_t, outcome_words.size()>, methods.size()>;

class web_api {
  public:
    // Throws std::invalid_argument where the address is refused (see endpoint.hpp) or a token cannot stand in
    // a header.
    web_api(boost::asio::any_io_executor loop, std::shared_ptr<tls_context> tls,
            std::shared_ptr<resolver> names, web_api_options options);
    ~web_api();
    web_api(const web_api &) = delete;

    // Calls a method with a JSON object of arguments. Waits for its slot and repeats what certainly was not
    // executed, both until `deadline` at most; a call that is on its way is not cut short by it. What may
    // have been executed is never repeated here: `maybe`, or for an idempotent method `later`.
    //
    // `may_leave` is asked when the slot is granted and the connection stands, just before the call goes on
    // the wire; refused, the reply is `later` with "withheld". Such a call leaves once at most: whatever it
    // came to, also a wait the platform asks for, is its caller's to take up again.
    boost::asio::awaitable<reply> call(method what, std::string arguments, priority urgency, moment deadline,
                                       leave_to_go may_leave = {});

    // Posts to a response_url: five times in half an hour at most, to the platform's own hosts only.
    boost::asio::awaitable<reply> respond(std::string response_url, std::string message, moment deadline);

    // Opens a connection ahead of the first call.
    boost::asio::awaitable<void> warm();

    // Ends waits and calls under way.
    void stop();

    const call_counts &counts() const;
    // Posts to response_urls, by outcome.
    const std::array<std::uint64_t, outcome_words.size()> &respond_counts() const;
    // How long methods were told to rest, all told.
    seconds rested() const;
    // This machine's clock less the platform's, from the Date of its last answer: right to a second or so.
    // None before there was one.
    std::optional<milliseconds> clock_skew() const;

  private:
    struct state;
    std::shared_ptr<state> state_;
};

// The instant a Date header names ("Sun, 06 Nov 1994 08:49:37 GMT"); none for anything else.
std::optional<std::chrono::system_clock::time_point> read_http_date(const std::string &text);

// One text of an answer by its path of keys: text_in(body, "channel", "id"). Empty where it is missing.
std::string text_in(const std::string &body, const char *key, const char *inner = nullptr);

} // namespace rapport::slack
