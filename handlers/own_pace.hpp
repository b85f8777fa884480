// What people chose for themselves (own_choices.hpp, the days away), as the rules want it: closed times,
// caps, firmness. How they choose it is snoozing's, away's and own_settings'.
#pragma once

#include "mentoring/obligations.hpp"
#include "storage/own_choices.hpp"
#include "storage/records.hpp"

#include <optional>
#include <vector>

namespace rapport {

// "Weekday mornings, Mon-Fri 8:00-12:00": somebody's good hours as they chose them.
std::string hours_in_words(const storage::person &who);

// The time in which somebody put reminders off; none where it is over.
std::vector<time_range> snoozed_times(const storage::own_choice &chosen, instant now);

// The days away of a person, running, to come or over; none where there never were any.
std::vector<time_range> away_times(const storage::person &who);

// The caps of somebody's programs, and stricter where they chose so.
message_caps own_caps(const storage::own_choice &chosen, message_caps of_programs);

// How firmly somebody wants their own milestones followed (rule 43).
firmness own_firmness(const storage::own_choice &chosen);

// The last day away of somebody who is away now and let their partners know; none otherwise.
std::optional<day> away_as_told(storage::records &on_file, const storage::person &who, const zone &where,
                                instant now);

} // namespace rapport
