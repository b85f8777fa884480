// How one becomes part of a program, as pure rules: when one may apply and by when one hears, who is
// eligible, what one commits to, and which gates still stand before somebody is paired.
#pragma once

#include "mentoring/program.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport {

// An application: declined and withdrawn ones stay on record; neither carries a reason.
enum class application_state { waiting, accepted, declined, withdrawn };
RAPPORT_WORDS(application_state, 4,
              {{application_state::waiting, "waiting"},
               {application_state::accepted, "accepted"},
               {application_state::declined, "declined"},
               {application_state::withdrawn, "withdrawn"}})

// Who said that a gate is open.
enum class cleared_by { coordinator, own_word, import };
RAPPORT_WORDS(cleared_by, 3,
              {{cleared_by::coordinator, "coordinator"},
               {cleared_by::own_word, "own-word"},
               {cleared_by::import, "import"}})

// --- when one may apply

// Days are the program's. `opens_on` is the next opening that the policy knows of; `closed_on` the last day
// that was open.
struct apply_window {
    bool open = true;
    std::optional<day> opens_on = {};
    std::optional<day> closed_on = {};
    std::optional<day> until = {}; // the last day, where it is open

    bool operator==(const apply_window &) const = default;
};
// Open all the time where the policy has no apply phase.
apply_window window_at(const program &rules, instant now);

// The day by which who applies now hears: the end of screening, else of matching, else the day requests open.
// None where the policy promises none, or that day is past.
std::optional<day> answer_promised_by(const program &rules, instant now);

entry_way way_in(const program &rules, role as);

// --- what is asked of an applicant

std::vector<eligibility_rule> eligibility_of(const program &rules, role as);
// Whether an answer is one of those that the rule takes.
bool is_eligible(const eligibility_rule &rule, const std::string &answer);

std::optional<commitment> commitment_of(const program &rules, role as);
// What is committed to: from the later of the term's beginning and today to the term's end, or for so many
// months. `until` is none where neither the term nor a number of months ends it.
struct committed_time {
    day from;
    std::optional<day> until;

    bool operator==(const committed_time &) const = default;
};
committed_time commitment_dates(const program &rules, std::optional<int> months, day today);
// "from Mon 24 Aug 2026 to Fri 14 May 2027", or "from Mon 24 Aug 2026 on".
std::string in_words(const committed_time &what);

// --- gates

// Somebody's gate is open until the end of a day, or without end.
struct clearance_fact {
    gate_kind kind = gate_kind::training;
    std::optional<day> until = {};

    bool operator==(const clearance_fact &) const = default;
};

// not_yet: asked for and not there, or refused: nobody can tell the two apart.
enum class gate_standing { cleared, not_yet, expired };
RAPPORT_WORDS(gate_standing, 3,
              {{gate_standing::cleared, "cleared"},
               {gate_standing::not_yet, "not yet"},
               {gate_standing::expired, "expired"}})

struct gate_view {
    gate what;
    gate_standing stands = gate_standing::not_yet;
    std::optional<day> until = {};

    bool operator==(const gate_view &) const = default;
};

// The gates of a role and how each stands on a day. None in a program that is not formal.
std::vector<gate_view> gates_of(const program &rules, role as, const std::vector<clearance_fact> &facts,
                                day today);
// Those of them that bar a pairing.
std::vector<gate_view> missing_of(std::vector<gate_view> all);

// Until when a gate that is opened today stays open where nobody says so: so many months, else until the term
// ends, else without end.
std::optional<day> clear_until(const program &rules, role as, gate_kind kind, day today);

// The words coordinators write and read: "check" and "training".
std::string_view short_word(gate_kind kind);

} // namespace rapport
