// The parts that the overview and the home page are made of: what a person owes, waits for, has, and meets
// next. Each is a heading, rows, and what to say where there is none; how much of it is shown is the
// surface's.
#pragma once

#include "handlers/desk.hpp"
#include "mentoring/words.hpp"

#include <vector>

namespace rapport {

enum class part_kind { owed, waits_for, requests, pairs, milestones, next, on_your_way, programs, your_own };
RAPPORT_WORDS(part_kind, 9,
              {{part_kind::owed, "owed"},
               {part_kind::waits_for, "waits"},
               {part_kind::requests, "requests"},
               {part_kind::pairs, "pairs"},
               {part_kind::milestones, "milestones"},
               {part_kind::next, "next"},
               {part_kind::on_your_way, "on_your_way"},
               {part_kind::programs, "programs"},
               {part_kind::your_own, "your_own"}})

struct overview_part {
    part_kind which;
    std::string heading;
    std::vector<std::vector<surface::block>> rows; // what it says, and below it its buttons
    surface::mrkdwn when_empty = {};               // empty: then the part is left out
};

// Those that fit where the caller stands, in the order they are read.
std::vector<overview_part> parts_of(desk &at);

// The whole meaning in a sentence or two, for screen readers and notifications.
surface::mrkdwn in_short(desk &at, const std::vector<overview_part> &parts);

// A part as blocks: its heading (`as_header`: one a screen reader can jump to), and a page of its rows from
// `from` on. Back and Next are of `action`.
std::vector<surface::block> shown(const overview_part &one, std::size_t from, std::string_view action,
                                  bool as_header = false);

} // namespace rapport
