// See stage.hpp.
#include "tests/prove/stage.hpp"

#include <csignal>

namespace rapport::prove {

tests::reckoned stage::settle(const std::vector<tests::typed_line> &lines) {
    hand.take_back();
    if (!t.program().running())
        t.serve();
    auto found = tests::settle_and_reckon(t, lines, patience);
    t.end(SIGTERM);
    return found;
}

void enter(piece &into, const tests::reckoned &found) {
    const auto add = [&](const char *name, std::size_t count) {
        into.counted[name] += static_cast<std::int64_t>(count);
    };
    add("typed", found.typed);
    add("acknowledged", found.acknowledged);
    add("told_later", found.told_later);
    add("never_saved", found.never_saved);
    for (const auto &title : found.lost)
        into.breaks("said to be done and not on file: " + title);
    for (const auto &title : found.doubled)
        into.breaks("on file twice: " + title);
    for (const auto &title : found.untold)
        into.breaks("on file and nobody heard of it: " + title);
}

} // namespace rapport::prove
