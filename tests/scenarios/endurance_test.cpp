// The promises under force: kills at random moments lose nothing that was acknowledged, and a network that
// stalls, resets or drops leaves the service connected again by itself. Judged by what people were told and
// by `rapport export`.
//
// RAPPORT_KILLS sets the number of kills (12 without it); the seed is printed.
#include "tests/scenarios/town.hpp"
#include "tests/support/proxy.hpp"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <random>
#include <set>
#include <thread>

using namespace rapport::tests;
using workspace::json;

namespace {

void enrol_and_pair(town &t) {
    REQUIRE(t.types("U0COORD", "/program enrol @priya mentor").good());
    REQUIRE(t.types("U0COORD", "/program enrol @ana protege").good());
    REQUIRE(t.types("U0COORD", "/program pair @priya @ana").good());
}

int kills_wanted() {
    const char *text = std::getenv("RAPPORT_KILLS");
    return text ? std::atoi(text) : 12;
}

// The titles of Ana's milestones, as the program itself gives them out.
std::multiset<std::string> titles_on_file(town &t) {
    child_process asking({RAPPORT_PROGRAM, "export", "--json", "--person", "U0ANA"}, t.environment);
    REQUIRE(asking.wait() == 0);
    std::multiset<std::string> titles;
    const auto facts = json::parse(asking.output());
    for (const auto &pair : facts["pairs"])
        for (const auto &one : pair["milestones"])
            titles.insert(one["title"].get<std::string>());
    return titles;
}

// Types without end, each line once, and keeps the titles of those that were acknowledged as done.
class typist {
    std::atomic<bool> stop_{false};
    std::mutex guard_;
    std::set<std::string> acknowledged_;
    int typed_ = 0;
    std::thread thread_;

  public:
    typist(town &t, const std::string &who, const std::string &mark)
        : thread_([this, &t, who, mark] {
              for (int n = 0; !stop_; ++n) {
                  const auto title = mark + "-" + std::to_string(n);
                  const auto seen = t.types(who, "/milestone done " + title);
                  const std::lock_guard hold(guard_);
                  ++typed_;
                  if (seen.good() && words_of(seen).find("Done: ") != std::string::npos)
                      acknowledged_.insert(title);
              }
          }) {}
    ~typist() {
        stop_ = true;
        thread_.join();
    }
    std::set<std::string> finish() {
        stop_ = true;
        const std::lock_guard hold(guard_);
        return acknowledged_;
    }
    int typed() {
        const std::lock_guard hold(guard_);
        return typed_;
    }
};

} // namespace

TEST_CASE(
    "killed at random moments under load, nothing that was acknowledged is lost and nothing is doubled") {
    const auto seed = std::random_device{}();
    std::mt19937 chance(seed);
    INFO("seed " << seed);
    town t;
    t.serve();
    enrol_and_pair(t);
    std::set<std::string> acknowledged;
    int typed = 0, kills = 0;
    {
        typist ana(t, "U0ANA", "ana"), priya(t, "U0PRIYA", "priya");
        for (; kills < kills_wanted(); ++kills) {
            // a kill falls anywhere in the life of a command: the wait is a signal that never comes
            const auto wait = std::chrono::milliseconds(std::uniform_int_distribution<int>(5, 400)(chance));
            t.program().wait(wait);
            t.program().kill();
            t.serve();
        }
        acknowledged = ana.finish();
        acknowledged.merge(priya.finish());
        typed = ana.typed() + priya.typed();
    }
    CHECK(t.end(SIGTERM) == 0);
    const auto on_file = titles_on_file(t);
    for (const auto &title : acknowledged)
        if (on_file.count(title) != 1)
            FAIL_CHECK(title << " was acknowledged and is on file " << on_file.count(title) << " times");
    for (const auto &title : on_file)
        if (on_file.count(title) > 1)
            FAIL_CHECK(title << " is on file twice");
    CHECK(acknowledged.size() > static_cast<std::size_t>(kills));
    WARN(kills << " kills, " << typed << " lines typed, " << acknowledged.size()
               << " acknowledged, 0 lost, seed " << seed);
}

TEST_CASE("with the network stalled, reset or dropped it is connected again by itself, and answers") {
    town t;
    const auto address = t.place.api_url(); // https://127.0.0.1:PORT/api/
    const auto port = static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
    proxy between(port);
    const auto through = "https://127.0.0.1:" + std::to_string(between.port());
    t.place.with([&](workspace::platform &on) { on.base_url = through; });
    t.environment["SLACK_API_URL"] = through + "/api/";
    t.serve();
    enrol_and_pair(t);
    const auto answers_again = [&](const std::string &title) {
        for (int tries = 0; tries < 60; ++tries) {
            const auto seen = t.types("U0ANA", "/milestone done " + title);
            if (seen.good() && words_of(seen).find("Done: ") != std::string::npos)
                return true;
            t.program().wait(std::chrono::milliseconds(500)); // it runs on; this is only time
        }
        return false;
    };
    CHECK(answers_again("before"));
    between.reset_all();
    CHECK(answers_again("after a reset"));
    between.drop_all();
    CHECK(answers_again("after a drop"));
    between.set(network::stalls);
    t.program().wait(std::chrono::milliseconds(1000));
    between.set(network::refuses);
    between.reset_all();
    t.program().wait(std::chrono::milliseconds(1000));
    between.set(network::works);
    CHECK(answers_again("after a stall and a refusal"));
    CHECK(between.cut() > 0);
    CHECK(t.program().running());
}
