// The caller's own pairs, as buttons and forms refer to them, and the other one of a pair.
#pragma once

#include "handlers/desk.hpp"

#include <string_view>

namespace rapport {

// The caller's pair by its id: open or paused, and theirs. One of theirs that has ended is refused as such;
// one that is somebody else's, or never was, is refused alike.
result<storage::pair> own_pair(const desk &at, std::string_view id);

// The other one of a pair of the caller's, as they are on file.
storage::person partner_in(const desk &at, const storage::pair &pair);

} // namespace rapport
