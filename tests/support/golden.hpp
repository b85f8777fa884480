// Texts that must stay as they are, compared with a file of the repository. A wanted change is written by
// running the suite once with RAPPORT_RENEW_GOLDEN=1, and is read in the diff.
#pragma once

#include <string>

namespace rapport::tests {

// Fails at the first line that differs, and says how to renew. `path` is from the root of the repository.
void matches_golden(const std::string &path, const std::string &text);

} // namespace rapport::tests
