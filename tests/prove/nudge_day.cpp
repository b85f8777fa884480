// See nudge_day.hpp.
#include "tests/prove/nudge_day.hpp"

#include <stdexcept>

namespace rapport::prove {
namespace {

using namespace std::chrono_literals;
using steady = std::chrono::steady_clock;

// Looks again each time the program had a moment; false once the time is up.
template <class Said>
bool wait_until(tests::town &t, std::chrono::milliseconds limit, Said said) {
    for (const auto give_up = steady::now() + limit; steady::now() < give_up;) {
        if (said())
            return true;
        t.program().wait(50ms);
    }
    return said();
}

} // namespace

int messages_with(tests::town &t, const std::string &who, const std::string &channel,
                  const std::string &text) {
    int count = 0;
    t.place.with([&](workspace::platform &on) {
        for (const auto &one : workspace::messages_seen(on, who, channel, SIZE_MAX))
            count += one.dump().find(text) != std::string::npos ? 1 : 0;
    });
    return count;
}

nudge_day::nudge_day(stage &on, int pairs) : on_(on) {
    auto &t = on_.t;
    settle_on_monday();
    pairs_ = tests::settle_pairs(t, pairs);
    t.pass(2min); // the minute in which pairing can be taken back
    for (const auto &each : pairs_) {
        const bool introduced = wait_until(t, 90s, [&] {
            auto &where = conversations_[each.mentor];
            if (where.empty())
                where = conversation_of(each);
            return !where.empty() && messages_with(t, each.protege, where, each.mentor) > 0;
        });
        if (!introduced)
            throw std::runtime_error("a pair was not introduced:\n" + t.program().output());
        t.says(each.protege, conversation(each), "when could we talk");
    }
    // an answered line stands behind everything that came before it
    t.types("U0COORD", "/program");
}

// From a Monday afternoon day three is the Thursday, and no weekend is near.
void nudge_day::settle_on_monday() {
    using days = std::chrono::duration<int, std::ratio<86400>>;
    const auto now = std::chrono::system_clock::now();
    const auto today = std::chrono::floor<days>(now);
    const auto since_monday = (today.time_since_epoch().count() + 3) % 7; // 1970 began on a Thursday
    const auto monday = today + days(7 - since_monday) + 15h;
    on_.t.pass(std::chrono::duration_cast<std::chrono::milliseconds>(monday - now));
}

std::string nudge_day::conversation_of(const tests::typing_pair &pair) {
    std::string found;
    on_.t.place.with([&](workspace::platform &on) {
        for (const auto &[id, each] : on.state.conversations)
            if (each.kind == workspace::conversation_kind::mpim && each.has(pair.mentor) &&
                each.has(pair.protege))
                found = id;
    });
    return found;
}

void nudge_day::come() {
    on_.t.pass(73h); // Thursday afternoon
}

int nudge_day::nudges(const std::string &mentor) const {
    return messages_with(on_.t, mentor, on_.t.direct(mentor), "has been waiting");
}

void nudge_day::wait_for_nudges(std::chrono::milliseconds limit) const {
    wait_until(on_.t, limit, [&] {
        for (const auto &each : pairs_)
            if (nudges(each.mentor) == 0)
                return false;
        return true;
    });
}

} // namespace rapport::prove
