// Lines that people were given about what they owe, and the messages that carried them. What is to be sent is
// the outbox's; this is what the ladders, the caps and later changes of a message are judged by.
#pragma once

#include "mentoring/words.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

// What became of the cause of a line: done (thanked), settled otherwise, or let go.
enum class nudge_outcome { done, settled, let_go };
RAPPORT_WORDS(nudge_outcome, 3,
              {{nudge_outcome::done, "done"},
               {nudge_outcome::settled, "settled"},
               {nudge_outcome::let_go, "let-go"}})

// `kind`, `occasion` and `rung` are those of the obligation (settled 11); rung 0 was listed in a message that
// went out anyway, and
// below 0 it was heard again at an hour its person chose. `act` is the word of the rung. `since_at`: since
// when it is owed. `carried_by` is the lease its message went out under. `given_at`: when it reached the
// person, or may have (an ambiguous send counts as given); `channel` and `ts` only where it surely did.
// `remind_at`: the hour the person chose to hear it again.
struct nudge {
    std::string id;
    pair_id pair;
    std::string kind;
    std::string occasion;
    person_id person;
    int rung = 0;
    std::string act;
    instant since_at{};
    instant planned_at{};
    std::optional<std::string> carried_by;
    std::optional<instant> given_at;
    std::optional<channel_id> channel;
    std::optional<std::string> ts;
    std::optional<instant> remind_at;
    std::optional<instant> closed_at;
    std::optional<nudge_outcome> outcome;

    bool operator==(const nudge &) const = default;
};

class nudges {
    session &db_;
    team_id team_;

  public:
    nudges(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    // Adds the line; one that is there already (same pair, kind, occasion, person, rung) is left as it is.
    void add(const nudge &what);
    std::optional<nudge> by_id(const std::string &id);
    std::optional<nudge> find(const pair_id &pair, const std::string &kind, const std::string &occasion,
                              const person_id &person, int rung);
    std::vector<nudge> of_pair(const pair_id &pair);      // by planned_at, id
    std::vector<nudge> open_of_pair(const pair_id &pair); // not closed; by planned_at, id
    std::vector<nudge> of_occasion(const pair_id &pair, const std::string &kind, const std::string &occasion);
    // The lines of one message, in the order they were planned.
    std::vector<nudge> in_message(const person_id &person, const channel_id &channel, const std::string &ts);
    // What reached the person since then, by given_at.
    std::vector<nudge> given_since(const person_id &person, instant since);

    // The line goes out under this lease; whatever lease it had before is over.
    void carry(const std::string &id, const std::string &lease);
    // All that the person was sent under this lease arrived, or may have (no channel and ts).
    void arrived(const person_id &person, const std::string &lease, instant now,
                 const std::optional<channel_id> &channel, const std::optional<std::string> &ts);
    // It counts as given though no message of its own carried it.
    void give(const std::string &id, instant now);
    void remind(const std::string &id, const std::optional<instant> &at);
    void close(const std::string &id, nudge_outcome how, instant now);
    // An undo: the lines of the occasion that were closed stand again.
    void reopen(const pair_id &pair, const std::string &kind, const std::string &occasion);
};

} // namespace rapport::storage
