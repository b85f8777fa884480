// The loop that sends: takes what is due, makes the calls, records what became of each. What is due, whether
// it is still wanted and how it reads is handlers'; the pace is bot/slack's.
#pragma once

#include "bot/do_not_disturb.hpp"
#include "bot/due_loop.hpp"
#include "bot/logging.hpp"
#include "bot/metrics.hpp"
#include "bot/platform.hpp"
#include "handlers/house_in_force.hpp"
#include "handlers/outgoing.hpp"
#include "storage/store.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>

namespace rapport::bot {

struct courier_limits {
    int at_once = 8;                       // calls under way
    span_of_time again = seconds{15};      // after trouble that names no time of its own
    span_of_time token_again = minutes{5}; // after the platform refused the token or a scope
    span_of_time claim_again = seconds{2}; // after the database could not be asked
    span_of_time least_sleep{500};         // where something is due but nothing could be taken
};

// What an answer of the platform means for the rows a call carried. An ambiguous call that may safely be made
// twice is one to make again. Pure.
call_outcome outcome_of(slack::method what, const platform_answer &became, instant now,
                        const courier_limits &limits);

class courier {
  public:
    struct neighbours {
        storage::store &store;
        platform &to;
        do_not_disturb &quiet;
        const wall_clock &clock;
        logger &log;
        metrics &counted;
    };

    courier(boost::asio::any_io_executor on, neighbours with, courier_limits limits = {});
    ~courier();

    void set_house(std::shared_ptr<house_in_force> here);
    // Something may be due: looks now.
    void wake();
    // After each recorded outcome: something new may be due to be planned.
    void on_settled(std::function<void()> told);

    bool idle() const; // nothing under way
    // Takes no more; `done` once what is under way is recorded.
    void stop(std::function<void()> done);

  private:
    struct inside;
    std::shared_ptr<inside> inside_;
};

} // namespace rapport::bot
