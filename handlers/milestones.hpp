// Milestones: what charts a pair's progress. One stands at once as its author's; the other side's tap makes
// it agreed; silence leaves it standing, and nobody is nudged for that alone (product 3).
#pragma once

#include "handlers/registry.hpp"
#include "storage/outbox.hpp"

namespace rapport {

result<answer> list_milestones(desk &at);
result<answer> add_milestone(desk &at);
result<answer> finish_milestone(desk &at); // done N, done TITLE
result<answer> reopen_milestone(desk &at);
result<answer> retitle_milestone(desk &at);
result<answer> move_milestone(desk &at);
result<answer> drop_milestone(desk &at);

result<answer> agree_milestone(desk &at);      // the button under what the other side said
result<answer> press_milestone_done(desk &at); // the button in the list
result<answer> page_milestones(desk &at);      // Back and Next under the list
result<surface::mrkdwn> undo_milestone(desk &at, const storage::undo_offer &offer);

inline constexpr std::string_view milestone_agree = "milestone.agree", milestone_done = "milestone.done",
                                  milestone_act = "milestone", milestone_page = "milestone.page";

// One milestone as a row of a list, with the one act that fits it.
surface::section milestone_row(desk &at, const storage::pair &pair, const storage::milestone &one);

// What the pair's conversation is told of an act on a milestone, from its outbox row; none where that is no
// longer so.
inline constexpr std::string_view milestone_notice_kind = "milestone";
std::optional<surface::message> milestone_notice(storage::records &on_file, const house &here,
                                                 const storage::outbox_row &row);

} // namespace rapport
