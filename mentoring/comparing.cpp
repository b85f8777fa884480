// See comparing.hpp.
#include "mentoring/comparing.hpp"

#include <algorithm>
#include <cstdlib>

namespace rapport {
namespace {

constexpr std::string_view for_oneself = "need-help";

// Where an answer stands on its scale; none if it stands nowhere.
std::optional<int> place_of(const question &asked, const std::string &answer) {
    if (asked.kind == question_kind::count)
        return !answer.empty() && answer[0] >= '0' && answer[0] <= '3' ? std::optional(answer[0] - '0')
                                                                       : std::nullopt;
    const auto at = std::find(asked.choices.begin(), asked.choices.end(), answer);
    if (at == asked.choices.end())
        return std::nullopt;
    return static_cast<int>(at - asked.choices.begin());
}

bool differ(const question &asked, const std::string &a, const std::string &b) {
    if (asked.kind == question_kind::yes_no)
        return a != b;
    const auto x = place_of(asked, a), y = place_of(asked, b);
    if (!x || !y || *x == *y)
        return false;
    const bool nothing = asked.kind == question_kind::count && (*x == 0 || *y == 0);
    return nothing || std::abs(*x - *y) >= 2;
}

} // namespace

bool answers_differ(const check_in_rules &form, const answers_by_question &mentor,
                    const answers_by_question &protege) {
    return std::any_of(
        form.mentor_questions.begin(), form.mentor_questions.end(), [&](const question &asked) {
            if (asked.kind == question_kind::text || asked.id == for_oneself)
                return false;
            const bool both_asked = std::any_of(
                form.protege_questions.begin(), form.protege_questions.end(),
                [&](const question &each) { return each.id == asked.id && each.kind == asked.kind; });
            const auto a = mentor.find(asked.id), b = protege.find(asked.id);
            return both_asked && a != mentor.end() && b != protege.end() &&
                   differ(asked, a->second, b->second);
        });
}

} // namespace rapport
