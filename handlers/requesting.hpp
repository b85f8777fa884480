// Asking a mentor: who may ask whom when, the short form, and withdrawing. What the asked one does is
// answering's; what is said unasked is request_messages'; the lists are request_lists'.
#pragma once

#include "handlers/finding.hpp"
#include "handlers/registry.hpp"
#include "storage/mentor_requests.hpp"

#include <optional>
#include <string_view>

namespace rapport {

result<answer> request_mentor(desk &at); // /mentoring request @mentor [program]

inline constexpr std::string_view request_ask = "request.ask", // value: program, and the platform id
    request_withdraw = "request.withdraw",                     // value here and below: the request's id
    request_show = "request.show", request_form = "request.form", request_act = "request";

result<answer> press_request(desk &at);
result<answer> send_request(desk &at);
result<answer> withdraw_request(desk &at);
result<surface::mrkdwn> undo_request(desk &at, const storage::undo_offer &offer);

// A journal row about a request: ids and a word of a fixed list.
void note_in_journal(desk &at, const char *act, const storage::mentor_request &one);

// The button that asks this mentor; none where requests are not made, or not now, or not to them.
std::optional<surface::button> ask_button(desk &at, const program &rules, const storage::term &term,
                                          const participant_view &mentor);

// Whether requests can be made at `now`, and if not, why: a sentence.
std::optional<std::string> requests_are_shut(const program &rules, instant now);

// Every open end of requests is tied in these. All run inside the act's transaction.
//
// A request is over: its words are emptied, its lines settled, the notice shown as it stands, and the next of
// ranked choices is asked.
void end_request(storage::records &on_file, const house &here, storage::mentor_request one,
                 storage::request_state how, const std::optional<person_id> &by, instant now);
// Tells those who are asked; `at_earliest`: an undo before then is silent.
void tell_asked(storage::records &on_file, const house &here, const storage::mentor_request &one,
                instant at_earliest, instant now);
// Those whom a request reaches: its mentor, or the members of the asked team who have room.
std::vector<storage::person> asked_people(storage::records &on_file, const program &rules,
                                          const storage::mentor_request &one);
// Whether this person may answer it.
bool may_answer(storage::records &on_file, const program &rules, const storage::mentor_request &one,
                const person_id &who);

} // namespace rapport
