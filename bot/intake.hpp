// Every delivery's way: to a request, through the database, to its acknowledgement (settled 19, 20). Nothing
// is acknowledged as done before it is on disk; nobody waits longer than 2.5 s for a first word; what cannot
// be taken is said so.
#pragma once

#include "bot/directory.hpp"
#include "bot/logging.hpp"
#include "bot/metrics.hpp"
#include "bot/replies.hpp"
#include "bot/requests.hpp"
#include "bot/slack/ack.hpp"
#include "handlers/house_in_force.hpp"
#include "storage/store.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>

namespace rapport::bot {

struct intake_limits {
    std::size_t in_flight = 256;
    std::chrono::milliseconds budget{2500};       // from the frame to a first word; the platform allows 3 s
    std::chrono::milliseconds trigger_life{2900}; // from the frame; then a form is not even tried
    std::size_t people_named = 8;                 // learned for one request
};

// What the platform says about the installation rather than to a person.
enum class installation_news { uninstalled, tokens_revoked, events_dropped };

class intake {
  public:
    struct neighbours {
        storage::store &store;
        replies &answers;
        directory &people;
        const wall_clock &clock;
        logger &log;
        metrics &counted;
    };

    intake(boost::asio::any_io_executor on, neighbours with, intake_limits limits = {});
    ~intake();

    // Before the first delivery: whose deliveries are taken, and what holds here. What holds is asked in
    // each request's own transaction.
    void set_place(own_place ours);
    void set_house(std::shared_ptr<house_in_force> here);
    // After each saved request: something may be due now.
    void on_saved(std::function<void()> told);
    // Words that pass through, once the unit that gave them is committed (passing.hpp).
    void on_passing(std::function<void(team_id, rendered_passing)> told);
    void on_news(std::function<void(installation_news)> told);

    void take(slack::delivery what, slack::ack answer);

    std::size_t in_flight() const;
    // Takes no more, and calls `done` once all that was taken is saved and answered.
    void drain(std::function<void()> done);

  private:
    struct inside;
    std::shared_ptr<inside> inside_;
};

} // namespace rapport::bot
