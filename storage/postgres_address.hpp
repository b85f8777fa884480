// From the `database` setting to what libpq is given, with the defaults it lacks.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace rapport::storage {

// Keyword and value, in the order libpq must see them: defaults, then the address, which overrules them.
// Throws opening_error, without repeating the address, if libpq cannot read it.
std::vector<std::pair<std::string, std::string>> postgres_parameters(const std::string &address);

} // namespace rapport::storage
