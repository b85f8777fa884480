// The reply clock: who wrote and when, in the conversations of pairs, becomes who waits for whom since when.
// It never sees a word. What is said about a running clock, and when, is nudging's.
#pragma once

#include "mentoring/policies.hpp"
#include "storage/records.hpp"
#include "storage/relays.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace rapport {

// Without a word from the service for longer than this, an answer may have been missed: what the platform
// sends again it sends within it.
inline constexpr minutes unheard_limit{10};

// Messages of one side kept as unanswered in one conversation; beyond it only the clock runs on.
inline constexpr std::size_t most_unanswered = 200;

// The moment a platform timestamp ("1762160461.000200") names, never later than `now`; none for other text.
std::optional<instant> said_at(std::string_view ts, instant now);

// The open pair whose policy a clock of these pairs runs under: the one with the shortest target; by id where
// they are alike. None among pairs that promise nothing about replies and follow nothing up either.
const storage::pair *clock_pair(std::span<const storage::pair> open, const policies &rules);

// Somebody wrote in a conversation: a message, a reply in a thread, a file, /me. Counts for members of its
// open pairs alone: it is a contact of every pair, answers what they owed, and may start the other's clock.
void wrote(storage::records &on_file, const policies &rules, const slack_id &who, const channel_id &where,
           const std::string &ts, instant now);

// A message is gone. The clock it had set runs on from the next unanswered one, or stops if there is none.
void took_back(storage::records &on_file, const channel_id &where, const std::string &ts, instant now);

// Stops a running clock; false if it was stopped before. What was unanswered counts as answered.
bool settle_clock(storage::records &on_file, const storage::reply_clock &clock, settled_by how, instant now);

// Lets a clock run on that was settled by mistake; false where another runs in its place.
bool resume_clock(storage::records &on_file, const storage::reply_clock &clock, instant now);

// The one who waits says so: a clock that runs turns firm, or one starts. `wrote_at` and `how`: what they say
// they wrote, when nothing was seen. Gives the clock as it now runs.
storage::reply_clock say_waiting(storage::records &on_file, const policies &rules, const storage::pair &pair,
                                 const person_id &waiting, instant wrote_at, medium how, instant now);

// An ask was posted in the pair's conversation (relays.hpp): it answers what its author owed, is a contact,
// and sets a firm clock with its date; where one runs for the same person, that one turns firm and keeps the
// earlier date.
void ask_waits(storage::records &on_file, const policies &rules, const storage::pair &pair,
               const storage::relay &ask, instant now);

// A pair has ended: clocks under it run on under another open pair of the two, or stop; nothing planned for
// it is sent any more. Call after pairs.end.
void replies_after_end(storage::records &on_file, const policies &rules, const storage::pair &ended,
                       instant now);

// The service listens; the process says so every minute. If it had not for longer than `unheard_limit`, the
// clocks that ran meanwhile turn soft: an answer may have been missed.
void still_listening(storage::records &on_file, instant now);
// The same judgement without saying that it listens now: asked before anything is planned or sent.
void notice_silence(storage::records &on_file, instant now);

} // namespace rapport
