// What is on file about a pair, as the facts the rules want; and what the rules make of it: who owes what.
// What is done about it is nudging's and outgoing's.
#pragma once

#include "mentoring/getting_started.hpp"
#include "mentoring/obligations.hpp"
#include "mentoring/policies.hpp"
#include "storage/records.hpp"

namespace rapport {

// The person's own zone, else the platform's, else the program's (settled 6).
zone zone_of(const storage::person &who, const program &rules);

// When a person may be written to about a pair of this program on this side.
good_hours hours_of(const storage::person &who, const program &rules, side which);

// Whether anything of the pair may be sent at all: it is open, its program is there, both sides are active.
bool is_live(storage::records &on_file, const policies &rules, const storage::pair &pair);

// What an open pair owes at `now`, both sides. An occasion that began under an older version of the policy
// keeps its ladder; hours and caps are those in force (settled 8).
outlook owed_in(storage::records &on_file, const policies &rules, const storage::pair &pair, instant now);

// Contacts of a month ("2026-11") that its floor counts, and how many it hopes for. Of a pair that talks
// elsewhere also those that its check-ins tell of: what both say, the mentor alone about first steps.
struct contact_count {
    int so_far = 0, hoped = 0;
};
contact_count contacts_in(storage::records &on_file, const program &rules, const storage::pair &pair,
                          const std::string &period);

// What of a pair's beginning is still open, and whose turn it is.
std::vector<open_part> still_open_in(storage::records &on_file, const program &rules,
                                     const storage::pair &pair);

// Whether the two have met in a way that the program's first meeting asks for.
bool has_met(storage::records &on_file, const program &rules, const storage::pair &pair, instant now);

// The same thing owed: kind, person and occasion, in one pair.
inline bool is_about(const obligation &owed, const storage::nudge &line) {
    return text_of(owed.kind) == line.kind && owed.person == line.person && owed.occasion == line.occasion;
}

} // namespace rapport
