// What being away does to clocks: they stand still from the day somebody leaves to the day they are back.
// Whether a program lets them is its policy's; that nothing is sent meanwhile is good_hours'.
#pragma once

#include "mentoring/good_hours.hpp"

#include <span>

namespace rapport {

// When a clock that began at `start` and would ring at `rings` does so, if it stands still while its person
// is away. Empty and overlapping times count once.
instant standing_still(instant start, instant rings, std::span<const time_range> away);

// The same moment, or a day after the return of somebody who is away then: time to see it themselves first.
instant after_return(instant at, std::span<const time_range> away);

} // namespace rapport
