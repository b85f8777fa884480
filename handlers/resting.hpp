// A person who said "Not me" of a program: nothing of it reminds them until somebody who runs it has looked
// into it. What they owe stands, as while they are away; nobody else's reminders change.
#pragma once

#include "mentoring/good_hours.hpp"
#include "storage/records.hpp"

namespace rapport {

// Whether that is so now.
bool is_resting(storage::records &on_file, const program_slug &program, const person_id &who);

// Closes the person's hours for this program while it is so: a day at a time, for it may end at any moment.
void rest_if_asked(storage::records &on_file, const program_slug &program, const person_id &who, instant now,
                   good_hours &when);

} // namespace rapport
