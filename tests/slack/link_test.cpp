// The life of one connection, as tables of (state, input, expected state and actions) on a virtual clock.
#include "bot/slack/link.hpp"

#include <catch2/catch.hpp>

using namespace rapport::slack;
using namespace std::chrono_literals;
using A = link_action;
using S = link_state;
using connection = rapport::slack::link; // unistd.h has a link too

namespace {

const moment start{1h};

// A fresh link walked to a state, all at `start`.
connection in_state(S state) {
    connection l({}, start);
    l.begin(start);
    const auto walk = [&](const link_input &in) { l.take(in, start); };
    if (state >= S::connecting)
        walk(input::ticket_granted{});
    if (state >= S::securing)
        walk(input::tcp_up{});
    if (state >= S::upgrading)
        walk(input::tls_up{});
    if (state >= S::greeting)
        walk(input::upgraded{});
    if (state >= S::ready)
        walk(input::greeted{1, false});
    if (state == S::draining)
        walk(input::told_to_leave{disconnect_reason::warning});
    if (state == S::closing)
        walk(input::told_to_leave{disconnect_reason::link_disabled});
    if (state == S::gone)
        walk(input::transport_failed{"reset"});
    REQUIRE(l.state() == state);
    return l;
}

constexpr S every_state[] = {S::ticket, S::connecting, S::securing, S::upgrading, S::greeting,
                             S::ready,  S::draining,   S::closing,  S::gone};

struct row {
    S from;
    link_input in;
    S to;
    link_actions out;
};

std::string names(const link_actions &actions) {
    std::string out;
    for (const auto each : actions)
        out += std::string(word_of(link_action_words, each)) + " ";
    return out;
}

void check(const std::vector<row> &table) {
    for (const auto &[from, in, to, out] : table) {
        auto l = in_state(from);
        const auto got = l.take(in, start);
        INFO(word_of(link_state_words, from) << " input " << in.index());
        CHECK(word_of(link_state_words, l.state()) == word_of(link_state_words, to));
        CHECK(names(got) == names(out));
    }
}

const input::told_to_leave warning{disconnect_reason::warning};
const input::told_to_leave refresh{disconnect_reason::refresh_requested};
const input::told_to_leave off{disconnect_reason::link_disabled};
const input::told_to_leave too_many{disconnect_reason::too_many_websockets};
const input::told_to_leave unknown{disconnect_reason::unknown};
const link_actions over = {A::destroy, A::ended};

} // namespace

TEST_CASE("a connection comes up step by step and is ready only after hello", "[scar-15]") {
    connection l({}, start);
    CHECK(names(l.begin(start)) == names({A::ask_ticket}));
    check({
        {S::ticket, input::ticket_granted{}, S::connecting, {A::dial}},
        {S::connecting, input::tcp_up{}, S::securing, {}},
        {S::securing, input::tls_up{}, S::upgrading, {}},
        {S::upgrading, input::upgraded{}, S::greeting, {}},
        {S::greeting, input::greeted{1, false}, S::ready, {A::now_ready, A::ping}},
    });
}

TEST_CASE("steps out of their order change nothing") {
    for (const auto state : every_state) {
        const std::vector<std::pair<S, link_input>> steps = {
            {S::ticket, input::ticket_granted{}}, {S::ticket, input::ticket_refused{}},
            {S::connecting, input::tcp_up{}},     {S::securing, input::tls_up{}},
            {S::upgrading, input::upgraded{}},    {S::greeting, input::greeted{1, false}}};
        for (const auto &[belongs, in] : steps)
            if (state != belongs)
                check({{state, in, state, {}}});
    }
}

