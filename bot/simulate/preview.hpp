// The two pairs of a preview, played: all that each side would read of Rapport over the term.
#pragma once

#include "handlers/preview.hpp"

#include <vector>

namespace rapport::simulate {

// Slow (a second or two): for a thread of its own. Plays by the same seed each time, so the same policy gives
// the same preview.
std::vector<storage::preview_line> preview_of(const preview_task &task);

} // namespace rapport::simulate
