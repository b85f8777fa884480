// How well a mentor and a protégé may suit each other: whole points out of 100 that are the sum of their
// stated reasons, from what both put into their profiles. A suggestion, never science; who pairs with whom is
// decided elsewhere. What is not in `traits` cannot count: no attribute of a protected kind is.
#pragma once

#include "mentoring/good_hours.hpp"
#include "mentoring/program.hpp"
#include "mentoring/tags.hpp"

#include <array>
#include <bitset>
#include <string>
#include <vector>

namespace rapport {

// What a policy's weights are about. Mutual parts (field, industry, interests) ask what both share of all
// that either named; the others how much of what the protégé looks for the mentor offers; kind and languages
// whether there is any in common; hours how much of the week both are free.
enum class match_part {
    field,
    industry,
    experience,
    expertise,
    interests,
    help,
    goals,
    kind,
    languages,
    free_hours
};
inline constexpr std::size_t match_parts = 10;
RAPPORT_WORDS(match_part, match_parts,
              {{match_part::field, "field"},
               {match_part::industry, "industry"},
               {match_part::experience, "experience"},
               {match_part::expertise, "expertise"},
               {match_part::interests, "interests"},
               {match_part::help, "help"},
               {match_part::goals, "goals"},
               {match_part::kind, "kind"},
               {match_part::languages, "languages"},
               {match_part::free_hours, "hours"}})

enum class comparison { mutual, sought, any, time };
constexpr comparison compares(match_part part) {
    switch (part) {
    case match_part::field:
    case match_part::industry:
    case match_part::interests:
        return comparison::mutual;
    case match_part::experience:
    case match_part::expertise:
    case match_part::help:
    case match_part::goals:
        return comparison::sought;
    case match_part::kind:
    case match_part::languages:
        return comparison::any;
    case match_part::free_hours:
        break;
    }
    return comparison::time;
}

// The half hours of a week in UTC, from Monday 0:00, in which somebody can meet.
inline constexpr std::size_t half_hours = 7 * 48;
using week_slots = std::bitset<half_hours>;
// Of good hours in a zone, as they lie in the week (of UTC) that `as_of` falls in.
week_slots slots_of(const week_hours &of_week, const zone &where, instant as_of);

// Everything that is compared. `team`: the team or employer, for the rule "not same team".
struct traits {
    std::array<tag_set, match_parts> tags{}; // that of hours stays empty
    week_slots hours{};
    std::string team;

    bool operator==(const traits &) const = default;
    tag_set &of(match_part part) {
        return tags[static_cast<std::size_t>(part)];
    }
    const tag_set &of(match_part part) const {
        return tags[static_cast<std::size_t>(part)];
    }
};

// One reason: "medical devices 30". `tag` is empty for hours; of `any` it holds all that both have.
struct match_reason {
    match_part part = match_part::interests;
    std::string tag;
    int points = 0;
    int common_half_hours = 0; // of hours

    bool operator==(const match_reason &) const = default;
};

// `percent` is the sum of the reasons' points, from 0 to 100. Reasons with most points first.
struct compatibility {
    int percent = 0;
    std::vector<match_reason> reasons;
    std::vector<hard_rule> broken; // not empty: the two are never suggested

    bool operator==(const compatibility &) const = default;
};

// What something of a policy's matching rules the comparison needs, made once for many pairs.
class comparing {
    std::array<int, match_parts> weights_{};
    std::vector<hard_rule> rules_;

    template <class Found>
    void each_reason(const traits &mentor, const traits &protege, Found found) const;

  public:
    // Parts the vocabulary does not know are passed over; without weights four parts count.
    explicit comparing(const matching_rules &rules);

    int weight(match_part part) const {
        return weights_[static_cast<std::size_t>(part)];
    }
    compatibility of(const traits &mentor, const traits &protege) const;
    // The percentage alone: the same number, without words. Made for millions.
    int percent(const traits &mentor, const traits &protege) const;
    // Whether no hard rule is broken. Where one side says nothing about a rule, it is not broken.
    bool may_pair(const traits &mentor, const traits &protege) const;
};

// What would raise the percentage: something that side `by` has not said and the other has. `percent` is what
// the two come to with it. Of hours: all of the other's.
struct match_change {
    match_part part = match_part::interests;
    std::string tag;
    int percent = 0;

    bool operator==(const match_change &) const = default;
};
// The most telling first, at most `most`. Each is scored again, not estimated.
std::vector<match_change> what_would_change(const comparing &with, const traits &mentor,
                                            const traits &protege, side by, std::size_t most);
// The traits of `one` with the change made; `other` gives its hours.
traits changed_by(const match_change &change, traits one, const traits &other);
// The mentor's traits without what a reason rests on.
traits without(const match_reason &reason, traits mentor, const traits &protege);

} // namespace rapport
