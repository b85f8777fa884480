// The rules of entering; see entering.hpp.
#include "mentoring/entering.hpp"

#include <algorithm>

namespace rapport {
namespace {

template <class Rule>
std::vector<Rule> for_role(const std::vector<Rule> &all, role as) {
    std::vector<Rule> mine;
    for (const auto &each : all)
        if (each.applies_to == as)
            mine.push_back(each);
    return mine;
}

// The same day so many months on, or the last of a month that has fewer; its eve, so that six months from 14
// September end on 13 March.
day months_on(day from, int months) {
    const auto month = plus_months(month_of(from), months);
    const auto same = due_day(month, static_cast<int>(static_cast<unsigned>(from.day())));
    return plus_days(same, -1);
}

} // namespace

apply_window window_at(const program &rules, instant now) {
    const auto dates = rules.dates_of(phase_kind::apply);
    if (!dates || !rules.formal)
        return {};
    const auto today = rules.where.day_of(now);
    if (today < dates->from)
        return {.open = false, .opens_on = dates->from};
    if (dates->until < today)
        return {.open = false, .closed_on = dates->until};
    return {.open = true, .until = dates->until};
}

std::optional<day> answer_promised_by(const program &rules, instant now) {
    const auto today = rules.where.day_of(now);
    for (const auto kind : {phase_kind::screen, phase_kind::match})
        if (const auto dates = rules.dates_of(kind))
            return today <= dates->until ? std::optional(dates->until) : std::nullopt;
    if (const auto dates = rules.dates_of(phase_kind::connect); dates && today <= dates->from)
        return dates->from;
    return std::nullopt;
}

entry_way way_in(const program &rules, role as) {
    return as == role::mentor ? rules.entry.mentors : rules.entry.proteges;
}

std::vector<eligibility_rule> eligibility_of(const program &rules, role as) {
    return rules.formal ? for_role(rules.entry.eligibility, as) : std::vector<eligibility_rule>();
}

bool is_eligible(const eligibility_rule &rule, const std::string &answer) {
    return std::find(rule.any_of.begin(), rule.any_of.end(), answer) != rule.any_of.end();
}

std::optional<commitment> commitment_of(const program &rules, role as) {
    const auto mine = for_role(rules.entry.commitments, as);
    return mine.empty() || !rules.formal ? std::nullopt : std::optional(mine.front());
}

committed_time commitment_dates(const program &rules, std::optional<int> months, day today) {
    committed_time what{today, std::nullopt};
    if (rules.term) {
        what.from = std::max(rules.term->from, today);
        what.until = rules.term->until;
    }
    if (months)
        what.until = months_on(what.from, *months);
    return what;
}

std::string in_words(const committed_time &what) {
    const auto from = "from " + full_date(what.from);
    return what.until ? from + " to " + full_date(*what.until) : from + " on";
}

std::vector<gate_view> gates_of(const program &rules, role as, const std::vector<clearance_fact> &facts,
                                day today) {
    std::vector<gate_view> all;
    if (!rules.formal)
        return all;
    for (const auto &each : for_role(rules.entry.gates, as)) {
        gate_view view{each};
        const auto fact = std::find_if(facts.begin(), facts.end(),
                                       [&](const clearance_fact &one) { return one.kind == each.kind; });
        if (fact != facts.end()) {
            view.until = fact->until;
            view.stands =
                fact->until && *fact->until < today ? gate_standing::expired : gate_standing::cleared;
        }
        all.push_back(std::move(view));
    }
    return all;
}

std::vector<gate_view> missing_of(std::vector<gate_view> all) {
    std::erase_if(all, [](const gate_view &one) { return one.stands == gate_standing::cleared; });
    return all;
}

std::optional<day> clear_until(const program &rules, role as, gate_kind kind, day today) {
    for (const auto &each : for_role(rules.entry.gates, as))
        if (each.kind == kind && each.valid_months)
            return months_on(today, *each.valid_months);
    return rules.term && today <= rules.term->until ? std::optional(rules.term->until) : std::nullopt;
}

std::string_view short_word(gate_kind kind) {
    return kind == gate_kind::training ? "training" : "check";
}

} // namespace rapport
