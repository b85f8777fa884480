// What happens to a pair by date, and how a pair ends: a notice or a promise that is over ends it, a pause
// that is over lets it go on. Every way to end a pair goes through here, so that each is told apart for ever.
#pragma once

#include "mentoring/leaving.hpp"
#include "storage/leaving.hpp"
#include "storage/records.hpp"

#include <optional>
#include <string>

namespace rapport {

struct house;

// How and by whom; `by` none: the calendar. `heard_at`: when the conversation reads of it.
struct pair_end {
    ending_kind kind = ending_kind::completed;
    std::optional<person_id> by = {};
    instant ended_at{};
    instant heard_at{};
};

// The outbox key of what the conversation reads of an end at this instant.
std::string ending_key(const pair_id &pair, instant ended_at);

// Ends a pair that runs: nothing is owed any more, its conversation hears of it, and where it was completed
// the two may say how they go on (closing.hpp). Early: before its planned last day.
void end_as(storage::records &on_file, const house &here, const storage::pair &pair, const pair_end &how,
            instant now);
// The reverse: the pair goes on, and what had stopped with it.
void go_on_after_all(storage::records &on_file, const storage::pair &pair, instant now);

// Does what the pair's dates ask for by `now`.
struct dates_done {
    bool changed = false;          // the pair on file is another one now
    std::optional<instant> next{}; // when there is something to do by date
};
dates_done keep_dates(storage::records &on_file, const house &here, const storage::pair &pair, instant now);

// Lets a pair that rests go on; false where somebody of it has no account that works. `by`: who says so, none
// for the calendar; both are told, but who said so.
bool resume(storage::records &on_file, const house &here, const storage::pair &pair,
            const storage::pause &rest, const std::optional<person_id> &by, instant heard_at, instant now);

// Takes somebody out of the term after a pair of theirs ended, unless they stay or another pair of theirs
// runs in it. Gives the enrolment that was closed, with the state it had.
struct closed_enrolment {
    enrolment_id id;
    enrolment_state was = enrolment_state::active;
};
std::optional<closed_enrolment> leave_term(storage::records &on_file, const storage::pair &pair,
                                           const person_id &who, instant now);

// What one person is told in private about an end or a rest: ids and a word; rendered by leaving_told.
inline constexpr std::string_view leaving_word_kind = "leaving.word";
std::string tell_privately(storage::records &on_file, const storage::pair &pair, const person_id &to,
                           std::string_view act, const std::string &about, instant heard_at, instant now);

// A line about one's own doings in the journal.
void note_leaving(storage::records &on_file, const std::optional<person_id> &by, std::string act,
                  const storage::pair &pair, std::string detail, instant now);

} // namespace rapport
