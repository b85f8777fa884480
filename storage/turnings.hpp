// What programs do at a moment of their own: a phase begins, a term closes, a policy comes into force. Rows
// are planned ahead and visited once, in the order of their time.
#pragma once

#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

// `subject` is the term's id or the draft's, `kind` what happens to it: "begins match", "closes".
struct turning {
    program_slug program;
    std::string subject;
    std::string kind;
    instant due_at{};
    std::optional<instant> done_at;

    bool operator==(const turning &) const = default;
};

class turnings {
    session &db_;
    team_id team_;

  public:
    turnings(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    // Adds it as it stands, or in the place of what was planned for it.
    void plan(const turning &what);
    void drop(const program_slug &program, const std::string &subject, const std::string &kind); // unvisited
    std::vector<turning> of(const program_slug &program, const std::string &subject);            // by time
    // Marks it as visited; false if it was before.
    bool visit(const program_slug &program, const std::string &subject, const std::string &kind, instant now);
};

// The earliest of every workspace that is due and not visited.
struct due_turning {
    team_id team;
    program_slug program;
    std::string subject, kind;
    instant due_at{};
};
std::optional<due_turning> turning_due(session &db, instant now);
// When the next one is due; none: none is planned.
std::optional<instant> next_turning(session &db);

} // namespace rapport::storage
