// What a person chose about how Rapport writes to them, over all their programs: a pause in reminders, the
// day of the digest, how many messages a week, how their milestones are followed, whether partners hear that
// they are away. Good hours, zone and the days away stand with the person (people.hpp).
#pragma once

#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

// Nothing: as the programs have it. `digest_day` is a weekday's short name, `milestones` a word of firmness.
struct own_choice {
    person_id person;
    std::optional<instant> snoozed_from_at;
    std::optional<instant> snoozed_until_at;
    std::optional<std::string> digest_day;
    std::optional<std::int64_t> per_week;
    std::optional<std::string> milestones;
    bool tells_away = false;
    instant changed_at{};

    bool operator==(const own_choice &) const = default;
};

class own_choices {
    session &db_;
    team_id team_;

  public:
    own_choices(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    own_choice of(const person_id &who); // nothing chosen, where there is no row
    void save(const own_choice &what);
    // Reminders of this person that wait for good hours or caps are looked at again at `now`.
    // Gives how many.
    int wake(const person_id &who, instant now);
};

} // namespace rapport::storage
