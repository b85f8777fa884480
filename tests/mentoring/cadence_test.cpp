// Climbing a ladder: the E-MAP reply ladder hour by hour, weekends, deliveries that were late, rungs missed.
#include "mentoring/cadence.hpp"

#include <catch2/catch.hpp>

using namespace rapport;
using namespace date::literals;

namespace {

const zone berlin = *zone::named("Europe/Berlin");
const good_hours mentor{berlin, mentor_default(), {}, {}};

instant at(day date, int h, int m = 0) {
    return berlin.at(date, hours{h} + minutes{m});
}

// Day 2 listed, 3 nudge, 5 softer, 7 queue, from Monday 2 Nov 2026, 10:00.
const instant monday = at(2026_y / 11 / 2, 10);
std::vector<dated_rung> reply_ladder(instant from = monday) {
    return {{1, rung_act::listed, from + days{2}, {}},
            {2, rung_act::nudge, from + days{3}, {}},
            {3, rung_act::softer, from + days{5}, {}},
            {4, rung_act::queue, from + days{7}, {}}};
}

climb after(instant now, std::vector<delivery> delivered = {}, std::optional<instant> remind_at = {}) {
    return climb_ladder(reply_ladder(), {std::move(delivered), remind_at, monday}, mentor, now);
}

} // namespace

TEST_CASE("a ladder gives each rung at its day and good hour, and says when to look again") {
    CHECK_FALSE(after(monday).due);
    CHECK_FALSE(after(monday).listed);
    CHECK(after(monday).look_again_at == monday + days{2});

    const auto second = after(monday + days{2});
    CHECK(second.listed);
    CHECK_FALSE(second.due);
    CHECK(second.look_again_at == monday + days{3});

    const auto third = after(monday + days{3});
    REQUIRE(third.due);
    CHECK(*third.due == step{2, rung_act::nudge, monday + days{3}, false});

    // day 5 is a Saturday: the softer one waits for Monday 8:00
    const std::vector<delivery> one = {{2, monday + days{3}}};
    CHECK(after(monday + days{5}, one).look_again_at == at(2026_y / 11 / 9, 8));
    CHECK_FALSE(after(monday + days{5}, one).due);
    CHECK(after(at(2026_y / 11 / 9, 8), one).due == step{3, rung_act::softer, at(2026_y / 11 / 9, 8), false});

    // delivered then, the queue keeps a day from it
    const std::vector<delivery> two = {{2, monday + days{3}}, {3, at(2026_y / 11 / 9, 8, 5)}};
    CHECK_FALSE(after(monday + days{7}, two).due);
    CHECK(after(monday + days{7}, two).look_again_at == at(2026_y / 11 / 10, 8, 5));
    CHECK(after(at(2026_y / 11 / 10, 8, 5), two).due->act == rung_act::queue);

    // then silence and a human
    auto all = two;
    all.push_back({4, at(2026_y / 11 / 10, 8, 5)});
    const auto done = after(monday + days{30}, all);
    CHECK_FALSE(done.due);
    CHECK_FALSE(done.listed);
    CHECK_FALSE(done.look_again_at);
}

TEST_CASE("rungs missed while nothing ran collapse into the newest") {
    CHECK(after(monday + days{8}).due == step{4, rung_act::queue, monday + days{7}, false});
    const auto sixth = after(at(2026_y / 11 / 9, 9)); // Monday, before the queue's day 7 at 10:00
    CHECK(sixth.due->act == rung_act::softer);
    CHECK(sixth.look_again_at == monday + days{7});
}

TEST_CASE("a rung is never given within a day of the delivery of the one before") {
    // the nudge of day 3 was held back until day 4, 18:00
    const std::vector<delivery> late = {{2, at(2026_y / 11 / 6, 18)}};
    for (auto now = at(2026_y / 11 / 6, 18); now < at(2026_y / 11 / 12, 0); now += minutes{30}) {
        const auto given = after(now, late);
        if (given.due)
            REQUIRE(now >= late[0].at + hours{24});
    }
}

TEST_CASE("somebody with few good hours hears the first nudge first, and no coordinator before that") {
    const good_hours sundays{berlin, hours_of("sunday-evening", mentor_default()), {}, {}};
    const climb_so_far nothing{{}, {}, monday};
    const auto sunday = at(2026_y / 11 / 8, 17);
    CHECK(climb_ladder(reply_ladder(), nothing, sundays, sunday).due ==
          step{2, rung_act::nudge, sunday, false});
    CHECK_FALSE(climb_ladder(reply_ladder(), nothing, sundays, sunday - minutes{1}).due);
    const climb_so_far told{{{2, sunday}}, {}, monday};
    CHECK_FALSE(climb_ladder(reply_ladder(), told, sundays, sunday + hours{23}).due);
    CHECK(climb_ladder(reply_ladder(), told, sundays, sunday + hours{24}).due->act == rung_act::queue);
}

