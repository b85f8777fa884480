// Feedback of one side at the start, in the middle and at the end (rule 90): read by its author and the
// coordinators, by the partner only where its author chooses so. What coordinators read is feedback_page's.
#pragma once

#include "handlers/registry.hpp"
#include "storage/outbox.hpp"

namespace rapport {

result<answer> feedback(desk &at);       // /mentoring feedback
result<answer> press_feedback(desk &at); // a button: the pair's id
result<answer> feedback_from_line(desk &at);
result<answer> feedback_given(desk &at); // the form
result<surface::mrkdwn> undo_feedback(desk &at, const storage::undo_offer &offer);

inline constexpr std::string_view feedback_button = "feedback.open", feedback_form = "feedback",
                                  feedback_line_button = "nudge.feedback", feedback_act = "feedback";

// What the partner reads, where its author chose so; none where that is not so any more.
inline constexpr std::string_view feedback_shared_kind = "feedback.shared";
std::optional<surface::message> feedback_shared(storage::records &on_file, const house &here,
                                                const storage::outbox_row &row);

} // namespace rapport
