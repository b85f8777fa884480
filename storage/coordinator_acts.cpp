// The statements and verbs of coordinator_act.
#include "storage/coordinator_acts.hpp"

namespace rapport::storage {
namespace {

constexpr command<team_id, std::string, program_slug, pair_id, std::string, std::string, person_id, act_kind,
                  person_id, instant>
    add_sql{"coordinator_acts.add",
            "INSERT INTO coordinator_act (team, id, program, pair, cause, occasion, person, act, by_person, "
            "done_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};
constexpr statement<coordinator_act, team_id, program_slug, instant> since_sql{
    "coordinator_acts.since",
    "SELECT id, program, pair, cause, occasion, person, act, by_person, done_at, undone_at "
    "FROM coordinator_act WHERE team = $1 AND program = $2 AND done_at >= $3 AND undone_at IS NULL "
    "ORDER BY done_at, id"};
constexpr command<team_id, pair_id, std::string, std::string, person_id, instant> undo_sql{
    "coordinator_acts.undo",
    "UPDATE coordinator_act SET undone_at = $6 WHERE team = $1 AND pair = $2 AND cause = $3 AND "
    "occasion = $4 AND person = $5 AND undone_at IS NULL"};

} // namespace

void coordinator_acts::add(const coordinator_act &what) {
    db_.run(add_sql, team_, what.id, what.program, what.pair, what.cause, what.occasion, what.person,
            what.act, what.by_person, what.done_at);
}

std::vector<coordinator_act> coordinator_acts::since(const program_slug &program, instant from) {
    return db_.all(since_sql, team_, program, from);
}

bool coordinator_acts::undo(const pair_id &pair, const std::string &cause, const std::string &occasion,
                            const person_id &about, instant now) {
    return db_.changed(undo_sql, team_, pair, cause, occasion, about, now) > 0;
}

} // namespace rapport::storage
