// The home page: what a person owes, waits for and has, their milestones and settings; for a coordinator the
// counts and the queue. What is on it is decided here; when it is sent again is not.
#pragma once

#include "handlers/registry.hpp"

namespace rapport {

result<answer> show_home(desk &at); // when it is opened

// Back and Next under a list of it: the page again, that list further on.
inline constexpr std::string_view home_page_turn = "home.page", home_queue_turn = "home.queue";
result<answer> page_home(desk &at);
result<answer> page_home_queue(desk &at);

// The home page of the one at the desk, as it stands now.
surface::home home_of(desk &at);

} // namespace rapport
