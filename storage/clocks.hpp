// Reply clocks: who waits for whom, since when. Nothing here knows what was said.
#pragma once

#include "mentoring/people.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

// What set a clock: a message seen in the conversation, an ask, or told by /nudge ("I wrote by e-mail on
// Monday").
enum class clock_set_by { message, ask, told };
RAPPORT_WORDS(clock_set_by, 3,
              {{clock_set_by::message, "message"}, {clock_set_by::ask, "ask"}, {clock_set_by::told, "told"}})

// `conversation` is the channel's id, or the pair's where there is no channel. `occasion` names the start for
// ever (settled 11): the ts of the first unanswered message, or the id of what else set it. `pair` is the
// open pair whose policy it runs under. `asked_at`: when the one who waits said so by /nudge.
struct reply_clock {
    std::string id;
    std::string conversation;
    pair_id pair;
    person_id waiting;
    person_id owed_by;
    std::string occasion;
    clock_set_by set_by = clock_set_by::message;
    rapport::medium medium = medium::slack;
    clock_strength strength = clock_strength::firm;
    instant started_at{};
    std::optional<instant> asked_at;
    std::optional<instant> due_by_at;
    std::int64_t version = 0; // of the policy it started under (settled 8)
    std::optional<instant> settled_at;
    std::optional<rapport::settled_by> settled_by;

    bool operator==(const reply_clock &) const = default;
};

// A message nobody of the other side has answered yet.
struct unanswered_message {
    std::string ts;
    person_id person;
    instant said_at{};
};

class clocks {
    session &db_;
    team_id team_;

  public:
    clocks(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    // Starts a clock; false if one already runs for this conversation and person.
    bool start(const reply_clock &what);
    std::optional<reply_clock> by_id(const std::string &id);
    std::optional<reply_clock> running(const std::string &conversation, const person_id &owed_by);
    std::vector<reply_clock> running_of_pair(const pair_id &pair);        // by start
    std::vector<reply_clock> running_in(const std::string &conversation); // by start
    std::vector<reply_clock> owed_by(const person_id &who);               // running, by start
    std::vector<reply_clock> awaited_by(const person_id &who);            // running, by start
    // The newest clock of this pair and occasion that this person owes, running or not.
    std::optional<reply_clock> of_occasion(const pair_id &pair, const person_id &owed_by,
                                           const std::string &occasion);
    // The newest of a person's clocks in a conversation that was settled at or after `since`.
    std::optional<reply_clock> settled_lately(const std::string &conversation, const person_id &owed_by,
                                              instant since);
    // Those that stopped because their pair ended at this instant.
    std::vector<reply_clock> ended_at(const pair_id &pair, instant at);
    // Settles a running clock; false if it was settled before.
    bool settle(const std::string &id, settled_by how, instant now);
    // Lets it run on: only an undo does that. False if another clock runs in its place.
    bool resume(const std::string &id);
    // Puts a running clock under another pair of the same two.
    void move_to(const std::string &id, const pair_id &pair, std::int64_t version);
    // Every running clock that was only seen, and began before then, turns soft.
    void soften_seen(instant begun_before);
    void mark_asked(const std::string &id, instant at, clock_strength strength);
    // Moves the start to a later first message, when the earlier one was deleted.
    void restart(const std::string &id, const std::string &occasion, instant started_at);

    void heard(const std::string &conversation, const unanswered_message &message);
    void forget(const std::string &conversation, const std::string &ts);
    void forget_all_of(const std::string &conversation, const person_id &who);
    std::vector<unanswered_message> unanswered(const std::string &conversation,
                                               const person_id &who); // by ts
};

} // namespace rapport::storage
