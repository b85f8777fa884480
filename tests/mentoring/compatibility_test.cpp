// Compatibility: parts that add up, reasons that carry what they say, and changes that give what they
// promise, over random profiles; and the hard rules and hours in examples.
#include "mentoring/compatibility.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>
#include <random>

namespace rapport {
namespace {

const std::vector<std::string> vocabulary = {"robotics", "sailing", "law",   "medicine", "chess",
                                             "optics",   "sales",   "pumps", "teaching", "music"};
const instant a_monday = date::sys_days{date::year{2026} / 11 / 2};

matching_rules rules_of(std::vector<matching_weight> weights) {
    matching_rules rules;
    rules.weights = std::move(weights);
    return rules;
}

class random_people {
    std::mt19937 chance_;

  public:
    explicit random_people(unsigned seed) : chance_(seed) {}
    int below(int n) {
        return static_cast<int>(chance_() % static_cast<unsigned>(n));
    }
    traits person() {
        traits out;
        for (auto &tags : out.tags)
            for (const auto &word : vocabulary)
                if (below(10) < 3)
                    tags.push_back(word);
        out.of(match_part::free_hours).clear();
        for (auto &tags : out.tags)
            std::sort(tags.begin(), tags.end());
        for (std::size_t i = 0; i < half_hours; ++i)
            out.hours.set(i, below(30) == 0);
        return out;
    }
    // Weights over all parts that add up to 100.
    matching_rules rules() {
        std::vector<matching_weight> weights;
        int left = 100;
        for (const auto &[part, word] : match_part_words) {
            const int weight = part == match_part::free_hours ? left : below(std::min(left, 25) + 1);
            left -= weight;
            if (weight > 0)
                weights.push_back({std::string(word), weight});
        }
        return rules_of(weights);
    }
};

int sum_of(const compatibility &one) {
    return std::accumulate(one.reasons.begin(), one.reasons.end(), 0,
                           [](int sum, const match_reason &each) { return sum + each.points; });
}

} // namespace

TEST_CASE("the parts of a percentage add up to it, whoever the two are", "[rule-70]") {
    const unsigned seed = 70;
    INFO("seed " << seed);
    random_people some(seed);
    for (int i = 0; i < 3'000; ++i) {
        const comparing with(some.rules());
        const auto mentor = some.person(), protege = some.person();
        const auto found = with.of(mentor, protege);
        REQUIRE(sum_of(found) == found.percent);
        REQUIRE(found.percent >= 0);
        REQUIRE(found.percent <= 100);
        REQUIRE(with.percent(mentor, protege) == found.percent);
        for (const auto &each : found.reasons)
            REQUIRE(each.points > 0);
    }
}

TEST_CASE("without what a reason rests on, the percentage is lower by that reason's part", "[rule-70]") {
    const unsigned seed = 71;
    INFO("seed " << seed);
    random_people some(seed);
    int reasons = 0;
    for (int i = 0; i < 1'000; ++i) {
        const comparing with(some.rules());
        const auto mentor = some.person(), protege = some.person();
        const auto found = with.of(mentor, protege);
        for (const auto &each : found.reasons) {
            REQUIRE(with.percent(without(each, mentor, protege), protege) == found.percent - each.points);
            ++reasons;
        }
    }
    CHECK(reasons > 1'000);
}

TEST_CASE("what would change it gives what was promised when it is done", "[rule-70]") {
    const unsigned seed = 72;
    INFO("seed " << seed);
    random_people some(seed);
    int changes = 0;
    for (int i = 0; i < 1'000; ++i) {
        const comparing with(some.rules());
        const auto mentor = some.person(), protege = some.person();
        const auto now = with.percent(mentor, protege);
        for (const auto by : {side::mentor, side::protege})
            for (const auto &each : what_would_change(with, mentor, protege, by, 3)) {
                REQUIRE(each.percent > now);
                const auto then = by == side::mentor ? with.of(changed_by(each, mentor, protege), protege)
                                                     : with.of(mentor, changed_by(each, protege, mentor));
                REQUIRE(then.percent == each.percent);
                ++changes;
            }
    }
    CHECK(changes > 1'000);
}

TEST_CASE("what two have in common counts the same from either side") {
    const unsigned seed = 73;
    INFO("seed " << seed);
    random_people some(seed);
    const comparing with(rules_of(
        {{"interests", 40}, {"field", 20}, {"industry", 20}, {"languages", 5}, {"kind", 5}, {"hours", 10}}));
    for (int i = 0; i < 1'000; ++i) {
        const auto a = some.person(), b = some.person();
        REQUIRE(with.of(a, b) == with.of(b, a));
    }
}

TEST_CASE("help is sought by one and offered by the other, so it does not count backwards", "[rule-20]") {
    const comparing with(rules_of({{"help", 100}}));
    traits mentor, protege;
    mentor.of(match_part::help) = {"coach", "connector", "friend"};
    protege.of(match_part::help) = {"coach", "door opener"};
    const auto found = with.of(mentor, protege);
    CHECK(found.percent == 50);
    CHECK(found.reasons == std::vector<match_reason>{{match_part::help, "coach", 50, 0}});
    CHECK(with.percent(protege, mentor) == 33);
}

TEST_CASE("low overlap is a low number and never a bar", "[rule-14]") {
    const comparing with(rules_of({{"interests", 100}}));
    traits mentor, protege;
    mentor.of(match_part::interests) = {"optics"};
    protege.of(match_part::interests) = {"sailing"};
    const auto found = with.of(mentor, protege);
    CHECK(found.percent == 0);
    CHECK(found.broken.empty());
    CHECK(with.may_pair(mentor, protege));
}

TEST_CASE("a hard rule is broken only where both sides said something") {
    matching_rules rules = rules_of({{"interests", 100}});
    rules.never_break = {hard_rule::not_same_team, hard_rule::shares_language, hard_rule::shares_hours};
    const comparing with(rules);
    traits mentor, protege;
    CHECK(with.may_pair(mentor, protege));
    mentor.team = protege.team = "optics group";
    mentor.of(match_part::languages) = {"english"};
    protege.of(match_part::languages) = {"french"};
    mentor.hours.set(3);
    protege.hours.set(4);
    CHECK(with.of(mentor, protege).broken == rules.never_break);
    protege.team = "another";
    protege.of(match_part::languages) = {"english", "french"};
    CHECK(with.of(mentor, protege).broken == std::vector<hard_rule>{hard_rule::shares_hours});
}

TEST_CASE("hours are compared where they lie, in whatever zones the two live") {
    const auto new_york = zone::named("America/New_York"), london = zone::named("Europe/London");
    REQUIRE(new_york);
    REQUIRE(london);
    traits mentor, protege;
    mentor.hours = slots_of(*parse_hours("Mon-Fri 8:00-12:00"), *new_york, a_monday); // 13 to 17 in London
    protege.hours = slots_of(*parse_hours("Mon-Fri 16:00-20:00"), *london, a_monday);
    CHECK((mentor.hours & protege.hours).count() == 10); // an hour each weekday
    const comparing with(rules_of({{"hours", 18}, {"interests", 82}}));
    CHECK(with.of(mentor, protege).reasons ==
          std::vector<match_reason>{{match_part::free_hours, "", 18, 10}});
    mentor.hours = slots_of(*parse_hours("Mon 8:00-12:00"), *new_york, a_monday);
    CHECK(with.percent(mentor, protege) == 3); // one hour of five
    CHECK(slots_of(*parse_hours("Sun 23:00-24:00"), *zone::named("America/New_York"), a_monday).count() == 2);
}

TEST_CASE("in a week in which the clocks change, each half hour lies where the wall clock says") {
    using namespace date::literals;
    for (const auto *name : {"Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"})
        for (const auto changes : {2026_y / 3 / 8, 2026_y / 3 / 29, 2026_y / 4 / 5, 2026_y / 10 / 4,
                                   2026_y / 10 / 25, 2026_y / 11 / 1, 2026_y / 11 / 9}) {
            const auto where = *zone::named(name);
            const auto week = date::sys_days(changes);
            const auto monday = week - (date::weekday{week} - date::Monday);
            for (const auto *typed : {"Sat-Sun 0:00-6:00", "Mon-Sun 0:00-24:00", "Sun 1:30-3:30"}) {
                INFO(name << " " << changes << " " << typed);
                const auto open = parse_hours(typed).value();
                week_slots one_by_one;
                for (const auto &window : open.windows)
                    for (int d = 0; d < 7; ++d)
                        for (auto at = window.from;
                             window.on[static_cast<std::size_t>(d)] && at < window.until; at += minutes{30}) {
                            const auto since = where.at(plus_days(day{monday}, d), at) - instant{monday};
                            const auto slot =
                                std::chrono::duration_cast<minutes>(since).count() / 30 + 2 * 336;
                            one_by_one.set(static_cast<std::size_t>(slot % 336));
                        }
                CHECK(one_by_one.any());
                CHECK(slots_of(open, where, instant{week}) == one_by_one);
            }
        }
}

} // namespace rapport
