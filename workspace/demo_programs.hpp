// The two policies of the demo, as shipped in config/programs/, compiled in so that the program stands alone.
// The definition is generated (page_files.cmake).
#pragma once

#include "workspace/page_files.hpp"

namespace workspace {

std::span<const page_file> demo_programs();

} // namespace workspace
