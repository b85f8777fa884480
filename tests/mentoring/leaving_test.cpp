// The pure rules of a pair's end: days of a notice, a name for every day, when feedback is asked for, what
// two choices come to, and clocks that stand still in a pause.
#include "mentoring/leaving.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <random>

using namespace rapport;
using namespace date::literals;

namespace {

const auto london = *zone::named("Europe/London");
const auto new_york = *zone::named("America/New_York");

program with_leaving() {
    program p;
    p.where = london;
    p.leaving.mentor_notice_days = 30;
    p.leaving.protege_notice_days = 7;
    return p;
}

party somebody(const char *id) {
    party one;
    one.id = person_id(id);
    one.hours.where = london;
    one.hours.week = protege_default();
    return one;
}

pair_facts pair_since(instant began) {
    pair_facts facts;
    facts.id = pair_id("pair");
    facts.mentor = somebody("mentor");
    facts.protege = somebody("protege");
    facts.began_at = began;
    return facts;
}

} // namespace

TEST_CASE("a notice counts the days of its side from the program's day, not the caller's", "[rule-95]") {
    auto p = with_leaving();
    const auto evening = london.at(2026_y / 11 / 2, hours{23} + minutes{30});
    CHECK(earliest_last_day(p, side::mentor, evening) == day{2026_y / 12 / 2});
    CHECK(earliest_last_day(p, side::protege, evening) == day{2026_y / 11 / 9});
    p.where = new_york; // where it is still the afternoon
    CHECK(earliest_last_day(p, side::mentor, london.at(2026_y / 11 / 3, hours{2})) == day{2026_y / 12 / 2});
}

TEST_CASE("every day of a hand-over has exactly one person, whatever was named", "[rule-95]") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 chance(seed);
    const auto first = day{2026_y / 11 / 2};
    const person_id leaver("leaver"), otherwise("coordinator");
    for (int round = 0; round < 300; ++round) {
        const auto any = [&](int most) { return static_cast<int>(chance() % static_cast<unsigned>(most)); };
        const auto last = plus_days(first, any(60));
        std::vector<bridge_span> named;
        for (int i = any(5); i > 0; --i) {
            const auto from = plus_days(first, any(70) - 5);
            named.push_back(
                {any(3) == 0 ? leaver : person_id(std::string(1, static_cast<char>('a' + any(4)))), from,
                 plus_days(from, any(20) - 2)});
        }
        std::vector<day_range> away;
        if (any(2) == 0) {
            const auto from = plus_days(first, any(40));
            away.push_back({from, plus_days(from, any(9))});
        }
        std::map<int, person_id> by_day;
        const person_id *before = nullptr;
        const auto spans = bridges(first, last, named, leaver, away, otherwise);
        for (const auto &each : spans) {
            CHECK((before == nullptr || *before != each.who)); // neighbours are one
            before = &each.who;
            for (auto one = each.from; one <= each.until; one = plus_days(one, 1))
                CHECK(by_day.emplace(days_between(first, one), each.who).second);
        }
        CHECK(static_cast<int>(by_day.size()) == days_between(first, last) + 1);
        for (const auto &[number, who] : by_day) {
            const auto on = plus_days(first, number);
            auto wanted = otherwise;
            for (const auto &each : named)
                if (each.from <= on && on <= each.until)
                    wanted = each.who;
            for (const auto &each : away)
                if (each.from <= on && on <= each.until && wanted == leaver)
                    wanted = otherwise;
            CHECK(who == wanted);
        }
    }
    CHECK(bridges(first, plus_days(first, -1), {}, leaver, {}, otherwise).empty());
}

