// The table of lists, and turning them; see lists.hpp.
#include "handlers/lists.hpp"

#include "handlers/own_pair.hpp"
#include "handlers/pages.hpp"
#include "handlers/permission.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace rapport {
namespace {

constexpr std::array<list_row, 14> rows = {{
    {"goals", list_of::pair, goals_from},
    {"meetings", list_of::pair, meetings_from},
    {"resources", list_of::caller, resources_from},
    {"prompts", list_of::caller, prompts_from},
    {"web", list_of::caller, web_from},
    {"leave", list_of::caller, leave_from},
    {"requests", list_of::caller, requests_from},
    {"asked", list_of::coordinators, program_requests_from},
    {"applications", list_of::coordinators, applications_from},
    {"sites", list_of::coordinators, sites_from},
    {"teams", list_of::coordinators, teams_from},
    {"recruiting", list_of::coordinators, recruiting_from},
    {"terms", list_of::coordinators, terms_from},
    {"unmatched", list_of::caller, unmatched_from},
}};

constexpr bool words_differ() {
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (rows[i].word == rows[j].word || rows[i].word.find(' ') != std::string_view::npos)
                return false;
    return true;
}
static_assert(words_differ());

} // namespace

std::span<const list_row> the_lists() {
    return rows;
}

result<answer> turn_list(desk &at) {
    const auto gone = [&] { return not_found("list", at.line(command_name::mentoring)); };
    const auto wanted = read_page(at.pressed().value);
    if (!wanted)
        return gone();
    const auto blank = wanted->about.find(' ');
    const auto word = wanted->about.substr(0, blank);
    const auto about = blank == std::string::npos ? std::string() : wanted->about.substr(blank + 1);
    const auto row = std::find_if(rows.begin(), rows.end(), [&](auto &one) { return one.word == word; });
    if (row == rows.end())
        return gone();
    if (row->what == list_of::pair) {
        auto pair = own_pair(at, about);
        if (!pair)
            return pair.error();
        at.chosen = std::move(*pair);
    }
    if (row->what == list_of::coordinators &&
        (!at.rules().find(program_slug{about}) || !at.who.coordinates_program(program_slug{about})))
        return gone();
    auto page = row->shows(at, about, wanted->from);
    if (!page)
        return page.error();
    return in_place(std::move(*page));
}

std::string list_value(std::string_view word, std::string_view about) {
    return about.empty() ? std::string(word) : fmt::format("{} {}", word, about);
}

std::vector<surface::block> list_page(std::vector<surface::section> all, std::size_t from,
                                      std::string_view word, std::string_view about) {
    return paged(std::move(all), from, list_turn, list_value(word, about));
}

} // namespace rapport
