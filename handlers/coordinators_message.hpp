// What a coordinator hears unasked: one merged message a day of the lines that came up since the last one. A
// coordinator in a pair is not shown that pair; its lines go to another coordinator, or to an owner.
#pragma once

#include "handlers/surface/blocks.hpp"
#include "storage/records.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rapport {

struct house;

// The outbox kind of that message.
inline constexpr std::string_view coordinators_day = "coordinators.day";
// The button of a line: the coordinator has seen to it. Its value is the nudge's id.
inline constexpr std::string_view queue_seen = "queue.seen";

// The kinds of attention lines that are no obligation: somebody asked for help; a message has no way to its
// person; somebody says the program is not for them; the two see
// it differently how often they are in touch.
inline constexpr std::string_view asked_for_help = "help", cannot_write = "cannot-write",
                                  said_not_me = "not-me", they_differ = "answers-differ";
// Somebody is stuck, and names nobody.
inline constexpr std::string_view i_am_stuck = "stuck";

// Whether a line is one of a coordinator's message.
bool is_coordinators(const storage::nudge &line);
// The attention line it shows; none if it is no coordinator's line or that is not on file any more.
std::optional<storage::attention_line> shown_by(storage::records &on_file, const storage::nudge &line);
// Whether what it shows needs nobody any more.
bool is_cleared(storage::records &on_file, const storage::nudge &line);

// Who hears of a pair: the program's coordinators who are not in it, else the owners who are not.
std::vector<storage::person> who_hears(storage::records &on_file, const house &here,
                                       const program_slug &program, const pair_id &pair, instant now);
// Who hears of a line: as above; of somebody who is stuck nobody who is in a pair with them.
std::vector<storage::person> who_hears(storage::records &on_file, const house &here,
                                       const storage::attention_line &line, instant now);
// Whether somebody who runs the program may be shown a line: not one about themselves or their own pair.
bool may_see(storage::records &on_file, const person_id &reader, const storage::attention_line &line);

// Sees to it that a line that was raised reaches those people in their next message.
void tell_coordinators(storage::records &on_file, const house &here, const storage::attention_line &line,
                       instant now);

// The message for a coordinator now, its lines marked as carried by `lease`: those not told before, at most
// seven; the rest is planned for the next day. None if nothing is left to tell. `again`: it may have reached
// them already, and says so.
std::optional<surface::message> coordinators_message(storage::records &on_file, const house &here,
                                                     const storage::person &to, const std::string &lease,
                                                     bool again, instant now);

// A line of the queue as a sentence: who, what since when, and one thing to do.
surface::mrkdwn queue_sentence(storage::records &on_file, const house &here,
                               const storage::attention_line &line);

// A message that was sent, as its lines stand now.
surface::message coordinators_message_now(storage::records &on_file, const house &here,
                                          const storage::person &to,
                                          const std::vector<storage::nudge> &lines);

} // namespace rapport
