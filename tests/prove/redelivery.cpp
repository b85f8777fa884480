// Every delivery up to four times, in another order, on two links and across restarts: one effect each,
// judged by the versions of check-ins on file. See redelivery.hpp.
#include "tests/prove/redelivery.hpp"

#include "tests/prove/stage.hpp"

#include <algorithm>
#include <condition_variable>
#include <csignal>
#include <mutex>

namespace rapport::prove {
namespace {

using workspace::json;

constexpr std::size_t lines_at_once = 10;

// What the platform sends for a line typed in the direct conversation with the app.
json payload_of(workspace::platform &on, const std::string &who, const std::string &line) {
    const auto &own = on.settings.who;
    const auto channel = on.state.direct(who, on.time.now()).id;
    const auto blank = line.find(' ');
    return {{"token", "unused"},
            {"team_id", own.team},
            {"team_domain", own.domain},
            {"channel_id", channel},
            {"channel_name", "directmessage"},
            {"user_id", who},
            {"user_name", "somebody"},
            {"command", line.substr(0, blank)},
            {"text", line.substr(blank + 1)},
            {"api_app_id", own.app},
            {"is_enterprise_install", "false"},
            {"response_url", on.response_url({channel, who, {}, true})},
            {"trigger_id", on.lent.new_trigger({who, {}})}};
}

// Deliveries under way, and how they ended.
struct round {
    std::mutex guard;
    std::condition_variable changed;
    std::size_t open = 0, acked = 0;
};

// Delivers all of these, each in an envelope of its own, and waits for every acknowledgement.
std::size_t deliver(stage &on, const std::vector<json> &payloads) {
    const auto all = std::make_shared<round>();
    all->open = payloads.size();
    on.t.place.with([&](workspace::platform &place) {
        for (const auto &each : payloads)
            place.sockets.deliver(
                {"slash_commands", each, true, [all](workspace::delivery_end how, const json &) {
                     const std::lock_guard hold(all->guard);
                     --all->open;
                     all->acked += how == workspace::delivery_end::acked ? 1 : 0;
                     all->changed.notify_all();
                 }});
    });
    std::unique_lock hold(all->guard);
    all->changed.wait(hold, [&] { return all->open == 0; });
    return all->acked;
}

// The version of a person's check-in of this period: how often it was filed.
std::int64_t filed(tests::town &t, const std::string &person) {
    tests::child_process asking({RAPPORT_PROGRAM, "export", "--json", "--person", person}, t.environment);
    if (asking.wait() != 0)
        throw std::runtime_error("no facts of " + person + ": " + asking.output());
    const auto facts = json::parse(asking.output());
    return facts["pairs"][0]["check_ins"].at(0)["version"];
}

} // namespace

void redelivery(piece &p) {
    stage on(p.planted);
    on.t.serve();
    const auto who = tests::settle_pairs(on.t, 1).front().protege;
    std::vector<json> older;
    std::int64_t lines = 0;
    while (p.trials < p.trials_wanted) {
        std::vector<json> payloads;
        on.t.place.with([&](workspace::platform &place) {
            for (std::size_t n = 0; n < lines_at_once && p.trials < p.trials_wanted; ++n, ++p.trials) {
                const auto one =
                    payload_of(place, who, "/checkin note-" + std::to_string(lines++) + " of many");
                const auto copies = p.between(2, 4);
                for (std::int64_t copy = 0; copy < copies; ++copy)
                    payloads.push_back(one);
                p.hits += copies - 1;
                older.push_back(one);
            }
        });
        std::shuffle(payloads.begin(), payloads.end(), p.chance);
        const auto acked = deliver(on, payloads);
        if (acked != payloads.size())
            p.breaks(std::to_string(payloads.size() - acked) + " deliveries were not acknowledged");
        if (p.between(0, 2) == 0) { // what is known outlives the process
            p.between(0, 1) == 0 ? on.t.program().kill() : static_cast<void>(on.t.end(SIGTERM));
            on.t.serve();
            ++p.counted["restarts"];
            const auto again =
                older[static_cast<std::size_t>(p.between(0, static_cast<std::int64_t>(older.size()) - 1))];
            ++p.hits;
            ++p.counted["came_again_after_a_restart"];
            deliver(on, {again});
        }
    }
    on.t.end(SIGTERM);
    if (const auto times = filed(on.t, who); times != lines)
        p.breaks(std::to_string(lines) + " lines were typed, and " + std::to_string(times) + " are on file");
    p.counted["lines"] += lines;
}

} // namespace rapport::prove
