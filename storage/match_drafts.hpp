// Drafts of a whole-pool match: their pairs, which of them are pinned, and who is not to be paired. Who makes
// one and what it says is handlers'; how it is solved is mentoring/assignment's.
#pragma once

#include "mentoring/people.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

using draft_id = strong_id<struct draft_tag>;

enum class match_draft_state { solving, draft, published, dropped };
RAPPORT_WORDS(match_draft_state, 4,
              {{match_draft_state::solving, "solving"},
               {match_draft_state::draft, "draft"},
               {match_draft_state::published, "published"},
               {match_draft_state::dropped, "dropped"}})

// `version` counts its changes, so that a button on an older one is known for that.
struct match_draft {
    draft_id id;
    program_slug program;
    term_id term;
    match_draft_state state = match_draft_state::solving;
    person_id made_by;
    instant made_at{};
    std::int64_t version = 1;
    instant changed_at{};
    std::optional<int> worst;
    int load_gap = 0;

    bool operator==(const match_draft &) const = default;
};

struct drafted_pair {
    person_id protege, mentor;
    int score = 0;
    bool pinned = false;

    bool operator==(const drafted_pair &) const = default;
};

struct forbidden_pair {
    person_id protege, mentor;

    bool operator==(const forbidden_pair &) const = default;
};

class match_drafts {
    session &db_;
    team_id team_;

  public:
    match_drafts(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    // False where the term has one that is open.
    bool add(const match_draft &one);
    void save(const match_draft &one);
    std::optional<match_draft> by_id(const draft_id &id);
    std::optional<match_draft> open_of(const term_id &term);

    std::vector<drafted_pair> pairs(const draft_id &id); // by score, protégé
    void put(const draft_id &id, const drafted_pair &one);
    void take_out(const draft_id &id, const person_id &protege);
    void take_out_unpinned(const draft_id &id);

    std::vector<forbidden_pair> forbidden(const term_id &term);
    void forbid(const term_id &term, const forbidden_pair &two, const person_id &by, instant now);
    void allow(const term_id &term, const forbidden_pair &two);
};

// A draft of any workspace that waits to be solved.
struct draft_to_solve {
    team_id team;
    draft_id id;
};
std::optional<draft_to_solve> next_to_solve(session &db);

} // namespace rapport::storage
