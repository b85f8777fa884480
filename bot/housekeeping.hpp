// What is done by the clock alone: saying each minute that we listen, delivering answers left over, measuring
// the outbox, letting go of rows nobody needs any more.
#pragma once

#include "bot/clock.hpp"
#include "bot/logging.hpp"
#include "bot/metrics.hpp"
#include "bot/replies.hpp"
#include "handlers/house_in_force.hpp"
#include "storage/store.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <functional>
#include <memory>

namespace rapport::bot {

struct housekeeping_limits {
    std::chrono::seconds listen_every{60};
    std::chrono::seconds sweep_every{60};
    std::chrono::seconds measure_every{15};
    std::chrono::seconds prune_every{3600};
    span_of_time inbox_kept = days{30};   // longer than the platform ever delivers again (settled 20)
    span_of_time outbox_kept = days{400}; // longer than an occasion can be planned again
    int prune_rows = 2000;                // at most, each time
};

class housekeeping {
  public:
    housekeeping(boost::asio::any_io_executor on, storage::store &store, const wall_clock &clock, logger &log,
                 metrics &counted, housekeeping_limits limits = {});
    ~housekeeping();

    void set_team(team_id ours);
    // What the programs in force keep, and how long.
    void set_house(std::shared_ptr<house_in_force> here);
    // A link is ready: from now on we listen.
    void listens(bool yes);
    // About once a second.
    void tick(bool link_ready, replies &answers);
    // The clock was moved on purpose: we listened all the while. `then` when that is on disk.
    void still_listening(std::function<void()> then);

  private:
    struct inside;
    std::shared_ptr<inside> inside_;
};

} // namespace rapport::bot
