// Many connections over time, on a virtual clock: staggering, overlap, budgets, storms and the watchdog.
#include "bot/slack/fleet.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <random>
#include <set>

using namespace rapport::slack;
using namespace std::chrono_literals;

namespace {

const moment start{1h};

// Drives a fleet on a virtual clock and plays the platform for it.
struct sky {
    moment now = start;
    fleet f;
    std::vector<moment> opens;
    std::vector<notice> notices;
    std::set<link_id> tcp; // dialled and not destroyed
    std::size_t tcp_most = 0;
    std::set<link_id> asking;

    std::function<link_input(link_id)> at_ticket = [](link_id) {
        return link_input(input::ticket_granted{});
    };
    std::function<void(link_id)> at_dial = [this](link_id id) { come_up(id, static_cast<int>(tcp.size())); };
    bool chatty = true; // the platform sends a frame every 5 s

    explicit sky(std::uint64_t seed = 1) : f({}, {}, {}, seed, start) {
        take(f.tick(now));
    }

    void take(const fleet_output &out) {
        for (const auto &each : out.notices)
            notices.push_back(each);
        for (const auto &[id, what] : out.orders) {
            if (what == link_action::ask_ticket) {
                opens.push_back(now);
                give(id, at_ticket(id));
            } else if (what == link_action::dial) {
                tcp.insert(id);
                tcp_most = std::max(tcp_most, tcp.size());
                at_dial(id);
            } else if (what == link_action::destroy) {
                tcp.erase(id);
            } else if (what == link_action::close) {
                give(id, input::peer_closed{});
            }
        }
    }
    void give(link_id id, const link_input &in) {
        take(f.take(id, in, now));
    }
    void come_up(link_id id, int num_connections) {
        give(id, input::tcp_up{});
        give(id, input::tls_up{});
        give(id, input::upgraded{});
        give(id, input::greeted{num_connections, false});
    }
    void run_for(milliseconds time) {
        const auto until = now + time;
        auto frame_at = now + 5s;
        while (now < until) {
            now = std::min({until, std::max(f.wakes_at(now), now + 1ms), frame_at});
            if (now >= frame_at) {
                frame_at += 5s;
                if (chatty)
                    for (const auto &each : f.links())
                        give(each.id, input::frame_seen{});
            }
            take(f.tick(now));
        }
    }
    std::vector<link_id> in(link_state state) const {
        std::vector<link_id> out;
        for (const auto &each : f.links())
            if (each.state == state)
                out.push_back(each.id);
        return out;
    }
    int count(notice_kind kind) const {
        return static_cast<int>(std::count_if(notices.begin(), notices.end(),
                                              [&](const auto &each) { return each.kind == kind; }));
    }
};

// No more than 3 at once and then one in 20 s, over any window.
void check_budget(const std::vector<moment> &opens) {
    std::size_t too_early = 0;
    for (std::size_t i = 0; i + 3 < opens.size(); ++i)
        for (std::size_t j = i + 3; j < opens.size(); ++j)
            too_early += opens[j] - opens[i] < 20s * static_cast<int>(j - i - 2) - 1ms;
    CHECK(too_early == 0);
}

} // namespace

TEST_CASE("two connections come up, the second at least 10 s after the first") {
    sky s;
    CHECK(s.f.links().size() == 1);
    s.run_for(9999ms);
    CHECK(s.f.ready_count() == 1);
    s.run_for(2s);
    CHECK(s.f.ready_count() == 2);
    REQUIRE(s.opens.size() == 2);
    CHECK(s.opens[1] - s.opens[0] >= 10s);
    s.run_for(1h);
    CHECK(s.opens.size() == 2);
    CHECK(s.notices.empty());
}

TEST_CASE("a replacement is up before the old connection goes", "[scar-65]") {
    sky s;
    s.run_for(5min);
    for (int i = 0; i < 1'000; ++i) {
        s.run_for(3min);
        const auto ready = s.in(link_state::ready);
        REQUIRE(ready.size() == 2);
        const auto old = ready[static_cast<std::size_t>(i) % 2];
        if (i % 3 == 0) {
            s.give(old, input::told_to_leave{disconnect_reason::warning});
            CHECK(s.f.ready_count() >= 2);
            s.run_for(10s);
            CHECK(s.f.ready_count() >= 2);
            s.give(old, input::told_to_leave{disconnect_reason::refresh_requested});
        } else {
            s.give(old, input::unanswered{i % 2});
            s.give(old, input::told_to_leave{disconnect_reason::refresh_requested});
        }
        CHECK(s.f.ready_count() >= 1);
    }
    CHECK(s.tcp_most <= 3);
    CHECK(s.f.ended(link_end::refreshed) >= 999);
    check_budget(s.opens);
}

