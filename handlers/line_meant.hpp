// What a button under a line is about: a line of a message, by its id; or, on pages that follow what is owed
// (the overview, the home page), something owed of which no line may have gone out yet.
#pragma once

#include "handlers/desk.hpp"
#include "mentoring/obligations.hpp"
#include "storage/nudges.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rapport {

// A line as such a page shows it: not on file, its id a reference to what is owed that stays the same however
// often the page is made.
storage::nudge line_as_shown(const storage::pair &pair, const obligation &owed);

// The line that a button carries, the caller's own: the one with that id; or of what is referred to the
// newest line there is, one that is listed where there is none yet. None: not theirs, or not owed any more.
std::optional<storage::nudge> line_meant(desk &at, std::string_view carried);

// Whether a button carries such a reference.
bool is_reference(std::string_view carried);

} // namespace rapport
