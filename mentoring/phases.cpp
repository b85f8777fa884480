// Days against days; see phases.hpp.
#include "mentoring/phases.hpp"

#include <algorithm>

namespace rapport {

phases_on_day phases_on(const program &rules, day today) {
    phases_on_day out;
    for (const auto &[kind, word] : phase_kind_words)
        for (const auto &each : rules.phases) {
            if (each.kind != kind)
                continue;
            if (each.dates.contains(today))
                out.running.push_back(each);
            else if (each.dates.from > today && (!out.next || each.dates.from < out.next->dates.from))
                out.next = each;
        }
    return out;
}

std::vector<phase_turn> turns_of(const program &rules) {
    std::vector<phase_turn> all;
    for (const auto &each : rules.phases) {
        all.push_back({each.kind, true, rules.where.start_of(each.dates.from)});
        all.push_back({each.kind, false, rules.where.start_of(plus_days(each.dates.until, 1))});
    }
    std::stable_sort(all.begin(), all.end(), [](const auto &a, const auto &b) {
        return a.at != b.at ? a.at < b.at : a.begins < b.begins;
    });
    return all;
}

std::optional<term_span> span_of(const program &rules) {
    if (!rules.term)
        return std::nullopt;
    return term_span{rules.where.start_of(rules.term->from),
                     rules.where.start_of(plus_days(rules.term->until, 1))};
}

std::optional<instant> first_moment_of(const program &rules) {
    const auto span = span_of(rules);
    if (!span)
        return std::nullopt;
    auto first = span->opens_at;
    for (const auto &each : rules.phases)
        first = std::min(first, rules.where.start_of(each.dates.from));
    return first;
}

std::string_view name_of(phase_kind which) {
    switch (which) {
    case phase_kind::recruit:
        return "recruiting";
    case phase_kind::apply:
        return "applications";
    case phase_kind::screen:
        return "looking at applications";
    case phase_kind::train:
        return "training";
    case phase_kind::match:
        return "matching";
    case phase_kind::connect:
        return "asking mentors";
    case phase_kind::run:
        return "the pairs' time";
    case phase_kind::close:
        break;
    }
    return "closing";
}

} // namespace rapport
