// A program's policy as a plain value: its contract with the people in it. Read from a policy file by
// config/, where every field is one key with its rule in words. An empty optional means: not promised.
#pragma once

#include "mentoring/good_hours.hpp"
#include "mentoring/ids.hpp"
#include "mentoring/promises.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport {

// Whom to ask, shown by help and on refusals. The name alone is required.
struct contact_card {
    std::string name, email, phone;

    bool operator==(const contact_card &) const = default;
};

// The word shown for a role: "mentee", "mentees".
struct role_word {
    std::string one, many;

    bool operator==(const role_word &) const = default;
};

enum class phase_kind { recruit, apply, screen, train, match, connect, run, close };
RAPPORT_WORDS(phase_kind, 8,
              {{phase_kind::recruit, "recruit"},
               {phase_kind::apply, "apply"},
               {phase_kind::screen, "screen"},
               {phase_kind::train, "train"},
               {phase_kind::match, "match"},
               {phase_kind::connect, "connect"},
               {phase_kind::run, "run"},
               {phase_kind::close, "close"}})

// Phases may overlap; they begin in the order of their kinds.
struct phase {
    phase_kind kind = phase_kind::run;
    day_range dates;

    bool operator==(const phase &) const = default;
};

// How one becomes part of the program.
enum class entry_way { open, application, coordinator, invitation };
RAPPORT_WORDS(entry_way, 4,
              {{entry_way::open, "open"},
               {entry_way::application, "application"},
               {entry_way::coordinator, "coordinator"},
               {entry_way::invitation, "invitation"}})

// An answer in the application must be one of these; a refusal says `says`.
struct eligibility_rule {
    role applies_to = role::protege;
    std::string asks;
    std::vector<std::string> any_of;
    std::string says;

    bool operator==(const eligibility_rule &) const = default;
};

// What must be there before somebody is paired. Of a check only "cleared until" is ever stored.
enum class gate_kind { background_check, training };
RAPPORT_WORDS(gate_kind, 2,
              {{gate_kind::background_check, "background check"}, {gate_kind::training, "training"}})

struct gate {
    role applies_to = role::mentor;
    gate_kind kind = gate_kind::training;
    std::optional<int> valid_months; // none: as long as the term (switch 13)
    std::string link;

    bool operator==(const gate &) const = default;
};

// What a role commits to: the whole term where no months are given, else a choice of lengths.
struct commitment {
    role applies_to = role::mentor;
    std::vector<int> months;
    std::string says;

    bool operator==(const commitment &) const = default;
};

// Pupils are never people here: then the protégé side is a site (switch 12).
enum class protege_side { people, sites };
RAPPORT_WORDS(protege_side, 2, {{protege_side::people, "people"}, {protege_side::sites, "sites"}})

enum class mentor_side { people, teams };
RAPPORT_WORDS(mentor_side, 2, {{mentor_side::people, "people"}, {mentor_side::teams, "teams"}})

struct entry_rules {
    entry_way mentors = entry_way::coordinator;
    entry_way proteges = entry_way::coordinator;
    std::vector<eligibility_rule> eligibility;
    std::vector<gate> gates;
    std::vector<commitment> commitments;
    protege_side proteges_are = protege_side::people;
    mentor_side mentors_are = mentor_side::people;

    bool operator==(const entry_rules &) const = default;
};

struct matching_weight {
    std::string part; // a field of the profile
    int weight = 0;

    bool operator==(const matching_weight &) const = default;
};

// No pair breaks these, whatever its score.
enum class hard_rule { not_same_team, shares_language, shares_hours };
RAPPORT_WORDS(hard_rule, 3,
              {{hard_rule::not_same_team, "not same team"},
               {hard_rule::shares_language, "shares a language"},
               {hard_rule::shares_hours, "shares good hours"}})

struct matching_rules {
    std::vector<matching_weight> weights; // they add up to 100
    std::vector<hard_rule> never_break;
    int suggestions = 5;
    std::optional<int> mentor_capacity; // where the mentor gave none; none: unlimited
    bool mentors_set_capacity = true;
    std::vector<std::string> tags;     // words offered for profiles
    std::vector<std::string> synonyms; // each a line of words that mean the same: "machine learning, ml"

    bool operator==(const matching_rules &) const = default;
};

enum class feedback_time { start, middle, end };
RAPPORT_WORDS(feedback_time, 3,
              {{feedback_time::start, "start"},
               {feedback_time::middle, "middle"},
               {feedback_time::end, "end"}})

enum class closing_choice { continue_privately, next_cycle, stop };
RAPPORT_WORDS(closing_choice, 3,
              {{closing_choice::continue_privately, "continue privately"},
               {closing_choice::next_cycle, "next cycle"},
               {closing_choice::stop, "stop"}})

