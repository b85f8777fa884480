// Chance that can be played again: the same seed gives the same draws with every compiler and library, which
// the standard's distributions do not promise.
#pragma once

#include "mentoring/time.hpp"

#include <cstdint>
#include <vector>

namespace rapport::simulate {

class chance {
    std::uint64_t state_;

  public:
    // `stream` keeps the draws of one part of the play from moving those of another.
    explicit chance(std::uint64_t seed, std::uint64_t stream = 0)
        : state_(seed * 0x9e3779b97f4a7c15ULL + (stream + 1) * 0xd1b54a32d192ed03ULL) {
        draw();
    }

    std::uint64_t draw() { // splitmix64
        auto z = (state_ += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    // From 0 to below `count`; 0 where there is nothing to choose from.
    int below(int count) {
        return count <= 1 ? 0 : static_cast<int>(draw() % static_cast<std::uint64_t>(count));
    }
    // From `least` to `most`, both included.
    int between(int least, int most) {
        return least + below(most - least + 1);
    }
    span_of_time between(span_of_time least, span_of_time most) {
        const auto width = most - least;
        return width <= span_of_time::zero()
                   ? least
                   : least + span_of_time{static_cast<std::int64_t>(
                                 draw() % static_cast<std::uint64_t>(width.count()))};
    }
    instant between(instant from, instant until) {
        return from + between(span_of_time::zero(), until - from);
    }
    // True so often in a hundred.
    bool percent(int often) {
        return below(100) < often;
    }
    template <class T>
    const T &of(const std::vector<T> &all) {
        return all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
    }
};

} // namespace rapport::simulate
