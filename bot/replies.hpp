// Sees to it that an answer reaches the one who asked: what the acknowledgement could not carry leaves by the
// response address, and where that fails as a direct message; what was left over by a broken link, a passed
// budget or a restart is found in the inbox and said late, for an hour.
#pragma once

#include "bot/clock.hpp"
#include "bot/logging.hpp"
#include "bot/metrics.hpp"
#include "bot/platform.hpp"
#include "bot/requests.hpp"
#include "handlers/answer.hpp"
#include "storage/store.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace rapport::bot {

// The ways an answer can leave, for the metric and the log.
enum class answer_way { ack, respond, direct };
RAPPORT_WORDS(answer_way, 3,
              {{answer_way::ack, "ack"}, {answer_way::respond, "respond"}, {answer_way::direct, "direct"}})

// An answer on its way. `kept`: the inbox holds it until it is delivered. `acked`: the acknowledgement
// carried what `says.ack` holds, or there was nothing to carry. `trigger_alive`: a form may still be opened.
struct outgoing_answer {
    team_id team;
    std::string key;
    slack_id to;
    reply_ways ways;
    rendered_answer says;
    bool kept = false;
    bool acked = false;
    bool trigger_alive = false;
};

class replies {
  public:
    replies(boost::asio::any_io_executor on, storage::store &store, platform &to, const wall_clock &clock,
            logger &log, metrics &counted);
    ~replies();

    void deliver(outgoing_answer what);

    // Says what the inbox kept and nobody holds here, older than `age`: at start with none, then each minute.
    void sweep(span_of_time age);

    // Calls `done` once nothing is on its way. What is kept stays kept.
    void drain(std::function<void()> done);

    static constexpr span_of_time kept_for = hours{1}; // settled 20

  private:
    struct inside;
    std::shared_ptr<inside> inside_;
};

} // namespace rapport::bot
