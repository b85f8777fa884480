// A draft solved away from the database: what it needs is read in one transaction, solved with nothing but
// memory, and written in another if nothing about the draft changed meanwhile.
#pragma once

#include "mentoring/assignment.hpp"
#include "mentoring/compatibility.hpp"
#include "storage/match_drafts.hpp"
#include "storage/records.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace rapport {

struct house;

// How many candidates of each protégé are weighed in a pool of over 300,000 pairs; below that all are.
inline constexpr std::size_t candidates_each = 50;

// Everything a draft is solved from.
struct match_task {
    team_id team;
    storage::draft_id draft;
    std::int64_t version = 0;
    matching_rules rules;
    std::vector<std::pair<person_id, traits>> proteges;
    std::vector<std::pair<pool_mentor, traits>> mentors;
    std::vector<storage::forbidden_pair> forbidden;
    std::vector<storage::drafted_pair> pinned;
};

// The oldest draft that waits to be solved, of any workspace; none if none does.
std::optional<match_task> next_match_task(storage::session &db, id_source &ids, const house &here,
                                          instant now);

struct solved_match {
    match_task of; // without its people
    assignment made;
};
// Pure, and the slow part: seconds for thousands of people.
solved_match solve(match_task task);

// Writes it, and the coordinator hears that the draft is there. False: the draft changed or went meanwhile.
bool keep_solved(storage::session &db, id_source &ids, const house &here, const solved_match &solved,
                 instant now);

// How well two of a term suit each other by everything they said; for a pair put in by hand.
int score_of(storage::records &on_file, const house &here, const storage::match_draft &draft,
             const person_id &mentor, const person_id &protege, instant now);

} // namespace rapport
