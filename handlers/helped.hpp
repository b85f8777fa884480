// What coordinators did about lines of the queue, and what came after: counts by kind of act. Nothing is
// concluded from a few, and nobody is named.
#pragma once

#include "handlers/registry.hpp"

namespace rapport {

result<answer> did_it_help(desk &at); // /program helped [PROGRAM]

// From so many acts of a kind on, something is said about what came after.
inline constexpr int enough_acts = 10;
// The two were in touch again within so long: that is what is counted.
inline constexpr days soon_after{14};

// "After 12 messages the two were in touch within two weeks in 9 cases." Of fewer than enough_acts, that it
// is too early to say.
std::string what_came_of(std::string_view acts, int all, int in_touch);

} // namespace rapport
