// Gates: what is still missing and for whom to say it is there. Of a check only until when it holds is kept;
// taking a clearance away leaves nothing, so that nobody can tell why there is none.
#pragma once

#include "handlers/registry.hpp"
#include "mentoring/entering.hpp"

#include <string_view>
#include <vector>

namespace rapport {

result<answer> clear_gate(desk &at);  // /program clear @x training|check|application [program] [until DATE]
result<answer> not_cleared(desk &at); // /program not-cleared @x training|check|application [program]
result<answer> training_is_done(desk &at); // a button: slug; one's own word
result<surface::mrkdwn> undo_clearance(desk &at, const storage::undo_offer &offer);

inline constexpr std::string_view training_done = "gate.training_done";
inline constexpr std::string_view clearance_act = "clearance";

// A gate that is missing, as its own person reads it, with the link of a training.
surface::mrkdwn gate_line(const gate_view &one);
// What they can do about it themselves.
std::vector<surface::button> gate_buttons(const program_slug &slug, const std::vector<gate_view> &missing);

// For the overview and the home page: what they are waiting for in each program where they have no pair yet,
// and what of theirs is still missing where they have one.
std::vector<surface::section> where_i_stand(desk &at);

// Gates of a pair's two that ended are put before the coordinators, and before nobody else. Gives when the
// next one ends; called where a pair is looked at.
std::optional<instant> notice_ended_gates(storage::records &on_file, const house &here,
                                          const storage::pair &pair, instant now);

} // namespace rapport
