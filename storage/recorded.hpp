// Who recorded what for somebody who cannot do so here: known by address only.
#pragma once

#include "mentoring/words.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>

namespace rapport::storage {

enum class recorded_what { check_in, contact, milestone };
RAPPORT_WORDS(recorded_what, 3,
              {{recorded_what::check_in, "check-in"},
               {recorded_what::contact, "contact"},
               {recorded_what::milestone, "milestone"}})

// `ref` is the period and version of a check-in ("2026-11 1"), the id of a contact, the number of a
// milestone.
struct recorded_row {
    pair_id pair;
    recorded_what what = recorded_what::contact;
    std::string ref;
    person_id whose, by_person;
    instant at{};
};

class recorded {
    session &db_;
    team_id team_;

  public:
    recorded(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    void add(const recorded_row &one);
    void take(const pair_id &pair, recorded_what what, const std::string &ref);
    std::optional<recorded_row> find(const pair_id &pair, recorded_what what, const std::string &ref);
};

} // namespace rapport::storage
