// The closed choices of the vocabulary: sides, roles, states, media. Storage, commands and policy files use
// these words; what each state allows is decided elsewhere.
#pragma once

#include "mentoring/words.hpp"

namespace rapport {

// The two sides of a pair. Side is read from the pair, never from the person.
enum class side { mentor, protege };
RAPPORT_WORDS(side, 2, {{side::mentor, "mentor"}, {side::protege, "protege"}})

constexpr side other_side(side one) {
    return one == side::mentor ? side::protege : side::mentor;
}

// What a person is enrolled as in a term. A coordinator runs the program; a person may have several roles.
enum class role { mentor, protege, coordinator };
RAPPORT_WORDS(role, 3,
              {{role::mentor, "mentor"}, {role::protege, "protege"}, {role::coordinator, "coordinator"}})

constexpr role role_of(side which) {
    return which == side::mentor ? role::mentor : role::protege;
}

// A person in the workspace: deactivated by the platform (pairs pause), or gone (erased at their own wish).
enum class person_state { active, deactivated, gone };
RAPPORT_WORDS(person_state, 3,
              {{person_state::active, "active"},
               {person_state::deactivated, "deactivated"},
               {person_state::gone, "gone"}})

// A pair: paused sends nothing and runs no clocks; ended is final.
enum class pair_state { open, paused, ended };
RAPPORT_WORDS(pair_state, 3,
              {{pair_state::open, "open"}, {pair_state::paused, "paused"}, {pair_state::ended, "ended"}})

enum class milestone_state { open, done, dropped };
RAPPORT_WORDS(milestone_state, 3,
              {{milestone_state::open, "open"},
               {milestone_state::done, "done"},
               {milestone_state::dropped, "dropped"}})

// How a contact was made; the six media a person may log, and a meeting that was kept.
enum class medium { call, email, text, video, in_person, slack, meeting };
RAPPORT_WORDS(medium, 7,
              {{medium::call, "call"},
               {medium::email, "email"},
               {medium::text, "text"},
               {medium::video, "video"},
               {medium::in_person, "in-person"},
               {medium::slack, "slack"},
               {medium::meeting, "meeting"}})

// A person in a term: applied, waiting (for a check, training or a match), active, paused, left.
enum class enrolment_state { applied, waiting, active, paused, left };
RAPPORT_WORDS(enrolment_state, 5,
              {{enrolment_state::applied, "applied"},
               {enrolment_state::waiting, "waiting"},
               {enrolment_state::active, "active"},
               {enrolment_state::paused, "paused"},
               {enrolment_state::left, "left"}})

enum class term_state { planned, open, closed };
RAPPORT_WORDS(term_state, 3,
              {{term_state::planned, "planned"}, {term_state::open, "open"}, {term_state::closed, "closed"}})

// A reply clock: firm walks the whole ladder; soft is a line in a message that goes out anyway (product 4.8).
enum class clock_strength { firm, soft };
RAPPORT_WORDS(clock_strength, 2, {{clock_strength::firm, "firm"}, {clock_strength::soft, "soft"}})

// What stopped a reply clock: an answer in the conversation, "I replied elsewhere" (also a contact), "No
// reply needed", "Not my turn", an undone start, the end of the last pair, "Answered" on an ask.
enum class settled_by { reply, elsewhere, not_needed, not_mine, undone, ended, answered_ask };
RAPPORT_WORDS(settled_by, 7,
              {{settled_by::reply, "reply"},
               {settled_by::elsewhere, "elsewhere"},
               {settled_by::not_needed, "not-needed"},
               {settled_by::not_mine, "not-mine"},
               {settled_by::undone, "undone"},
               {settled_by::ended, "ended"},
               {settled_by::answered_ask, "answered-ask"}})

} // namespace rapport
