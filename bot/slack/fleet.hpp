// Keeps enough connections alive: which to open, when, and never too many. Pure: link inputs and the time in,
// orders for numbered connections and notices for the operator out.
#pragma once

#include "bot/slack/link.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace rapport::slack {

// The epoch of a connection: never used twice, so an input for one that is gone changes nothing.
using link_id = std::uint64_t;

struct fleet_limits {
    int links = 2;                    // kept up
    int sockets_most = 4;             // alive at once, retiring ones too
    milliseconds stagger{10'000};     // between the openings of two kept links, so rotations do not coincide
    int opens_burst = 3;              // apps.connections.open: at once,
    milliseconds opens_every{20'000}; // and then one in this time
    milliseconds rebuild_after{120'000}; // without a ready link
};

struct order {
    link_id id = 0;
    link_action what = link_action::ask_ticket; // ask_ticket, dial, ping, close or destroy
};

enum class notice_kind {
    link_ended,          // one connection is gone; another comes
    foreign_connections, // the platform counts more connections than ours
    foreign_gone,
    rebuilt,       // nothing was ready for too long; all was started anew
    link_disabled, // Socket Mode is switched off
    too_many_websockets,
    fatal, // stopped for good: the text says how to mend it
};

inline constexpr choices<notice_kind, 7> notice_words{{
    {notice_kind::link_ended, "link_ended"},
    {notice_kind::foreign_connections, "foreign_connections"},
    {notice_kind::foreign_gone, "foreign_gone"},
    {notice_kind::rebuilt, "rebuilt"},
    {notice_kind::link_disabled, "link_disabled"},
    {notice_kind::too_many_websockets, "too_many_websockets"},
    {notice_kind::fatal, "fatal"},
}};

struct notice {
    notice_kind kind = notice_kind::link_ended;
    std::string text; // subject, cause, what follows
};

struct fleet_output {
    std::vector<order> orders;
    std::vector<notice> notices;
};

struct link_status {
    link_id id = 0;
    link_state state = link_state::ticket;
    moment last_frame{}; // before the first frame: the epoch of the clock
    moment born{};
};

class fleet {
  public:
    fleet(const fleet_limits &limits, const link_limits &each, const backoff_limits &waits,
          std::uint64_t seed, moment now);

    // Time passed: opens what is due.
    fleet_output tick(moment now);
    // Something happened on one connection; of a connection that is gone it does nothing.
    fleet_output take(link_id id, const link_input &in, moment now);
    // Drains, closes and opens nothing more. Twice is once.
    fleet_output stop(moment now);

    // When to tick, if nothing else comes before.
    moment wakes_at(moment now) const;

    // At least one connection receives deliveries.
    bool ready() const {
        return ready_count() > 0;
    }
    int ready_count() const;
    // Nothing is left: after stop or a fatal error.
    bool over() const {
        return (stopped_ || fatal_) && links_.empty();
    }
    bool fatal() const {
        return fatal_;
    }
    std::vector<link_status> links() const;
    int num_connections() const {
        return num_connections_;
    }
    std::uint64_t opens() const {
        return opens_;
    }
    std::uint64_t rebuilds() const {
        return rebuilds_;
    }
    std::uint64_t ended(link_end how) const {
        return ended_[static_cast<std::size_t>(how)];
    }

  private:
    struct member {
        link machine;
        std::size_t place;
    };
    struct place {
        link_id current = 0; // 0: none
        moment open_at{};
        moment opened_at{};
        bool urgent = false; // its last one is retiring: others may have no time to wait for
        backoff waits;
    };

    void act(link_id id, const link_actions &actions, moment now, fleet_output &out);
    void ended(link_id id, moment now, fleet_output &out);
    void open_due(moment now, fleet_output &out);
    moment may_open_at(std::size_t index, moment now) const;
    void count_opens(moment now);
    moment budget_at(moment now) const;
    void watch(moment now, fleet_output &out);
    void watch_connections(int said, fleet_output &out);
    void give_up(const std::string &why, moment now, fleet_output &out);

    fleet_limits limits_;
    link_limits each_;
    std::map<link_id, member> links_;
    std::vector<place> places_;
    link_id next_id_ = 1;
    moment gate_{};         // no opening before: the platform asked the whole app to wait
    bool cautious_ = false; // one connection at a time, until one is stable
    double budget_ = 0;
    moment budget_at_{};
    moment not_ready_since_;
    bool stopped_ = false, fatal_ = false;
    bool foreign_ = false;
    int num_connections_ = 0;
    std::uint64_t opens_ = 0, rebuilds_ = 0;
    std::array<std::uint64_t, link_end_words.size()> ended_{};
};

} // namespace rapport::slack
