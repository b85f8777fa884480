// Ingredients of the rig: the process dies.
#pragma once

#include "tests/prove/ingredient.hpp"

namespace rapport::prove {

void exact_kills(piece &p);
void kills_under_load(piece &p);

} // namespace rapport::prove
