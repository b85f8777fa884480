// Ingredient of the rig: what comes more than once.
#pragma once

#include "tests/prove/ingredient.hpp"

namespace rapport::prove {

void redelivery(piece &p);

} // namespace rapport::prove
