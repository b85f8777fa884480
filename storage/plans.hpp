// What a pair sets out with: its agreement, its goals, and the papers it keeps elsewhere. Read by the two;
// a coordinator sees states and dates (product 5).
#pragma once

#include "mentoring/people.hpp"
#include "mentoring/promises.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

// How often the two want to talk, in their own words for it (the program's floor stands beside it).
enum class pace { weekly, fortnightly, monthly, as_needed };
RAPPORT_WORDS(pace, 4,
              {{pace::weekly, "weekly"},
               {pace::fortnightly, "fortnightly"},
               {pace::monthly, "monthly"},
               {pace::as_needed, "as-needed"}})

// Where they talk: in their conversation here, elsewhere (product 4.8), or both.
enum class talking_place { here, elsewhere, both };
RAPPORT_WORDS(talking_place, 3,
              {{talking_place::here, "here"},
               {talking_place::elsewhere, "elsewhere"},
               {talking_place::both, "both"}})

// `writes_first`: the side that writes first when it goes quiet; none: whoever notices. Proposing it is the
// proposer's own confirmation, confidentiality included; `agreed_by` is the other's.
struct agreement {
    pair_id pair;
    std::int64_t version = 1;
    person_id proposed_by;
    instant proposed_at{};
    storage::pace pace = pace::fortnightly;
    std::optional<std::int64_t> minutes;
    talking_place place = talking_place::here;
    std::optional<side> writes_first;
    std::optional<person_id> agreed_by;
    std::optional<instant> agreed_at;
    std::optional<instant> undone_at;

    bool operator==(const agreement &) const = default;
};

class agreements {
    session &db_;
    team_id team_;

  public:
    agreements(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    // Proposes it as the pair's next version; gives that version.
    std::int64_t propose(const agreement &what);
    std::optional<agreement> find(const pair_id &pair, std::int64_t version);
    std::optional<agreement> newest(const pair_id &pair);  // agreed or not, that was not undone
    std::optional<agreement> holding(const pair_id &pair); // the newest that both agreed to
    void agree(const pair_id &pair, std::int64_t version, const person_id &by, instant now);
    void undo(const pair_id &pair, std::int64_t version, instant now);
};

enum class goal_state { open, done, dropped };
RAPPORT_WORDS(goal_state, 3,
              {{goal_state::open, "open"}, {goal_state::done, "done"}, {goal_state::dropped, "dropped"}})

// `kind` is one of the policy's, or empty where it names none. `touched_at`: when the two last did something
// about it, or said that it goes on.
struct goal {
    pair_id pair;
    std::int64_t number = 0;
    std::string title;
    std::string kind;
    goal_state state = goal_state::open;
    person_id author;
    instant created_at{};
    std::optional<person_id> agreed_by;
    std::optional<instant> agreed_at;
    std::optional<person_id> done_by;
    std::optional<instant> done_at;
    instant changed_at{};
    instant touched_at{};

    bool operator==(const goal &) const = default;
};

class goals {
    session &db_;
    team_id team_;

  public:
    goals(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    // The next number of the pair: given out once, never again.
    std::int64_t next_number(const pair_id &pair);
    // Adds the goal, or replaces every field of the one with this number.
    void save(const goal &what);
    std::optional<goal> find(const pair_id &pair, std::int64_t number);
    std::vector<goal> of_pair(const pair_id &pair); // by number, dropped ones too
    // Takes a goal out of the record altogether: only an undo does that.
    void erase(const pair_id &pair, std::int64_t number);
};

// draft: its author's alone; shared: the other side has the link; reviewed: the other side has read it.
enum class paper_state { draft, shared, reviewed };
RAPPORT_WORDS(paper_state, 3,
              {{paper_state::draft, "draft"},
               {paper_state::shared, "shared"},
               {paper_state::reviewed, "reviewed"}})

struct plan_paper {
    pair_id pair;
    plan_part part = plan_part::development_plan;
    std::string link; // http or https
    paper_state state = paper_state::draft;
    person_id author;
    instant changed_at{};
    std::optional<instant> shared_at;
    std::optional<person_id> reviewed_by;
    std::optional<instant> reviewed_at;

    bool operator==(const plan_paper &) const = default;
};

class plan_papers {
    session &db_;
    team_id team_;

  public:
    plan_papers(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    void save(const plan_paper &what);
    std::optional<plan_paper> find(const pair_id &pair, plan_part part);
    std::vector<plan_paper> of_pair(const pair_id &pair);
    void erase(const pair_id &pair, plan_part part); // only an undo does that
};

} // namespace rapport::storage
