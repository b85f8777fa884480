// Leaving a pair: a notice of the policy's days with its hand-over, or at once with a coordinator. No reason
// is asked for. Resting and going on are leaving_pause's, what a day of it does leaving_dates'.
#pragma once

#include "handlers/registry.hpp"

namespace rapport {

// /mentoring leave [program]: what the policy offers, a row of buttons a pair; before there is one, what
// withdraw does.
result<answer> leave(desk &at);
result<answer> leave_with_notice(desk &at); // /mentoring leave notice [DATE], and a button: opens the form
result<answer> leave_at_once(desk &at);     // /mentoring leave now, and a button: opens the form
result<answer> press_notice(desk &at);
result<answer> press_now(desk &at);
result<answer> notice_given(desk &at); // the forms
result<answer> left_at_once(desk &at);

// A coordinator names who is there for the protégé on some days of a hand-over: the button and its form.
result<answer> open_bridge(desk &at);
result<answer> bridge_named(desk &at);

result<surface::mrkdwn> undo_notice(desk &at, const storage::undo_offer &offer);
result<surface::mrkdwn> undo_leaving(desk &at, const storage::undo_offer &offer);
result<surface::mrkdwn> undo_bridge(desk &at, const storage::undo_offer &offer);

inline constexpr std::string_view notice_form = "leave.notice", leave_now_form = "leave.now",
                                  bridge_form = "leave.bridge";
inline constexpr std::string_view notice_act = "notice", left_act = "left", bridge_act = "bridge";

} // namespace rapport
