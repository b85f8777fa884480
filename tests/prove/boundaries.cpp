// Death before every single call, one after the other, of a command's transaction, and at random ones of a
// whole life from start to end; and a disk that is full, broken or short under load. See boundaries.hpp.
#include "tests/prove/boundaries.hpp"

#include "tests/prove/stage.hpp"

#include <cerrno>
#include <csignal>
#include <stdexcept>

namespace rapport::prove {
namespace {

using tests::crowd;

// Lives from start to end under one line; true if it was killed on the way.
bool live_and_die(stage &on, crowd &typing) {
    on.t.start();
    if (on.t.event("started")) {
        typing.type_some(1);
        // killed, or answered and told to go
        while (on.t.program().running() && typing.unended() > 0)
            on.t.program().wait(std::chrono::milliseconds(5));
        on.t.program().signal(SIGTERM);
    }
    return on.t.program().wait() == 128 + SIGKILL;
}

// The program comes back from any death.
void come_back(piece &p, stage &on, const std::string &where) {
    on.hand.take_back();
    try {
        on.t.serve();
    } catch (const std::runtime_error &wrong) {
        p.breaks("after a death " + where + " it did not start: " + wrong.what());
    }
}

} // namespace

namespace {

// The calls of one whole life with one command in it.
std::int64_t calls_of_a_life(stage &on, crowd &typing) {
    on.hand.clear_counts();
    live_and_die(on, typing);
    return on.hand.made(every_call, every_thing);
}

} // namespace

// In turn: a call of one command's transaction, from the write that holds its words on; a call after its
// commit; a call anywhere in a life.
void boundaries(piece &p) {
    stage on(p.planted);
    on.t.serve();
    const auto pair = tests::settle_pairs(on.t, 1).front();
    crowd typing(on.t, {pair.protege}, "edge", 1);
    on.hand.clear_counts();
    typing.type_some(1);
    typing.wait_for_ends();
    const auto in_a_command = on.hand.made(every_call, every_thing);
    on.t.end(SIGTERM);
    const auto in_a_life = calls_of_a_life(on, typing);
    on.t.serve();
    const auto first = p.between(0, in_a_command);
    const strike written{.calls = bit(call::write), .things = bit(thing::log)};
    const strike synced{.calls = bit(call::sync), .things = bit(thing::log)};
    for (; p.trials < p.trials_wanted; ++p.trials) {
        const auto turn = p.trials / 3;
        std::string where;
        if (p.trials % 3 == 2) {
            where = "in_a_life";
            on.t.end(SIGTERM);
            on.hand.order({.does = deed::kill_before, .skip = p.between(0, in_a_life)});
            if (live_and_die(on, typing)) {
                ++p.hits;
                ++p.counted[where];
            }
        } else {
            where = p.trials % 3 == 0 ? "after_the_commit" : "in_a_transaction";
            std::vector<strike> way{written};
            way.front().holding = "edge-" + std::to_string(typing.typed());
            if (p.trials % 3 == 0)
                way.push_back(synced);
            way.push_back({.does = deed::kill_before,
                           .skip = p.trials % 3 == 0 ? turn % 6 : (first + turn) % in_a_command});
            on.hand.chain(way);
            typing.type_some(1);
            while (on.t.program().running() && typing.unended() > 0)
                on.t.program().wait(std::chrono::milliseconds(5));
            // what follows an answer, marking it as given, is over soon
            if (on.t.program().wait(std::chrono::milliseconds(300)) && on.hand.struck(way.size() - 1) == 1) {
                ++p.hits;
                ++p.counted[where];
            }
            on.t.program().kill();
        }
        come_back(p, on, where);
    }
    typing.finish();
    enter(p, on.settle(typing.lines()));
}

namespace {

struct trouble {
    const char *name;
    strike what;
    bool passes; // by itself, once it is over; else a restart is needed
};

std::vector<trouble> troubles() {
    const auto files = bit(thing::log) | bit(thing::database);
    const auto writing = bit(call::write) | bit(call::truncate);
    return {
        {"full",
         {.does = deed::fail, .calls = writing, .things = files, .times = -1, .detail = ENOSPC},
         true},
        {"sync_fails", {.does = deed::fail, .calls = bit(call::sync), .things = files, .detail = EIO}, false},
        {"write_fails",
         {.does = deed::fail, .calls = bit(call::write), .things = files, .detail = EIO},
         false},
        {"write_is_cut_short", {.does = deed::cut_short, .calls = bit(call::write), .things = files}, true},
        {"sync_is_slow",
         {.does = deed::delay, .calls = bit(call::sync), .things = files, .times = 5, .detail = 200},
         true},
    };
}

// Whether a new line is acknowledged as done within a quarter of a minute.
bool works_again(stage &on, crowd &typing) {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(15);
    while (on.t.program().running() && std::chrono::steady_clock::now() < give_up) {
        const auto before = typing.acknowledged();
        typing.type_some(1);
        if (typing.wait_for(before + 1, std::chrono::milliseconds(500)))
            return true;
    }
    return false;
}

} // namespace

void disk_trouble(piece &p) {
    stage on(p.planted);
    on.t.serve();
    std::vector<std::string> people;
    for (const auto &pair : tests::settle_pairs(on.t, 3)) {
        people.push_back(pair.mentor);
        people.push_back(pair.protege);
    }
    crowd typing(on.t, people, "disk", 4);
    const auto all = troubles();
    for (; p.trials < p.trials_wanted; ++p.trials) {
        const auto &now = all[static_cast<std::size_t>(p.trials) % all.size()];
        auto what = now.what;
        what.skip = p.between(0, what.calls == bit(call::sync) ? 3 : 30);
        on.hand.order(what);
        typing.type_some(24);
        typing.wait_for_ends();
        const auto struck = on.hand.struck();
        p.hits += struck;
        p.counted[now.name] += struck > 0 ? 1 : 0;
        on.hand.take_back();
        if (!on.t.program().running()) {
            p.breaks(std::string("the program ended: ") + now.name);
            on.t.serve();
        }
        if (now.passes && !works_again(on, typing))
            p.breaks(std::string("it does not work again after ") + now.name);
        if (!now.passes && struck > 0) {
            const auto red = on.t.status("/readyz").find(" 503 ") != std::string::npos;
            if (!red && p.planted.empty())
                p.breaks(std::string("it says that it is ready after ") + now.name);
            on.t.end(SIGTERM);
            on.t.serve();
        }
    }
    typing.finish();
    enter(p, on.settle(typing.lines()));
}

} // namespace rapport::prove