TEST_CASE("every disconnect is taken in every state", "[scar-1][scar-2]") {
    for (const auto state : {S::ticket, S::connecting, S::securing, S::upgrading, S::closing, S::gone})
        for (const auto &in : {warning, refresh, off, too_many, unknown})
            check({{state, in, state, {}}});
    for (const auto &in : {warning, refresh, off, too_many, unknown})
        check({{S::greeting, in, S::closing, {A::close}}});
    check({
        {S::ready, warning, S::draining, {A::replace}},
        {S::ready, refresh, S::closing, {A::replace, A::close}}, // nothing unanswered: leaves at once
        {S::ready, unknown, S::closing, {A::replace, A::close}},
        {S::ready, off, S::closing, {A::close}},
        {S::ready, too_many, S::closing, {A::close}},
        {S::draining, warning, S::draining, {}},
        {S::draining, refresh, S::closing, {A::close}},
        {S::draining, off, S::closing, {A::close}},
        {S::draining, too_many, S::closing, {A::close}},
    });
}

TEST_CASE("a lost or closed transport ends the connection in every state, and TCP is always destroyed",
          "[scar-8]") {
    for (const auto state : every_state) {
        const bool last = state == S::gone;
        const auto expected = last ? link_actions{} : state == S::ticket ? link_actions{A::ended} : over;
        check({{state, input::peer_closed{}, S::gone, expected},
               {state, input::transport_failed{"reset"}, S::gone, expected},
               {state, input::rebuild{}, S::gone, expected}});
    }
    for (const auto state : {S::connecting, S::securing, S::upgrading, S::greeting})
        check({{state, input::upgrade_refused{409}, S::gone, over}});
}

TEST_CASE("stopping drains what serves, closes what greets and ends what still connects") {
    check({
        {S::ticket, input::stop{}, S::gone, {A::ended}},
        {S::connecting, input::stop{}, S::gone, over},
        {S::securing, input::stop{}, S::gone, over},
        {S::upgrading, input::stop{}, S::upgrading, {}},
        {S::greeting, input::stop{}, S::closing, {A::close}},
        {S::ready, input::stop{}, S::closing, {A::close}},
        {S::draining, input::stop{}, S::closing, {A::close}},
        {S::closing, input::stop{}, S::closing, {}},
        {S::gone, input::stop{}, S::gone, {}},
    });
    auto l = in_state(S::ready);
    l.take(input::unanswered{2}, start);
    CHECK(l.take(input::stop{}, start).empty());
    CHECK(l.state() == S::draining);
    CHECK(names(l.take(input::unanswered{0}, start + 1s)) == names({A::close}));
    CHECK(l.how() == link_end::stopped);
}

TEST_CASE(
    "one stopped while its upgrade is answered takes its leave with a close frame, or ends without trouble",
    "[scar-67]") {
    const auto leaving = [] {
        auto l = in_state(S::upgrading);
        CHECK(l.take(input::stop{}, start).empty());
        return l;
    };
    auto up = leaving();
    CHECK(names(up.take(input::upgraded{}, start + 1s)) == names({A::close}));
    CHECK(up.state() == S::closing);
    for (const auto &in : std::vector<link_input>{input::upgrade_refused{503}, input::peer_closed{},
                                                  input::transport_failed{"reset"}}) {
        auto l = leaving();
        CHECK(names(l.take(in, start + 1s)) == names(over));
        CHECK(l.how() == link_end::stopped);
        CHECK(l.why() == trouble::none);
    }
    const link_limits limits;
    auto unanswered = leaving();
    CHECK(unanswered.wakes_at() == start + limits.close);
    CHECK(unanswered.take(input::stop{}, start + 1s).empty()); // twice is once
    CHECK(unanswered.take(input::clock{}, start + limits.close - 1ms).empty());
    CHECK(names(unanswered.take(input::clock{}, start + limits.close)) == names(over));
    CHECK(unanswered.how() == link_end::stopped);
}

