// Makes the call for words that pass through (handlers/passing.hpp): begun on record, called, recorded. The
// words live here for as long as the call takes, and are written nowhere.
#pragma once

#include "bot/clock.hpp"
#include "bot/logging.hpp"
#include "bot/platform.hpp"
#include "handlers/answer.hpp"
#include "handlers/house_in_force.hpp"
#include "storage/store.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>

namespace rapport::bot {

class passing {
  public:
    struct neighbours {
        storage::store &store;
        platform &to;
        const wall_clock &clock;
        logger &log;
    };

    passing(boost::asio::any_io_executor on, neighbours with);
    ~passing();

    void set_house(std::shared_ptr<house_in_force> here);
    // After each recorded outcome: something may be due now.
    void on_settled(std::function<void()> told);

    // The unit that gave these words is committed. What the platform asks to do later is tried again twice,
    // within half a minute; everything else is over with the first call.
    void take(team_id team, rendered_passing words);

    // `done` once nothing is under way.
    void drain(std::function<void()> done);

  private:
    struct inside;
    std::shared_ptr<inside> inside_;
};

} // namespace rapport::bot
