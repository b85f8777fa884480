// The loop that plans: pairs whose time to be looked at has come are looked at, in batches. What is due in
// them is handlers' and mentoring's.
#pragma once

#include "bot/due_loop.hpp"
#include "bot/logging.hpp"
#include "bot/metrics.hpp"
#include "handlers/house_in_force.hpp"
#include "storage/store.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>

namespace rapport::bot {

struct planner_limits {
    int batch = 200;                 // pairs in one transaction
    span_of_time again = seconds{2}; // after the database could not be asked
    span_of_time least_sleep{500};   // where something is due but nothing was there to be planned
};

class planner {
  public:
    struct neighbours {
        storage::store &store;
        const wall_clock &clock;
        logger &log;
        metrics &counted;
    };

    planner(boost::asio::any_io_executor on, neighbours with, planner_limits limits = {});
    ~planner();

    void set_house(std::shared_ptr<house_in_force> here);
    // Something may be due: looks now.
    void wake();
    // After each step that planned something: there may be something to send.
    void on_planned(std::function<void()> told);
    // After each step that saw a draft of a match waiting to be worked out.
    void on_match(std::function<void()> told);

    bool idle() const;
    void stop(std::function<void()> done);

  private:
    struct inside;
    std::shared_ptr<inside> inside_;
};

} // namespace rapport::bot
