// What coordinators do with applications: read, accept, decline. A decline carries no reason, and nothing of
// one is kept.
#pragma once

#include "handlers/registry.hpp"
#include "storage/entering.hpp"
#include "storage/outbox.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace rapport {

result<answer> list_applications(desk &at);   // /program applications [program]
result<answer> read_application_of(desk &at); // buttons; the value is the application's id
result<answer> accept_application(desk &at);
result<answer> decline_application(desk &at);
result<surface::mrkdwn> undo_decision(desk &at, const storage::undo_offer &offer);

// The same without a button: a coordinator clears the application gate. `accepts` false declines.
result<answer> decide(desk &at, const storage::application &one, bool accepts);

// What a decision does, for lists too: the application, the enrolment, the queue, and the applicant's
// message, whose outbox key it gives. False: it does not wait for an answer any more.
bool settle_application(storage::records &on_file, const house &here, const storage::application &one,
                        bool accepts, const std::optional<person_id> &by, instant now, std::string *told);

inline constexpr std::string_view application_read = "application.read",
                                  application_accept = "application.accept",
                                  application_decline = "application.decline";
inline constexpr std::string_view decision_act = "decision";

// The kinds of attention lines of entering: an application that waits; a gate that ended while somebody is in
// a pair; somebody listed who cannot take part.
inline constexpr std::string_view application_line = "application", gate_ended_line = "gate-ended";

// Of a line of the queue: its sentence, and its buttons; none where the line is not one of these.
std::optional<surface::mrkdwn> entering_sentence(storage::records &on_file, const house &here,
                                                 const storage::attention_line &line, const zone &where);
std::vector<surface::element> entering_buttons(const storage::attention_line &line);

// What the applicant reads; none where it was taken back, or decided anew.
inline constexpr std::string_view decision_kind = "application.decided";
std::optional<surface::message> decision_notice(storage::records &on_file, const house &here,
                                                const storage::outbox_row &row);

} // namespace rapport
