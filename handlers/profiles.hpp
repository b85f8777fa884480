// Profiles: one's own, with its forms, and somebody else's, as far as one may see it. What an export brings
// is profile_import's.
#pragma once

#include "handlers/registry.hpp"
#include "handlers/surface/blocks.hpp"
#include "mentoring/profile.hpp"
#include "storage/records.hpp"

#include <string_view>
#include <vector>

namespace rapport {

// /mentoring profile: one's own. /mentoring profile @somebody: theirs.
result<answer> show_profile(desk &at);

inline constexpr std::string_view profile_button = "profile.show", // value: a person's id; empty: own
    profile_edit = "profile.edit",                                 // value: which of the forms
    profile_review = "profile.review",                             // what waits to be taken or left
    profile_form = "profile.form", profile_paste_form = "profile.paste", profile_review_form = "profile.take",
                                  profile_act = "profile";

result<answer> press_profile(desk &at);
result<answer> edit_profile(desk &at);
result<answer> save_profile(desk &at);
result<surface::mrkdwn> undo_profile(desk &at, const storage::undo_offer &offer);

// The profile as a part of the home page: how full it is, the one field that would tell most, and its
// buttons. Empty for who is in no program.
std::vector<surface::block> profile_on_home(desk &at);

// What a reader may see of somebody, as rows.
std::vector<surface::block> profile_blocks(const profile_words &shown, const tag_words &words);

} // namespace rapport
