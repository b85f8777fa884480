// People of a program as others find them: who takes part, how much room mentors have, what a reader may see
// of a profile, and how well two suit each other by it. Browsing, requests and the whole-pool match share it.
#pragma once

#include "handlers/desk.hpp"
#include "handlers/surface/mrkdwn.hpp"
#include "mentoring/profile.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport {

// Somebody enrolled, on one side. `pairs`: running ones of the term on this side. `most`: as a mentor; none:
// any number.
struct participant_view {
    storage::person who;
    storage::enrolment as;
    profile_words whole;
    int pairs = 0;
    std::optional<int> most;

    bool has_room() const {
        return !most || pairs < *most;
    }
    // Active in the term and in the workspace: can be asked and matched now.
    bool is_there() const {
        return as.state == enrolment_state::active && who.state == person_state::active;
    }
};

// A program's open term with everyone in it, and what compares them.
class finding {
    const program *rules_;
    storage::term term_;
    tag_words words_;
    comparing with_;
    instant now_;
    std::vector<participant_view> all_;
    std::vector<storage::pair> pairs_; // running ones

  public:
    finding(storage::records &on_file, const program &rules, storage::term term, instant now);

    const program &rules() const {
        return *rules_;
    }
    const storage::term &term() const {
        return term_;
    }
    const comparing &with() const {
        return with_;
    }
    const tag_words &words() const {
        return words_;
    }
    const std::vector<participant_view> &all() const {
        return all_;
    }
    const std::vector<storage::pair> &pairs() const {
        return pairs_;
    }
    const participant_view *find(const person_id &who, role as) const;
    bool are_paired(const person_id &mentor, const person_id &protege) const;
    // What is compared of somebody, by what of their profile is given.
    traits compared(const participant_view &one, const profile_words &shown) const;
    traits compared(const participant_view &one) const {
        return compared(one, one.whole);
    }
};

// The room that a mentor has by the policy and their own number.
std::optional<int> capacity_of(const program &rules, const profile_words &whole);
// The same, read for one mentor; and whether another pair fits, counted now, in this transaction.
bool has_room_now(storage::records &on_file, const program &rules, const term_id &term,
                  const person_id &mentor);

// What the one at the desk may see of somebody's profile: their own and, coordinating, all; of a partner or
// where a request is open between the two more than others do.
seen_by right_to_see(desk &at, const person_id &of);
profile_words seen_profile(desk &at, const person_id &of, const profile_words &whole);
// Less what somebody does not let a mentor from outside (a guest of the workspace) see in this program. Who
// was never asked is seen as by everybody else.
profile_words seen_from_outside(desk &at, const program_slug &program, const person_id &of,
                                profile_words shown);

// The program the line is about: the one that is named, else the only one the caller is in; coordinators
// also by those they coordinate. Refused where that is none or several.
result<program_slug> program_to_find_in(desk &at, const std::string &word, const std::string &example);

// For who is in no program: there is nobody to find and nobody to be found by.
refusal in_no_program(const desk &at);

// --- words

// "industry medical devices 30, weekday evenings in common 18".
surface::mrkdwn reasons_in_words(const compatibility &what, const traits &mentor, const traits &protege,
                                 const zone &where, instant now);
// "weekday evenings" of half hours, as they lie in a zone; empty for none.
std::string part_of_week(const week_slots &common, const zone &where, instant now);
// "If you named “optics” under interests: 54."
surface::mrkdwn change_in_words(const match_change &change, std::string_view other);
// "a coach and alumna", "mentor" ...: how somebody is called in a list.
surface::mrkdwn who_they_are(const program &rules, const participant_view &one);
std::string room_in_words(const participant_view &one);

} // namespace rapport
