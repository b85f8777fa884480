// How often somebody is written to and what one message holds.
#include "mentoring/caps.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace date::literals;

namespace {

const zone berlin = *zone::named("Europe/Berlin");
const good_hours ana{berlin, protege_default(), {}, {}};
const good_hours priya{berlin, mentor_default(), {}, {}};

instant at(day date, int h, int m = 0) {
    return berlin.at(date, hours{h} + minutes{m});
}

obligation owed(obligation_kind kind, std::optional<instant> deadline, bool due, bool listed = true) {
    obligation one;
    one.kind = kind;
    one.person = person_id{"ana"};
    one.deadline = deadline;
    one.listed = listed;
    if (due)
        one.due = step{1, rung_act::nudge, at(2026_y / 11 / 4, 8), false};
    return one;
}

} // namespace

TEST_CASE("one message a local day, three in any seven days") {
    const message_caps caps;
    const auto wednesday = at(2026_y / 11 / 4, 12);
    CHECK(may_write(caps, ana, {}, wednesday));
    const std::vector<instant> today = {at(2026_y / 11 / 4, 0, 30)};
    CHECK_FALSE(may_write(caps, ana, today, wednesday));
    CHECK(may_write(caps, ana, today, at(2026_y / 11 / 5, 8)));
    const std::vector<instant> three = {at(2026_y / 10 / 29, 9), at(2026_y / 11 / 2, 9),
                                        at(2026_y / 11 / 3, 9)};
    CHECK_FALSE(may_write(caps, ana, three, wednesday));
    CHECK(may_write(caps, ana, three, at(2026_y / 11 / 5, 8)));
    CHECK(next_write(caps, ana, three, wednesday) == at(2026_y / 11 / 5, 8));
    CHECK(next_write(caps, ana, {}, wednesday) == wednesday);
    CHECK(next_write(caps, ana, today, wednesday) == at(2026_y / 11 / 5, 8));
    // good hours hold too: what a Friday's cap holds reaches a mentor on Monday
    const std::vector<instant> friday = {at(2026_y / 11 / 6, 8)};
    CHECK(next_write(caps, priya, friday, at(2026_y / 11 / 6, 9)) == at(2026_y / 11 / 9, 8));
}

TEST_CASE("a year of daily wishes never breaks a cap, over daylight saving either") {
    const message_caps caps;
    std::vector<instant> delivered;
    for (auto now = at(2026_y / 1 / 1, 0); now < at(2027_y / 1 / 1, 0); now += hours{5}) {
        const auto next = next_write(caps, ana, delivered, now);
        REQUIRE(ana.is_good(next));
        if (next == now)
            delivered.push_back(now);
    }
    CHECK(delivered.size() > 100);
    for (std::size_t i = 3; i < delivered.size(); ++i)
        REQUIRE(days_between(berlin.day_of(delivered[i - 3]), berlin.day_of(delivered[i])) >= 7);
}

TEST_CASE("of several programs the strictest cap holds") {
    const std::vector<message_caps> all = {{2, 3, weekday{1}}, {1, 5, weekday{5}}};
    CHECK(strictest(all) == message_caps{1, 3, weekday{1}});
    CHECK(strictest({}) == message_caps{});
}

TEST_CASE("a message goes out for what is due, and takes along what is listed") {
    const auto wednesday = at(2026_y / 11 / 4, 12), monday = at(2026_y / 11 / 2, 12);
    const std::vector<obligation> lines = {owed(obligation_kind::reply, {}, false)};
    CHECK_FALSE(plan_message(lines, {}, berlin, wednesday).goes_out);
    CHECK(plan_message(lines, {}, berlin, monday).goes_out); // the digest day
    CHECK_FALSE(plan_message({}, {}, berlin, monday).goes_out);
    CHECK_FALSE(plan_message({owed(obligation_kind::reply, {}, false, false)}, {}, berlin, monday).goes_out);
    const std::vector<obligation> mixed = {owed(obligation_kind::reply, {}, false),
                                           owed(obligation_kind::check_in, {}, true)};
    CHECK(plan_message(mixed, {}, berlin, wednesday) == message_plan{{1, 0}, {}, true});
}

TEST_CASE("the most urgent lines come first, seven at most, and the rest is held back, not dropped") {
    const auto now = at(2026_y / 11 / 4, 12);
    std::vector<obligation> all;
    for (int i = 0; i < 6; ++i)
        all.push_back(owed(obligation_kind::reply, now + days{6 - i}, true));
    auto soft = owed(obligation_kind::reply, now - days{3}, true);
    soft.strength = clock_strength::soft;
    all.push_back(soft);                                                  // 6
    all.push_back(owed(obligation_kind::check_in, now - days{9}, false)); // 7
    all.push_back(owed(obligation_kind::meeting, now + days{20}, true));  // 8
    all.push_back(owed(obligation_kind::getting_started, {}, true));      // 9
    all.push_back(owed(obligation_kind::milestone, {}, false, false));    // 10: neither due nor listed
    CHECK(plan_message(all, {}, berlin, now) == message_plan{{8, 5, 4, 3, 2, 1, 0}, {9, 6, 7}, true});
}
