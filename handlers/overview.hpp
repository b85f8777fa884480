// Where things stand for one person, at a glance: their pairs, what they owe, what they wait for, what comes
// next. The answer of /mentoring and the home page are made of the same parts.
#pragma once

#include "handlers/registry.hpp"

namespace rapport {

result<answer> show_me(desk &at);   // /mentoring
result<answer> show_home(desk &at); // the home page, when it is opened

// The home page of the one at the desk, as it stands now.
surface::home home_of(desk &at);

} // namespace rapport
