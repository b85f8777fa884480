// The statements and verbs of turning.
#include "storage/turnings.hpp"

namespace rapport::storage {
namespace {

struct moment {
    std::optional<instant> at;
};

constexpr command<team_id, program_slug, std::string, std::string, instant, std::optional<instant>> plan_sql{
    "turnings.plan", "INSERT INTO turning (team, program, subject, kind, due_at, done_at) "
                     "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (team, program, subject, kind) DO UPDATE "
                     "SET due_at = excluded.due_at, done_at = excluded.done_at"};
constexpr command<team_id, program_slug, std::string, std::string> drop_sql{
    "turnings.drop", "DELETE FROM turning WHERE team = $1 AND program = $2 AND subject = $3 AND kind = $4 "
                     "AND done_at IS NULL"};
constexpr statement<turning, team_id, program_slug, std::string> of_sql{
    "turnings.of", "SELECT program, subject, kind, due_at, done_at FROM turning "
                   "WHERE team = $1 AND program = $2 AND subject = $3 ORDER BY due_at, kind"};
constexpr command<team_id, program_slug, std::string, std::string, instant> visit_sql{
    "turnings.visit", "UPDATE turning SET done_at = $5 WHERE team = $1 AND program = $2 AND subject = $3 "
                      "AND kind = $4 AND done_at IS NULL"};
constexpr statement<due_turning, instant> due_sql{
    "turnings.due", "SELECT team, program, subject, kind, due_at FROM turning "
                    "WHERE done_at IS NULL AND due_at <= $1 ORDER BY due_at, team, program, kind LIMIT 1"};
constexpr statement<moment> next_sql{"turnings.next",
                                     "SELECT MIN(due_at) FROM turning WHERE done_at IS NULL"};

} // namespace

void turnings::plan(const turning &what) {
    db_.run(plan_sql, team_, what.program, what.subject, what.kind, what.due_at, what.done_at);
}

void turnings::drop(const program_slug &program, const std::string &subject, const std::string &kind) {
    db_.run(drop_sql, team_, program, subject, kind);
}

std::vector<turning> turnings::of(const program_slug &program, const std::string &subject) {
    return db_.all(of_sql, team_, program, subject);
}

bool turnings::visit(const program_slug &program, const std::string &subject, const std::string &kind,
                     instant now) {
    return db_.changed(visit_sql, team_, program, subject, kind, now) > 0;
}

std::optional<due_turning> turning_due(session &db, instant now) {
    return db.one(due_sql, now);
}

std::optional<instant> next_turning(session &db) {
    return db.one(next_sql).value_or(moment{}).at;
}

} // namespace rapport::storage
