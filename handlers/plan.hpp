// The plan of a pair: one page of just what its program asks for (agreement, goals, milestones, development
// plan, project plan and questions), and the links to papers that are kept elsewhere (rules 30, 35, 36).
#pragma once

#include "handlers/registry.hpp"
#include "storage/outbox.hpp"

namespace rapport {

result<answer> show_plan(desk &at);
result<answer> press_show_plan(desk &at); // its value is a pair
result<answer> link_paper(desk &at);      // plan link development|project LINK
result<answer> share_paper(desk &at);     // plan share development|project
result<answer> review_paper(desk &at);    // plan reviewed development|project

result<answer> press_paper(desk &at);     // a button: "link|share|review pair part"
result<answer> paper_from_form(desk &at); // the form behind "link"
result<surface::mrkdwn> undo_paper(desk &at, const storage::undo_offer &offer);

inline constexpr std::string_view plan_show = "plan.show", paper_button = "plan.paper",
                                  paper_form = "plan.paper", paper_act = "plan.paper";

inline constexpr std::string_view paper_notice_kind = "plan.paper";
std::optional<surface::message> paper_notice(storage::records &on_file, const house &here,
                                             const storage::outbox_row &row);

} // namespace rapport
