// Every row that names a person, as kinds and dates: for the one who asks what is kept about them. The rows
// with words of their own (check-ins, milestones, contacts) have records of their own; what others wrote is
// not here.
#pragma once

#include "storage/session.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::storage {

// One row: which table, a word or two of fixed lists, and when. `until` is when it ended, was settled or was
// sent.
struct kept_fact {
    std::string table, kind, detail;
    instant at{};
    std::optional<instant> until;

    bool operator==(const kept_fact &) const = default;
};

// Newest first.
std::vector<kept_fact> kept_about(session &db, const team_id &team, const person_id &who);

// The tables kept_about reads, and those that are given to a person in another way, or name nobody: together
// every table of the schema (a test says so).
std::span<const std::string_view> tables_listed();
std::span<const std::string_view> tables_given_otherwise();

} // namespace rapport::storage
