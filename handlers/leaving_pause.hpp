// Resting and going on: a pause with an end, which obligations and clocks sit out; coming back from it, from
// a notice, or after an account works again. How a pair goes on after its end is closing's.
#pragma once

#include "handlers/registry.hpp"

namespace rapport {

result<answer> pause_pair(desk &at);   // /mentoring leave pause [DATE]: at once with a date, else the form
result<answer> press_pause(desk &at);  // the button
result<answer> pause_chosen(desk &at); // the form
result<answer> go_on(desk &at);        // /mentoring continue
result<answer> press_go_on(desk &at);  // a button; the value is the pair
result<answer> press_resume(desk &at); // a coordinator's, once an account works again
result<surface::mrkdwn> undo_pause(desk &at, const storage::undo_offer &offer);
result<surface::mrkdwn> undo_resume(desk &at, const storage::undo_offer &offer);

// The workspace says that somebody's account is deactivated, or works again. Their pairs rest at once; they
// go on when a coordinator says so, never by themselves.
void rest_with_account(desk &at, const storage::person &who);
void account_is_back(desk &at, const storage::person &who);

inline constexpr std::string_view pause_form = "leave.pause";
inline constexpr std::string_view pause_act = "pause", resume_act = "resume";

} // namespace rapport
