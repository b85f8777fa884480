// Deliveries of the platform that were acted on: each once, by its key. Keeps the rendered answer until it is
// delivered, one hour at most; who calls when (forget_answers, prune) is the process's business.
#pragma once

#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

// What is known of a delivery that came before.
struct earlier_delivery {
    std::string kind;
    instant received_at;
    std::optional<instant> answered_at;
    std::optional<std::string> answer; // as it was rendered, while it is kept
    std::optional<instant> delivered_at;
};

// An answer that did not reach its person yet.
struct kept_answer {
    team_id team;
    std::string key, kind, answer;
    slack_id to;
    std::optional<channel_id> channel;
    instant answered_at;
};

class inbox {
    session &db_;

  public:
    explicit inbox(session &db) : db_(db) {}

    // Nothing the first time the key is seen, which is noted by this call; else what is known of it. `kind`
    // is a short word ("command", "press").
    std::optional<earlier_delivery> first_time(const team_id &team, const std::string &key,
                                               const std::string &kind, instant now);

    // Keeps what is to be said, opaque, for its delivery and for duplicates meanwhile. The key must have been
    // seen (std::logic_error).
    void keep_answer(const team_id &team, const std::string &key, const std::string &answer,
                     const slack_id &to, const std::optional<channel_id> &channel, instant now);

    // The answer reached its person: its text goes. False if it had been delivered before, or is unknown.
    bool mark_delivered(const team_id &team, const std::string &key, instant now);

    // Answers kept since before `older_than`, oldest first.
    std::vector<kept_answer> undelivered(instant older_than, int limit);

    // Drops the text of answers kept since before `before`, delivered or not; gives their number.
    std::int64_t forget_answers(instant before);

    // Drops up to `limit` rows received before `before` (30 days); gives their number: fewer than `limit`
    // means all.
    std::int64_t prune(instant before, int limit);

    // Drops what is kept for one member of a workspace (erasure); their keys stay, without them.
    void forget_person(const team_id &team, const slack_id &who);
};

} // namespace rapport::storage
