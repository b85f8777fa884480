// Contacts that people log by hand: what counts equally wherever a pair talks (rule 18). Who started is asked
// when nobody said it.
#pragma once

#include "handlers/registry.hpp"

namespace rapport {

result<answer> log_contact(desk &at);     // log call/email/... [from/to @x] [DATE] [30m]
result<answer> say_who_started(desk &at); // the buttons under it: "contact-id me|them"
result<surface::mrkdwn> undo_contact(desk &at, const storage::undo_offer &offer);

inline constexpr std::string_view contact_started = "contact.started", contact_act = "contact";

} // namespace rapport
