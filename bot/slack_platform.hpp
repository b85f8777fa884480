// The platform through the Slack client: calls and answers as the rest of bot/ sees them, over web_api.
#pragma once

#include "bot/metrics.hpp"
#include "bot/platform.hpp"

#include <boost/asio/any_io_executor.hpp>

namespace rapport::slack {
class web_api;
}

namespace rapport::bot {

// How long a call may wait for its slot and be repeated where it certainly was not executed. What somebody
// waits for is of no use after that; what the courier sends is taken up again by its row.
struct call_patience {
    std::chrono::milliseconds interactive{8'000};
    std::chrono::milliseconds background{30'000};
};

class slack_platform final : public platform {
    boost::asio::any_io_executor executor_;
    slack::web_api &api_;
    metrics &counted_;
    call_patience patience_;

  public:
    // `api` must outlive every call.
    slack_platform(boost::asio::any_io_executor on, slack::web_api &api, metrics &counted,
                   call_patience patience = {});

    using platform::call;
    void call(slack::method what, std::string body, slack::priority urgency, on_answer then,
              on_leaving may_leave) override;
    void respond(std::string address, std::string body, on_answer then) override;
};

} // namespace rapport::bot
