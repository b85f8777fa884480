// Requests between protégés and mentors. What may be asked and when is decided before; how long one waits is
// mentoring/obligations'.
#pragma once

#include "mentoring/people.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

using request_id = strong_id<struct request_tag>;

// waiting: for the mentor. question: for the protégé's answer to one. queued: a ranked choice whose turn has
// not come. Those after it are over; passed: somebody else was found, or the one asked is not there any more.
enum class request_state { waiting, question, queued, accepted, declined, withdrawn, lapsed, passed };
RAPPORT_WORDS(request_state, 8,
              {{request_state::waiting, "waiting"},
               {request_state::question, "question"},
               {request_state::queued, "queued"},
               {request_state::accepted, "accepted"},
               {request_state::declined, "declined"},
               {request_state::withdrawn, "withdrawn"},
               {request_state::lapsed, "lapsed"},
               {request_state::passed, "passed"}})
constexpr bool is_open(request_state state) {
    return state <= request_state::queued;
}

struct mentor_request {
    request_id id;
    program_slug program;
    term_id term;
    person_id protege;
    person_id mentor; // of a team: the member who was asked by name
    side asked_by = side::protege;
    std::string team_name; // not empty: the whole team is asked
    std::int64_t turn = 0;
    std::string note, question, reply; // emptied when it is over
    request_state state = request_state::waiting;
    instant asked_at{};
    std::optional<instant> notified_at;
    std::optional<instant> ended_at;
    std::optional<person_id> ended_by;
    std::optional<pair_id> pair;
    std::optional<instant> look_again_at;

    bool operator==(const mentor_request &) const = default;

    const person_id &asker() const {
        return asked_by == side::protege ? protege : mentor;
    }
    const person_id &asked() const {
        return asked_by == side::protege ? mentor : protege;
    }
};

struct due_request {
    team_id team;
    request_id id;
    instant look_again_at{};
};

class mentor_requests {
    session &db_;
    team_id team_;

  public:
    mentor_requests(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    // False where an open one of these two is there already.
    bool add(const mentor_request &one);
    void save(const mentor_request &one);
    std::optional<mentor_request> by_id(const request_id &id);
    std::vector<mentor_request> of_protege(const person_id &who);    // whoever asked; by asked_at, id
    std::vector<mentor_request> by_asker(const person_id &who);      // by asked_at, id
    std::vector<mentor_request> open_by_asker(const person_id &who); // by turn, asked_at, id
    std::vector<mentor_request> open_to(const person_id &who);       // asked by name; by asked_at, id
    std::vector<mentor_request> of_term(const term_id &term);        // by asked_at, id
    void look_again(const request_id &id, const std::optional<instant> &at);
    void notified(const request_id &id, instant at); // the first time only
};

// Open requests of any workspace that are due to be looked at, oldest first; and the next time one is.
std::vector<due_request> requests_to_look_at(session &db, instant now, std::int64_t limit);
std::optional<instant> next_request_look(session &db);
// The workspaces in which a term is open, in order.
std::vector<team_id> teams_with_terms(session &db);

} // namespace rapport::storage
