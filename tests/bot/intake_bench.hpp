// Intake with a real store and everything behind it, between a link that remembers the acknowledgements and a
// platform that remembers the calls and answers as it is told.
#pragma once

#include "bot/clock.hpp"
#include "bot/directory.hpp"
#include "bot/intake.hpp"
#include "bot/replies.hpp"
#include "storage/store.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <deque>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace rapport::bot::tests {

struct manual_clock final : wall_clock {
    instant at{milliseconds{1'796'126'400'000}}; // 2026-12-01 12:00 UTC
    instant now() const override {
        return at;
    }
};

// The link: what it was given to send. `cut` makes it unable to; with `stuck` it takes it and dies with it.
struct recording_link final : slack::ack_port {
    std::vector<nlohmann::json> sent;
    int unanswered = 0;
    bool cut = false, stuck = false;

    bool send_ack(std::string frame, slack::departure when) override {
        if (!cut && !stuck)
            sent.push_back(nlohmann::json::parse(frame));
        when.tell(!cut && !stuck);
        return !cut;
    }
    void settled(slack::ack_result, slack::moment) override {}
    void dropped() override {
        ++unanswered;
    }
};

struct made_call {
    std::string method; // or "respond"
    nlohmann::json body;
};

// The platform: every call is remembered and answered at once with what was set for its method, else "ok".
class recording_platform final : public platform {
    boost::asio::io_context &io_;

    void answer(const std::string &method, on_answer then) {
        platform_answer what;
        what.body = R"({"ok":true})";
        if (method == "conversations.open")
            what.body = R"({"ok":true,"channel":{"id":"D0DIRECT"}})";
        if (const auto set = answers.find(method); set != answers.end())
            what = set->second;
        if (silent.contains(method))
            return unanswered.push_back(std::move(then));
        boost::asio::post(io_, [then = std::move(then), what] { then(what); });
    }

  public:
    std::vector<made_call> calls;
    std::map<std::string, platform_answer> answers;
    std::set<std::string> silent; // methods that are not answered
    std::vector<on_answer> unanswered;
    bool stalled = false;                       // calls wait for their slot
    std::vector<std::function<void()>> waiting; // what grants each of them

    explicit recording_platform(boost::asio::io_context &io) : io_(io) {}

    using platform::call;
    void call(slack::method what, std::string body, slack::priority, on_answer then,
              on_leaving may_leave) override {
        const std::string name(facts_of(what).name);
        const auto make = [this, name, said = nlohmann::json::parse(body), then = std::move(then)](bool go) {
            if (!go)
                return boost::asio::post(io_, [then] { then({slack::failure::later, "withheld", {}, {}}); });
            calls.push_back({name, said});
            answer(name, then);
        };
        if (!may_leave)
            return make(true);
        if (stalled)
            return waiting.push_back([may_leave, make] { may_leave(make); });
        may_leave(make);
    }
    void respond(std::string, std::string body, on_answer then) override {
        calls.push_back({"respond", nlohmann::json::parse(body)});
        answer("respond", std::move(then));
    }
    std::vector<made_call> of(const std::string &method) const {
        std::vector<made_call> found;
        for (const auto &one : calls)
            if (one.method == method)
                found.push_back(one);
        return found;
    }
};

// Holds the store's only thread until let go, as a disk that does not answer would.
class held_store {
    std::promise<void> go_;

  public:
    explicit held_store(storage::store &store) {
        auto wait = std::make_shared<std::future<void>>(go_.get_future());
        store.write(
            {"hold"}, [wait](storage::session &) { wait->wait(); }, [](storage::saved<void>) noexcept {});
    }
    void let_go() {
        go_.set_value();
    }
};

struct intake_bench {
    boost::asio::io_context io{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard{io.get_executor()};
    manual_clock clock;
    std::string lines;
    logger log{level::debug, [this](std::string_view line) { lines += line; }};
    metrics counted;
    std::unique_ptr<storage::store> store;
    recording_platform to{io};
    std::shared_ptr<recording_link> link = std::make_shared<recording_link>();
    std::unique_ptr<directory> people;
    std::unique_ptr<replies> answers;
    std::unique_ptr<intake> in;
    int saved = 0;

    explicit intake_bench(intake_limits limits = {}, const std::string &database = "sqlite::memory:");
    ~intake_bench();

    // Runs the network thread until this holds; fails the test after a generous while.
    void until(const std::function<bool()> &holds);

    slack::delivery command(const std::string &words, const std::string &key,
                            const std::string &name = "/mentoring") const;
    slack::delivery form(const std::string &key) const; // one that no table knows, so it is refused
    slack::delivery said(const std::string &key) const; // an event: somebody wrote
    void take(slack::delivery what);
    bool idle() const {
        return in->in_flight() == 0;
    }
};

} // namespace rapport::bot::tests
