// What is kept about the one who asks, line by line in words, seen by nobody else (product 5: an author reads
// what is theirs). The same for machines is `rapport export`.
#pragma once

#include "handlers/registry.hpp"

namespace rapport {

result<answer> show_my_data(desk &at); // /mentoring mydata

inline constexpr std::string_view my_data_page = "mydata.page";
result<answer> page_my_data(desk &at);

} // namespace rapport
