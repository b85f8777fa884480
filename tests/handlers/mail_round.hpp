// The rounds of planner and courier over the bench, with a platform that takes every call or fails as it is
// told: what leaves Rapport by itself, visiting every due instant in order.
#pragma once

#include "handlers/nudging.hpp"
#include "handlers/outgoing.hpp"
#include "handlers/replies.hpp"
#include "tests/support/office.hpp"

#include <functional>
#include <string>
#include <vector>

namespace rapport::tests {

// One call that was made.
struct letter {
    instant at{};
    std::string method, channel, ts, text, body;
    std::vector<shown_button> buttons;
    delivery_word word = delivery_word::sent;

    bool says(std::string_view words) const {
        return text.find(words) != std::string::npos;
    }
};

class mail_round {
    office &o_;
    id_source ids_{7};
    int calls_ = 0;

    call_outcome take(const shipment &what, letter &as);
    bool one_round();

  public:
    std::vector<letter> calls; // every call, in order
    // What the platform says to a call; sent unless set. Channel and ts are filled in.
    std::function<delivery_word(const shipment &, const letter &)> platform;
    std::string reason = "fault";
    // Calls at most so long after they were claimed: begun, but no outcome kept (a crash in between).
    bool crashes_after_sending = false;
    int most_at_once = 50;

    explicit mail_round(office &o) : o_(o) {}

    // Plans and sends what is due now, until nothing is left to do at this instant.
    void deliver();
    // Moves the clock on, stopping at everything that falls due.
    void until(instant then);
    void pass(span_of_time by) {
        until(o_.now + by);
    }

    // Somebody writes in the pair's conversation now; gives the ts.
    std::string writes(const std::string &who, const std::string &where = "G0PAIR");
    void deletes(const std::string &ts, const std::string &where = "G0PAIR");

    std::vector<letter> to(const std::string &channel) const; // posts that arrived there
    std::vector<letter> updates(const std::string &channel) const;
    heard shown(const letter &one) const; // to press its buttons
    // Rows of the outbox of kinds that begin so, by state.
    int rows(const std::string &kind, const std::string &state = "");
};

} // namespace rapport::tests
