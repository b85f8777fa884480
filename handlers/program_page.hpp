// A program as its people see it: what it promises, its dates, whom to ask. And as its coordinators see it:
// what needs a person today, each line with its one act.
#pragma once

#include "handlers/registry.hpp"

#include <vector>

namespace rapport {

result<answer> show_program(desk &at); // /program

// A program's counts and the lines that need a person, from `from` on, for who coordinates it; Back and Next
// are of `page_action`, their values "SLUG START".
std::vector<surface::block> queue_of(desk &at, const program_slug &slug, std::size_t from,
                                     std::string_view page_action);

inline constexpr std::string_view queue_page = "queue.page";
result<answer> page_queue(desk &at);

// The button of a line of the queue: the coordinator has seen to it. Its value is what queue_reference gives.
inline constexpr std::string_view queue_line_seen = "queue.line";
result<answer> see_to_line(desk &at);

// What a program promises, in plain sentences.
std::vector<surface::mrkdwn> promises_of(const program &rules);

} // namespace rapport
