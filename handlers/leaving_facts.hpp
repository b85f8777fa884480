// When a pair is to end, when it rested, and who is there for a protégé until then: what is on file, as the
// rules of mentoring/leaving want it. What is done on those days is leaving_dates'.
#pragma once

#include "mentoring/leaving.hpp"
#include "mentoring/policies.hpp"
#include "storage/leaving.hpp"
#include "storage/records.hpp"

#include <optional>
#include <vector>

namespace rapport {

struct house;

// The last day that is planned for a pair: of a notice, else the sooner of what the two promised and the
// term.
struct planned_end {
    enum class cause { notice, promise, term };

    day last{};   // in the program's zone
    instant at{}; // the first instant after it
    cause by = cause::term;
    std::optional<storage::notice> notice = {};
};
// None: the pair has no end in sight.
std::optional<planned_end> end_of(storage::records &on_file, const program &rules, const storage::pair &pair);

// The times a pair rested that are over.
std::vector<paused_time> rests_over(storage::records &on_file, const storage::pair &pair);

// What a pair's dates are to its obligations: its own last day, the pauses, what was said at the end.
void add_dates_of_pair(storage::records &on_file, const program &rules, const storage::pair &pair,
                       pair_facts &facts);

// Every day of a mentor's hand-over with the one person who is there for the protégé: who leaves until their
// last day, or whom a coordinator named; a coordinator on all other days. Empty where the protégé leaves.
std::vector<bridge_span> hand_over(storage::records &on_file, const house &here, const storage::pair &pair,
                                   const storage::notice &what, instant now);
// "Priya until Fri 20 Nov, then Sam until Wed 2 Dec"; from today on.
std::string hand_over_words(storage::records &on_file, const house &here, const storage::pair &pair,
                            const storage::notice &what, instant now);

// How a pair stands where it is not simply going on: that it rests, and until when; that it ends by a notice.
// Empty else.
std::string standing_words(storage::records &on_file, const program &rules, const storage::pair &pair);

} // namespace rapport
