// Ingredients of the rig: every call by which the program touches the system may be its last, or may fail.
#pragma once

#include "tests/prove/ingredient.hpp"

namespace rapport::prove {

void boundaries(piece &p);
void disk_trouble(piece &p);

} // namespace rapport::prove
