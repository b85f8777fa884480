// Requests as lists: one's own and those to oneself; and, without their words, a program's.
#pragma once

#include "handlers/registry.hpp"
#include "handlers/surface/blocks.hpp"

#include <vector>

namespace rapport {

result<answer> list_requests(desk &at);       // /mentoring requests
result<answer> requests_in_program(desk &at); // /program requests [program]

// Those that are open, to the caller and by them, each with the buttons that answer or withdraw it below.
std::vector<std::vector<surface::block>> open_request_rows(desk &at);
// How many wait for the caller's answer.
std::size_t requests_to_answer(desk &at);

} // namespace rapport
