// A whole pool matched at once. In this order of importance: as many protégés as can be have a mentor; the
// worst-off of them is as well off as can be; the mentors' loads differ as little as can be; the scores add
// up to as much as can be; and of equals, the ones that the two people's own ids say. Exact, and the same
// whatever order the input is in. Who may be matched, and how well they suit, is decided before.
#pragma once

#include "mentoring/ids.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace rapport {

// `room`: how many more this mentor takes. `load`: how many they have already; it counts for the load gap.
struct pool_mentor {
    person_id id;
    int room = 0;
    int load = 0;

    bool operator==(const pool_mentor &) const = default;
};

// Two who may be paired, by their places in the pool's lists, and how well they suit: 0 to 100. Of two
// candidates for the same two people the higher score holds.
struct pool_candidate {
    std::uint32_t protege = 0, mentor = 0;
    int score = 0;

    bool operator==(const pool_candidate &) const = default;
};

// A pair that stands whatever else is made: it takes its mentor's room and its protégé out of the pool. It
// need not be a candidate, and may take more room than its mentor has.
struct kept_pair {
    std::uint32_t protege = 0, mentor = 0;

    bool operator==(const kept_pair &) const = default;
};

// Every person once in each list; a protégé is kept in one pair at most.
struct match_pool {
    std::vector<person_id> proteges;
    std::vector<pool_mentor> mentors;
    std::vector<pool_candidate> candidates;
    std::vector<kept_pair> kept;
};

struct assigned_pair {
    person_id protege, mentor;
    int score = 0; // of a kept pair that is no candidate: 0
    bool kept = false;

    bool operator==(const assigned_pair &) const = default;
};

// Pairs and the unmatched in the order of the protégés' ids. `worst`: the lowest score of a pair that was not
// kept; none where none was made. `load_gap`: between the busiest and the least busy of the mentors who had
// room. `total`: of the scores of pairs that were not kept.
struct assignment {
    std::vector<assigned_pair> pairs;
    std::vector<person_id> unmatched;
    std::optional<int> worst;
    int load_gap = 0;
    std::int64_t total = 0;

    bool operator==(const assignment &) const = default;
};

// Refused (std::logic_error): a place that is not in the lists, a person twice, a negative room or load, a
// score outside 0 to 100, over 20,000 people on a side.
assignment assign(const match_pool &pool);

} // namespace rapport
