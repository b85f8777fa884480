// A reaction as an answer, where a program's policy says so: who reacted to which message and when; which
// reaction it was makes no difference, and is not kept.
#pragma once

#include "handlers/registry.hpp"

#include <string>

namespace rapport {

result<answer> reaction_was_seen(desk &at); // the event

// Somebody reacted to a message: what waits for them up to that message is answered by it. A question asked
// by the form is not, nor what they were only told of. Returns whether anything was.
bool answered_by_reaction(storage::records &on_file, const policies &rules, const slack_id &who,
                          const channel_id &where, const std::string &ts, instant now);

} // namespace rapport
