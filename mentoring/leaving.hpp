// How a pair ends or rests, as pure rules: the days of a notice, who is there for the protégé on each day of
// a hand-over, when feedback is asked for. What is done about it is left to the handlers.
#pragma once

#include "mentoring/obligations.hpp"

#include <optional>
#include <vector>

namespace rapport {

// How a pair ended. completed: by its term, by the time that was promised, or because it reached what it set
// out to do, early too; cancelled: called off by a coordinator; notice: on the day of a notice; left: at
// once.
enum class ending_kind { completed, cancelled, notice, left };
RAPPORT_WORDS(ending_kind, 4,
              {{ending_kind::completed, "completed"},
               {ending_kind::cancelled, "cancelled"},
               {ending_kind::notice, "notice"},
               {ending_kind::left, "left"}})

// Why a pair rests: somebody of it asked, or an account is deactivated.
enum class pause_cause { asked, account };
RAPPORT_WORDS(pause_cause, 2, {{pause_cause::asked, "asked"}, {pause_cause::account, "account"}})

// A pause lasts at most so many days; longer is leaving, and coming back is welcome.
inline constexpr int longest_pause_days = 92;

constexpr int notice_days(const leaving_rules &rules, side by) {
    return by == side::mentor ? rules.mentor_notice_days : rules.protege_notice_days;
}

// The first day, in the program's zone, that a notice given now may name as the pair's last.
day earliest_last_day(const program &rules, side by, instant now);

// Somebody who is there for the protégé from a day to a day, both included.
struct bridge_span {
    person_id who;
    day from, until;

    bool operator==(const bridge_span &) const = default;
};

// Every day from `from` to `until` with exactly one person, as spans in order, neighbours of the same person
// as one. Of what was named the later one goes first; a day for which nobody is named, or only `leaver` on a
// day of `leaver_away`, is `otherwise`'s. Empty where `until` is before `from`.
std::vector<bridge_span> bridges(day from, day until, const std::vector<bridge_span> &named,
                                 const person_id &leaver, const std::vector<day_range> &leaver_away,
                                 const person_id &otherwise);

// When feedback is asked for in a pair that began on a day: from `asked_on`, until `until`.
struct feedback_asked {
    feedback_time when = feedback_time::end;
    day asked_on, until;

    bool operator==(const feedback_asked &) const = default;
};

// By time. Without a last day only the start can be known; a pair of less than eight weeks has no middle.
std::vector<feedback_asked> feedback_days(const std::vector<feedback_time> &wanted, day began,
                                          std::optional<day> last);

// What feedback given on a day is about: the moment that is asked for then, else the one before.
feedback_time feedback_moment(day began, std::optional<day> last, day today);

// How a pair goes on, from what each of the two said: only as far as both want to. Silence is a kind stop.
closing_choice outcome_of(std::optional<closing_choice> one, std::optional<closing_choice> other);

// So long after its end a pair may still say how it goes on, and give feedback.
inline constexpr int closing_open_days = 14;
// So long before its last day it is asked, where the policy's ladder says nothing else.
inline constexpr int closing_ahead_days = 21;
// The first day on which a pair with this last day may say how it goes on.
day closing_opens(const leaving_rules &rules, day last);

} // namespace rapport
