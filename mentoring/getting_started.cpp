// Parts and turns; see getting_started.hpp.
#include "mentoring/getting_started.hpp"

#include <algorithm>
#include <array>

namespace rapport {
namespace {

using open_list = std::vector<open_part>;

void wait_for_both(open_list &out, plan_part part, int count = 1) {
    for (const auto which : {side::mentor, side::protege})
        out.push_back({part, which, opening_step::begin, count});
}

void agreement_open(const started_facts &facts, open_list &out) {
    if (facts.agreed)
        return;
    if (facts.proposed_by)
        out.push_back({plan_part::agreement, other_side(*facts.proposed_by), opening_step::confirm});
    else
        wait_for_both(out, plan_part::agreement);
}

void goals_open(const program &rules, const started_facts &facts, open_list &out) {
    const int wanted = goals_to_begin_with(rules), there = static_cast<int>(facts.goals.size());
    if (there < wanted)
        wait_for_both(out, plan_part::goals, wanted - there);
    if (!rules.goals || !rules.goals->both_confirm)
        return;
    for (const auto which : {side::mentor, side::protege}) {
        const auto waiting =
            std::count_if(facts.goals.begin(), facts.goals.end(),
                          [&](const goal_begun &each) { return !each.agreed && each.author != which; });
        if (waiting > 0)
            out.push_back({plan_part::goals, which, opening_step::confirm, static_cast<int>(waiting)});
    }
}

void paper_open(plan_part part, paper_progress how_far, open_list &out) {
    if (how_far == paper_progress::reviewed)
        return;
    const bool shared = how_far == paper_progress::shared;
    out.push_back(
        {part, shared ? side::mentor : side::protege, shared ? opening_step::review : opening_step::begin});
}

std::string number_word(int count) {
    static constexpr std::array<std::string_view, 6> words = {"no", "a", "two", "three", "four", "five"};
    return count >= 0 && count < static_cast<int>(words.size())
               ? std::string(words[static_cast<std::size_t>(count)])
               : std::to_string(count);
}

std::string words_of(const open_part &one) {
    switch (one.part) {
    case plan_part::agreement:
        return one.step == opening_step::confirm ? "the agreement to look at" : "the agreement";
    case plan_part::goals:
        if (one.step == opening_step::confirm)
            return one.count == 1 ? "a goal to agree to" : number_word(one.count) + " goals to agree to";
        return one.count == 1 ? "a goal" : number_word(one.count) + " goals";
    case plan_part::milestones:
        return "a first milestone";
    case plan_part::development_plan:
        return one.step == opening_step::review ? "the development plan to read" : "the development plan";
    case plan_part::project_plan:
        return one.step == opening_step::review ? "the project plan to read" : "the project plan";
    }
    return {};
}

} // namespace

int goals_to_begin_with(const program &rules) {
    return rules.goals && rules.goals->open_at_once ? *rules.goals->open_at_once : 1;
}

std::vector<open_part> still_open(const program &rules, const started_facts &facts) {
    open_list out;
    for (const auto part : rules.plan)
        switch (part) {
        case plan_part::agreement:
            agreement_open(facts, out);
            break;
        case plan_part::goals:
            goals_open(rules, facts, out);
            break;
        case plan_part::milestones:
            if (!facts.has_milestone)
                wait_for_both(out, part);
            break;
        case plan_part::development_plan:
            paper_open(part, facts.development_plan, out);
            break;
        case plan_part::project_plan:
            paper_open(part, facts.project_plan, out);
            break;
        }
    return out;
}

std::string open_words(const std::vector<open_part> &open, side reader) {
    std::vector<std::string> parts;
    for (const auto &each : open)
        if (each.turn == reader)
            parts.push_back(words_of(each));
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i)
        out += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
    return out;
}

} // namespace rapport
