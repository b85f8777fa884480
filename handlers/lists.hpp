// The lists of one's own, of a pair and of a program that are turned by the same two buttons: which there
// are, and to whom each is open. What is in a list is said where its verb is.
#pragma once

#include "handlers/registry.hpp"
#include "handlers/surface/blocks.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rapport {

// pair: `about` is a pair of the caller's, and at.pair() holds. coordinators: a program the caller
// coordinates, by its slug. caller: the list itself
// looks at what it is about.
enum class list_of { caller, pair, coordinators };

// `shows` gives the list from a row on. A word stays what it is: buttons live in messages for years.
struct list_row {
    std::string_view word;
    list_of what;
    result<answer> (*shows)(desk &at, const std::string &about, std::size_t from);
};
std::span<const list_row> the_lists();

// The lists, each defined where its verb is.
result<answer> goals_from(desk &at, const std::string &pair, std::size_t from);
result<answer> meetings_from(desk &at, const std::string &pair, std::size_t from);
result<answer> resources_from(desk &at, const std::string &, std::size_t from);
result<answer> prompts_from(desk &at, const std::string &, std::size_t from);
result<answer> web_from(desk &at, const std::string &, std::size_t from);
result<answer> leave_from(desk &at, const std::string &, std::size_t from);
result<answer> requests_from(desk &at, const std::string &, std::size_t from);
result<answer> program_requests_from(desk &at, const std::string &program, std::size_t from);
result<answer> applications_from(desk &at, const std::string &program, std::size_t from);
result<answer> sites_from(desk &at, const std::string &program, std::size_t from);
result<answer> teams_from(desk &at, const std::string &program, std::size_t from);
result<answer> recruiting_from(desk &at, const std::string &program, std::size_t from);
result<answer> terms_from(desk &at, const std::string &program, std::size_t from);
result<answer> unmatched_from(desk &at, const std::string &draft, std::size_t from);

// Back and Next: the list again, further on.
inline constexpr std::string_view list_turn = "list.turn";
result<answer> turn_list(desk &at);

// The rows from `from` on with those two buttons, of the list by that word.
std::vector<surface::block> list_page(std::vector<surface::section> rows, std::size_t from,
                                      std::string_view word, std::string_view about = {});

// What list_page's buttons are about, for lists whose rows cost something (paged_of).
std::string list_value(std::string_view word, std::string_view about);

} // namespace rapport
