// The statements and verbs of nudge.
#include "storage/nudges.hpp"

namespace rapport::storage {
namespace {

#define COLUMNS                                                                                              \
    "id, pair, kind, occasion, person, rung, act, since_at, planned_at, carried_by, given_at, channel, ts, " \
    "remind_at, closed_at, outcome"
#define NUDGE "SELECT " COLUMNS " FROM nudge WHERE team = $1"
using text = std::string;

constexpr command<team_id, text, pair_id, text, text, person_id, int, text, instant, instant,
                  std::optional<text>, std::optional<instant>>
    add_sql{"nudges.add",
            "INSERT INTO nudge (team, id, pair, kind, occasion, person, rung, act, since_at, planned_at, "
            "carried_by, given_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) "
            "ON CONFLICT (team, pair, kind, occasion, person, rung) DO NOTHING"};
constexpr statement<nudge, team_id, text> by_id_sql{"nudges.by_id", NUDGE " AND id = $2"};
constexpr statement<nudge, team_id, pair_id, text, text, person_id, int> find_sql{
    "nudges.find", NUDGE " AND pair = $2 AND kind = $3 AND occasion = $4 AND person = $5 AND rung = $6"};
constexpr statement<nudge, team_id, pair_id> of_pair_sql{"nudges.of_pair",
                                                         NUDGE " AND pair = $2 ORDER BY planned_at, id"};
constexpr statement<nudge, team_id, pair_id> open_of_pair_sql{
    "nudges.open_of_pair", NUDGE " AND pair = $2 AND closed_at IS NULL ORDER BY planned_at, id"};
constexpr statement<nudge, team_id, pair_id, text, text> of_occasion_sql{
    "nudges.of_occasion", NUDGE " AND pair = $2 AND kind = $3 AND occasion = $4 ORDER BY planned_at, id"};
constexpr statement<nudge, team_id, person_id, channel_id, text> in_message_sql{
    "nudges.in_message",
    NUDGE " AND person = $2 AND given_at IS NOT NULL AND channel = $3 AND ts = $4 ORDER BY planned_at, id"};
constexpr statement<nudge, team_id, person_id, instant> given_since_sql{
    "nudges.given_since", NUDGE " AND person = $2 AND given_at >= $3 ORDER BY given_at, id"};
#undef NUDGE
#undef COLUMNS

constexpr command<team_id, text, text> carry_sql{
    "nudges.carry", "UPDATE nudge SET carried_by = $3 WHERE team = $1 AND id = $2"};
constexpr command<team_id, person_id, text, instant, std::optional<channel_id>, std::optional<text>>
    arrived_sql{"nudges.arrived", "UPDATE nudge SET given_at = $4, channel = $5, ts = $6, remind_at = NULL "
                                  "WHERE team = $1 AND person = $2 AND carried_by = $3"};
constexpr command<team_id, text, instant> give_sql{
    "nudges.give", "UPDATE nudge SET given_at = $3 WHERE team = $1 AND id = $2"};
constexpr command<team_id, text, std::optional<instant>> remind_sql{
    "nudges.remind", "UPDATE nudge SET remind_at = $3 WHERE team = $1 AND id = $2"};
constexpr command<team_id, text, nudge_outcome, instant> close_sql{
    "nudges.close", "UPDATE nudge SET outcome = $3, closed_at = $4 WHERE team = $1 AND id = $2 "
                    "AND closed_at IS NULL"};
constexpr command<team_id, pair_id, text, text> reopen_sql{
    "nudges.reopen", "UPDATE nudge SET outcome = NULL, closed_at = NULL WHERE team = $1 AND pair = $2 "
                     "AND kind = $3 AND occasion = $4"};

} // namespace

void nudges::add(const nudge &what) {
    db_.run(add_sql, team_, what.id, what.pair, what.kind, what.occasion, what.person, what.rung, what.act,
            what.since_at, what.planned_at, what.carried_by, what.given_at);
}

std::optional<nudge> nudges::by_id(const std::string &id) {
    return db_.one(by_id_sql, team_, id);
}

std::optional<nudge> nudges::find(const pair_id &pair, const std::string &kind, const std::string &occasion,
                                  const person_id &person, int rung) {
    return db_.one(find_sql, team_, pair, kind, occasion, person, rung);
}

std::vector<nudge> nudges::of_pair(const pair_id &pair) {
    return db_.all(of_pair_sql, team_, pair);
}

std::vector<nudge> nudges::open_of_pair(const pair_id &pair) {
    return db_.all(open_of_pair_sql, team_, pair);
}

std::vector<nudge> nudges::of_occasion(const pair_id &pair, const std::string &kind,
                                       const std::string &occasion) {
    return db_.all(of_occasion_sql, team_, pair, kind, occasion);
}

std::vector<nudge> nudges::in_message(const person_id &person, const channel_id &channel,
                                      const std::string &ts) {
    return db_.all(in_message_sql, team_, person, channel, ts);
}

std::vector<nudge> nudges::given_since(const person_id &person, instant since) {
    return db_.all(given_since_sql, team_, person, since);
}

void nudges::carry(const std::string &id, const std::string &lease) {
    db_.run(carry_sql, team_, id, lease);
}

void nudges::arrived(const person_id &person, const std::string &lease, instant now,
                     const std::optional<channel_id> &channel, const std::optional<std::string> &ts) {
    db_.run(arrived_sql, team_, person, lease, now, channel, ts);
}

void nudges::give(const std::string &id, instant now) {
    db_.run(give_sql, team_, id, now);
}

void nudges::remind(const std::string &id, const std::optional<instant> &at) {
    db_.run(remind_sql, team_, id, at);
}

void nudges::close(const std::string &id, nudge_outcome how, instant now) {
    db_.run(close_sql, team_, id, how, now);
}

void nudges::reopen(const pair_id &pair, const std::string &kind, const std::string &occasion) {
    db_.run(reopen_sql, team_, pair, kind, occasion);
}

} // namespace rapport::storage
