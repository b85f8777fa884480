// Close fits: the people that suit somebody best by both profiles, each with a percentage and its reasons;
// and browsing, in which everybody is found, whatever the number.
#pragma once

#include "handlers/finding.hpp"
#include "handlers/registry.hpp"

#include <vector>

namespace rapport {

struct fit {
    const participant_view *who = nullptr;
    compatibility suits;
    traits shown; // what of them was compared
};

// The mentors who suit this protégé best, best first: there, with room, breaking no rule, no partner, not
// asked yet. By what the protégé may see of them. Equal ones in the order of their ids.
std::vector<fit> close_fits(storage::records &on_file, const finding &in, const participant_view &protege,
                            std::size_t most);

result<answer> suggest(desk &at); // /mentoring suggest [program]
result<answer> browse(desk &at);  // /mentoring browse [words...]

result<answer> suggest_pressed(desk &at); // of a reminder's button

inline constexpr std::string_view browse_page = "browse.page";
result<answer> page_browse(desk &at);

} // namespace rapport
