// What a program's rule about goals lets a pair put down: how many at once, and of which kinds. Pure; pairs,
// titles and undo are handlers' business.
#pragma once

#include "mentoring/promises.hpp"
#include "mentoring/result.hpp"

#include <string>
#include <string_view>

namespace rapport {

struct kinded_title {
    std::string title; // trimmed
    std::string kind;  // as the policy writes it; empty where it names none, or none was written

    bool operator==(const kinded_title &) const = default;
};

// "Learn to pitch as career management" with kinds [..., "career management"]: the last " as " whose rest is
// a kind (in any case, or the beginning of just one) splits. Without kinds all is title.
kinded_title split_kind(std::string_view words, const std::vector<std::string> &kinds);

// Whether one more may be opened beside `open` others. A program without a number takes twenty.
bool has_place(const std::optional<goal_rules> &rules, int open);
inline constexpr int most_goals_without_number = 20;

// "personal growth, career management or academic"
std::string kinds_in_words(const std::vector<std::string> &kinds);

} // namespace rapport
