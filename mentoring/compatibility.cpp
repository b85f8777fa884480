// Points and their reasons; see compatibility.hpp. A part's weight is shared out over its tags before it is
// asked which of them match, so each reason's points are its own and the sum needs no mending.
#include "mentoring/compatibility.hpp"

#include <algorithm>

namespace rapport {
namespace {

constexpr std::array<match_part, match_parts> all_parts = {
    match_part::field,     match_part::industry,  match_part::experience, match_part::expertise,
    match_part::interests, match_part::help,      match_part::goals,      match_part::kind,
    match_part::languages, match_part::free_hours};

// Ten half hours a week in common are all that is needed.
constexpr int enough_half_hours = 10;

// Share number `i` of `weight` points over `n` tags: they differ by one at most and add up to it.
constexpr int share(int weight, int i, int n) {
    return weight * (i + 1) / n - weight * i / n;
}

bool share_any(const tag_set &a, const tag_set &b) {
    auto x = a.begin();
    auto y = b.begin();
    while (x != a.end() && y != b.end()) {
        const auto order = x->compare(*y);
        if (order == 0)
            return true;
        order < 0 ? ++x : ++y;
    }
    return false;
}

std::string shared_words(const tag_set &a, const tag_set &b) {
    tag_set both;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    return text_of(both);
}

// Calls found(tag, points) for what both named, of all that either named.
template <class Found>
void mutual_reasons(int weight, const tag_set &a, const tag_set &b, Found found) {
    if (a.empty() || b.empty() || !share_any(a, b))
        return;
    int n = 0;
    for (std::size_t i = 0, j = 0; i < a.size() || j < b.size(); ++n) {
        const auto order = i == a.size() ? 1 : j == b.size() ? -1 : a[i].compare(b[j]);
        i += order <= 0 ? 1 : 0;
        j += order >= 0 ? 1 : 0;
    }
    int at = 0;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size(); ++at) {
        const auto order = a[i].compare(b[j]);
        if (order == 0)
            found(a[i], share(weight, at, n));
        i += order <= 0 ? 1 : 0;
        j += order >= 0 ? 1 : 0;
    }
}

// Calls found(tag, points) for what is offered, of all that is sought.
template <class Found>
void sought_reasons(int weight, const tag_set &offered, const tag_set &sought, Found found) {
    const auto n = static_cast<int>(sought.size());
    auto o = offered.begin();
    for (int i = 0; i < n && o != offered.end(); ++i) {
        const auto &tag = sought[static_cast<std::size_t>(i)];
        while (o != offered.end() && *o < tag)
            ++o;
        if (o != offered.end() && *o == tag)
            found(tag, share(weight, i, n));
    }
}

int minutes_to_slot(std::chrono::milliseconds since_monday) {
    const auto slot = std::chrono::duration_cast<minutes>(since_monday).count() / 30;
    const auto week = static_cast<std::int64_t>(half_hours);
    return static_cast<int>(((slot % week) + week) % week);
}

} // namespace

week_slots slots_of(const week_hours &of_week, const zone &where, instant as_of) {
    week_slots out;
    // one Monday for everybody: two weeks may differ by daylight saving
    const auto today = date::floor<days>(as_of);
    const auto monday = today - (date::weekday{today} - date::Monday);
    const instant utc_monday{monday};
    for (const auto &window : of_week.windows)
        for (int d = 0; d < 7; ++d) {
            if (!window.on[static_cast<std::size_t>(d)])
                continue;
            const auto on = plus_days(day{monday}, d);
            const auto slots = (window.until - window.from) / milliseconds{minutes{30}};
            if (slots <= 0)
                continue;
            const auto slot_at = [&](std::int64_t n) { return where.at(on, window.from + n * minutes{30}); };
            // asking the zone data is what costs: of a day without a change of clocks its ends are enough
            const auto first = slot_at(0);
            const bool even = slot_at(slots - 1) - first == (slots - 1) * minutes{30};
            for (std::int64_t n = 0; n < slots; ++n)
                out.set(static_cast<std::size_t>(
                    minutes_to_slot((even ? first + n * minutes{30} : slot_at(n)) - utc_monday)));
        }
    return out;
}

comparing::comparing(const matching_rules &rules) : rules_(rules.never_break) {
    for (const auto &each : rules.weights) {
        match_part part{};
        if (parse_text(each.part, part))
            weights_[static_cast<std::size_t>(part)] = each.weight;
    }
    if (!rules.weights.empty())
        return;
    weights_[static_cast<std::size_t>(match_part::interests)] = 35;
    weights_[static_cast<std::size_t>(match_part::help)] = 30;
    weights_[static_cast<std::size_t>(match_part::goals)] = 20;
    weights_[static_cast<std::size_t>(match_part::free_hours)] = 15;
}

