// What the buttons under Rapport's own messages do: settle a line, put it off, ask a person, ask why. Only
// the person a line is for may press for it; old buttons answer politely. Rows are in commands.cpp.
#pragma once

#include "handlers/registry.hpp"

namespace rapport {

// Under a line of the message of the day (nudge_wording.hpp); the value is the nudge's id.
result<answer> reply_was_elsewhere(desk &at); // also records a contact
result<answer> no_reply_needed(desk &at);
result<answer> not_my_turn(desk &at);
result<answer> remind_me_tomorrow(desk &at); // 9:00 where the person is
result<answer> log_from_line(desk &at);      // opens a form
result<answer> check_in_from_line(desk &at); // says the command's line
result<answer> milestone_is_done(desk &at);
result<answer> need_help(desk &at);
result<answer> why_this(desk &at);
// The same in words, for a line of the caller's; none where its program is gone.
std::optional<surface::mrkdwn> why_of_line(desk &at, const storage::nudge &line);
result<answer> more_about_line(desk &at);
result<answer>
request_of_line(desk &at); // the request a reminder is about, with its buttons // the menu behind "..."

// The forms they open.
inline constexpr std::string_view contact_form = "nudge.contact";
result<answer> contact_told(desk &at);

// Under the first message and a pair's introduction (introductions.hpp).
result<answer> that_is_right(desk &at);
result<answer> not_me(desk &at); // and rests until somebody who runs it has looked into it (resting.hpp)
result<answer> when_may_i_write(desk &at); // opens a form
inline constexpr std::string_view hours_form = "greet.hours_chosen";
result<answer> hours_chosen(desk &at);
result<answer> what_do_you_store(desk &at);
result<answer> we_talk_elsewhere(desk &at);

// Under a line of a coordinator's message.
result<answer> seen_to_it(desk &at);

// What can be taken back, and how.
namespace undo_act {
inline constexpr std::string_view settled = "reply.settled", reminder = "nudge.reminder", away = "away",
                                  elsewhere = "pair.elsewhere", contact = "nudge.contact", hours = "hours",
                                  help = "help", not_me = "not-me", seen = "queue.seen";
}
result<surface::mrkdwn> unsettle(desk &at, const storage::undo_offer &offer);
result<surface::mrkdwn> forget_reminder(desk &at, const storage::undo_offer &offer);
result<surface::mrkdwn> talk_here_again(desk &at, const storage::undo_offer &offer);
result<surface::mrkdwn> unlog_contact(desk &at, const storage::undo_offer &offer);
result<surface::mrkdwn> old_hours(desk &at, const storage::undo_offer &offer);
result<surface::mrkdwn> manage_alone(desk &at, const storage::undo_offer &offer); // no help is needed
result<surface::mrkdwn> it_is_me(desk &at, const storage::undo_offer &offer);
result<surface::mrkdwn> wait_for_someone(desk &at, const storage::undo_offer &offer); // back on the list

// Who wrote in a conversation, and when: the event of a message.
result<answer> message_was_seen(desk &at);

} // namespace rapport
