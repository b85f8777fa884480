// What a program promises about contact: replies, floors, check-ins, first meetings, goals, requests, each
// with the ladder on which it is followed up. Plain values; an empty optional means the program promises
// nothing.
#pragma once

#include "mentoring/calendar.hpp"
#include "mentoring/people.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace rapport {

// What happens at a rung: a line if a message goes out anyway; a nudge; a second, softer one that offers
// help; the coordinators' queue, of which the person is told; the end of it (a request lapses).
enum class rung_act { listed, nudge, softer, queue, lapse };
RAPPORT_WORDS(rung_act, 5,
              {{rung_act::listed, "listed"},
               {rung_act::nudge, "nudge"},
               {rung_act::softer, "softer"},
               {rung_act::queue, "queue"},
               {rung_act::lapse, "lapse"}})

// `on_day` counts from the start of a clock, or from a due day, where negative is before it. Written
// "day 3: nudge".
struct rung {
    int on_day = 0;
    rung_act act = rung_act::nudge;

    bool operator==(const rung &) const = default;
};
using rung_list = std::vector<rung>; // days ascending

// Whether a day of a clock is any 24 h, or such as the program works on (switch 5).
enum class clock_days { calendar, working };
RAPPORT_WORDS(clock_days, 2, {{clock_days::calendar, "calendar"}, {clock_days::working, "working"}})

// What a loose message (no ask) starts: a firm clock, a soft one, or none.
enum class loose_message { firm, soft, none };
RAPPORT_WORDS(loose_message, 3,
              {{loose_message::firm, "firm"}, {loose_message::soft, "soft"}, {loose_message::none, "none"}})

// Days from a message to the answer that are hoped for, and that are the limit.
struct reply_promise {
    int target_days = 3;
    int limit_days = 7;

    bool operator==(const reply_promise &) const = default;
};

struct reply_rules {
    std::optional<reply_promise> promise;
    clock_days clock = clock_days::calendar;
    loose_message loose = loose_message::firm;
    rung_list steps;               // from the start of the clock; empty: replies are not followed up
    bool reactions_answer = false; // a reaction to a waiting message is an answer to it

    bool operator==(const reply_rules &) const = default;
};

// Which contacts the floor counts (switch 1).
enum class counted_contacts { mentor_initiated, any };
RAPPORT_WORDS(counted_contacts, 2,
              {{counted_contacts::mentor_initiated, "mentor_initiated"}, {counted_contacts::any, "any"}})

struct contact_floor {
    int per_month = 2;
    counted_contacts counts = counted_contacts::any;
    rung_list steps; // from the last day of the month

    bool operator==(const contact_floor &) const = default;
};

// Whether the pair's conversation is listened to (who and when, never what), or only told contacts count.
enum class listening { conversation, none };
RAPPORT_WORDS(listening, 2, {{listening::conversation, "conversation"}, {listening::none, "none"}})

struct contact_rules {
    std::optional<contact_floor> floor;
    std::vector<medium> media; // those that count as a contact (switch 7)
    listening hears = listening::conversation;
    bool may_talk_elsewhere = true; // a pair may say that silence here is no evidence
    bool pairs_set_pace = true;     // the pair agrees its own pace beside the floor (switch 3)

    bool operator==(const contact_rules &) const = default;
};

struct first_meeting_rules {
    int within_days = 30;      // from the pairing
    std::vector<medium> media; // one of these
    rung_list steps;           // from the last of those days

    bool operator==(const first_meeting_rules &) const = default;
};

enum class question_kind { yes_no, count, choice, text };
RAPPORT_WORDS(question_kind, 4,
              {{question_kind::yes_no, "yes/no"},
               {question_kind::count, "count"},
               {question_kind::choice, "choice"},
               {question_kind::text, "text"}})

// `id` names the answer for ever. A count is 0, 1, 2, 3+; a text is short.
struct question {
    std::string id;
    std::string asks;
    question_kind kind = question_kind::yes_no;
    std::vector<std::string> choices;
    bool required = false;

    bool operator==(const question &) const = default;
};

// Once every calendar month of the program's zone, per pair and side. Filed until `grace_days` after the due
// day without being late, and after that kept and marked late.
struct check_in_rules {
    int due_day = 28; // 31 means the last day of the month
    int grace_days = 7;
    std::optional<calendar_month> last_period; // none after it (switch 9)
    rung_list steps;                           // from the due day
    std::vector<question> mentor_questions, protege_questions;
    bool note = true;    // a free note about the pairing (switch 10)
    std::string readers; // said on the form: who reads it

    bool operator==(const check_in_rules &) const = default;
    const std::vector<question> &questions(side which) const {
        return which == side::mentor ? mentor_questions : protege_questions;
    }
};

struct goal_rules {
    std::optional<int> open_at_once; // exactly so many; a finished one frees its place (switch 8)
    std::vector<std::string> kinds;  // empty: any
    bool both_confirm = false;
    std::optional<int> follow_up_days; // a line to the mentor when a goal was not touched for so long

    bool operator==(const goal_rules &) const = default;
};

// Agreement, goals and plan in the first weeks of a pair: one obligation.
enum class plan_part { agreement, goals, milestones, development_plan, project_plan };
RAPPORT_WORDS(plan_part, 5,
              {{plan_part::agreement, "agreement"},
               {plan_part::goals, "goals"},
               {plan_part::milestones, "milestones"},
               {plan_part::development_plan, "development plan"},
               {plan_part::project_plan, "project plan"}})

struct getting_started_rules {
    int within_days = 30; // from the pairing
    rung_list steps;      // from the last of those days

    bool operator==(const getting_started_rules &) const = default;
};

// The protégé's first request: within so many days from the later of sign-up and the window's opening.
struct outreach_rules {
    int within_days = 7;
    rung_list steps; // from that start

    bool operator==(const outreach_rules &) const = default;
};

// What the time to answer a request counts from (switch 6).
enum class counted_from { delivery, asking };
RAPPORT_WORDS(counted_from, 2, {{counted_from::delivery, "delivery"}, {counted_from::asking, "asking"}})

// Whether requests wait side by side, or as ranked choices of which one is asked at a time.
enum class asking { at_once, in_turn };
RAPPORT_WORDS(asking, 2, {{asking::at_once, "at once"}, {asking::in_turn, "in turn"}})

struct request_rules {
    int answer_within_hours = 48;
    clock_days clock = clock_days::calendar;
    counted_from starts = counted_from::delivery;
    int lapses_after_days = 7;
    int open_at_once = 3; // requests of one protégé waiting at the same time
    bool mentors_may_request = false;
    asking ask = asking::at_once;
    std::optional<outreach_rules> outreach;

    bool operator==(const request_rules &) const = default;
};

} // namespace rapport
