// Who asks: their row, their programs and pairs, and where they stand, read once a request.
#pragma once

#include "handlers/request.hpp"
#include "mentoring/policies.hpp"
#include "storage/records.hpp"

#include <optional>
#include <vector>

namespace rapport {

// Where somebody stands, as bits: several hold at once (a coordinator may be a mentor too).
enum standing : unsigned {
    nobody = 0,
    enrolled = 1,    // in an open term, in whatever state but left
    mentors = 2,     // mentor of a pair that has not ended
    mentored = 4,    // protégé of one
    coordinates = 8, // some program; owners coordinate every program
    owns = 16,
    is_waiting = 32, // enrolled, and in no pair
    is_outside = 64, // enrolled nowhere
};

struct caller {
    slack_id slack;
    std::optional<storage::person> person;        // none: never heard of
    std::vector<storage::membership> memberships; // in open terms, not left
    std::vector<storage::pair> pairs;             // open or paused
    std::vector<program_slug> coordinated;        // in order; for an owner all
    bool owner = false;
    zone where; // settled 6
    unsigned stands = is_outside;

    bool is(unsigned any_of) const {
        return (stands & any_of) != 0;
    }
    // Their id; std::logic_error where there is no row: permission `enrolled` and up guarantees one, `owner`
    // and `coordinator` too once they acted.
    const person_id &id() const;
    bool coordinates_program(const program_slug &which) const;
    // Programs they are enrolled in or coordinate, each once.
    std::vector<program_slug> programs() const;
};

caller who_asks(storage::records &on_file, const policies &rules, const std::vector<slack_id> &owners,
                const slack_id &who);

} // namespace rapport
