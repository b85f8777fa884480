// The workspace as far as Rapport's own calls reach into it: conversations are opened, messages posted and
// shown again. In memory, without sockets; what it says to a call is what the platform would say.
#pragma once

#include "bot/platform.hpp"
#include "bot/simulate/screen.hpp"
#include "mentoring/ids.hpp"
#include "mentoring/time.hpp"

#include <map>
#include <string>
#include <vector>

namespace rapport::simulate {

// A message that Rapport posted.
struct letter {
    instant at{};
    std::string channel, ts;
    screen shows;
    std::vector<std::string> rows; // of the outbox
};

class stage {
    std::map<std::string, std::string> group_of_; // members, in order, to their conversation
    std::vector<letter> arrived_;
    std::int64_t last_stamp_ = 0;

  public:
    // Makes the call; `rows` are the outbox rows it carries.
    bot::platform_answer call(slack::method what, const std::string &body,
                              const std::vector<std::string> &rows, instant now);
    // Messages posted since the last time this was asked, in order.
    std::vector<letter> take_arrived() {
        return std::exchange(arrived_, {});
    }
    // The platform's name for a message written now; later ones sort later.
    std::string stamp(instant now);
    // The conversation of two people with Rapport; empty while it was never opened.
    std::string conversation_of(const slack_id &one, const slack_id &other) const;
    static std::string direct_with(const slack_id &who) {
        return "D" + who.str().substr(1);
    }
};

} // namespace rapport::simulate
