// The word somebody probably meant.
#pragma once

#include <span>
#include <string_view>

namespace rapport {

// The candidate nearest to a word: one it begins, or one at most a third of its letters away (left out, put
// in, changed, swapped). Empty if none is near; the first of several equally near.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

} // namespace rapport
