// What the platform says of people, learned one by one: of whom a request comes from and whom it names, the
// first time they are seen. Later changes come as events. The workspace is never listed.
#pragma once

#include "bot/logging.hpp"
#include "bot/platform.hpp"
#include "handlers/request.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace rapport::bot {

struct directory_limits {
    std::chrono::milliseconds patience{
        1000};                               // a request waits no longer for them; they are learned next time
    std::chrono::minutes fresh{6 * 60};      // after which a person is asked for again
    std::chrono::seconds unknown_for{60};    // before somebody the platform did not know is asked for again
    std::chrono::milliseconds listing{1500}; // a request waits no longer for the members of a channel
    std::size_t held = 20'000;               // people remembered as seen
    std::size_t asked = 64;                  // questions under way
};

class directory {
  public:
    using people = std::vector<person_described>;

    directory(boost::asio::any_io_executor on, platform &to, logger &log, directory_limits limits = {});
    ~directory();

    // The workspace the bot belongs to: who is of another is a stranger.
    void set_team(team_id ours);

    // Calls `then` with the facts of those of `who` that were not seen lately: at once if there are none,
    // else when the platform has answered or patience is over. What comes after that is in nobody's hands and
    // is asked for again the next time.
    void learn(const std::vector<slack_id> &who, std::function<void(people)> then);

    // The members of a channel, or the platform's word where it does not tell them; "timeout" after patience.
    void members(const channel_id &where,
                 std::function<void(std::vector<slack_id> members, std::string wrong)> then);

    // The facts of somebody came by an event.
    void seen(const slack_id &who);
    // They were not saved after all: ask again.
    void forget(const people &facts);
    // Somebody is on record no more: who they are is asked for when they come again.
    void forget_one(const slack_id &who);

    // The person with this address, if the workspace has one.
    void find_by_email(const std::string &address, std::function<void(std::optional<person_described>)> then);

  private:
    struct inside;
    std::shared_ptr<inside> inside_;
};

} // namespace rapport::bot
