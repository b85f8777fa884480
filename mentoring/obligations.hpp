// What a person owes by a date: derived from policy and facts, never typed in, gone the moment its cause is
// gone. One table of kinds in obligations.cpp: a new kind is one row and one function. Nothing is sent here.
#pragma once

#include "mentoring/cadence.hpp"
#include "mentoring/program.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport {

enum class obligation_kind {
    reply,
    contact_floor,
    check_in,
    first_meeting,
    getting_started,
    outreach,
    request,
    milestone,
    meeting,
    closing,
    goal,
    feedback
};
RAPPORT_WORDS(obligation_kind, 12,
              {{obligation_kind::reply, "reply"},
               {obligation_kind::contact_floor, "contact-floor"},
               {obligation_kind::check_in, "check-in"},
               {obligation_kind::first_meeting, "first-meeting"},
               {obligation_kind::getting_started, "getting-started"},
               {obligation_kind::outreach, "outreach"},
               {obligation_kind::request, "request"},
               {obligation_kind::milestone, "milestone"},
               {obligation_kind::meeting, "meeting"},
               {obligation_kind::closing, "closing"},
               {obligation_kind::goal, "goal"},
               {obligation_kind::feedback, "feedback"}})

// A person as the rules see them. `away`: while their clocks rest; it is among the closed times of `hours`,
// too.
struct party {
    person_id id;
    good_hours hours;
    std::vector<time_range> away{};

    bool operator==(const party &) const = default;
};

// That a rung of an occasion reached somebody, or that they chose when to hear it again.
struct given_rung {
    obligation_kind kind = obligation_kind::reply;
    person_id person;
    std::string occasion;
    int rung = 0;
    instant at{};

    bool operator==(const given_rung &) const = default;
};
struct chosen_reminder {
    obligation_kind kind = obligation_kind::reply;
    person_id person;
    std::string occasion;
    instant at{};

    bool operator==(const chosen_reminder &) const = default;
};

// A running reply clock. `occasion`: the ts of the first unanswered message or the ask's id. `due_by`: the
// date of an ask. `said`: by an ask or by /nudge, not only seen; what was only seen is soft in a pair that
// talks elsewhere.
struct clock_facts {
    side owed_by = side::mentor;
    std::string occasion;
    instant started_at{};
    clock_strength strength = clock_strength::firm;
    bool said = false;
    std::optional<instant> due_by{};

    bool operator==(const clock_facts &) const = default;
};

struct filed_check_in {
    side by = side::mentor;
    calendar_month period{};

    bool operator==(const filed_check_in &) const = default;
};

// Contacts that count, of one month of the program's zone.
struct month_contacts {
    calendar_month period{};
    int by_mentor = 0;
    int all = 0;

    bool operator==(const month_contacts &) const = default;
};

// How firmly somebody wants their own milestones followed (rule 43).
enum class firmness { none, line, nudge };
RAPPORT_WORDS(firmness, 3, {{firmness::none, "none"}, {firmness::line, "line"}, {firmness::nudge, "nudge"}})

// An open milestone with a date.
struct milestone_facts {
    std::string number; // of the pair
    side owner = side::protege;
    day due{};
    firmness follow = firmness::nudge;

    bool operator==(const milestone_facts &) const = default;
};

// An open goal, and since when nothing was done about it.
struct goal_facts {
    std::string number; // of the pair
    instant touched_at{};

    bool operator==(const goal_facts &) const = default;
};

// A meeting not yet said to have happened or not.
struct meeting_facts {
    std::string id;
    instant at{};

    bool operator==(const meeting_facts &) const = default;
};

// A time in which the pair rested: nothing was asked, and clocks stood still. `until` is when it went on.
struct paused_time {
    instant from{}, until{};

    bool operator==(const paused_time &) const = default;
};

// Feedback that one side has given.
struct given_feedback {
    side by = side::mentor;
    feedback_time when = feedback_time::end;

    bool operator==(const given_feedback &) const = default;
};

