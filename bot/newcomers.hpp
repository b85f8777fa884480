// Asks the platform, one at a time and in the background, about those who came in by a channel or a list and
// are not known yet; what it says of each is handled like any news of a person.
#pragma once

#include "bot/clock.hpp"
#include "bot/due_loop.hpp"
#include "bot/logging.hpp"
#include "bot/platform.hpp"
#include "handlers/house_in_force.hpp"
#include "storage/store.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>

namespace rapport::bot {

class newcomers {
  public:
    struct neighbours {
        storage::store &store;
        platform &to;
        const wall_clock &clock;
        logger &log;
    };

    newcomers(boost::asio::any_io_executor on, neighbours with);
    ~newcomers();

    void set_place(team_id ours);
    void set_house(std::shared_ptr<house_in_force> here);
    // Somebody was learned: what that planned may be due.
    void on_learned(std::function<void()> told);
    // Something was saved: perhaps there is somebody to ask about.
    void wake();
    void stop(std::function<void()> idle);

  private:
    struct inside;
    std::shared_ptr<inside> inside_;
};

} // namespace rapport::bot
