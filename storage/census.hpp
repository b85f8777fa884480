// Sums over what was planned and what waits to be looked at: what must add up whatever happened. For the
// simulator, which counts the same from outside.
#pragma once

#include "mentoring/ids.hpp"
#include "mentoring/time.hpp"
#include "storage/session.hpp"

#include <string>
#include <vector>

namespace rapport::storage {

// Rows of the outbox that are reminders, by what became of them. They add up to `planned`.
struct reminder_census {
    std::int64_t planned = 0, sent = 0, withdrawn = 0, missed = 0, parked = 0, ambiguous = 0, pending = 0;

    bool operator==(const reminder_census &) const = default;
    bool adds_up() const {
        return planned == sent + withdrawn + missed + parked + ambiguous + pending;
    }
};
reminder_census count_reminders(session &db, const team_id &team);

// Open pairs that the planner would not look at by this time, or never: none, while it does its work.
std::vector<pair_id> not_looked_at(session &db, const team_id &team, instant by);
// Open pairs, by id.
std::vector<pair_id> open_pairs(session &db, const team_id &team);

// A line of the queue as it was raised, for counting: no names.
struct raised_line {
    pair_id pair;
    std::string kind;
    person_id person;
    instant raised_at{};
    std::optional<instant> cleared_at;
};
// Every line that was ever raised, oldest first.
std::vector<raised_line> lines_raised(session &db, const team_id &team);

} // namespace rapport::storage
