// Asking for advice, and a private line to a coordinator: words that pass through and are kept nowhere. Of an
// ask its date is kept, which is a firm clock (rules 86, 87, 88).
#pragma once

#include "handlers/registry.hpp"
#include "storage/outbox.hpp"

namespace rapport {

result<answer> ask(desk &at);       // /mentoring ask [WORDS]: the form, with what was typed in it
result<answer> press_ask(desk &at); // its value is a pair
result<answer> ask_sent(desk &at);  // the form

// Buttons under an ask; the value is the relay's id.
result<answer> ask_answered(desk &at);
result<answer> ask_tomorrow(desk &at);
result<answer> ask_talk(desk &at);    // opens the form for a time to meet
result<answer> ask_kind_no(desk &at); // words to answer with when it is nothing a mentor is there for

result<answer> write_to_coordinator(desk &at); // its value is a program
result<answer> line_sent(desk &at);            // the form

// The buttons that open it, for somebody's programs, under the contact card; none for who is in none.
std::vector<surface::element> private_line_buttons(const desk &at);

// An ask whose clock runs, to be stopped: answered. True if it ran until now.
bool settle_ask(desk &at, const std::string &relay);

inline constexpr std::string_view ask_form = "ask", line_form = "line", ask_press = "ask.open",
                                  answered_button = "ask.answered", tomorrow_button = "ask.tomorrow",
                                  talk_button = "ask.talk", kind_no_button = "ask.kind_no",
                                  line_button = "line.open";

// What the conversation is told of a press: "Priya will answer tomorrow."
inline constexpr std::string_view ask_notice_kind = "ask";
std::optional<surface::message> ask_notice(storage::records &on_file, const house &here,
                                           const storage::outbox_row &row);

} // namespace rapport
