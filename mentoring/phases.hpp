// The phases of a program by date: which run on a day, which comes next, when each begins and ends. What is
// done at a boundary is left to the handlers.
#pragma once

#include "mentoring/program.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace rapport {

struct phases_on_day {
    std::vector<phase> running; // in the order of their kinds
    std::optional<phase> next;  // the first that begins after this day
};
phases_on_day phases_on(const program &rules, day today);

// A boundary: the first instant of a phase's first day, or the first after its last.
struct phase_turn {
    phase_kind which = phase_kind::run;
    bool begins = true;
    instant at{};

    bool operator==(const phase_turn &) const = default;
};
std::vector<phase_turn> turns_of(const program &rules); // by time; an end comes before a beginning

// The term of the dates: from the first instant of its first day until the first after its last.
struct term_span {
    instant opens_at{}, closes_at{};
};
std::optional<term_span> span_of(const program &rules);
// When anything of the term begins: its first phase, or the term itself.
std::optional<instant> first_moment_of(const program &rules);

// What a phase is for, as people are told: "matching", "applications".
std::string_view name_of(phase_kind which);

} // namespace rapport
