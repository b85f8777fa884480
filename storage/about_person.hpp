// Every row that names a person, as kinds and dates, with words where they may read them: for the one who
// asks what is kept about them. Check-ins, milestones and contacts have records of their own and are not
// here.
#pragma once

#include "storage/session.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::storage {

// One row: which table, a word or two of fixed lists, and when. `words`: theirs, or what both of a pair may
// read; mostly empty. `until` is when it ended, was settled or was sent.
struct kept_fact {
    std::string table, kind, detail, words;
    instant at{};
    std::optional<instant> until;

    bool operator==(const kept_fact &) const = default;
};

// Newest first.
std::vector<kept_fact> kept_about(session &db, const team_id &team, const person_id &who);

// Whether a table of the schema is read by kept_about, given to a person in another way, or names nobody.
bool is_told_of(std::string_view table);

} // namespace rapport::storage
