// A word no one else would say, in every way people say things in a pair's conversation, with every level of
// the log on and frames that make no sense between; then the process dies, and the word is looked for in all
// it wrote. See canary.hpp.
#include "tests/prove/canary.hpp"

#include "tests/prove/nudge_day.hpp"

#include <fmt/format.h>

#include <csignal>
#include <utility>

namespace rapport::prove {
namespace {

enum class manner { said, in_thread, as_action, with_file, edited, deleted };
constexpr int manners = 6;

// Says it; true if the workspace took it.
bool say(stage &on, const tests::typing_pair &pair, const std::string &channel, const std::string &word,
         manner how) {
    bool good = false;
    on.t.place.with([&](workspace::platform &place) {
        workspace::hands acts(place);
        workspace::hands::utterance what;
        what.text = "about the " + word + " of yesterday";
        if (how == manner::as_action)
            what.subtype = "me_message";
        if (how == manner::with_file)
            what.file = word + ".pdf";
        auto seen = acts.say(pair.protege, channel, what);
        good = seen.good();
        const auto ts = seen.seen.value("ts", "");
        if (how == manner::in_thread) {
            what.thread_ts = ts;
            good = acts.say(pair.mentor, channel, what).good();
        }
        if (how == manner::edited)
            good = acts.edit(pair.protege, channel, ts, word + " and no more").good();
        if (how == manner::deleted)
            good = acts.erase(pair.protege, channel, ts).good();
    });
    return good;
}

} // namespace

void canaries(piece &p) {
    stage on(p.planted);
    on.t.serve();
    nudge_day day(on, 1);
    on.t.program().signal(SIGUSR1); // every level is logged from here on
    on.t.event("level_switched");
    const auto &pair = day.pairs().front();
    std::vector<std::string> words;
    for (; p.trials < p.trials_wanted; ++p.trials) {
        words.push_back(fmt::format("canary{:016x}", p.chance()));
        if (say(on, pair, day.conversation(pair), words.back(), static_cast<manner>(p.trials % manners)))
            ++p.hits;
        if (p.between(0, 4) == 0)
            on.t.put_fault({.kind = p.between(0, 1) == 0 ? workspace::fault_kind::garbage_frame
                                                         : workspace::fault_kind::unknown_frame});
        on.t.types("U0COORD", "/program"); // answered behind what was said
    }
    const auto shown = on.t.status("/metrics") + on.t.status("/readyz");
    on.t.program().signal(p.between(0, 1) == 0 ? SIGABRT : SIGKILL);
    on.t.program().wait();
    words.push_back("xoxb-local-workspace");
    words.push_back("xapp-1-local-workspace");
    for (const auto &word : words) {
        const auto found =
            on.t.where_found(word) + (shown.find(word) == std::string::npos ? "" : "a status page\n");
        if (!found.empty())
            p.breaks(word + " is found in " + found);
    }
    p.counted["words_looked_for"] += static_cast<std::int64_t>(words.size());
}

} // namespace rapport::prove
