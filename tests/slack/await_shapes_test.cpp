// The shapes in which this project awaits, tried: g++ 12 gets other ordinary ones wrong. Every value is long
// enough to live on the heap, so that a double free or a lost destructor shows, above all under the
// sanitizer.
#include "bot/slack/awaiting.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <vector>

namespace {

namespace asio = boost::asio;
using asio::awaitable;
using boost::system::error_code;
using rapport::slack::as_result;

const std::string longer = "longer than what fits into a string without the heap: ";

struct request {
    std::string who;
    std::vector<std::string> words;
};

awaitable<std::string> later(std::string text) {
    auto on = co_await asio::this_coro::executor;
    asio::steady_timer timer(on, std::chrono::microseconds(10));
    co_await timer.async_wait(as_result);
    co_return text;
}
awaitable<request> asked(request what) {
    auto who = co_await later(what.who);
    what.who = who + "!";
    co_return what;
}
awaitable<std::unique_ptr<std::string>> owned(std::unique_ptr<std::string> given) {
    auto text = co_await later(*given);
    *given = text + "owned";
    co_return given;
}
awaitable<void> append(std::shared_ptr<std::string> to, std::string text) {
    auto more = co_await later(text);
    *to += more;
}
awaitable<std::string> failing(std::string text) {
    auto copy = co_await later(text);
    throw std::runtime_error(copy);
}

// Named locals, moved or copied in; results as named locals; one await a statement.
awaitable<std::string> named_locals() {
    request what;
    what.who = longer + "a";
    what.words = {longer, longer};
    auto answer = co_await asked(std::move(what));
    auto given = std::make_unique<std::string>(longer);
    auto back = co_await owned(std::move(given));
    const auto shared = std::make_shared<std::string>();
    const auto part = longer + "b";
    co_await append(shared, part);
    co_return answer.who + answer.words.at(1) + *back + *shared;
}

awaitable<std::string> returned_at_once() {
    const auto text = longer + "c";
    co_return co_await later(text);
}

awaitable<std::string> assigned() {
    std::string out = co_await later(longer);
    const auto more = longer + "d";
    out = co_await later(more);
    co_return out;
}

awaitable<std::string> branches(bool first) {
    std::string out;
    const auto one = longer + "one";
    const auto other = longer + "other";
    if (first)
        out = co_await later(one);
    else
        out = co_await later(other);
    for (int i = 0; i < 3; ++i) {
        auto each = co_await later(out);
        out = each + ".";
    }
    co_return out;
}

awaitable<std::string> caught() {
    std::string out;
    try {
        const auto text = longer + "thrown";
        auto never = co_await failing(text);
        out = never;
    } catch (const std::runtime_error &e) {
        out = e.what();
    }
    auto after = co_await later(out);
    co_return after;
}

awaitable<std::string> tuples() {
    auto on = co_await asio::this_coro::executor;
    asio::steady_timer timer(on);
    timer.expires_after(std::chrono::hours(1));
    timer.cancel_one();
    timer.expires_after(std::chrono::microseconds(10));
    auto [ec] = co_await timer.async_wait(as_result);
    std::string out = longer + (ec ? "error" : "none");
    auto copy = co_await later(out);
    co_return copy;
}

template <class Awaited>
std::string result_of(Awaited what) {
    asio::io_context loop;
    std::string out = "not finished";
    asio::co_spawn(loop, std::move(what), [&](const std::exception_ptr &thrown, std::string got) {
        out = thrown ? "thrown" : std::move(got);
    });
    loop.run();
    return out;
}

} // namespace

TEST_CASE("the shapes in which this project awaits are compiled right") {
    for (int i = 0; i < 50; ++i) {
        REQUIRE(result_of(named_locals()) == longer + "a!" + longer + longer + "owned" + longer + "b");
        REQUIRE(result_of(returned_at_once()) == longer + "c");
        REQUIRE(result_of(assigned()) == longer + "d");
        REQUIRE(result_of(branches(true)) == longer + "one...");
        REQUIRE(result_of(branches(false)) == longer + "other...");
        REQUIRE(result_of(caught()) == longer + "thrown");
        REQUIRE(result_of(tuples()) == longer + "none");
    }
}

TEST_CASE("a coroutine that is destroyed in the middle of an await frees everything once") {
    for (int steps = 0; steps < 20; ++steps) {
        asio::io_context loop;
        asio::co_spawn(loop, named_locals(), [](const std::exception_ptr &, const std::string &) {});
        for (int i = 0; i < steps; ++i)
            loop.poll_one();
    }
    SUCCEED();
}
