// Where things stand for one person, at a glance: the answer of /mentoring, made of the same parts as the
// home page (home.hpp).
#pragma once

#include "handlers/home.hpp"
#include "handlers/registry.hpp"

namespace rapport {

result<answer> show_me(desk &at); // /mentoring

// Back and Next under a part of it: that part alone, in the place of the whole.
inline constexpr std::string_view overview_page = "me.page";
result<answer> page_overview(desk &at);

} // namespace rapport