TEST_CASE("while somebody is away nothing is given and no coordinator is asked first") {
    auto away = mentor;
    away.closed = {{at(2026_y / 11 / 3, 0), at(2026_y / 11 / 20, 12)}};
    const climb_so_far nothing{{}, {}, monday};
    for (auto now = monday; now < at(2026_y / 11 / 20, 12); now += hours{1})
        REQUIRE_FALSE(climb_ladder(reply_ladder(), nothing, away, now).due);
    CHECK(climb_ladder(reply_ladder(), nothing, away, at(2026_y / 11 / 20, 12)).due->act == rung_act::nudge);
}

TEST_CASE("a reminder at a chosen hour is the same rung again, and good hours do not hold it") {
    const auto tomorrow = at(2026_y / 11 / 8, 9); // a Sunday
    const std::vector<delivery> one = {{2, monday + days{3}}};
    const auto waiting = after(at(2026_y / 11 / 7, 12), one, tomorrow);
    CHECK_FALSE(waiting.due);
    CHECK(waiting.look_again_at == tomorrow);
    CHECK(after(tomorrow, one, tomorrow).due == step{2, rung_act::nudge, tomorrow, true});
    // given again, the ladder goes on a day later at the next good hour
    const std::vector<delivery> again = {{2, monday + days{3}}, {2, tomorrow}};
    CHECK_FALSE(after(tomorrow + hours{1}, again, tomorrow).due);
    CHECK(after(tomorrow + hours{1}, again, tomorrow).look_again_at == at(2026_y / 11 / 9, 9));
}

TEST_CASE("a warning comes in the last good hour when its next one would be too late") {
    // due at the end of Sunday; the rung of Saturday 00:00 would wait for Monday
    const auto end = at(2026_y / 11 / 9, 0);
    const std::vector<dated_rung> rungs = {{1, rung_act::nudge, at(2026_y / 11 / 7, 0), end}};
    const climb_so_far nothing{{}, {}, at(2026_y / 11 / 1, 0)};
    CHECK_FALSE(climb_ladder(rungs, nothing, mentor, at(2026_y / 11 / 6, 18, 59)).due);
    CHECK(climb_ladder(rungs, nothing, mentor, at(2026_y / 11 / 6, 19)).due->due_at ==
          at(2026_y / 11 / 6, 19));
    // never before the thing began
    const climb_so_far late{{}, {}, at(2026_y / 11 / 7, 12)};
    CHECK(climb_ladder(rungs, late, mentor, at(2026_y / 11 / 7, 12)).look_again_at == at(2026_y / 11 / 9, 8));
}

TEST_CASE("what was only ever a line is not listed for ever") {
    const std::vector<dated_rung> line = {{1, rung_act::listed, monday + days{7}, {}}};
    const climb_so_far nothing{{}, {}, monday};
    CHECK(climb_ladder(line, nothing, mentor, monday + days{20}).listed);
    CHECK_FALSE(climb_ladder(line, nothing, mentor, monday + days{21}).listed);
}

TEST_CASE("looking only when told to look finds every rung at its time") {
    // Walk a year of starts: jumping from look to look gives the same as looking every quarter of an hour.
    for (int start = 0; start < 14; ++start) {
        const auto from = at(plus_days(2026_y / 10 / 20, start), start * 5 % 24);
        climb_so_far jumping{{}, {}, from}, steady{{}, {}, from};
        for (auto now = from; now < from + days{14}; now += minutes{15})
            if (const auto c = climb_ladder(reply_ladder(from), steady, mentor, now); c.due)
                steady.delivered.push_back({c.due->rung, c.due->due_at});
        std::optional<instant> look = from;
        while (look) {
            const auto c = climb_ladder(reply_ladder(from), jumping, mentor, *look);
            if (c.due)
                jumping.delivered.push_back({c.due->rung, c.due->due_at});
            REQUIRE((c.due || !c.look_again_at || *c.look_again_at > *look));
            look = c.due ? look : c.look_again_at;
        }
        REQUIRE(jumping.delivered == steady.delivered);
        // the nudge always comes; a softer one that good hours hold beyond day 7 gives way to the queue
        REQUIRE(jumping.delivered.front().rung == 2);
        REQUIRE(jumping.delivered.back().rung == 4);
        REQUIRE(jumping.delivered.back().at >= from + days{7});
        REQUIRE(jumping.delivered.back().at <= from + days{8});
    }
}
