// Goals: the few aims a pair works on, as many at once as the program says and of its kinds. A goal stands as
// its author's; where both confirm, it counts once the other side has agreed (rules 84, 85, 93).
#pragma once

#include "handlers/registry.hpp"
#include "storage/outbox.hpp"

namespace rapport {

result<answer> list_goals(desk &at);
result<answer> add_goal(desk &at);
result<answer> finish_goal(desk &at);
result<answer> drop_goal(desk &at);
result<answer> change_goal(desk &at); // edit N TITLE [as KIND]

result<answer> agree_goal(desk &at); // the buttons
result<answer> press_goal_done(desk &at);
result<answer> open_goal_form(desk &at); // its value is a pair
result<answer> goal_from_form(desk &at);
result<surface::mrkdwn> undo_goal(desk &at, const storage::undo_offer &offer);

inline constexpr std::string_view goal_agree = "goal.agree", goal_done = "goal.done", goal_add = "goal.add",
                                  goal_form = "goal", goal_act = "goal";

// What the pair's conversation is told of an act on a goal; none where that is no longer so.
inline constexpr std::string_view goal_notice_kind = "goal";
std::optional<surface::message> goal_notice(storage::records &on_file, const house &here,
                                            const storage::outbox_row &row);

} // namespace rapport
