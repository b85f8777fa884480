// Pacing on a virtual clock.
#include "bot/slack/pacing.hpp"

#include <catch2/catch.hpp>

#include <vector>

using namespace rapport::slack;
using namespace std::chrono_literals;

namespace {

const moment start{1h};

call_shape background(method m, std::string_view channel = "") {
    return {"T1", m, channel, priority::background};
}
call_shape interactive(method m, std::string_view channel = "") {
    return {"T1", m, channel, priority::interactive};
}

// Makes the call as soon as it may be made; returns when.
moment call(pacing &p, const call_shape &shape, moment now) {
    for (;;) {
        const auto when = p.ask(shape, now);
        if (when <= now)
            return now;
        now = when;
    }
}

} // namespace

TEST_CASE("the wait of a 429 is read from its header, carefully", "[scar-52][scar-53]") {
    CHECK(wait_asked_by("12") == 12s);
    CHECK(wait_asked_by(" 12 \r") == 12s);
    CHECK(wait_asked_by("") == 30s);
    CHECK(wait_asked_by("   ") == 30s);
    CHECK(wait_asked_by("soon") == 30s);
    CHECK(wait_asked_by("-5") == 30s);
    CHECK(wait_asked_by("1.5") == 30s);
    CHECK(wait_asked_by("NaN") == 30s);
    CHECK(wait_asked_by("Wed, 21 Oct 2026 07:28:00 GMT") == 30s);
    CHECK(wait_asked_by("0") == 1s);
    CHECK(wait_asked_by("999999999999999999999999") == 900s);
    CHECK(wait_asked_by("901") == 900s);
}

TEST_CASE("a method never goes over its tier in any minute") {
    for (const auto &each : methods) {
        pacing p;
        std::vector<moment> calls;
        auto now = start;
        while (now < start + 5min) {
            now = call(p, {"T1", each.id, "", priority::interactive}, now);
            calls.push_back(now);
        }
        INFO(each.name);
        for (std::size_t first = 0; first < calls.size(); ++first) {
            std::size_t last = first;
            while (last < calls.size() && calls[last] < calls[first] + 1min)
                ++last;
            REQUIRE(static_cast<int>(last - first) <= each.pace.per_minute);
        }
        CHECK(calls.size() > 5 * static_cast<std::size_t>(each.pace.per_minute) * 7 / 10);
    }
}

TEST_CASE("a channel takes one message a second after a short burst, and never holds up another channel") {
    pacing p;
    CHECK(p.ask(background(method::chat_post_message, "C1"), start) == start);
    CHECK(p.ask(background(method::chat_post_message, "C1"), start) == start);
    CHECK(p.ask(background(method::chat_post_message, "C1"), start) == start);
    const auto fourth = p.ask(background(method::chat_post_message, "C1"), start);
    CHECK(fourth > start + 900ms);
    CHECK(fourth <= start + 1010ms);
    CHECK(p.ask(background(method::chat_post_message, "C2"), start) == start);
    CHECK(p.ask(background(method::chat_post_message, "C1"), fourth) == fourth);
}

TEST_CASE("a refused wait takes nothing: asking often does not push the slot away") {
    pacing p;
    for (int i = 0; i < 3; ++i)
        p.ask(background(method::chat_post_message, "C1"), start);
    const auto when = p.ask(background(method::chat_post_message, "C1"), start);
    for (int i = 0; i < 50; ++i)
        CHECK(p.ask(background(method::chat_post_message, "C1"), start) == when);
}

TEST_CASE("a 429 rests one method of one workspace and nothing else", "[scar-52]") {
    pacing p;
    p.rest("T1", method::users_info, 20s, start);
    CHECK(p.ask(interactive(method::users_info), start) == start + 20s);
    CHECK(p.ask(interactive(method::users_info), start + 19s) == start + 20s);
    CHECK(p.ask(interactive(method::users_list), start) == start);
    CHECK(p.ask({"T2", method::users_info, "", priority::interactive}, start) == start);
    CHECK(p.ask(interactive(method::users_info), start + 20s) == start + 20s);
    CHECK(p.resting_until("T1", method::users_info) == start + 20s);
}

TEST_CASE("the platform's wait wins over ours and is never shortened by a later one", "[scar-53]") {
    pacing p;
    p.rest("T1", method::chat_post_message, 60s, start);
    p.rest("T1", method::chat_post_message, 5s, start + 1s);
    CHECK(p.ask(interactive(method::chat_post_message, "C1"), start + 10s) == start + 60s);
}

TEST_CASE("after a 429 a method goes at half pace for a minute, then at full pace again") {
    const auto calls_in = [](pacing &p, moment from, moment to) {
        int count = 0;
        for (auto now = from; now < to;) {
            const auto when = p.ask({"T1", method::users_info, "", priority::interactive}, now);
            if (when <= now)
                ++count;
            else
                now = when;
        }
        return count;
    };
    pacing p;
    p.rest("T1", method::users_info, 10s, start);
    const auto slow = calls_in(p, start + 10s, start + 70s);
    const auto full = calls_in(p, start + 70s, start + 130s);
    CHECK(slow <= 65); // 40 a minute, and what was left of the burst
    CHECK(full >= 79);
    CHECK(slow < full);
}

TEST_CASE("background calls leave room for a person who waits") {
    pacing p;
    auto now = start;
    while (p.ask(background(method::views_publish), now) <= now) {
    }
    CHECK(p.ask(background(method::views_publish), now) > now);
    for (int i = 0; i < 4; ++i)
        CHECK(p.ask(interactive(method::views_publish), now) == now);
}

TEST_CASE("the clock going backwards gives nothing away") {
    pacing p;
    for (int i = 0; i < 3; ++i)
        p.ask(background(method::chat_post_message, "C1"), start);
    CHECK(p.ask(background(method::chat_post_message, "C1"), start - 1h) > start - 1h);
}

TEST_CASE("channels that were quiet for a while are forgotten, so memory is bounded") {
    pacing p;
    auto now = start;
    for (int i = 0; i < 20'000; ++i) {
        now += 1s;
        p.ask(background(method::chat_post_message, "C" + std::to_string(i)), now);
    }
    CHECK(p.size() <= 4100);
}
