// What taking an act back does to the lines of nudge and attention, and the one question about a person's
// standing objection. The lines' own life is in nudges.hpp and attention.hpp.
#pragma once

#include "storage/attention.hpp"

#include <optional>
#include <string>

namespace rapport::storage {

class second_thoughts {
    session &db_;
    team_id team_;

  public:
    second_thoughts(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    // The line of this kind about a person in a program that nobody has seen to yet.
    std::optional<attention_line> open_about(const program_slug &program, const std::string &kind,
                                             const person_id &who);
    // A line that a coordinator had cleared waits for one again. False if it was open.
    bool wait_again(const attention_line &line);
    // A nudge's line was never given: its row goes.
    void never_given(const std::string &nudge);
    // A nudge's line that was closed stands again.
    void stand_again(const std::string &nudge);
};

} // namespace rapport::storage
