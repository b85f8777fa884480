// The life of a program by date: terms that open and close, phases that begin and end, policies that come
// into force on their day. Planned as turnings, visited once each by the planner, in order, also after a time
// in which nobody was there. The same done by hand is term_commands'.
#pragma once

#include "storage/records.hpp"
#include "storage/turnings.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rapport {

struct house;
struct program;

// Call when a policy came into force, with that policy: the term of its dates is there (a first one is open
// at once, a later one from its first phase on), has those dates, and what happens in it by date is planned.
// What lies behind `now` is taken as visited. A term that was closed stays as it was.
void settle_terms(storage::records &on_file, const program &rules, instant now);

// "2026–27", or "2026" within one year.
std::string term_name(const program &rules, instant opens_at, instant closes_at);

// The closed term whose dates overlap these; none if they are free.
std::optional<storage::term> archived_over(storage::records &on_file, const program_slug &program,
                                           instant opens_at, instant closes_at);

// Opens a planned term; what its phases do by date stays planned.
void open_term(storage::records &on_file, const program &rules, const storage::term &which,
               const std::optional<person_id> &by, instant now);

// Closes a term: its pairs end, their conversations hear of it at `heard_at`, nothing is taken away. Gives
// the number of pairs that ended. `by`: none for the calendar.
int close_term(storage::records &on_file, const house &here, const storage::term &which,
               const std::optional<person_id> &by, instant heard_at, instant now);
// The reverse of a closing at `closed_at`; the pairs go on that it had ended. False: the term is not closed.
bool reopen_term(storage::records &on_file, const house &here, const storage::term &which, instant closed_at,
                 std::optional<instant> closes_at, const person_id &by, instant now);

// What one step of the planner visited.
struct turned {
    int visited = 0;
    bool policies_changed = false; // the house is another one now: look again with that
};
// Visits what is due at `now`, at most `limit`, over all workspaces.
turned visit_turnings(storage::session &db, id_source &ids, const house &here, instant now, int limit);

// --- what a coordinator reads of it, as a line of the queue

// The attention kind of those lines; their occasion is "emap/match/2026-08-01".
inline constexpr std::string_view by_date = "by-date";
// The line as a sentence; none if it is no line of this kind.
std::optional<std::string> date_sentence(storage::records &on_file, const house &here,
                                         const storage::attention_line &line);

} // namespace rapport
