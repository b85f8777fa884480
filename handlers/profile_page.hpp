// What the pages, forms and imports of profiles share: the parts of one, who sees a field in words, how full
// it is, and a change with its undo.
#pragma once

#include "handlers/desk.hpp"
#include "mentoring/profile.hpp"

#include <array>
#include <string>
#include <string_view>

namespace rapport {

// The pages of the form, and the parts of a profile as it is shown.
struct form_page {
    std::string_view name, title;
    profile_field first, last;
};
inline constexpr std::array<form_page, 3> profile_pages = {{
    {"about", "About you", profile_field::education, profile_field::accomplishments},
    {"seek", "Offered and sought", profile_field::expertise, profile_field::kind},
    {"practical", "Practical", profile_field::availability, profile_field::room},
}};
inline constexpr std::string_view sight_page = "sight", paste_page = "paste"; // forms beside them
constexpr bool is_on(const form_page &page, profile_field which) {
    return page.first <= which && which <= page.last;
}

std::string_view seen_in_words(seen_by who); // "everyone in your programs"
seen_by sight_of_field(const profile_words &mine, const field_row &row);

surface::mrkdwn fullness(desk &at, const profile_words &mine);
surface::actions own_profile_buttons(desk &at);

// The fields that an act sets, with what they held before; a field set to what it holds already is none.
class profile_change {
    desk &at_;
    profile_words mine_, before_;

  public:
    explicit profile_change(desk &at);

    const profile_words &mine() const { // before the act
        return mine_;
    }
    void set(profile_field which, const profile_entry &entry);
    // The answer to the act: how much was saved, with Undo; journalled as `act`.
    answer saved(const char *act);
};

} // namespace rapport
