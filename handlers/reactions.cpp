// See reactions.hpp.
#include "handlers/reactions.hpp"

#include "handlers/replies.hpp"

#include <algorithm>

namespace rapport {

bool answered_by_reaction(storage::records &on_file, const policies &rules, const slack_id &who,
                          const channel_id &where, const std::string &ts, instant now) {
    const auto reader = on_file.people.by_slack(who);
    if (!reader || reader->state != person_state::active)
        return false;
    const auto &conversation = where.str();
    const auto clock = on_file.clocks.running(conversation, reader->id);
    if (!clock || clock->set_by != storage::clock_set_by::message)
        return false;
    const auto pair = on_file.pairs.by_id(clock->pair);
    const auto *program = pair ? rules.find(pair->program) : nullptr;
    if (!program || !program->replies.reactions_answer || pair->state != pair_state::open)
        return false;
    const auto waiting = on_file.clocks.unanswered(conversation, clock->waiting); // by ts
    const auto reacted_to =
        std::find_if(waiting.begin(), waiting.end(), [&](const auto &one) { return one.ts == ts; });
    if (reacted_to == waiting.end())
        return false;
    for (auto one = waiting.begin(); one <= reacted_to; ++one)
        on_file.clocks.forget(conversation, one->ts);
    const auto next = reacted_to + 1;
    if (next == waiting.end())
        settle_clock(on_file, *clock, settled_by::reply, now);
    else
        on_file.clocks.restart(clock->id, next->ts, next->said_at);
    on_file.pairs.look_by(clock->pair, now);
    return true;
}

result<answer> reaction_was_seen(desk &at) {
    const auto &seen = at.as<reaction_changed>();
    if (seen.added) // one that is taken back leaves what it answered answered
        answered_by_reaction(at.on_file, at.rules(), at.asked.from, at.asked.channel, seen.message_ts,
                             at.now());
    return silence();
}

} // namespace rapport
