// Pairs and the conversations they talk in.
#pragma once

#include "mentoring/people.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

// `channel` is the pair's conversation once it was opened. `talks_elsewhere`: silence in the conversation is
// no evidence (product 4.8). `milestones` is the last number given out. `look_again_at` is the planner's.
struct pair {
    pair_id id;
    program_slug program;
    term_id term;
    person_id mentor;
    person_id protege;
    pair_state state = pair_state::open;
    instant began_at{};
    std::optional<instant> ended_at;
    std::optional<person_id> made_by;
    std::optional<person_id> ended_by;
    std::optional<channel_id> channel;
    bool talks_elsewhere = false;
    std::int64_t milestones = 0;
    std::optional<instant> look_again_at;

    bool operator==(const pair &) const = default;

    const person_id &on(side which) const {
        return which == side::mentor ? mentor : protege;
    }
    // The side a person is on; none if they are not of this pair.
    std::optional<side> side_of(const person_id &who) const {
        if (who == mentor)
            return side::mentor;
        if (who == protege)
            return side::protege;
        return std::nullopt;
    }
    const person_id &partner_of(const person_id &who) const {
        return who == mentor ? protege : mentor;
    }
};

// A pair to look at with its workspace: the planner reads across workspaces.
struct due_pair {
    team_id team;
    pair_id id;
    instant look_again_at{};
};

class pairs {
    session &db_;
    team_id team_;

  public:
    pairs(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    void add(const pair &which);
    std::optional<pair> by_id(const pair_id &id);
    // The pair of these two that has not ended in this term, this way round.
    std::optional<pair> running(const term_id &term, const person_id &mentor, const person_id &protege);
    std::vector<pair> of_person(const person_id &who);       // every state, by id
    std::vector<pair> open_of_person(const person_id &who);  // open or paused, by id
    std::vector<pair> in_channel(const channel_id &channel); // every state, by id
    std::vector<pair> of_term(const term_id &term);          // every state, by id
    void end(const pair_id &id, const std::optional<person_id> &by, instant now);
    // An ended pair goes on: only an undo does that.
    void reopen(const pair_id &id, instant now);
    void set_state(const pair_id &id, pair_state state);
    void talk_in(const pair_id &id, const channel_id &channel);
    void talk_elsewhere(const pair_id &id, bool elsewhere);
    // The next milestone number of the pair: given out once, never again.
    std::int64_t next_milestone(const pair_id &id);
    // When the planner must look at the pair again; none: not before something happens.
    void look_again(const pair_id &id, std::optional<instant> at);
    // Asks the planner to look no later than this.
    void look_by(const pair_id &id, instant at);

    void open_conversation(const channel_id &channel, instant now);
    bool is_conversation(const channel_id &channel);
};

// Pairs of every workspace whose time to be looked at has come, earliest first.
std::vector<due_pair> pairs_to_look_at(session &db, instant now, std::int64_t limit);
// The next time any pair must be looked at.
std::optional<instant> next_look(session &db);

} // namespace rapport::storage
