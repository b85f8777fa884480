// The statements and verbs of reply_clock and unanswered.
#include "storage/clocks.hpp"

namespace rapport::storage {
namespace {

#define COLUMNS                                                                                              \
    "id, conversation, pair, waiting, owed_by, occasion, set_by, medium, strength, started_at, asked_at, "   \
    "due_by_at, version, settled_at, settled_by"
#define CLOCK "SELECT " COLUMNS " FROM reply_clock WHERE team = $1"
constexpr command<team_id, std::string, std::string, pair_id, person_id, person_id, std::string, clock_set_by,
                  medium, clock_strength, instant, std::optional<instant>, std::optional<instant>,
                  std::int64_t>
    start_sql{
        "clocks.start",
        "INSERT INTO reply_clock (team, id, conversation, pair, waiting, owed_by, occasion, set_by, medium, "
        "strength, started_at, asked_at, due_by_at, version) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING"};
constexpr statement<reply_clock, team_id, std::string> by_id_sql{"clocks.by_id", CLOCK " AND id = $2"};
constexpr statement<reply_clock, team_id, std::string, person_id> running_sql{
    "clocks.running", CLOCK " AND conversation = $2 AND owed_by = $3 AND settled_at IS NULL"};
constexpr statement<reply_clock, team_id, pair_id> running_of_pair_sql{
    "clocks.running_of_pair", CLOCK " AND pair = $2 AND settled_at IS NULL ORDER BY started_at, id"};
constexpr statement<reply_clock, team_id, std::string> running_in_sql{
    "clocks.running_in", CLOCK " AND conversation = $2 AND settled_at IS NULL ORDER BY started_at, id"};
constexpr statement<reply_clock, team_id, person_id> owed_by_sql{
    "clocks.owed_by", CLOCK " AND owed_by = $2 AND settled_at IS NULL ORDER BY started_at, id"};
constexpr statement<reply_clock, team_id, person_id> awaited_by_sql{
    "clocks.awaited_by", CLOCK " AND waiting = $2 AND settled_at IS NULL ORDER BY started_at, id"};
constexpr statement<reply_clock, team_id, pair_id, person_id, std::string> of_occasion_sql{
    "clocks.of_occasion",
    CLOCK " AND pair = $2 AND owed_by = $3 AND occasion = $4 ORDER BY started_at DESC, id DESC LIMIT 1"};
constexpr statement<reply_clock, team_id, std::string, person_id, instant> settled_lately_sql{
    "clocks.settled_lately", CLOCK " AND conversation = $2 AND owed_by = $3 AND settled_at >= $4 "
                                   "ORDER BY settled_at DESC, id DESC LIMIT 1"};
constexpr statement<reply_clock, team_id, pair_id, instant> ended_at_sql{
    "clocks.ended_at",
    CLOCK " AND pair = $2 AND settled_by = 'ended' AND settled_at = $3 ORDER BY started_at, id"};
constexpr command<team_id, std::string, settled_by, instant> settle_sql{
    "clocks.settle", "UPDATE reply_clock SET settled_by = $3, settled_at = $4 "
                     "WHERE team = $1 AND id = $2 AND settled_at IS NULL"};
constexpr command<team_id, std::string> resume_sql{
    "clocks.resume",
    "UPDATE reply_clock SET settled_by = NULL, settled_at = NULL WHERE team = $1 AND id = $2 "
    "AND NOT EXISTS (SELECT 1 FROM reply_clock AS other WHERE other.team = reply_clock.team "
    "AND other.conversation = reply_clock.conversation AND other.owed_by = reply_clock.owed_by "
    "AND other.settled_at IS NULL)"};
constexpr command<team_id, std::string, pair_id, std::int64_t> move_to_sql{
    "clocks.move_to", "UPDATE reply_clock SET pair = $3, version = $4 WHERE team = $1 AND id = $2"};
constexpr command<team_id, instant> soften_seen_sql{
    "clocks.soften_seen", "UPDATE reply_clock SET strength = 'soft' WHERE team = $1 AND settled_at IS NULL "
                          "AND set_by = 'message' AND asked_at IS NULL AND started_at < $2"};
constexpr command<team_id, std::string, instant, clock_strength> mark_asked_sql{
    "clocks.mark_asked", "UPDATE reply_clock SET asked_at = $3, strength = $4 WHERE team = $1 AND id = $2"};
constexpr command<team_id, std::string, std::string, instant> restart_sql{
    "clocks.restart", "UPDATE reply_clock SET occasion = $3, started_at = $4 WHERE team = $1 AND id = $2"};
#undef CLOCK
#undef COLUMNS

constexpr command<team_id, std::string, std::string, person_id, instant> heard_sql{
    "clocks.heard", "INSERT INTO unanswered (team, conversation, ts, person, said_at) "
                    "VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"};
constexpr command<team_id, std::string, std::string> forget_sql{
    "clocks.forget", "DELETE FROM unanswered WHERE team = $1 AND conversation = $2 AND ts = $3"};
constexpr command<team_id, std::string, person_id> forget_all_of_sql{
    "clocks.forget_all_of", "DELETE FROM unanswered WHERE team = $1 AND conversation = $2 AND person = $3"};
constexpr statement<unanswered_message, team_id, std::string, person_id> unanswered_sql{
    "clocks.unanswered", "SELECT ts, person, said_at FROM unanswered "
                         "WHERE team = $1 AND conversation = $2 AND person = $3 ORDER BY said_at, ts"};

} // namespace

bool clocks::start(const reply_clock &what) {
    return db_.changed(start_sql, team_, what.id, what.conversation, what.pair, what.waiting, what.owed_by,
                       what.occasion, what.set_by, what.medium, what.strength, what.started_at, what.asked_at,
                       what.due_by_at, what.version) == 1;
}

std::optional<reply_clock> clocks::by_id(const std::string &id) {
    return db_.one(by_id_sql, team_, id);
}

std::optional<reply_clock> clocks::running(const std::string &conversation, const person_id &owed_by) {
    return db_.one(running_sql, team_, conversation, owed_by);
}

std::vector<reply_clock> clocks::running_of_pair(const pair_id &pair) {
    return db_.all(running_of_pair_sql, team_, pair);
}

std::vector<reply_clock> clocks::running_in(const std::string &conversation) {
    return db_.all(running_in_sql, team_, conversation);
}

std::vector<reply_clock> clocks::owed_by(const person_id &who) {
    return db_.all(owed_by_sql, team_, who);
}

std::vector<reply_clock> clocks::awaited_by(const person_id &who) {
    return db_.all(awaited_by_sql, team_, who);
}

std::optional<reply_clock> clocks::of_occasion(const pair_id &pair, const person_id &owed_by,
                                               const std::string &occasion) {
    return db_.one(of_occasion_sql, team_, pair, owed_by, occasion);
}

std::optional<reply_clock> clocks::settled_lately(const std::string &conversation, const person_id &owed_by,
                                                  instant since) {
    return db_.one(settled_lately_sql, team_, conversation, owed_by, since);
}

void clocks::move_to(const std::string &id, const pair_id &pair, std::int64_t version) {
    db_.run(move_to_sql, team_, id, pair, version);
}

void clocks::soften_seen(instant begun_before) {
    db_.run(soften_seen_sql, team_, begun_before);
}

std::vector<reply_clock> clocks::ended_at(const pair_id &pair, instant at) {
    return db_.all(ended_at_sql, team_, pair, at);
}

bool clocks::settle(const std::string &id, rapport::settled_by how, instant now) {
    return db_.changed(settle_sql, team_, id, how, now) == 1;
}

bool clocks::resume(const std::string &id) {
    return db_.changed(resume_sql, team_, id) == 1;
}

void clocks::mark_asked(const std::string &id, instant at, clock_strength strength) {
    db_.run(mark_asked_sql, team_, id, at, strength);
}

void clocks::restart(const std::string &id, const std::string &occasion, instant started_at) {
    db_.run(restart_sql, team_, id, occasion, started_at);
}

void clocks::heard(const std::string &conversation, const unanswered_message &message) {
    db_.run(heard_sql, team_, conversation, message.ts, message.person, message.said_at);
}

void clocks::forget(const std::string &conversation, const std::string &ts) {
    db_.run(forget_sql, team_, conversation, ts);
}

void clocks::forget_all_of(const std::string &conversation, const person_id &who) {
    db_.run(forget_all_of_sql, team_, conversation, who);
}

std::vector<unanswered_message> clocks::unanswered(const std::string &conversation, const person_id &who) {
    return db_.all(unanswered_sql, team_, conversation, who);
}

} // namespace rapport::storage
