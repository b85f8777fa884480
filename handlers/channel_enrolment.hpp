// Many at once: the members of a channel are enrolled after a look at the counts and the program's name. Who
// is not known yet is asked about one by one, and enrolled when the workspace has said that they can take
// part.
#pragma once

#include "handlers/registry.hpp"
#include "mentoring/people.hpp"

#include <string_view>

namespace rapport {

// /program enrol #channel mentor|protege [program]: the form with the counts.
result<answer> enrol_channel(desk &at, role as);
result<answer> enrol_listed(desk &at); // the form
result<answer> leave_listed(desk &at); // the form was closed instead
result<surface::mrkdwn> undo_listed(desk &at, const storage::undo_offer &offer);

inline constexpr std::string_view listed_form = "enrol.listed", listed_act = "enrolled-list";

// The workspace described somebody: whatever they were listed for comes about. They are on record.
void enrol_as_listed(desk &at, const storage::person &who);
// They cannot take part (a bot, somebody of a connected workspace): they are on no list any more.
void drop_from_lists(desk &at, const slack_id &who);

} // namespace rapport
