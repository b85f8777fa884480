// The service under play: the dispatch, planner and courier that serve live, over a database of its own and a
// clock that is moved, with the platform's calls taken by the stage. What happens to it (it crashes, its disk
// fails, answers are lost) is drawn from the mishaps.
#pragma once

#include "bot/simulate/chance.hpp"
#include "bot/simulate/stage.hpp"
#include "bot/simulate/watch.hpp"
#include "handlers/dispatch.hpp"
#include "handlers/house_in_force.hpp"
#include "storage/store.hpp"

#include <filesystem>
#include <functional>
#include <memory>

namespace rapport::simulate {

extern const team_id workspace;
extern const slack_id coordinator;

// The hour of the play, and how wrong the service's own clock is.
struct clock_hand {
    instant now{};
    span_of_time wrong_by{};

    instant as_read() const {
        return now + wrong_by;
    }
};

// What can go wrong, in how many of ten thousand; all zero: nothing does.
struct mishap_rates {
    int unit_lost = 0;       // the disk refuses a transaction as it ends
    int call_unanswered = 0; // the platform took a call, and its answer never came
    int call_put_off = 0;    // the platform asks to be called later
    int crash = 0;           // after a call, before its outcome is kept
    int ack_lost = 0;        // the answer to a delivery is lost, so it is delivered again
};
mishap_rates usual_mishaps();

class service {
  public:
    // A hand that meddles, for tests of the watch: called with every call that is about to be made, and may
    // change the time the courier believes it to be.
    struct meddling {
        std::function<void(service &)> before_rest;
        std::function<instant(instant)> courier_clock;
    };

    service(const playing &how, clock_hand &clock, stage &where, watch &sees, meddling meddles = {});
    ~service();

    // One delivery, as it comes over the link; none: nothing was saved.
    std::optional<rendered_answer> deliver(const request &asked);
    // Plans and sends what is due now, until nothing is.
    void come_to_rest();
    // When it must be woken next; none: not before something happens.
    std::optional<instant> wakes_at();
    // It heard everything until now; after a silence it judges that first.
    void listens();
    // It was not there from then until now.
    void was_away_since(instant then);
    // Lets go of what nobody needs any more, as the housekeeping does.
    void tidies_up();
    // The process ends without a word and starts again.
    void crashes();

    // Reads, and writes for tests, in a transaction.
    void on_file(const std::function<void(storage::records &)> &work);
    std::shared_ptr<const house> in_force();
    instant now() const {
        return clock_.as_read();
    }
    // Makes a call as if the courier had: for tests of the watch.
    void posts(const shipment &what);

    const std::map<std::string, int> &mishaps() const {
        return mishaps_;
    }
    std::int64_t deliveries() const {
        return deliveries_;
    }

  private:
    void open();
    void open_programs();
    std::optional<instant> due_at_all(); // by the service's own clock
    std::string what_is_due();
    bool plans();
    bool sends();
    void make_call(const shipment &what);
    void keep_outcome(const shipment &what, const bot::platform_answer &became);
    void pass_on(const rendered_passing &words);
    bool happens(int rate, const char *name);
    instant courier_now() const;

    template <class Work>
    auto run(std::string_view name, Work work) {
        const bool fails = happens(rates_.unit_lost, "the disk refused a transaction");
        return store_->write_and_wait(storage::run_as{name}, [&work, fails](storage::session &db) {
            if constexpr (std::is_void_v<decltype(work(db))>) {
                work(db);
                if (fails)
                    throw storage::statement_error("played: disk I/O error");
            } else {
                auto made = work(db);
                if (fails)
                    throw storage::statement_error("played: disk I/O error");
                return made;
            }
        });
    }

    const playing &how_;
    clock_hand &clock_;
    stage &stage_;
    watch &sees_;
    meddling meddles_;
    chance luck_;
    mishap_rates rates_;
    std::filesystem::path folder_; // of the database, where it must survive a crash; else empty
    id_source ids_;
    std::unique_ptr<storage::store> store_;
    std::unique_ptr<house_in_force> holds_;
    std::optional<instant> again_at_; // after trouble, or where a step moved nothing
    int idle_rounds_ = 0;             // in a row, in which the same instant was due and nothing moved
    std::optional<instant> due_before_;
    std::optional<instant> said_listening_at_;
    bool crash_wanted_ = false;
    std::map<std::string, int> mishaps_;
    std::int64_t deliveries_ = 0;
};

} // namespace rapport::simulate
