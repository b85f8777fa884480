// Times to meet: put down by one side, confirmed by the other, moved or called off with the other told at
// once, kept in both calendars, and asked after: did it happen? A kept one is a contact (rules 32, 60, 79,
// 81, 82).
#pragma once

#include "handlers/registry.hpp"
#include "storage/meetings.hpp"
#include "storage/outbox.hpp"

#include <string>
#include <string_view>

namespace rapport {

result<answer> set_meeting(desk &at); // meet [@x] WHEN [30m] [WHERE]; without words a form
result<answer> list_meetings(desk &at);
result<answer> move_meeting(desk &at);   // meetings move N WHEN
result<answer> cancel_meeting(desk &at); // meetings cancel N
result<answer> meeting_happened(desk &at);
result<answer> meeting_did_not(desk &at);
result<answer> meeting_file(desk &at); // meetings file N: the calendar file as text

// Buttons: the value is "meeting sequence", so that what was read is what is confirmed.
result<answer> confirm_meeting(desk &at);
result<answer> press_move(desk &at);
result<answer> press_cancel(desk &at);
result<answer> press_happened(desk &at);
result<answer> press_did_not(desk &at);
result<answer> press_file(desk &at);
result<answer> press_meet(desk &at); // its value is a pair
result<answer> press_more(desk &at); // the menu beside a meeting: "move|meeting sequence"

result<answer> meeting_from_form(desk &at);
// The same form as an answer to an ask ("Let's talk"): setting a time settles the ask.
result<answer> meeting_form_for_ask(desk &at, const storage::pair &pair, const std::string &ask);

// Whether it took place, as said by one of the pair; `id` is the meeting's.
result<answer> say_it_happened(desk &at, const storage::pair &pair, std::string_view id, bool happened);
// The same without an answer of its own, for forms that ask after it. False where it was said before.
bool note_happened(desk &at, const storage::pair &pair, std::string_view id, bool happened);

// Meetings of the pair that are past and that nobody has said anything about, by time.
std::vector<storage::meeting> meetings_to_ask_after(storage::records &on_file, const storage::pair &pair,
                                                    instant now);

result<surface::mrkdwn> undo_meeting(desk &at, const storage::undo_offer &offer);

namespace meeting_button {
inline constexpr std::string_view confirm = "meeting.confirm", move = "meeting.move",
                                  cancel = "meeting.cancel", happened = "meeting.happened",
                                  did_not = "meeting.did_not", file = "meeting.file", meet = "meeting.meet",
                                  more = "meeting.more";
}
inline constexpr std::string_view meeting_form = "meeting", meeting_act = "meeting";

inline constexpr std::string_view meeting_notice_kind = "meeting";
std::optional<surface::message> meeting_notice(storage::records &on_file, const house &here,
                                               const storage::outbox_row &row);

} // namespace rapport
