// See inbox.hpp.
#include "storage/inbox.hpp"

namespace rapport::storage {
namespace {

constexpr command<team_id, std::string, std::string, instant> arrive{
    "inbox.arrive", "INSERT INTO inbox (team, key, kind, received_at) VALUES ($1, $2, $3, $4) "
                    "ON CONFLICT (team, key) DO NOTHING"};
constexpr statement<earlier_delivery, team_id, std::string> earlier{
    "inbox.earlier",
    "SELECT kind, received_at, answered_at, answer, delivered_at FROM inbox WHERE team = $1 AND key = $2"};
constexpr command<team_id, std::string, std::string, slack_id, std::optional<channel_id>, instant> keep{
    "inbox.keep_answer",
    "UPDATE inbox SET answer = $3, to_slack = $4, to_channel = $5, answered_at = $6, delivered_at = NULL "
    "WHERE team = $1 AND key = $2"};
constexpr command<team_id, std::string, instant> deliver{
    "inbox.mark_delivered", "UPDATE inbox SET answer = NULL, delivered_at = $3 "
                            "WHERE team = $1 AND key = $2 AND delivered_at IS NULL"};
constexpr statement<kept_answer, instant, int> kept{
    "inbox.undelivered", "SELECT team, key, kind, answer, to_slack, to_channel, answered_at FROM inbox "
                         "WHERE answer IS NOT NULL AND answered_at < $1 ORDER BY answered_at LIMIT $2"};
constexpr command<instant> forget{"inbox.forget_answers", "UPDATE inbox SET answer = NULL "
                                                          "WHERE answer IS NOT NULL AND answered_at < $1"};
constexpr command<instant, int> drop{"inbox.prune",
                                     "DELETE FROM inbox WHERE (team, key) IN (SELECT team, key FROM inbox "
                                     "WHERE received_at < $1 ORDER BY received_at LIMIT $2)"};
constexpr command<team_id, slack_id> erase{
    "inbox.forget_person", "UPDATE inbox SET answer = NULL, to_slack = NULL, to_channel = NULL "
                           "WHERE team = $1 AND to_slack = $2"};

} // namespace

std::optional<earlier_delivery> inbox::first_time(const team_id &team, const std::string &key,
                                                  const std::string &kind, instant now) {
    if (db_.changed(arrive, team, key, kind, now) == 1)
        return std::nullopt;
    return db_.one(earlier, team, key);
}

void inbox::keep_answer(const team_id &team, const std::string &key, const std::string &answer,
                        const slack_id &to, const std::optional<channel_id> &channel, instant now) {
    if (db_.changed(keep, team, key, answer, to, channel, now) != 1)
        throw std::logic_error("inbox.keep_answer: the key was never seen");
}

bool inbox::mark_delivered(const team_id &team, const std::string &key, instant now) {
    return db_.changed(deliver, team, key, now) == 1;
}

std::vector<kept_answer> inbox::undelivered(instant older_than, int limit) {
    return db_.all(kept, older_than, limit);
}

std::int64_t inbox::forget_answers(instant before) {
    return db_.changed(forget, before);
}

std::int64_t inbox::prune(instant before, int limit) {
    return db_.changed(drop, before, limit);
}

void inbox::forget_person(const team_id &team, const slack_id &who) {
    db_.run(erase, team, who);
}

} // namespace rapport::storage
