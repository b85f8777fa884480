// A term in numbers: how many people, pairs, contacts, check-ins and milestones it had. Counts only; which of
// them may be shown is the reader's to say.
#pragma once

#include "storage/session.hpp"

namespace rapport::storage {

struct term_counts {
    std::int64_t mentors = 0, proteges = 0; // enrolled and not gone again
    std::int64_t pairs = 0, running = 0;    // made; of these not ended
    std::int64_t contacts = 0, check_ins = 0, milestones = 0, milestones_done = 0;

    bool operator==(const term_counts &) const = default;
};

term_counts count_term(session &db, const team_id &team, const term_id &term);

} // namespace rapport::storage
