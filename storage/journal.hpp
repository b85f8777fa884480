// Who did what, in an order nobody can change unseen: each row carries the SHA-256 of itself and the row
// before. Ids, dates and words of fixed lists only; whose act is worth a row is the handlers' choice.
#pragma once

#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

// One act. `actor` is a person's id, or "rapport" for what the service did by itself.
struct journal_entry {
    instant at{};
    std::string actor, act, subject_kind, subject, detail;

    bool operator==(const journal_entry &) const = default;
};

struct journal_row {
    std::int64_t seq = 0;
    instant at{};
    std::string actor, act, subject_kind, subject, detail, hash;
};

// How far a check has come: pass it on to go on from there.
struct journal_check {
    std::int64_t seq = 0;           // rows found good
    std::string hash;               // of the last of them
    std::optional<std::string> bad; // what is wrong at the next; the check ends there
    bool whole = false;             // came to the end, and the end is the one that was last written
};

class journal {
    session &db_;

  public:
    explicit journal(session &db) : db_(db) {}

    // Adds a row. On PostgreSQL it holds the workspace's journal until the commit: do it last in a unit.
    void append(const team_id &team, const journal_entry &what);

    // Newest first: up to `limit` rows before `before` (none: from the newest).
    std::vector<journal_row> page(const team_id &team, std::optional<std::int64_t> before, int limit);

    // Checks up to `limit` more rows after `from` ({} is the beginning), in bounded steps.
    journal_check verify(const team_id &team, const journal_check &from, int limit);
};

} // namespace rapport::storage
