// Ingredient of the rig: what was said is nowhere.
#pragma once

#include "tests/prove/ingredient.hpp"

namespace rapport::prove {

void canaries(piece &p);

} // namespace rapport::prove
