// What a played term comes to in a few numbers: medians by role and habit, and the numbers that were promised
// to be reached, each with what was found. Pure.
#pragma once

#include "bot/simulate/playing.hpp"

#include <string>
#include <vector>

namespace rapport::simulate {

// The middle one; of an even number the lower of the two. 0 of none.
int median(std::vector<int> all);
// So many of a hundred, rounded; 0 where there is nothing to share.
int share(std::int64_t part, std::int64_t of);

// Those of one side with one habit who did not drop out.
struct role_sum {
    side on = side::mentor;
    habit as = habit::ordinary;
    int people = 0;
    int messages = 0, most_messages = 0, taps = 0, commands = 0; // medians, but for the most

    bool operator==(const role_sum &) const = default;
};
std::vector<role_sum> by_role(const played &made); // only those there are; mentors first

struct drop_out_sum {
    int planted = 0, found = 0, found_in_time = 0; // at least `days_ahead` before they were lost
    int median_ahead = 0;                          // days, of those found
    int precision = 0;                             // of a hundred pairs that the queue named for silence
};
inline constexpr int days_ahead = 14;
drop_out_sum sum_of_drop_outs(const played &made);

// A number that is to be reached.
struct target {
    std::string what, wanted, found;
    bool reached = false;
    std::string because; // where it is not reached: why
};
std::vector<target> targets(const played &made);
// Of a mentor who keeps every promise: of those in `made`, or of the one pair of a play of its own.
std::vector<target> mentor_targets(const played &made);

} // namespace rapport::simulate
