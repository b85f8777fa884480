// Lookups that hang, fail and change, none of which may hold up the loop or a shutdown.
#include "bot/slack/resolver.hpp"
#include "tests/slack/peer.hpp"

#include <boost/asio/co_spawn.hpp>
#include <catch2/catch.hpp>

#include <condition_variable>
#include <mutex>

using namespace rapport::slack;
using namespace slack_tests;
using namespace std::chrono_literals;

namespace {

// A lookup that hangs until it is let go; shared, because its threads outlive the test.
struct gate {
    std::mutex mutex;
    std::condition_variable opened;
    bool open = false;
    void wait() {
        std::unique_lock lock(mutex);
        opened.wait(lock, [&] { return open; });
    }
    void let_go() {
        const std::lock_guard lock(mutex);
        open = true;
        opened.notify_all();
    }
};

struct asked {
    std::optional<resolved> got;
    std::shared_ptr<lookup_wait> wait;
};

std::shared_ptr<asked> ask(asio::io_context &loop, resolver &names, const std::string &host,
                           milliseconds limit = 10s) {
    auto out = std::make_shared<asked>();
    out->wait = std::make_shared<lookup_wait>(loop.get_executor());
    asio::co_spawn(loop, names.resolve(out->wait, host, "443", limit),
                   [out](const std::exception_ptr &, resolved got) { out->got = std::move(got); });
    return out;
}

resolved one_address(const char *address) {
    return {{{asio::ip::make_address(address), 443}}, {}};
}

} // namespace

TEST_CASE("addresses and localhost need no lookup") {
    asio::io_context loop;
    resolver names(loop.get_executor(),
                   [](const std::string &, const std::string &) -> resolved { std::abort(); });
    const auto four = ask(loop, names, "127.0.0.1");
    const auto here = ask(loop, names, "localhost");
    run_until(loop, [&] { return four->got && here->got; });
    CHECK(four->got->addresses.size() == 1);
    for (const auto &each : here->got->addresses)
        CHECK(each.address().is_loopback());
}

TEST_CASE("a lookup that hangs is waited for so long and no longer, and the loop goes on meanwhile",
          "[scar-13]") {
    const auto hang = std::make_shared<gate>();
    asio::io_context loop;
    resolver names(loop.get_executor(), [hang](const std::string &, const std::string &) {
        hang->wait();
        return resolved();
    });
    const auto slow = ask(loop, names, "slack.test", 20ms);
    int turns = 0;
    asio::steady_timer tick(loop, 1ms);
    tick.async_wait([&](auto) { ++turns; });
    run_until(loop, [&] { return slow->got.has_value(); });
    CHECK(slow->got->addresses.empty());
    CHECK(slow->got->error == "DNS: no answer in time");
    CHECK(turns == 1);
    hang->let_go();
}

TEST_CASE("a hanging lookup holds up neither cancelling nor the end of the resolver and its loop") {
    const auto hang = std::make_shared<gate>();
    {
        asio::io_context loop;
        resolver names(loop.get_executor(), [hang](const std::string &, const std::string &) {
            hang->wait();
            return one_address("192.0.2.1");
        });
        const auto one = ask(loop, names, "slack.test");
        const auto two = ask(loop, names, "slack.test");
        run_for(loop, 1ms);
        one->wait->cancel();
        run_until(loop, [&] { return one->got.has_value(); });
        CHECK(one->got->error == "DNS: stopped");
        CHECK_FALSE(two->got.has_value());
    }
    hang->let_go(); // answers into nothing
}

TEST_CASE("at most eight lookups hang at once; more are refused") {
    const auto hang = std::make_shared<gate>();
    asio::io_context loop;
    resolver names(loop.get_executor(), [hang](const std::string &, const std::string &) {
        hang->wait();
        return resolved();
    });
    std::vector<std::shared_ptr<asked>> all;
    for (int i = 0; i < resolver::lookups_most; ++i)
        all.push_back(ask(loop, names, "slack.test"));
    run_for(loop, 1ms);
    const auto more = ask(loop, names, "slack.test");
    run_until(loop, [&] { return more->got.has_value(); });
    CHECK(more->got->error == "DNS: too many lookups hang");
    for (const auto &each : all)
        each->wait->cancel();
    run_until(loop, [&] { return all.back()->got.has_value(); });
    hang->let_go();
}

TEST_CASE("while lookups fail the last good addresses are used, and a new address at once") {
    const auto answer = std::make_shared<resolved>(one_address("192.0.2.1"));
    const auto mutex = std::make_shared<std::mutex>();
    asio::io_context loop;
    resolver names(loop.get_executor(), [answer, mutex](const std::string &, const std::string &) {
        const std::lock_guard lock(*mutex);
        return *answer;
    });
    const auto now_is = [&](resolved what) {
        {
            const std::lock_guard lock(*mutex);
            *answer = std::move(what);
        }
        const auto one = ask(loop, names, "slack.test");
        run_until(loop, [&] { return one->got.has_value(); });
        return *one->got;
    };
    CHECK(now_is(one_address("192.0.2.1")).error.empty());
    const auto old = now_is({{}, "DNS: NXDOMAIN"});
    REQUIRE(old.addresses.size() == 1);
    CHECK(old.addresses[0].address().to_string() == "192.0.2.1");
    CHECK(old.error == "DNS: NXDOMAIN");
    CHECK(now_is(one_address("192.0.2.7")).addresses[0].address().to_string() == "192.0.2.7");
}
