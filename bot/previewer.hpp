// The loop that works out previews: read in one transaction, played on a thread of its own so that neither
// requests nor the database wait for it, written in another transaction.
#pragma once

#include "bot/due_loop.hpp"
#include "bot/logging.hpp"
#include "handlers/house_in_force.hpp"
#include "storage/store.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>

namespace rapport::bot {

class previewer {
  public:
    struct neighbours {
        storage::store &store;
        const wall_clock &clock;
        logger &log;
    };

    previewer(boost::asio::any_io_executor on, neighbours with);
    ~previewer(); // waits for the thread

    void set_house(std::shared_ptr<house_in_force> here);
    // A preview may wait: looks now. Costs one indexed read where none does.
    void wake();
    // After each preview that was written: there is something to send.
    void on_made(std::function<void()> told);

    bool idle() const;
    void stop(std::function<void()> done);

  private:
    struct inside;
    std::shared_ptr<inside> inside_;
};

} // namespace rapport::bot
