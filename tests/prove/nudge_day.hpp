// A day on which many people are owed a nudge: pairs with a conversation each, a message that waits in every
// one, and both clocks moved to just before and past the hour at which the nudges fall due.
#pragma once

#include "tests/prove/stage.hpp"

#include <map>
#include <string>
#include <vector>

namespace rapport::prove {

class nudge_day {
    stage &on_;
    std::vector<tests::typing_pair> pairs_;
    std::map<std::string, std::string> conversations_; // of the pair, by its mentor

    void settle_on_monday();
    std::string conversation_of(const tests::typing_pair &pair);

  public:
    // Settles the pairs, waits until each is introduced, and lets every protégé say something.
    nudge_day(stage &on, int pairs);

    // Moves on until the nudges of day three are due; nothing else is until day five.
    void come();
    // Nudges a mentor was sent so far.
    int nudges(const std::string &mentor) const;
    // Waits until every mentor has one, or the time is up.
    void wait_for_nudges(std::chrono::milliseconds limit) const;

    const std::vector<tests::typing_pair> &pairs() const {
        return pairs_;
    }
    const std::string &conversation(const tests::typing_pair &pair) const {
        return conversations_.at(pair.mentor);
    }
};

// How many messages of a conversation, as this person sees it, hold this text.
int messages_with(tests::town &t, const std::string &who, const std::string &channel,
                  const std::string &text);

} // namespace rapport::prove