struct leaving_rules {
    int mentor_notice_days = 30;
    int protege_notice_days = 30;
    bool leave_now = true; // at once, with a coordinator (switch 11)
    std::vector<closing_choice> closing;
    rung_list closing_steps; // from the last day of the term
    std::vector<feedback_time> feedback;
    bool feedback_to_partner = true; // its author may choose so
    std::vector<question> outcomes;  // asked at start, middle and end, reported as change
    std::optional<day> celebration;

    bool operator==(const leaving_rules &) const = default;
};

// Days on which these are not written to, and which a working clock skips.
enum class off_for { everyone, mentors, proteges };
RAPPORT_WORDS(off_for, 3,
              {{off_for::everyone, "everyone"},
               {off_for::mentors, "mentors"},
               {off_for::proteges, "proteges"}})

struct days_off {
    std::string name;
    day_range dates;
    off_for whom = off_for::everyone;

    bool operator==(const days_off &) const = default;
};

// Nudges and digests a person gets at most; the strictest of their programs holds.
struct message_caps {
    int per_day = 1;
    int per_week = 3;
    weekday digest_day{1}; // Monday

    bool operator==(const message_caps &) const = default;
};

// What becomes of somebody's clocks while they have said that they are away: they rest, or run on.
enum class away_clocks { rest, run };
RAPPORT_WORDS(away_clocks, 2, {{away_clocks::rest, "rest"}, {away_clocks::run, "run"}})

// When whoever runs the program has a word with a new pair: so many days after the pairing, and then every
// month. No days: it is left to them.
struct staff_contact_rules {
    std::vector<int> on_days; // ascending
    bool then_monthly = true;

    bool operator==(const staff_contact_rules &) const = default;
};

struct attention_rules {
    week_hours mentor_hours = mentor_default();
    week_hours protege_hours = protege_default();
    std::vector<days_off> off;
    message_caps caps;
    bool meeting_reminder = true; // the day before, to both
    away_clocks while_away = away_clocks::rest;
    staff_contact_rules staff;

    bool operator==(const attention_rules &) const = default;
    const week_hours &hours(side which) const {
        return which == side::mentor ? mentor_hours : protege_hours;
    }
    // The days off of one side.
    std::vector<day_range> off_days(side which) const;
};

struct resource {
    std::string id, title, link;

    bool operator==(const resource &) const = default;
};

// A thought for one side, in one month of the year or in every one.
struct prompt {
    side to = side::mentor;
    std::optional<int> in_month; // 1 to 12
    std::string says;

    bool operator==(const prompt &) const = default;
};

// Months after a term's end until what it held about people is erased; counts stay.
struct retention_rules {
    int check_ins_months = 12;
    int contacts_months = 12;
    int profiles_months = 12;

    bool operator==(const retention_rules &) const = default;
};

struct program {
    program_slug slug;
    std::string name;
    std::string purpose; // one line
    contact_card contact;
    role_word mentor_word{"mentor", "mentors"};
    role_word protege_word{"protégé", "protégés"};
    zone where;
    bool formal = true;                                          // false: pairs without gates or forms
    std::vector<std::string> mentor_kinds, themes, ways_to_help; // offered words, empty: none offered
    std::optional<day_range> term;                               // none: one term without end
    std::vector<phase> phases;
    entry_rules entry;
    reply_rules replies;
    contact_rules contacts;
    std::optional<first_meeting_rules> first_meeting;
    std::optional<getting_started_rules> getting_started;
    std::vector<plan_part> plan;
    std::optional<check_in_rules> check_ins;
    std::optional<goal_rules> goals;
    rung_list milestone_steps; // from a milestone's date; empty: dates are shown, never followed up
    std::optional<request_rules> requests;
    matching_rules matching;
    leaving_rules leaving;
    attention_rules attention;
    std::vector<resource> resources;
    std::vector<prompt> prompts;
    retention_rules retention;

    bool operator==(const program &) const = default;

    const role_word &word(side which) const {
        return which == side::mentor ? mentor_word : protege_word;
    }
    // The dates of a phase; none where the policy sets none.
    std::optional<day_range> dates_of(phase_kind kind) const;
    // A day no working clock counts: Saturday, Sunday, or off for everyone.
    bool works_on(day which) const;
};

// `count` days of 24 h after `from` by the program's clock: a working one stands still on days off.
instant after_days(const program &rules, clock_days clock, instant from, int count);
// The same for hours.
instant after_hours(const program &rules, clock_days clock, instant from, int count);

} // namespace rapport
