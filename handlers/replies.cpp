// The rules of the reply clock; see replies.hpp.
#include "handlers/replies.hpp"

#include "mentoring/obligations.hpp"
#include "storage/outbox.hpp"

#include <climits>

#include <algorithm>
#include <charconv>

namespace rapport {
namespace {

const std::string listened_until = "listened_until";

std::vector<storage::pair> open_of(std::vector<storage::pair> all) {
    std::erase_if(all, [](const storage::pair &each) { return each.state != pair_state::open; });
    return all;
}

// The name a pair's clocks have in common with others of the same conversation.
std::string conversation_of(const storage::pair &pair) {
    return pair.channel ? pair.channel->str() : pair.id.str();
}

bool same_two(const storage::pair &a, const storage::pair &b) {
    return a.side_of(b.mentor) && a.side_of(b.protege);
}

// Days until the first thing a program promises or does about a reply; none where it does nothing.
std::optional<int> first_day(const program &rules) {
    if (rules.replies.promise)
        return rules.replies.promise->target_days;
    if (!rules.replies.steps.empty())
        return rules.replies.steps.front().on_day;
    return std::nullopt;
}

void note_contact(storage::records &on_file, const policies &rules, const storage::pair &pair,
                  const person_id &sender, instant at, instant now) {
    const auto *program = rules.find(pair.program);
    if (!program || program->contacts.hears == listening::none)
        return;
    on_file.contacts.add({.id = on_file.ids.next(now),
                          .pair = pair.id,
                          .medium = medium::slack,
                          .source = storage::contact_source::seen,
                          .started_by = sender,
                          .on_day = program->where.day_of(at),
                          .minutes = {},
                          .logged_by = {},
                          .logged_at = now,
                          .undone_at = {}});
}

// What `sender` owed in this conversation is answered by a message of `at`.
void answer_with(storage::records &on_file, const std::string &conversation, const person_id &sender,
                 instant at, instant now) {
    auto clock = on_file.clocks.running(conversation, sender);
    if (clock && clock->started_at <= at)
        settle_clock(on_file, *clock, settled_by::reply, now);
}

// A loose message starts the clock of the partner, if the pair's policy wants one and none runs.
void start_from_message(storage::records &on_file, const policies &rules, std::vector<storage::pair> pairs,
                        const person_id &sender, const std::string &ts, instant at, instant now) {
    // silence is no evidence where a pair talks elsewhere
    std::erase_if(pairs, [](const storage::pair &each) { return each.talks_elsewhere; });
    const auto *under = clock_pair(pairs, rules);
    if (!under)
        return;
    const auto &program = rules.of(under->program);
    const auto strength = strength_of_loose(program, under->talks_elsewhere);
    if (!strength)
        return;
    storage::reply_clock clock;
    clock.id = on_file.ids.next(now);
    clock.conversation = conversation_of(*under);
    clock.pair = under->id;
    clock.waiting = sender;
    clock.owed_by = under->partner_of(sender);
    clock.occasion = ts;
    clock.strength = *strength;
    clock.started_at = at;
    clock.version = rules.version_of(under->program);
    if (on_file.clocks.start(clock))
        on_file.pairs.look_by(under->id, now);
}

bool written_before(const storage::unanswered_message &one, instant at) {
    return one.said_at <= at;
}

} // namespace

std::optional<instant> said_at(std::string_view ts, instant now) {
    std::int64_t whole = 0, part = 0;
    const auto dot = ts.find('.');
    const auto head = ts.substr(0, dot);
    const auto [end, bad] = std::from_chars(head.data(), head.data() + head.size(), whole);
    if (bad != std::errc{} || end != head.data() + head.size() || whole < 0 || whole > 9'999'999'999)
        return std::nullopt;
    if (dot != std::string_view::npos) {
        auto tail = std::string(ts.substr(dot + 1, 3));
        tail.resize(3, '0');
        const auto [last, wrong] = std::from_chars(tail.data(), tail.data() + 3, part);
        if (wrong != std::errc{} || last != tail.data() + 3 || part < 0)
            return std::nullopt;
    }
    return std::min(now, instant{milliseconds{whole * 1000 + part}});
}

const storage::pair *clock_pair(std::span<const storage::pair> open, const policies &rules) {
    const storage::pair *best = nullptr;
    int least = INT_MAX;
    for (const auto &each : open) {
        const auto *program = rules.find(each.program);
        const auto promised = program ? first_day(*program) : std::nullopt;
        if (!promised)
            continue;
        if (!best || *promised < least || (*promised == least && each.id < best->id)) {
            best = &each;
            least = *promised;
        }
    }
    return best;
}

void wrote(storage::records &on_file, const policies &rules, const slack_id &who, const channel_id &where,
           const std::string &ts, instant now) {
    const auto at = said_at(ts, now);
    if (!at)
        return;
    auto pairs = open_of(on_file.pairs.in_channel(where));
    if (pairs.empty())
        return;
    const auto sender = on_file.people.by_slack(who);
    if (!sender || sender->state != person_state::active)
        return;
    std::erase_if(pairs, [&](const storage::pair &each) { return !each.side_of(sender->id); });
    if (pairs.empty())
        return;
    for (const auto &each : pairs)
        note_contact(on_file, rules, each, sender->id, *at, now);

    const auto &conversation = where.str();
    const auto partner = pairs.front().partner_of(sender->id);
    answer_with(on_file, conversation, sender->id, *at, now);
    for (const auto &each : pairs) // set before the two had a conversation
        answer_with(on_file, each.id.str(), sender->id, *at, now);

    bool overtaken = false; // the other wrote after it: events need not come in order
    for (const auto &theirs : on_file.clocks.unanswered(conversation, partner))
        if (written_before(theirs, *at))
            on_file.clocks.forget(conversation, theirs.ts);
        else
            overtaken = true;
    if (overtaken)
        return;
    if (on_file.clocks.unanswered(conversation, sender->id).size() < most_unanswered)
        on_file.clocks.heard(conversation, {ts, sender->id, *at});
    start_from_message(on_file, rules, std::move(pairs), sender->id, ts, *at, now);
}

void took_back(storage::records &on_file, const channel_id &where, const std::string &ts, instant now) {
    const auto &conversation = where.str();
    on_file.clocks.forget(conversation, ts);
    for (const auto &clock : on_file.clocks.running_in(conversation)) {
        if (clock.set_by != storage::clock_set_by::message || clock.occasion != ts)
            continue;
        const auto left = on_file.clocks.unanswered(conversation, clock.waiting);
        if (left.empty())
            settle_clock(on_file, clock, settled_by::undone, now);
        else
            on_file.clocks.restart(clock.id, left.front().ts, left.front().said_at);
        on_file.pairs.look_by(clock.pair, now);
    }
}

bool settle_clock(storage::records &on_file, const storage::reply_clock &clock, settled_by how, instant now) {
    if (!on_file.clocks.settle(clock.id, how, now))
        return false;
    if (how != settled_by::reply) // an answer forgets what came before it, no more
        on_file.clocks.forget_all_of(clock.conversation, clock.waiting);
    on_file.pairs.look_by(clock.pair, now);
    return true;
}

bool resume_clock(storage::records &on_file, const storage::reply_clock &clock, instant now) {
    if (!on_file.clocks.resume(clock.id))
        return false;
    if (clock.set_by == storage::clock_set_by::message)
        on_file.clocks.heard(clock.conversation, {clock.occasion, clock.waiting, clock.started_at});
    on_file.pairs.look_by(clock.pair, now);
    return true;
}

storage::reply_clock say_waiting(storage::records &on_file, const policies &rules, const storage::pair &pair,
                                 const person_id &waiting, instant wrote_at, medium how, instant now) {
    const auto conversation = conversation_of(pair);
    const auto owed_by = pair.partner_of(waiting);
    if (auto running = on_file.clocks.running(conversation, owed_by)) {
        on_file.clocks.mark_asked(running->id, now, clock_strength::firm);
        on_file.pairs.look_by(running->pair, now);
        running->asked_at = running->asked_at.value_or(now);
        running->strength = clock_strength::firm;
        return *running;
    }
    storage::reply_clock clock;
    clock.id = on_file.ids.next(now);
    clock.conversation = conversation;
    clock.pair = pair.id;
    clock.waiting = waiting;
    clock.owed_by = owed_by;
    clock.medium = how;
    clock.started_at = std::min(wrote_at, now);
    clock.asked_at = now;
    clock.version = rules.version_of(pair.program);
    // what was seen and never followed up (a pair that talks elsewhere) is the better start
    const auto seen = on_file.clocks.unanswered(conversation, waiting);
    if (how == medium::slack && !seen.empty()) {
        clock.set_by = storage::clock_set_by::message;
        clock.occasion = seen.front().ts;
        clock.started_at = seen.front().said_at;
    } else {
        clock.set_by = storage::clock_set_by::told;
        clock.occasion = clock.id;
    }
    on_file.clocks.start(clock);
    on_file.pairs.look_by(pair.id, now);
    return clock;
}

void ask_waits(storage::records &on_file, const policies &rules, const storage::pair &pair,
               const storage::relay &ask, instant now) {
    const auto conversation = conversation_of(pair);
    const auto owed_by = pair.partner_of(ask.by_person);
    auto relays = on_file.open<storage::relays>();
    on_file.contacts.add({.id = on_file.ids.next(now),
                          .pair = pair.id,
                          .medium = medium::slack,
                          .source = storage::contact_source::seen,
                          .started_by = ask.by_person,
                          .on_day = rules.of(pair.program).where.day_of(now),
                          .minutes = {},
                          .logged_by = {},
                          .logged_at = now,
                          .undone_at = {}});
    answer_with(on_file, conversation, ask.by_person, now, now);
    if (conversation != pair.id.str())
        answer_with(on_file, pair.id.str(), ask.by_person, now, now);
    on_file.pairs.look_by(pair.id, now);
    if (const auto running = on_file.clocks.running(conversation, owed_by)) {
        on_file.clocks.mark_asked(running->id, now, clock_strength::firm);
        const auto earlier = running->due_by_at && (!ask.due_by_at || *running->due_by_at < *ask.due_by_at);
        relays.set_due(running->id, earlier ? running->due_by_at : ask.due_by_at);
        relays.run_clock(ask.id, running->id);
        on_file.pairs.look_by(running->pair, now);
        return;
    }
    storage::reply_clock clock;
    clock.id = on_file.ids.next(now);
    clock.conversation = conversation;
    clock.pair = pair.id;
    clock.waiting = ask.by_person;
    clock.owed_by = owed_by;
    clock.occasion = ask.id;
    clock.set_by = storage::clock_set_by::ask;
    clock.started_at = now;
    clock.asked_at = now;
    clock.due_by_at = ask.due_by_at;
    clock.version = rules.version_of(pair.program);
    on_file.clocks.start(clock);
    relays.run_clock(ask.id, clock.id);
}

void replies_after_end(storage::records &on_file, const policies &rules, const storage::pair &ended,
                       instant now) {
    auto others = open_of(on_file.pairs.open_of_person(ended.mentor));
    std::erase_if(others, [&](const storage::pair &each) {
        return each.id == ended.id || !same_two(each, ended) || each.channel != ended.channel ||
               !each.channel;
    });
    const auto *next = clock_pair(others, rules);
    for (const auto &clock : on_file.clocks.running_of_pair(ended.id)) {
        if (next) {
            on_file.clocks.move_to(clock.id, next->id, rules.version_of(next->program));
            on_file.pairs.look_by(next->id, now);
        } else {
            settle_clock(on_file, clock, settled_by::ended, now);
        }
    }
    if (others.empty() && ended.channel) { // nobody of the two waits for anything here any more
        on_file.clocks.forget_all_of(ended.channel->str(), ended.mentor);
        on_file.clocks.forget_all_of(ended.channel->str(), ended.protege);
    }
    on_file.outbox.withdraw_subject(on_file.team, "pair:" + ended.id.str(), "ended", now);
    on_file.attention.clear_pair(ended.id, now);
    for (const auto &line : on_file.nudges.open_of_pair(ended.id))
        on_file.nudges.close(line.id, storage::nudge_outcome::let_go, now);
}

void notice_silence(storage::records &on_file, instant now) {
    const auto known = on_file.facts.get(listened_until);
    std::int64_t ms = 0;
    if (!known || std::from_chars(known->data(), known->data() + known->size(), ms).ec != std::errc{})
        return;
    if (now - instant{milliseconds{ms}} > unheard_limit)
        on_file.clocks.soften_seen(now);
}

void still_listening(storage::records &on_file, instant now) {
    notice_silence(on_file, now);
    on_file.facts.set(listened_until, std::to_string(now.time_since_epoch().count()));
}

} // namespace rapport