TEST_CASE("when both are told to leave at once, one replacement does not wait for the other") {
    sky s;
    s.run_for(5min);
    const auto ready = s.in(link_state::ready);
    const auto before = s.opens.size();
    for (const auto id : ready)
        s.give(id, input::unanswered{1});
    for (const auto id : ready)
        s.give(id, input::told_to_leave{disconnect_reason::refresh_requested});
    CHECK(s.opens.size() > before);
    CHECK(s.opens[before] == s.now);
    s.run_for(30s);
    CHECK(s.f.ready_count() == 2);
}

TEST_CASE("inputs of a connection that is gone change nothing", "[scar-11][scar-19]") {
    sky s;
    s.run_for(1min);
    const auto old = s.in(link_state::ready).front();
    s.give(old, input::transport_failed{"reset"});
    s.run_for(1min);
    REQUIRE(s.f.ready_count() == 2);
    for (const link_input &late : {link_input(input::transport_failed{"again"}),
                                   link_input(input::peer_closed{}), link_input(input::ticket_granted{}),
                                   link_input(input::told_to_leave{disconnect_reason::link_disabled}),
                                   link_input(input::greeted{9, false})}) {
        const auto out = s.f.take(old, late, s.now);
        CHECK(out.orders.empty());
        CHECK(out.notices.empty());
    }
    CHECK(s.f.ready_count() == 2);
}

TEST_CASE("however opening fails for an hour, there is no storm, and it is back within a minute",
          "[scar-4][scar-6][scar-9][scar-13][scar-17][scar-18]") {
    const std::vector<std::pair<const char *, std::function<void(sky &)>>> ways = {
        {"internal_error",
         [](sky &s) {
             s.at_ticket = [](link_id) {
                 return input::ticket_refused{trouble::network, {}, "internal_error"};
             };
         }},
        {"unknown word",
         [](sky &s) {
             s.at_ticket = [](link_id) { return input::ticket_refused{trouble::unknown, {}, "x"}; };
         }},
        {"429",
         [](sky &s) {
             s.at_ticket = [](link_id) {
                 return input::ticket_refused{trouble::rate_limited, 20s, "ratelimited"};
             };
         }},
        {"dns", [](sky &s) { s.at_dial = [&s](link_id id) { s.give(id, input::transport_failed{"dns"}); }; }},
        {"tls",
         [](sky &s) {
             s.at_dial = [&s](link_id id) {
                 s.give(id, input::tcp_up{});
                 s.give(id, input::transport_failed{"tls"});
             };
         }},
        {"409",
         [](sky &s) {
             s.at_dial = [&s](link_id id) {
                 s.give(id, input::tcp_up{});
                 s.give(id, input::tls_up{});
                 s.give(id, input::upgrade_refused{409});
             };
         }},
        {"black hole", [](sky &s) { s.at_dial = [](link_id) {}; }},
        {"no hello",
         [](sky &s) {
             s.at_dial = [&s](link_id id) {
                 s.give(id, input::tcp_up{});
                 s.give(id, input::tls_up{});
                 s.give(id, input::upgraded{});
             };
         }},
        {"disconnect first",
         [](sky &s) {
             s.at_dial = [&s](link_id id) {
                 s.give(id, input::tcp_up{});
                 s.give(id, input::tls_up{});
                 s.give(id, input::upgraded{});
                 s.give(id, input::told_to_leave{disconnect_reason::refresh_requested});
             };
         }},
        {"hello, then lost",
         [](sky &s) {
             s.at_dial = [&s](link_id id) {
                 s.come_up(id, 1);
                 s.give(id, input::transport_failed{"reset"});
             };
         }},
        {"hello, then refresh",
         [](sky &s) {
             s.at_dial = [&s](link_id id) {
                 s.come_up(id, 1);
                 s.give(id, input::told_to_leave{disconnect_reason::refresh_requested});
             };
         }},
        {"deaf after hello", [](sky &s) { s.chatty = false; }},
    };
    for (const auto &[name, break_it] : ways) {
        const auto seed = Catch::rngSeed();
        INFO(name << ", seed " << seed);
        sky s(seed);
        s.run_for(5min);
        REQUIRE(s.f.ready_count() == 2);
        break_it(s);
        for (const auto &each : s.f.links())
            s.give(each.id, input::transport_failed{"cut"});
        s.run_for(1h);
        check_budget(s.opens);
        CHECK(s.opens.size() > 5); // it never gives up
        CHECK(s.tcp_most <= 4);
        s.at_ticket = [](link_id) { return link_input(input::ticket_granted{}); };
        s.at_dial = [&s](link_id id) { s.come_up(id, static_cast<int>(s.tcp.size())); };
        s.chatty = true;
        const bool long_wait = std::string(name) == "unknown word";
        s.run_for(long_wait ? 301s : 61s);
        CHECK(s.f.ready());
        s.run_for(10min);
        CHECK(s.f.ready_count() == 2);
    }
}

