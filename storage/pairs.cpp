// The statements and verbs of pair and conversation.
#include "storage/pairs.hpp"

namespace rapport::storage {
namespace {

#define COLUMNS                                                                                              \
    "id, program, term, mentor, protege, state, began_at, ended_at, made_by, ended_by, channel, "            \
    "talks_elsewhere, milestones, look_again_at"
#define PAIR "SELECT " COLUMNS " FROM pair WHERE team = $1"

struct number {
    std::int64_t value = 0;
};
struct maybe_instant {
    std::optional<instant> value;
};
struct one_channel {
    channel_id value;
};

constexpr command<team_id, pair_id, program_slug, term_id, person_id, person_id, pair_state, instant,
                  std::optional<instant>, std::optional<person_id>, std::optional<person_id>,
                  std::optional<channel_id>, bool, std::int64_t, std::optional<instant>>
    add_sql{"pairs.add", "INSERT INTO pair (team, " COLUMNS ") "
                         "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"};
constexpr statement<pair, team_id, pair_id> by_id_sql{"pairs.by_id", PAIR " AND id = $2"};
constexpr statement<pair, team_id, term_id, person_id, person_id> running_sql{
    "pairs.running", PAIR " AND term = $2 AND mentor = $3 AND protege = $4 AND state <> 'ended'"};
constexpr statement<pair, team_id, person_id> of_person_sql{"pairs.of_person", PAIR
                                                            " AND (mentor = $2 OR protege = $2) ORDER BY id"};
constexpr statement<pair, team_id, person_id> open_of_person_sql{
    "pairs.open_of_person", PAIR " AND (mentor = $2 OR protege = $2) AND state <> 'ended' ORDER BY id"};
constexpr statement<pair, team_id, channel_id> in_channel_sql{"pairs.in_channel",
                                                              PAIR " AND channel = $2 ORDER BY id"};
constexpr statement<pair, team_id, term_id> of_term_sql{"pairs.of_term", PAIR " AND term = $2 ORDER BY id"};
constexpr command<team_id, pair_id, std::optional<person_id>, instant> end_sql{
    "pairs.end", "UPDATE pair SET state = 'ended', ended_by = $3, ended_at = $4, look_again_at = NULL "
                 "WHERE team = $1 AND id = $2 AND state <> 'ended'"};
constexpr command<team_id, pair_id, instant> reopen_sql{
    "pairs.reopen", "UPDATE pair SET state = 'open', ended_by = NULL, ended_at = NULL, look_again_at = $3 "
                    "WHERE team = $1 AND id = $2 AND state = 'ended'"};
constexpr command<team_id, pair_id, pair_state> set_state_sql{
    "pairs.set_state", "UPDATE pair SET state = $3 WHERE team = $1 AND id = $2 AND state <> 'ended'"};
constexpr command<team_id, pair_id, channel_id> talk_in_sql{
    "pairs.talk_in", "UPDATE pair SET channel = $3 WHERE team = $1 AND id = $2"};
constexpr command<team_id, pair_id, bool> talk_elsewhere_sql{
    "pairs.talk_elsewhere", "UPDATE pair SET talks_elsewhere = $3 WHERE team = $1 AND id = $2"};
constexpr statement<number, team_id, pair_id> next_milestone_sql{
    "pairs.next_milestone",
    "UPDATE pair SET milestones = milestones + 1 WHERE team = $1 AND id = $2 RETURNING milestones"};
constexpr command<team_id, pair_id, std::optional<instant>> look_again_sql{
    "pairs.look_again",
    "UPDATE pair SET look_again_at = $3 WHERE team = $1 AND id = $2 AND state <> 'ended'"};
constexpr command<team_id, pair_id, instant> look_by_sql{
    "pairs.look_by", "UPDATE pair SET look_again_at = $3 WHERE team = $1 AND id = $2 AND state <> 'ended' "
                     "AND (look_again_at IS NULL OR look_again_at > $3)"};
constexpr command<team_id, channel_id, instant> open_conversation_sql{
    "pairs.open_conversation", "INSERT INTO conversation (team, channel, opened_at) VALUES ($1, $2, $3) "
                               "ON CONFLICT (team, channel) DO UPDATE SET closed_at = NULL"};
constexpr statement<one_channel, team_id, channel_id> is_conversation_sql{
    "pairs.is_conversation",
    "SELECT channel FROM conversation WHERE team = $1 AND channel = $2 AND closed_at IS NULL"};
constexpr statement<due_pair, instant, std::int64_t> to_look_at_sql{
    "pairs.to_look_at", "SELECT team, id, look_again_at FROM pair WHERE look_again_at IS NOT NULL "
                        "AND look_again_at <= $1 ORDER BY look_again_at LIMIT $2"};
constexpr statement<maybe_instant> next_look_sql{
    "pairs.next_look", "SELECT MIN(look_again_at) FROM pair WHERE look_again_at IS NOT NULL"};

#undef PAIR
#undef COLUMNS

} // namespace

void pairs::add(const pair &which) {
    db_.run(add_sql, team_, which.id, which.program, which.term, which.mentor, which.protege, which.state,
            which.began_at, which.ended_at, which.made_by, which.ended_by, which.channel,
            which.talks_elsewhere, which.milestones, which.look_again_at);
}

std::optional<pair> pairs::by_id(const pair_id &id) {
    return db_.one(by_id_sql, team_, id);
}

std::optional<pair> pairs::running(const term_id &term, const person_id &mentor, const person_id &protege) {
    return db_.one(running_sql, team_, term, mentor, protege);
}

std::vector<pair> pairs::of_person(const person_id &who) {
    return db_.all(of_person_sql, team_, who);
}

std::vector<pair> pairs::open_of_person(const person_id &who) {
    return db_.all(open_of_person_sql, team_, who);
}

std::vector<pair> pairs::in_channel(const channel_id &channel) {
    return db_.all(in_channel_sql, team_, channel);
}

std::vector<pair> pairs::of_term(const term_id &term) {
    return db_.all(of_term_sql, team_, term);
}

void pairs::end(const pair_id &id, const std::optional<person_id> &by, instant now) {
    db_.run(end_sql, team_, id, by, now);
}

void pairs::reopen(const pair_id &id, instant now) {
    db_.run(reopen_sql, team_, id, now);
}

void pairs::set_state(const pair_id &id, pair_state state) {
    db_.run(set_state_sql, team_, id, state);
}

void pairs::talk_in(const pair_id &id, const channel_id &channel) {
    db_.run(talk_in_sql, team_, id, channel);
}

void pairs::talk_elsewhere(const pair_id &id, bool elsewhere) {
    db_.run(talk_elsewhere_sql, team_, id, elsewhere);
}

std::int64_t pairs::next_milestone(const pair_id &id) {
    const auto row = db_.one(next_milestone_sql, team_, id);
    if (!row)
        throw std::logic_error("pairs.next_milestone: no such pair");
    return row->value;
}

void pairs::look_again(const pair_id &id, std::optional<instant> at) {
    db_.run(look_again_sql, team_, id, at);
}

void pairs::look_by(const pair_id &id, instant at) {
    db_.run(look_by_sql, team_, id, at);
}

void pairs::open_conversation(const channel_id &channel, instant now) {
    db_.run(open_conversation_sql, team_, channel, now);
}

bool pairs::is_conversation(const channel_id &channel) {
    return db_.one(is_conversation_sql, team_, channel).has_value();
}

std::vector<due_pair> pairs_to_look_at(session &db, instant now, std::int64_t limit) {
    return db.all(to_look_at_sql, now, limit);
}

std::optional<instant> next_look(session &db) {
    return db.one(next_look_sql)->value;
}

} // namespace rapport::storage
