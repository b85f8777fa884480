// Planning: pairs whose time to be looked at has come are asked what is due in them, and what is due is put
// into the outbox as intents. What is sent of it, when and in which words is outgoing's.
#pragma once

#include "handlers/outgoing.hpp"
#include "mentoring/obligations.hpp"
#include "storage/records.hpp"

namespace rapport {

// What one step of the planner did.
struct planned {
    int pairs = 0; // looked at
    int rows = 0;  // added to the outbox; planning the same occasion twice adds none
};

// Visits what programs do by date (terms.hpp), then looks at up to `limit` pairs that are due at `now`, over
// all workspaces, and sets when to look at each again. `pairs == limit`: there may be more.
planned plan(storage::session &db, id_source &ids, const house &here, instant now, int limit);

// Looks at one pair now: what a handler calls when it changed what the pair owes, so that lines whose cause
// is gone are withdrawn, or struck out where they were read. Gives the rows added.
int look_at(storage::records &on_file, const house &here, const storage::pair &pair, instant now);

// The same for a pair by its id; nothing where there is none.
int look_at(storage::records &on_file, const house &here, const pair_id &pair, instant now);

// The same for what is owed about something that is no pair yet: `stands_for` carries its id, program and
// people. Plans what is due of it, and gives the rows added.
int plan_line(storage::records &on_file, const house &here, const storage::pair &stands_for,
              const obligation &owed, instant now);
// All open lines about a subject are over: withdrawn, or shown so where they were read.
void close_lines(storage::records &on_file, const pair_id &subject, storage::nudge_outcome how, instant now);

// The outbox key of a line's message. `again`: the hour at which its person chose to hear it once more.
std::string key_of(const storage::nudge &line, std::optional<instant> again = std::nullopt);

// Plans a line once more at an hour its person chose: the same message, which good hours do not hold.
void plan_again(storage::records &on_file, const storage::nudge &line, instant then, instant now);

// A chosen hour has come and gone: the ladder goes on.
void reminder_is_over(storage::records &on_file, const storage::nudge &line, instant now);

// The outbox kind of a message sent before that is to be shown as it stands now; its params are the channel
// and ts.
inline constexpr std::string_view shown_again = "day.update";
void show_again(storage::records &on_file, const person_id &person, const channel_id &channel,
                const std::string &ts, instant now);

// Puts a line before the program's coordinators, who hear of it once a day. False if it was raised before.
bool ask_for_help(storage::records &on_file, const house &here, const storage::pair &pair,
                  const std::string &kind, const std::string &occasion, const person_id &about, instant since,
                  instant now);

} // namespace rapport
