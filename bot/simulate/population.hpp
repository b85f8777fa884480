// The people of a play: who they are, how they keep up, which pair they are in, and the truth about each pair
// that Rapport cannot see: who really owes an answer, and from when on somebody is lost.
#pragma once

#include "bot/simulate/chance.hpp"
#include "bot/simulate/playing.hpp"
#include "mentoring/ids.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::simulate {

struct person_played {
    slack_id id;
    std::string name; // "Ana P001"
    std::string zone; // as the platform says it
    side on = side::mentor;
    habit as = habit::ordinary;
    int pair = 0;
    std::optional<instant> silent_from; // does nothing any more from here on
    int taps = 0, commands = 0;

    bool acts_at(instant now) const {
        return as != habit::silent && (!silent_from || now < *silent_from);
    }
};

// What is really so between the two, of one side.
struct truth_of_side {
    bool owes_answer = false;        // the other asked something and waits
    bool answered_elsewhere = false; // the newest clock was answered where Rapport cannot see
    bool only_thanks = false;        // the last message to this side wanted no answer
    int started = 0, contacts = 0;   // of this month
};

struct pair_played {
    int mentor = 0, protege = 0; // positions among the people
    int off_platform = 40;       // of a hundred contacts
    bool says_elsewhere = false; // that the two talk elsewhere
    truth_of_side truth[2];

    int on(side which) const {
        return which == side::mentor ? mentor : protege;
    }
    truth_of_side &of(side which) {
        return truth[which == side::mentor ? 0 : 1];
    }
};

struct population {
    std::vector<person_played> people;
    std::vector<pair_played> pairs;
};

// Two people a pair, the mentor first. The same play gives the same people.
population make_population(const playing &how, instant begins, instant ends);

// What a habit comes to.
struct manners {
    span_of_time answers_least, answers_most; // to a message that wants an answer
    int answers;                              // how often it is answered unasked, of a hundred
    int acts;                                 // how often a message of Rapport's is acted on
    span_of_time reads_least, reads_most;     // until a message of Rapport's is read
    int starts_least, starts_most;            // exchanges begun in a month
};
const manners &manners_of(habit as, side on);

} // namespace rapport::simulate