TEST_CASE("every end has its reason and its kind of trouble") {
    struct expected {
        S from;
        link_input in;
        link_end how;
        trouble why;
    };
    for (const auto &[from, in, how, why] : std::vector<expected>{
             {S::ticket, input::ticket_refused{trouble::fatal, {}, "invalid_auth"}, link_end::ticket_failed,
              trouble::fatal},
             {S::ticket, input::ticket_refused{trouble::rate_limited, 20s, "ratelimited"},
              link_end::ticket_failed, trouble::rate_limited},
             {S::connecting, input::transport_failed{"dns"}, link_end::connect_failed, trouble::network},
             {S::securing, input::transport_failed{"tls"}, link_end::connect_failed, trouble::network},
             {S::upgrading, input::upgrade_refused{409}, link_end::upgrade_refused, trouble::network},
             {S::greeting, input::peer_closed{}, link_end::lost, trouble::network},
             {S::greeting, off, link_end::disabled, trouble::disabled},
             {S::greeting, too_many, link_end::too_many, trouble::too_many},
             {S::greeting, refresh, link_end::lost, trouble::network},
             {S::greeting, input::greeted{1, true}, link_end::wrong_app, trouble::fatal},
             {S::ready, input::peer_closed{}, link_end::lost, trouble::network},
             {S::ready, off, link_end::disabled, trouble::disabled},
             {S::ready, too_many, link_end::too_many, trouble::too_many},
             {S::ready, unknown, link_end::asked_unknown, trouble::network}}) {
        auto l = in_state(from);
        l.take(in, start);
        l.take(input::peer_closed{}, start);
        INFO(word_of(link_state_words, from) << " input " << in.index());
        CHECK(l.state() == S::gone);
        CHECK(word_of(link_end_words, l.how()) == word_of(link_end_words, how));
        CHECK(word_of(trouble_words, l.why()) == word_of(trouble_words, why));
    }
    auto l = in_state(S::ticket);
    l.take(input::ticket_refused{trouble::rate_limited, 20s, "ratelimited"}, start);
    CHECK(l.retry_after() == 20s);
}

TEST_CASE("each step of connecting has its own limit", "[scar-21]") {
    for (const auto state : {S::ticket, S::connecting, S::securing, S::upgrading, S::greeting}) {
        auto l = in_state(state);
        CHECK(l.wakes_at() == start + 10s);
        CHECK(l.take(input::clock{}, start + 9999ms).empty());
        const auto out = l.take(input::clock{}, start + 10s);
        CHECK(out.back() == A::ended);
        CHECK(l.how() == link_end::step_timeout);
        CHECK(l.why() == trouble::network);
    }
}

TEST_CASE("all steps together have a limit too") {
    connection l({}, start);
    l.begin(start);
    l.take(input::ticket_granted{}, start + 9s);
    l.take(input::tcp_up{}, start + 18s);
    l.take(input::tls_up{}, start + 27s);
    CHECK(l.wakes_at() == start + 30s);
    CHECK(l.take(input::clock{}, start + 30s).back() == A::ended);
    CHECK(l.how() == link_end::step_timeout);
}

TEST_CASE("a ping goes out after 6 s without a frame; 18 s without one is death",
          "[scar-24][scar-27][scar-29a]") {
    auto l = in_state(S::ready);
    CHECK(l.wakes_at() == start + 6s);
    CHECK(l.take(input::clock{}, start + 5999ms).empty());
    CHECK(names(l.take(input::clock{}, start + 6s)) == names({A::ping}));
    CHECK(names(l.take(input::clock{}, start + 12s)) == names({A::ping}));
    CHECK(l.take(input::clock{}, start + 17999ms).empty()); // one or two missed pongs are no death
    CHECK(names(l.take(input::clock{}, start + 18s)) == names(over));
    CHECK(l.how() == link_end::silent);
    CHECK(l.why() == trouble::network);
}

TEST_CASE("any frame at all counts as life", "[scar-28][scar-29]") {
    auto l = in_state(S::ready);
    for (auto now = start; now < start + 10min; now += 5s) {
        l.take(input::frame_seen{}, now);
        for (const auto each : l.take(input::clock{}, now))
            CHECK(each == A::settled);
    }
    CHECK(l.state() == S::ready);
    CHECK(l.last_frame() == start + 9min + 55s);
}

