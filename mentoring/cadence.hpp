// Climbing a ladder: which rung is to be given now, and when to look again. It knows times and hours only;
// what the rungs are about is in obligations.hpp.
#pragma once

#include "mentoring/good_hours.hpp"
#include "mentoring/promises.hpp"

#include <optional>
#include <vector>

namespace rapport {

// The least time between two rungs of one occasion, counted from the delivery of the first.
inline constexpr hours between_rungs{24};
// How long after its last rung a line is still listed: then it is left alone.
inline constexpr days listed_for{14};

// A rung as it stands in time. `number` counts from 1 in the ladder; `nominal` is before good hours.
struct dated_rung {
    int number = 0;
    rung_act act = rung_act::nudge;
    instant nominal{};
    std::optional<instant> deadline{}; // a warning: given in the last good hour before it, if that is sooner

    bool operator==(const dated_rung &) const = default;
};

// That a rung reached its person.
struct delivery {
    int rung = 0;
    instant at{};

    bool operator==(const delivery &) const = default;
};

// What has happened on a ladder so far. `remind_at`: the person chose an hour at which to hear the same
// again; until then nothing is given.
struct climb_so_far {
    std::vector<delivery> delivered;
    std::optional<instant> remind_at;
    instant not_before{}; // when the occasion began: no warning is dated earlier

    bool operator==(const climb_so_far &) const = default;
};

// A rung whose time has come. `again`: it was given before, and the person asked to hear it at this hour.
struct step {
    int rung = 0;
    rung_act act = rung_act::nudge;
    instant due_at{};
    bool again = false;

    bool operator==(const step &) const = default;
};

struct climb {
    std::optional<step> due;              // to be given now; `listed` is no message of its own
    std::optional<instant> look_again_at; // the next time anything changes; none: never by itself
    bool listed = false;                  // may stand as a line in a message that goes out anyway

    bool operator==(const climb &) const = default;
};

// Whether an act is a message to the person who owes; the others only change what is seen.
constexpr bool is_message(rung_act act) {
    return act == rung_act::nudge || act == rung_act::softer;
}

// When a rung is given: for a message its nominal time or 24 h after the last delivery, whichever is later,
// and then the person's next good moment, or the last good hour before its deadline if that comes first; for
// what is no message the same without good hours. While nothing was given, later rungs keep a day from the
// time of the first message. Rungs missed collapse: only the newest whose time has come is due. Once a
// coordinator has it, or it ended, nothing is listed: two nudges, then silence and a human.
climb climb_ladder(const std::vector<dated_rung> &rungs, const climb_so_far &so_far, const good_hours &person,
                   instant now);

// Two outlooks as one: the sooner look.
std::optional<instant> sooner(const std::optional<instant> &a, const std::optional<instant> &b);

} // namespace rapport