template <class Found>
void comparing::each_reason(const traits &mentor, const traits &protege, Found found) const {
    for (const auto part : all_parts) {
        const auto weight = this->weight(part);
        if (weight == 0)
            continue;
        const auto &offered = mentor.of(part);
        const auto &sought = protege.of(part);
        switch (compares(part)) {
        case comparison::mutual:
            mutual_reasons(weight, offered, sought,
                           [&](const std::string &tag, int points) { found(part, &tag, points, 0); });
            break;
        case comparison::sought:
            sought_reasons(weight, offered, sought,
                           [&](const std::string &tag, int points) { found(part, &tag, points, 0); });
            break;
        case comparison::any:
            if (share_any(offered, sought))
                found(part, nullptr, weight, 0);
            break;
        case comparison::time: {
            const auto common = static_cast<int>((mentor.hours & protege.hours).count());
            const auto points = weight * std::min(common, enough_half_hours) / enough_half_hours;
            found(part, nullptr, points, common);
            break;
        }
        }
    }
}

int comparing::percent(const traits &mentor, const traits &protege) const {
    int sum = 0;
    each_reason(mentor, protege, [&](match_part, const std::string *, int points, int) { sum += points; });
    return sum;
}

compatibility comparing::of(const traits &mentor, const traits &protege) const {
    compatibility out;
    each_reason(mentor, protege, [&](match_part part, const std::string *tag, int points, int common) {
        if (points == 0)
            return;
        out.percent += points;
        auto words = tag != nullptr                      ? *tag
                     : compares(part) == comparison::any ? shared_words(mentor.of(part), protege.of(part))
                                                         : std::string();
        out.reasons.push_back({part, std::move(words), points, common});
    });
    std::stable_sort(out.reasons.begin(), out.reasons.end(),
                     [](const auto &a, const auto &b) { return a.points > b.points; });
    for (const auto rule : rules_) {
        auto only = *this;
        only.rules_ = {rule};
        if (!only.may_pair(mentor, protege))
            out.broken.push_back(rule);
    }
    return out;
}

bool comparing::may_pair(const traits &mentor, const traits &protege) const {
    for (const auto rule : rules_) {
        const auto &offered = mentor.of(match_part::languages), &spoken = protege.of(match_part::languages);
        switch (rule) {
        case hard_rule::not_same_team:
            if (!mentor.team.empty() && mentor.team == protege.team)
                return false;
            break;
        case hard_rule::shares_language:
            if (!offered.empty() && !spoken.empty() && !share_any(offered, spoken))
                return false;
            break;
        case hard_rule::shares_hours:
            if (mentor.hours.any() && protege.hours.any() && (mentor.hours & protege.hours).none())
                return false;
            break;
        }
    }
    return true;
}

traits changed_by(const match_change &change, traits one, const traits &other) {
    if (compares(change.part) == comparison::time) {
        one.hours |= other.hours;
        return one;
    }
    auto &tags = one.of(change.part);
    const auto at = std::lower_bound(tags.begin(), tags.end(), change.tag);
    if (at == tags.end() || *at != change.tag)
        tags.insert(at, change.tag);
    return one;
}

traits without(const match_reason &reason, traits mentor, const traits &protege) {
    auto &tags = mentor.of(reason.part);
    switch (compares(reason.part)) {
    case comparison::mutual:
    case comparison::sought:
        std::erase(tags, reason.tag);
        break;
    case comparison::any:
        std::erase_if(tags, [&](const std::string &tag) {
            const auto &theirs = protege.of(reason.part);
            return std::binary_search(theirs.begin(), theirs.end(), tag);
        });
        break;
    case comparison::time:
        mentor.hours &= ~protege.hours;
        break;
    }
    return mentor;
}

std::vector<match_change> what_would_change(const comparing &with, const traits &mentor,
                                            const traits &protege, side by, std::size_t most) {
    const auto &one = by == side::mentor ? mentor : protege;
    const auto &other = by == side::mentor ? protege : mentor;
    const auto now = with.percent(mentor, protege);
    std::vector<match_change> out;
    const auto weigh = [&](match_change change) {
        const auto then = changed_by(change, one, other);
        change.percent = by == side::mentor ? with.percent(then, protege) : with.percent(mentor, then);
        if (change.percent > now)
            out.push_back(std::move(change));
    };
    for (const auto part : all_parts) {
        if (with.weight(part) == 0)
            continue;
        if (compares(part) == comparison::time) {
            weigh({part, "", 0});
            continue;
        }
        for (const auto &tag : other.of(part))
            if (!std::binary_search(one.of(part).begin(), one.of(part).end(), tag))
                weigh({part, tag, 0});
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const auto &a, const auto &b) { return a.percent > b.percent; });
    if (out.size() > most)
        out.resize(most);
    return out;
}

} // namespace rapport