// An open pair. Everything a pair can owe follows from this, its program and now.
struct pair_facts {
    pair_id id;
    party mentor, protege;
    instant began_at{};
    std::optional<instant> ends_at{}; // the term's or the pair's end, where known
    bool talks_elsewhere = false;
    std::vector<clock_facts> clocks{};
    std::vector<filed_check_in> filed{};    // those of the last three months at least
    std::vector<month_contacts> contacts{}; // this month and the one before; a month absent counts none
    bool has_met = false;                   // on one of the media the first meeting asks for
    bool has_started = false;               // agreement, goals and plan are there
    std::vector<side> to_begin = {side::mentor, side::protege}; // if not: whose turn it is
    std::vector<milestone_facts> milestones{};
    std::vector<goal_facts> goals{};
    std::vector<meeting_facts> meetings{};
    std::vector<side> chose_closing{};
    // The last day that is planned for the pair, where it is another than the term's; and whether that is one
    // of a notice, after which nobody is asked how to go on.
    std::optional<day> last_day{};
    bool is_leaving = false;
    std::vector<paused_time> pauses{}; // that are over
    std::vector<given_feedback> feedback{};
    std::vector<given_rung> given{};
    std::vector<chosen_reminder> reminders{};

    bool operator==(const pair_facts &) const = default;
    const party &on(side which) const {
        return which == side::mentor ? mentor : protege;
    }
};

// An unanswered request. `notified_at`: when the mentor's notice was delivered.
struct request_facts {
    std::string id;
    party mentor, protege;
    instant asked_at{};
    std::optional<instant> notified_at{};
    std::vector<given_rung> given{};
    std::vector<chosen_reminder> reminders{};

    bool operator==(const request_facts &) const = default;
};

// A protégé who has asked nobody yet. The clock starts at the later of the two (switch 4).
struct outreach_facts {
    enrolment_id id;
    party protege;
    instant signed_up_at{};
    instant window_opened_at{};
    std::vector<given_rung> given{};
    std::vector<chosen_reminder> reminders{};

    bool operator==(const outreach_facts &) const = default;
};

// One thing owed. With the workspace, (subject, person, kind, occasion, rung) names a message for ever
// (settled 11).
struct obligation {
    obligation_kind kind = obligation_kind::reply;
    person_id person;
    std::string subject;               // the pair's, request's or enrolment's id
    std::string occasion;              // ts or ask id; "2026-11"; number and date; request id; ...
    instant since_at{};                // when it began
    std::optional<instant> deadline{}; // by when it is hoped to be done
    clock_strength strength = clock_strength::firm;
    std::optional<step> due{};              // the rung to be given now
    bool listed = false;                    // may be a line in a message that goes out anyway
    std::optional<instant> look_again_at{}; // when any of this changes by itself

    bool operator==(const obligation &) const = default;
};

// What is owed now, in the order of the kinds, and when to look again: the first time any of it, or something
// not yet owed, changes by itself. No time: not before something happens.
struct outlook {
    std::vector<obligation> owed;
    std::optional<instant> look_again_at;

    bool operator==(const outlook &) const = default;
};

// All that an open pair owes, both sides.
outlook obligations(const program &rules, const pair_facts &facts, instant now);
// A request: the mentor's warning (rung 1), the protégé's "two more close fits" (rung 2), its end (rung 3).
outlook obligations(const program &rules, const request_facts &facts, instant now);
outlook obligations(const program &rules, const outreach_facts &facts, instant now);

// How many contacts a floor hopes for in a month: its number, or the part of it that the pair's own days of
// the month are, rounded; a pair of the last days owes none, and days of a pause are not its own. `ends_at`:
// of the pair or its term, where known.
int contacts_hoped(const contact_floor &floor, const zone &where, instant began_at,
                   std::optional<instant> ends_at, calendar_month period,
                   const std::vector<paused_time> &pauses = {});

// What a message that was only seen starts in a pair: a firm clock, a soft one, or none.
std::optional<clock_strength> strength_of_loose(const program &rules, bool talks_elsewhere);
// Until when an answer is hoped for; none where the program promises nothing.
std::optional<instant> reply_target(const program &rules, instant started_at);
// Until when a request is to be answered. A time that would leave its mentor no whole good hour is lengthened
// to the end of the next one, so no deadline passes before its warning.
instant answer_by(const program &rules, const request_rules &asked, const good_hours &mentor, instant from);

// The periods in which check-ins are owed, from the first of a pair to that of `now`, oldest first. A month
// counts from the first when the pair began at least 14 days before its due day.
std::vector<calendar_month> check_in_periods(const program &rules, instant began_at, instant now);
// The first instant a check-in of this period is late; the due day and grace days have passed.
instant late_from(const program &rules, const check_in_rules &form, calendar_month period);
// What `/checkin` means: the oldest period not filed and not late, else the current one (settled 12).
calendar_month period_meant(const program &rules, instant began_at, side by,
                            const std::vector<filed_check_in> &filed, instant now);

} // namespace rapport
