// Proofs that a policy can be kept: no ladder is impossible, no deadline passes before its warning in any of
// the 168 hours of the week, dates are in order. They play the very functions that serve live.
#pragma once

#include "config/policy_keys.hpp"

namespace rapport::config::proofs {

using proof = std::optional<finding>(const program &);

proof phases_in_order, reply_pair_of_numbers, reply_ladder, floor_ladder, first_meeting_ladder,
    getting_started_ladder, check_in_ladder, check_in_grace, check_in_last_period, check_in_questions,
    goals_number, milestone_ladder, request_times, outreach_ladder, outreach_within, matching_weights,
    closing_ladder, celebration_in_term, days_off_bearable, caps_possible, ladders_fit_a_week,
    staff_days_in_order, gates_of_formal, sites_have_no_records, hours_present, outcome_questions;

} // namespace rapport::config::proofs
