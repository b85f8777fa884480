// A word to new pairs, on the days a policy names and then every month: one line for all pairs that were made
// on the same day, so that a whole cohort is one line.
#pragma once

#include "mentoring/program.hpp"
#include "storage/records.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rapport {

struct house;

inline constexpr std::string_view staff_contact_line = "staff-contact";

// The days after the pairing on which a word is due, up to `until`: those of the policy, then monthly.
std::vector<int> staff_days(const staff_contact_rules &rules, int until);

// Raises the line that is due for a pair, takes the place of the one before, and says when to look again;
// none where the program names no days.
std::optional<instant> notice_staff_contact(storage::records &on_file, const house &here,
                                            const storage::pair &pair, instant now);

// How many open pairs a line is about; none that is over.
int pairs_of_line(storage::records &on_file, const house &here, const storage::attention_line &line);
// "A short hello to the 12 pairs made on Mon 2 Nov, two weeks in." None for other kinds of lines.
std::optional<std::string> staff_sentence(storage::records &on_file, const house &here,
                                          const storage::attention_line &line);

// About how many minutes a line takes.
int minutes_for(storage::records &on_file, const house &here, const storage::attention_line &line);

} // namespace rapport
