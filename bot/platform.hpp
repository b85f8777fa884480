// The platform as the rest of bot/ sees it: a call by its method, an answer by response address, and what
// became of each. Everything that speaks goes through these two functions; behind them stands bot/slack.
#pragma once

#include "bot/slack/api.hpp"
#include "bot/slack/failure.hpp"
#include "bot/slack/pacing.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace rapport::bot {

// What became of a call. `what` is none if it was done; `error` is then empty, else the platform's word or
// one of the client's own ("timeout"). `body` is the JSON of the answer, empty where there was none.
struct platform_answer {
    slack::failure what = slack::failure::none;
    std::string error;
    std::string body;
    std::optional<std::chrono::seconds> retry_after;

    bool done() const {
        return what == slack::failure::none;
    }
};

class platform {
  public:
    // Called once, later, on the network thread.
    using on_answer = std::function<void(platform_answer)>;
    // Asked once when a call is about to go on the wire, after every wait for its slot and connection;
    // answered once, later or at once. Not let go, the call was never made, and its answer says "withheld".
    using on_leaving = std::function<void(std::function<void(bool go)>)>;

    platform() = default;
    platform(const platform &) = delete;
    platform &operator=(const platform &) = delete;
    virtual ~platform() = default;

    // `body` is the JSON object of the arguments.
    virtual void call(slack::method what, std::string body, slack::priority urgency, on_answer then,
                      on_leaving may_leave) = 0;
    void call(slack::method what, std::string body, slack::priority urgency, on_answer then) {
        call(what, std::move(body), urgency, std::move(then), {});
    }
    // A message for a response address.
    virtual void respond(std::string address, std::string body, on_answer then) = 0;
};

} // namespace rapport::bot
