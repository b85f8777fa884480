// Taking words back that several people were told: what has not left goes, what has is struck out where it
// was read. Of one message the undo does that by itself (taking_back.hpp).
#pragma once

#include "handlers/desk.hpp"

#include <string>
#include <vector>

namespace rapport {

// The outbox keys of what was told.
void strike_out(desk &at, const std::vector<std::string> &keys);

} // namespace rapport