TEST_CASE("the wait the platform asks for holds for all connections", "[scar-17][scar-52]") {
    sky s;
    s.run_for(5min);
    s.at_ticket = [](link_id) { return input::ticket_refused{trouble::rate_limited, 120s, "ratelimited"}; };
    for (const auto &each : s.f.links())
        s.give(each.id, input::transport_failed{"cut"});
    s.run_for(20s);
    const auto asked = s.opens.back();
    const auto count = s.opens.size();
    s.run_for(100s);
    CHECK(s.opens.size() == count);
    s.run_for(60s);
    REQUIRE(s.opens.size() > count);
    CHECK(s.opens[count] - asked >= 120s);
}

TEST_CASE("too many connections: one careful try at a time, at least 30 s apart", "[scar-8][scar-22]") {
    sky s;
    s.run_for(5min);
    s.at_dial = [&s](link_id id) {
        s.come_up(id, 11);
        s.give(id, input::told_to_leave{disconnect_reason::too_many_websockets});
    };
    for (const auto &each : s.f.links())
        s.give(each.id, input::told_to_leave{disconnect_reason::too_many_websockets});
    const auto before = s.opens.size();
    s.tcp_most = 0;
    s.run_for(1h);
    for (std::size_t i = before; i + 1 < s.opens.size(); ++i)
        CHECK(s.opens[i + 1] - s.opens[i] >= 30s);
    CHECK(s.opens.size() - before >= 5);
    CHECK(s.tcp_most == 1);
    CHECK(s.count(notice_kind::too_many_websockets) > 0);
    // Recovery: one alone until it is stable, then the second.
    s.at_dial = [&s](link_id id) { s.come_up(id, 1); };
    while (!s.f.ready())
        s.run_for(1s);
    s.run_for(55s);
    CHECK(s.f.ready_count() == 1);
    s.run_for(5min);
    CHECK(s.f.ready_count() == 2);
}

TEST_CASE("a disabled app is tried slowly: after a minute, then up to ten") {
    sky s;
    s.run_for(5min);
    s.at_dial = [&s](link_id id) {
        s.come_up(id, 1);
        s.give(id, input::told_to_leave{disconnect_reason::link_disabled});
    };
    for (const auto &each : s.f.links())
        s.give(each.id, input::told_to_leave{disconnect_reason::link_disabled});
    const auto before = s.opens.size();
    s.run_for(3h);
    for (std::size_t i = before; i + 1 < s.opens.size(); ++i) {
        CHECK(s.opens[i + 1] - s.opens[i] >= 60s);
        CHECK(s.opens[i + 1] - s.opens[i] <= 601s + 10s);
    }
    CHECK(s.opens.size() - before >= 15);
    CHECK(s.count(notice_kind::link_disabled) >= 15);
}

TEST_CASE("a fatal error stops everything and tells the operator how to mend it", "[scar-4]") {
    sky s;
    s.run_for(5min);
    s.at_ticket = [](link_id) { return input::ticket_refused{trouble::fatal, {}, "invalid_auth"}; };
    s.give(s.in(link_state::ready).front(), input::transport_failed{"cut"});
    s.run_for(1min);
    CHECK(s.f.fatal());
    CHECK(s.f.over());
    CHECK(s.tcp.empty());
    REQUIRE(s.count(notice_kind::fatal) == 1);
    CHECK(s.notices.back().text.find("SLACK_APP_TOKEN") != std::string::npos);
    const auto count = s.opens.size();
    s.run_for(1h);
    CHECK(s.opens.size() == count);
}

