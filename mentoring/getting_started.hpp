// How a pair begins: which of the parts its program asks for (agreement, goals, milestones, papers) are still
// open, and whose turn each is. Pure; when it is asked about is the ladder's (obligations.hpp).
#pragma once

#include "mentoring/program.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport {

enum class paper_progress { none, draft, shared, reviewed };

struct goal_begun {
    side author = side::protege;
    bool agreed = false;

    bool operator==(const goal_begun &) const = default;
};

// What there is. `proposed_by`: of an agreement that waits for the other side. `goals`: open or done.
struct started_facts {
    bool agreed = false;
    std::optional<side> proposed_by;
    std::vector<goal_begun> goals;
    bool has_milestone = false;
    paper_progress development_plan = paper_progress::none;
    paper_progress project_plan = paper_progress::none;

    bool operator==(const started_facts &) const = default;
};

// begin: not there yet. confirm: the other side put it down. review: the other side shared it.
enum class opening_step { begin, confirm, review };

// One thing that is open, and the side it waits for; what waits for both comes twice.
struct open_part {
    plan_part part = plan_part::agreement;
    side turn = side::protege;
    opening_step step = opening_step::begin;
    int count = 1; // of goals

    bool operator==(const open_part &) const = default;
};

// Everything the program's plan asks for that is not there, in the order of the plan. A program that asks for
// nothing leaves nothing open. Papers are the protégé's to share and the mentor's to read (rules 30, 35, 36).
std::vector<open_part> still_open(const program &rules, const started_facts &facts);

// How many goals the program asks for at the start: its number, else one.
int goals_to_begin_with(const program &rules);

// What one side can do now, as part of a sentence: "the agreement and two goals"; empty if nothing.
std::string open_words(const std::vector<open_part> &open, side reader);

} // namespace rapport
