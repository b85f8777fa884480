// Mentors' open doors, and invitations to be on record as somebody's mentor or protégé.
#pragma once

#include "mentoring/words.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

// `is_open` holds for the day on which it was said; office hours are the mentor's own words.
struct open_door {
    person_id person;
    bool is_open = false;
    std::string office_hours;
    instant changed_at{};

    bool operator==(const open_door &) const = default;
};

class open_doors {
    session &db_;
    team_id team_;

  public:
    open_doors(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    std::optional<open_door> of(const person_id &who);
    void set(const open_door &what);
};

enum class invitation_state { open, accepted, declined, withdrawn };
RAPPORT_WORDS(invitation_state, 4,
              {{invitation_state::open, "open"},
               {invitation_state::accepted, "accepted"},
               {invitation_state::declined, "declined"},
               {invitation_state::withdrawn, "withdrawn"}})

struct invitation {
    std::string id;
    program_slug program;
    term_id term;
    person_id mentor, protege;
    person_id by_person;
    invitation_state state = invitation_state::open;
    instant made_at{};
    std::optional<instant> decided_at;
    std::optional<pair_id> pair; // that came of it

    bool operator==(const invitation &) const = default;

    const person_id &invited() const {
        return by_person == mentor ? protege : mentor;
    }
};

class invitations {
    session &db_;
    team_id team_;

  public:
    invitations(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    void add(const invitation &what);
    std::optional<invitation> by_id(const std::string &id);
    // The one of these two, this way round, that is open.
    std::optional<invitation> waiting(const term_id &term, const person_id &mentor, const person_id &protege);
    std::vector<invitation> open_of(const person_id &by); // made by them, by time
    // Another state; `pair` of an accepted one. False if it is in that state already.
    bool decide(const std::string &id, invitation_state became, const std::optional<pair_id> &pair,
                std::optional<instant> at);
};

} // namespace rapport::storage