TEST_CASE("feedback is asked for at the start, in the middle and at the end of what a pair has",
          "[rule-90]") {
    const auto began = day{2026_y / 10 / 1}, last = day{2027_y / 3 / 30}; // 180 days
    const std::vector<feedback_time> all = {feedback_time::start, feedback_time::middle, feedback_time::end};
    const auto asked = feedback_days(all, began, last);
    REQUIRE(asked.size() == 3);
    CHECK(asked[0] == feedback_asked{feedback_time::start, 2026_y / 10 / 15, 2026_y / 11 / 5});
    CHECK(asked[1] == feedback_asked{feedback_time::middle, 2026_y / 12 / 30, 2027_y / 1 / 20});
    CHECK(asked[2] == feedback_asked{feedback_time::end, 2027_y / 3 / 16, last});
    CHECK(feedback_days({feedback_time::end}, began, last).size() == 1);
    CHECK(feedback_days(all, began, plus_days(began, 40)).size() == 2); // no middle
    CHECK(feedback_days(all, began, std::nullopt).size() == 1);         // no end in sight
    CHECK(feedback_moment(began, last, 2026_y / 11 / 20) == feedback_time::start);
    CHECK(feedback_moment(began, last, 2027_y / 2 / 1) == feedback_time::middle);
    CHECK(feedback_moment(began, last, last) == feedback_time::end);
}

TEST_CASE("two go on only as far as both want; silence is a stop", "[rule-42][rule-44][rule-64]") {
    using enum closing_choice;
    const std::optional<closing_choice> said[] = {std::nullopt, stop, continue_privately, next_cycle};
    for (const auto &a : said)
        for (const auto &b : said) {
            const auto became = outcome_of(a, b);
            CHECK(became == outcome_of(b, a));
            if (!a || !b || a == stop || b == stop)
                CHECK(became == stop);
            else
                CHECK(became == (a == next_cycle && b == next_cycle ? next_cycle : continue_privately));
        }
}

TEST_CASE("in a pause a reply clock stands still, and a floor hopes for less") {
    auto p = with_leaving();
    p.replies.promise = reply_promise{};
    p.replies.steps = {{3, rung_act::nudge}, {7, rung_act::queue}};
    const auto monday = london.at(2026_y / 11 / 2, hours{10});
    auto facts = pair_since(monday - days{20});
    facts.clocks = {{.owed_by = side::mentor, .occasion = "1", .started_at = monday}};
    const auto due = [&](instant now) {
        const auto all = obligations(p, facts, now).owed;
        return all.at(0).due ? all.at(0).due->act : rung_act::listed;
    };
    CHECK(due(monday + days{8}) == rung_act::queue);
    facts.pauses = {{monday + days{1}, monday + days{15}}};
    CHECK(due(monday + days{16}) == rung_act::listed);
    CHECK(due(monday + days{17} + hours{1}) == rung_act::nudge);
    CHECK(due(monday + days{22}) == rung_act::queue);
    facts.pauses = {{monday - days{9}, monday - days{2}}}; // over before the message
    CHECK(due(monday + days{3} + hours{1}) == rung_act::nudge);

    const contact_floor floor{4, counted_contacts::any, {}};
    const auto november = 2026_y / 11;
    const auto began = london.at(2026_y / 9 / 1, hours{10});
    CHECK(contacts_hoped(floor, london, began, {}, november) == 4);
    CHECK(contacts_hoped(floor, london, began, {}, november,
                         {{london.at(2026_y / 11 / 8, hours{9}), london.start_of(2026_y / 11 / 23)}}) == 2);
    CHECK(contacts_hoped(floor, london, began, {}, november,
                         {{london.at(2026_y / 10 / 8, hours{9}), london.start_of(2026_y / 12 / 3)}}) == 0);
}

TEST_CASE("how to go on is asked around the pair's own last day, and of nobody who leaves") {
    auto p = with_leaving();
    p.leaving.closing = {closing_choice::next_cycle, closing_choice::stop};
    p.leaving.closing_steps = {{-21, rung_act::nudge}, {-7, rung_act::softer}};
    auto facts = pair_since(london.at(2026_y / 9 / 1, hours{10}));
    facts.last_day = 2026_y / 12 / 15;
    const auto asked = [&](day on) {
        std::size_t n = 0;
        for (const auto &each : obligations(p, facts, london.at(on, hours{12})).owed)
            n += each.kind == obligation_kind::closing && each.due ? 1U : 0U;
        return n;
    };
    CHECK(asked(2026_y / 11 / 23) == 0);
    CHECK(asked(2026_y / 11 / 24) == 2);
    facts.chose_closing = {side::mentor};
    CHECK(asked(2026_y / 11 / 24) == 1);
    facts.is_leaving = true;
    CHECK(asked(2026_y / 11 / 24) == 0);
    CHECK(closing_opens(p.leaving, 2026_y / 12 / 15) == day{2026_y / 11 / 24});
}
