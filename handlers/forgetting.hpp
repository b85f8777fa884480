// "forget-me": a person is taken out of the tables at their own wish, after a form that says what goes, what
// stays and that it cannot be undone. And the hourly letting go of what programs keep no longer. Which rows
// and words these are is storage/erasing's.
#pragma once

#include "handlers/registry.hpp"

#include <string_view>

namespace rapport {

result<answer> forget_me(desk &at);        // /mentoring forget-me
result<answer> forget_me_surely(desk &at); // its form
inline constexpr std::string_view forget_form = "forget";

// What the programs in force keep no longer is let go; gives the number of rows that lost something. Visiting
// it again changes nothing.
std::int64_t let_go_of_the_old(storage::records &on_file, const house &here, instant now);

} // namespace rapport
