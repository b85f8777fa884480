// Death at an exact place between a command and its acknowledgement, with nothing else going on (exact
// kills), and at any place with many commands under way (kills under load).
#include "tests/prove/kills.hpp"

#include "tests/prove/stage.hpp"

#include <vector>

namespace rapport::prove {
namespace {

using tests::crowd;

// Where a command may be when its process dies: the calls that lead there, the last of which is struck. The
// waits before a death give an acknowledgement that is sent too early the time to arrive.
struct place {
    const char *name;
    std::vector<strike> way;
};

strike at_log(call which, deed does, std::int32_t wait = 0) {
    return {.does = does, .calls = bit(which), .things = bit(thing::log), .detail = wait};
}

strike sending(deed does) {
    return {.does = does, .calls = bit(call::send), .things = bit(thing::network)};
}

std::vector<place> places() {
    const auto written = at_log(call::write, deed::go_on), synced = at_log(call::sync, deed::go_on);
    return {{"before_the_log_is_written", {at_log(call::write, deed::kill_before, 60)}},
            {"while_the_log_is_written", {at_log(call::write, deed::kill_after)}},
            {"before_the_sync", {written, at_log(call::sync, deed::kill_before, 60)}},
            {"after_the_commit", {written, at_log(call::sync, deed::kill_after)}},
            {"before_the_acknowledgement", {written, synced, sending(deed::kill_before)}},
            {"after_the_acknowledgement", {written, synced, sending(deed::kill_after)}}};
}

// Ends the life of the program at that place, under this one command: the way there begins with the write
// that holds its words. False if it lived on.
bool die_at(stage &on, const place &where, crowd &typing, const std::string &title) {
    auto way = where.way;
    way.front().holding = title;
    on.hand.chain(way);
    typing.type_some(1);
    const bool struck = on.t.program().wait().has_value() && on.hand.struck(way.size() - 1) == 1;
    on.hand.take_back();
    return struck;
}

} // namespace

void exact_kills(piece &p) {
    stage on(p.planted);
    on.t.serve();
    const auto pair = tests::settle_pairs(on.t, 1).front();
    crowd typing(on.t, {pair.protege}, "exact", 1);
    typing.type_some(1); // the platform has been asked about this person after this
    typing.wait_for_ends();
    const auto where = places();
    for (; p.trials < p.trials_wanted; ++p.trials) {
        const auto &at = where[static_cast<std::size_t>(p.trials) % where.size()];
        if (!die_at(on, at, typing, "exact-" + std::to_string(p.trials + 1))) {
            p.breaks(std::string("the rig: nothing was killed ") + at.name);
            on.t.program().kill();
        } else {
            ++p.hits;
            ++p.counted[at.name];
        }
        on.t.serve();
    }
    typing.finish();
    for (const auto &line : typing.lines())
        if (const auto number = std::stoul(line.title.substr(line.title.find('-') + 1));
            line.acknowledged && number > 0)
            ++p.counted[std::string("acknowledged_") + where[(number - 1) % where.size()].name];
    enter(p, on.settle(typing.lines()));
}

void kills_under_load(piece &p) {
    stage on(p.planted);
    on.t.serve();
    std::vector<std::string> people;
    for (const auto &pair : tests::settle_pairs(on.t, 4)) {
        people.push_back(pair.mentor);
        people.push_back(pair.protege);
    }
    crowd typing(on.t, people, "load", 8);
    for (; p.trials < p.trials_wanted; ++p.trials) {
        strike what{.does = p.between(0, 1) == 0 ? deed::kill_before : deed::kill_after};
        what.calls = bit(call::write) | bit(call::sync) | bit(call::send);
        what.skip = p.between(0, 4'000);
        on.hand.order(what);
        typing.type_on();
        if (!on.t.program().wait(std::chrono::seconds(30)) || on.hand.struck() != 1) {
            p.breaks("the rig: the program lived on under load");
            on.t.program().kill();
        } else {
            ++p.hits;
        }
        on.hand.take_back();
        on.t.serve();
    }
    typing.finish();
    auto found = on.settle(typing.lines());
    // an acknowledgement the system took from a dying process may never arrive: docs/decisions/0911
    p.counted["saved_and_never_told"] += static_cast<std::int64_t>(found.untold.size());
    if (found.untold.size() > static_cast<std::size_t>(p.trials))
        p.breaks("more than one line a kill was saved, and nobody ever heard of it");
    found.untold.clear();
    enter(p, found);
}

} // namespace rapport::prove
