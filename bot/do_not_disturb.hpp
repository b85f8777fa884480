// Who is not to be disturbed just now, as the platform says it: asked for many people in one call, remembered
// for a few minutes. Without the scope for it, or without an answer, nobody is held back by it: the person's
// good hours stand in any case.
#pragma once

#include "bot/clock.hpp"
#include "bot/logging.hpp"
#include "bot/platform.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace rapport::bot {

class do_not_disturb {
  public:
    // Until when the person is not to be disturbed; none: they may be.
    using told = std::function<void(std::optional<instant> until)>;

    do_not_disturb(boost::asio::any_io_executor on, platform &to, const wall_clock &clock, logger &log);
    ~do_not_disturb();

    // Answered once, later, on the loop's thread. People asked for in the same turn share a call.
    void ask(const slack_id &who, told then);

  private:
    struct inside;
    std::shared_ptr<inside> inside_;
};

// What dnd.teamInfo says of one person: their next quiet span, if they have one. None where it says nothing.
struct quiet_span {
    instant from{}, until{};

    bool operator==(const quiet_span &) const = default;
};
std::optional<quiet_span> quiet_span_of(std::string_view answer, const slack_id &who);

} // namespace rapport::bot