TEST_CASE("the token of another app stops the start", "[scar-34]") {
    sky s;
    s.run_for(1min);
    s.at_dial = [&s](link_id id) {
        s.give(id, input::tcp_up{});
        s.give(id, input::tls_up{});
        s.give(id, input::upgraded{});
        s.give(id, input::greeted{1, true});
    };
    s.give(s.in(link_state::ready).front(), input::transport_failed{"cut"});
    s.run_for(1min);
    CHECK(s.f.fatal());
    CHECK(s.notices.back().text.find("another app") != std::string::npos);
}

TEST_CASE("connections that are not ours are noticed once, and their end too", "[scar-33][scar-67]") {
    sky s;
    s.at_dial = [&s](link_id id) { s.come_up(id, 10); };
    for (const auto &each : s.f.links())
        s.give(each.id, input::transport_failed{"cut"});
    s.run_for(1min);
    CHECK(s.f.num_connections() == 10);
    CHECK(s.count(notice_kind::foreign_connections) == 1);
    s.at_dial = [&s](link_id id) { s.come_up(id, 1); };
    s.give(s.in(link_state::ready).front(), input::transport_failed{"cut"});
    s.run_for(1min);
    CHECK(s.count(notice_kind::foreign_gone) == 1);
}

TEST_CASE("when nothing is ready for two minutes all is built anew", "[scar-5][scar-20]") {
    sky s;
    s.run_for(5min);
    // A peer that keeps a link half alive for ever would be the worst case: here the dial never answers.
    s.at_dial = [](link_id) {};
    for (const auto &each : s.f.links())
        s.give(each.id, input::transport_failed{"cut"});
    s.run_for(119s);
    CHECK(s.f.rebuilds() == 0);
    s.run_for(2s);
    CHECK(s.f.rebuilds() == 1);
    CHECK(s.count(notice_kind::rebuilt) == 1);
    s.run_for(2min);
    CHECK(s.f.rebuilds() == 2);
}

TEST_CASE("never more than four connections, whatever the platform asks") {
    const auto seed = Catch::rngSeed();
    INFO("seed " << seed);
    std::mt19937_64 dice(seed);
    sky s(seed);
    for (int i = 0; i < 1'500; ++i) {
        s.run_for(milliseconds(static_cast<long>(dice() % 20'000)));
        for (const auto &each : s.f.links())
            switch (dice() % 12) {
            case 0:
                s.give(each.id, input::told_to_leave{disconnect_reason::warning});
                break;
            case 1:
                s.give(each.id, input::told_to_leave{disconnect_reason::refresh_requested});
                break;
            case 2:
                s.give(each.id, input::unanswered{static_cast<int>(dice() % 3)});
                break;
            case 3:
                s.give(each.id, input::transport_failed{"reset"});
                break;
            case 4:
                s.give(each.id, input::told_to_leave{disconnect_reason::unknown});
                break;
            default:
                break;
            }
        REQUIRE(s.f.links().size() <= 4);
        REQUIRE(s.tcp.size() <= s.f.links().size());
    }
    check_budget(s.opens);
    s.run_for(10min);
    CHECK(s.f.ready_count() == 2);
    CHECK(s.tcp.size() == s.f.links().size());
}

TEST_CASE("stopping closes every connection, opens none, and twice is once", "[scar-63][scar-64]") {
    sky s;
    s.run_for(5min);
    const auto busy = s.in(link_state::ready).front();
    s.give(busy, input::unanswered{1});
    s.take(s.f.stop(s.now));
    s.take(s.f.stop(s.now));
    CHECK_FALSE(s.f.over()); // one still owes an answer
    s.run_for(2s);
    s.give(busy, input::unanswered{0});
    CHECK(s.f.over());
    CHECK(s.tcp.empty());
    const auto count = s.opens.size();
    s.run_for(1h);
    CHECK(s.opens.size() == count);
    CHECK(s.f.wakes_at(s.now) == never);
}

TEST_CASE("stopping ends even if handlers hang and the peer never answers the close") {
    sky s;
    s.run_for(5min);
    for (const auto &each : s.f.links())
        s.give(each.id, input::unanswered{1});
    auto out = s.f.stop(s.now);
    const auto asked = s.now;
    std::set<link_id> closing;
    while (!s.f.over()) {
        s.now = s.f.wakes_at(s.now);
        REQUIRE(s.now < asked + 1min);
        for (const auto &each : s.f.tick(s.now).orders)
            if (each.what == link_action::close)
                closing.insert(each.id);
    }
    CHECK(closing.size() == 2);
    CHECK(s.now - asked <= 8s);
}
