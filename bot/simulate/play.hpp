// Plays a term: people and service take turns on one clock that jumps from one instant at which something is
// due to the next. Ends early where a promise breaks.
#pragma once

#include "bot/simulate/playing.hpp"
#include "bot/simulate/service.hpp"

#include <functional>

namespace rapport::simulate {

// `share` of the term that is played, from 0 to 1; called about once a day of the play.
using on_progress = std::function<void(double share)>;

// The same play gives the same result, to the byte, wherever it runs. `meddles` is for tests of the watch.
played play(const playing &how, const on_progress &progress = {}, service::meddling meddles = {});

} // namespace rapport::simulate