TEST_CASE("the first ping goes out with hello", "[scar-30]") {
    auto l = in_state(S::greeting);
    const auto out = l.take(input::greeted{1, false}, start);
    CHECK(std::count(out.begin(), out.end(), A::ping) == 1);
}

TEST_CASE("a frozen process finds its connection dead and does not trust it") {
    auto l = in_state(S::ready);
    CHECK(l.take(input::clock{}, start + 10min).back() == A::ended);
    CHECK(l.how() == link_end::silent);
}

TEST_CASE("a connection that was told to leave serves until its deliveries are answered") {
    auto l = in_state(S::ready);
    l.take(input::unanswered{2}, start);
    CHECK(names(l.take(refresh, start)) == names({A::replace}));
    CHECK(l.state() == S::draining);
    CHECK(l.serving());
    l.take(input::unanswered{1}, start + 1s);
    CHECK(l.state() == S::draining);
    CHECK(names(l.take(input::unanswered{0}, start + 2s)) == names({A::close}));
    CHECK(names(l.take(input::peer_closed{}, start + 2s)) == names(over));
    CHECK(l.how() == link_end::refreshed);
}

TEST_CASE("a refreshed connection whose handlers hang is closed after 5 s, a warned one after 30 s") {
    for (const auto &[in, limit] : {std::pair{refresh, 5s}, std::pair{warning, 30s}}) {
        auto l = in_state(S::ready);
        l.take(input::unanswered{1}, start);
        l.take(in, start);
        for (auto now = start; now < start + limit; now += 1s) {
            l.take(input::frame_seen{}, now);
            l.take(input::clock{}, now);
            CHECK(l.state() == S::draining);
        }
        CHECK(names(l.take(input::clock{}, start + limit)) == names({A::close}));
    }
}

TEST_CASE("after a warning the platform's own closing is an orderly end") {
    auto l = in_state(S::ready);
    l.take(input::frame_seen{}, start + 59s);
    l.take(input::clock{}, start + 60s);
    REQUIRE(l.stable());
    l.take(warning, start + 61s);
    CHECK(names(l.take(input::peer_closed{}, start + 70s)) == names(over));
    CHECK(l.how() == link_end::refreshed);
    CHECK(l.why() == trouble::none);
}

TEST_CASE("being sent away within the first minute feeds the back-off like a failure", "[scar-22]") {
    auto l = in_state(S::ready);
    l.take(refresh, start + 1s);
    CHECK(l.why() == trouble::network);
}

TEST_CASE("an unanswered close frame is waited for 3 s, then TCP is destroyed", "[scar-7][scar-8]") {
    auto l = in_state(S::closing);
    CHECK(l.wakes_at() == start + 3s);
    CHECK(l.take(input::frame_seen{}, start + 1s).empty());
    CHECK(l.take(input::clock{}, start + 2999ms).empty());
    CHECK(names(l.take(input::clock{}, start + 3s)) == names(over));
    CHECK(l.wakes_at() == never);
}

TEST_CASE("a minute after hello the connection is believed in, once") {
    auto l = in_state(S::ready);
    int settled = 0;
    for (auto now = start; now <= start + 3min; now += 1s) {
        l.take(input::frame_seen{}, now);
        for (const auto each : l.take(input::clock{}, now))
            settled += each == A::settled;
        CHECK(settled == (now >= start + 60s ? 1 : 0));
    }
}

TEST_CASE("it never asks to be woken in the past with nothing to do") {
    for (const auto state : every_state) {
        auto l = in_state(state);
        for (int i = 0; i < 1000 && l.wakes_at() != never; ++i) {
            const auto at = l.wakes_at();
            l.take(input::clock{}, at);
            REQUIRE((l.wakes_at() > at || l.wakes_at() == never));
        }
        CHECK(l.state() == S::gone); // nobody sends frames: all of them end
    }
}
