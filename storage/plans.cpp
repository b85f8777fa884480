// The statements and verbs of agreement, goal and plan_paper.
#include "storage/plans.hpp"

#include <algorithm>

namespace rapport::storage {
namespace {

struct number {
    std::int64_t value = 0;
};

#define COLUMNS                                                                                              \
    "pair, version, proposed_by, proposed_at, pace, minutes, place, writes_first, agreed_by, agreed_at, "    \
    "undone_at"
constexpr statement<number, team_id, pair_id> versions_sql{
    "agreements.versions",
    "SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT) FROM agreement WHERE team = $1 AND pair = $2"};
constexpr command<team_id, pair_id, std::int64_t, person_id, instant, pace, std::optional<std::int64_t>,
                  talking_place, std::optional<side>>
    propose_sql{"agreements.propose",
                "INSERT INTO agreement (team, pair, version, proposed_by, proposed_at, pace, minutes, place, "
                "writes_first) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr statement<agreement, team_id, pair_id, std::int64_t> find_agreement_sql{
    "agreements.find", "SELECT " COLUMNS " FROM agreement WHERE team = $1 AND pair = $2 AND version = $3"};
constexpr statement<agreement, team_id, pair_id> newest_sql{
    "agreements.newest", "SELECT " COLUMNS " FROM agreement WHERE team = $1 AND pair = $2 AND undone_at IS "
                         "NULL ORDER BY version DESC LIMIT 1"};
constexpr statement<agreement, team_id, pair_id> holding_sql{
    "agreements.holding", "SELECT " COLUMNS " FROM agreement WHERE team = $1 AND pair = $2 AND undone_at IS "
                          "NULL AND agreed_at IS NOT NULL ORDER BY version DESC LIMIT 1"};
constexpr command<team_id, pair_id, std::int64_t, person_id, instant> agree_sql{
    "agreements.agree", "UPDATE agreement SET agreed_by = $4, agreed_at = $5 WHERE team = $1 AND pair = $2 "
                        "AND version = $3"};
constexpr command<team_id, pair_id, std::int64_t, instant> undo_agreement_sql{
    "agreements.undo", "UPDATE agreement SET undone_at = $4 WHERE team = $1 AND pair = $2 AND version = $3"};
#undef COLUMNS

#define COLUMNS                                                                                              \
    "pair, number, title, kind, state, author, created_at, agreed_by, agreed_at, done_by, done_at, "         \
    "changed_at, touched_at"
constexpr statement<number, team_id, pair_id> next_number_sql{
    "goals.next_number", "INSERT INTO goal_count (team, pair, last) VALUES ($1, $2, 1) ON CONFLICT (team, "
                         "pair) DO UPDATE SET last = goal_count.last + 1 RETURNING last"};
constexpr command<team_id, pair_id, std::int64_t, std::string, std::string, goal_state, person_id, instant,
                  std::optional<person_id>, std::optional<instant>, std::optional<person_id>,
                  std::optional<instant>, instant, instant>
    save_goal_sql{"goals.save",
                  "INSERT INTO goal (team, " COLUMNS ") "
                  "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) "
                  "ON CONFLICT (team, pair, number) DO UPDATE SET title = excluded.title, kind = "
                  "excluded.kind, state = excluded.state, author = excluded.author, agreed_by = "
                  "excluded.agreed_by, agreed_at = excluded.agreed_at, done_by = excluded.done_by, "
                  "done_at = excluded.done_at, changed_at = excluded.changed_at, touched_at = "
                  "excluded.touched_at"};
constexpr statement<goal, team_id, pair_id, std::int64_t> find_goal_sql{
    "goals.find", "SELECT " COLUMNS " FROM goal WHERE team = $1 AND pair = $2 AND number = $3"};
constexpr statement<goal, team_id, pair_id> goals_of_sql{
    "goals.of_pair", "SELECT " COLUMNS " FROM goal WHERE team = $1 AND pair = $2 ORDER BY number"};
constexpr command<team_id, pair_id, std::int64_t> erase_goal_sql{
    "goals.erase", "DELETE FROM goal WHERE team = $1 AND pair = $2 AND number = $3"};
#undef COLUMNS

#define COLUMNS "pair, part, link, state, author, changed_at, shared_at, reviewed_by, reviewed_at"
constexpr command<team_id, pair_id, plan_part, std::string, paper_state, person_id, instant,
                  std::optional<instant>, std::optional<person_id>, std::optional<instant>>
    save_paper_sql{"plan_papers.save",
                   "INSERT INTO plan_paper (team, " COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
                   "$10) ON CONFLICT (team, pair, part) DO UPDATE SET link = excluded.link, state = "
                   "excluded.state, author = excluded.author, changed_at = excluded.changed_at, shared_at = "
                   "excluded.shared_at, reviewed_by = excluded.reviewed_by, reviewed_at = "
                   "excluded.reviewed_at"};
constexpr statement<plan_paper, team_id, pair_id, plan_part> find_paper_sql{
    "plan_papers.find", "SELECT " COLUMNS " FROM plan_paper WHERE team = $1 AND pair = $2 AND part = $3"};
constexpr statement<plan_paper, team_id, pair_id> papers_of_sql{
    "plan_papers.of_pair", "SELECT " COLUMNS " FROM plan_paper WHERE team = $1 AND pair = $2"};
constexpr command<team_id, pair_id, plan_part> erase_paper_sql{
    "plan_papers.erase", "DELETE FROM plan_paper WHERE team = $1 AND pair = $2 AND part = $3"};
#undef COLUMNS

} // namespace

std::int64_t agreements::propose(const agreement &what) {
    const auto version = db_.one(versions_sql, team_, what.pair)->value + 1;
    db_.run(propose_sql, team_, what.pair, version, what.proposed_by, what.proposed_at, what.pace,
            what.minutes, what.place, what.writes_first);
    return version;
}

std::optional<agreement> agreements::find(const pair_id &pair, std::int64_t version) {
    return db_.one(find_agreement_sql, team_, pair, version);
}

std::optional<agreement> agreements::newest(const pair_id &pair) {
    return db_.one(newest_sql, team_, pair);
}

std::optional<agreement> agreements::holding(const pair_id &pair) {
    return db_.one(holding_sql, team_, pair);
}

void agreements::agree(const pair_id &pair, std::int64_t version, const person_id &by, instant now) {
    db_.run(agree_sql, team_, pair, version, by, now);
}

void agreements::undo(const pair_id &pair, std::int64_t version, instant now) {
    db_.run(undo_agreement_sql, team_, pair, version, now);
}

std::int64_t goals::next_number(const pair_id &pair) {
    return db_.one(next_number_sql, team_, pair)->value;
}

void goals::save(const goal &what) {
    db_.run(save_goal_sql, team_, what.pair, what.number, what.title, what.kind, what.state, what.author,
            what.created_at, what.agreed_by, what.agreed_at, what.done_by, what.done_at, what.changed_at,
            what.touched_at);
}

std::optional<goal> goals::find(const pair_id &pair, std::int64_t number) {
    return db_.one(find_goal_sql, team_, pair, number);
}

std::vector<goal> goals::of_pair(const pair_id &pair) {
    return db_.all(goals_of_sql, team_, pair);
}

void goals::erase(const pair_id &pair, std::int64_t number) {
    db_.run(erase_goal_sql, team_, pair, number);
}

void plan_papers::save(const plan_paper &what) {
    db_.run(save_paper_sql, team_, what.pair, what.part, what.link, what.state, what.author, what.changed_at,
            what.shared_at, what.reviewed_by, what.reviewed_at);
}

std::optional<plan_paper> plan_papers::find(const pair_id &pair, plan_part part) {
    return db_.one(find_paper_sql, team_, pair, part);
}

std::vector<plan_paper> plan_papers::of_pair(const pair_id &pair) {
    auto all = db_.all(papers_of_sql, team_, pair);
    std::sort(all.begin(), all.end(), [](const auto &a, const auto &b) { return a.part < b.part; });
    return all;
}

void plan_papers::erase(const pair_id &pair, plan_part part) {
    db_.run(erase_paper_sql, team_, pair, part);
}

} // namespace rapport::storage
