// The statements and verbs of check_in, milestone and contact.
#include "storage/progress.hpp"

namespace rapport::storage {
namespace {

struct number {
    std::int64_t value = 0;
};

#define COLUMNS "pair, side, period, version, filed_by, filed_at, late, note, answers, undone_at"
constexpr statement<number, team_id, pair_id, side, std::string> versions_sql{
    "check_ins.versions", "SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT) FROM check_in "
                          "WHERE team = $1 AND pair = $2 AND side = $3 AND period = $4"};
constexpr command<team_id, pair_id, side, std::string, std::int64_t, person_id, instant, bool, std::string,
                  std::string>
    file_sql{
        "check_ins.file",
        "INSERT INTO check_in (team, pair, side, period, version, filed_by, filed_at, late, note, answers) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};
constexpr statement<check_in, team_id, pair_id, side, std::string> standing_sql{
    "check_ins.standing", "SELECT " COLUMNS " FROM check_in WHERE team = $1 AND pair = $2 AND side = $3 "
                          "AND period = $4 AND undone_at IS NULL ORDER BY version DESC LIMIT 1"};
constexpr statement<check_in, team_id, pair_id, side, std::int64_t> history_sql{
    "check_ins.history",
    "SELECT " COLUMNS " FROM check_in WHERE team = $1 AND pair = $2 AND side = $3 AND undone_at IS NULL "
    "AND version = (SELECT MAX(newest.version) FROM check_in AS newest WHERE newest.team = check_in.team "
    "AND newest.pair = check_in.pair AND newest.side = check_in.side AND newest.period = check_in.period "
    "AND newest.undone_at IS NULL) ORDER BY period DESC LIMIT $4"};
constexpr command<team_id, pair_id, side, std::string, std::int64_t, instant> undo_check_in_sql{
    "check_ins.undo", "UPDATE check_in SET undone_at = $6 WHERE team = $1 AND pair = $2 AND side = $3 "
                      "AND period = $4 AND version = $5 AND undone_at IS NULL"};
#undef COLUMNS

#define COLUMNS                                                                                              \
    "pair, number, title, due, state, author, created_at, agreed_by, agreed_at, done_by, done_at, "          \
    "changed_at"
constexpr command<team_id, pair_id, std::int64_t, std::string, std::optional<day>, milestone_state, person_id,
                  instant, std::optional<person_id>, std::optional<instant>, std::optional<person_id>,
                  std::optional<instant>, instant>
    save_sql{"milestones.save",
             "INSERT INTO milestone (team, " COLUMNS ") "
             "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) "
             "ON CONFLICT (team, pair, number) DO UPDATE SET title = excluded.title, due = excluded.due, "
             "state = excluded.state, author = excluded.author, agreed_by = excluded.agreed_by, agreed_at = "
             "excluded.agreed_at, "
             "done_by = excluded.done_by, done_at = excluded.done_at, changed_at = excluded.changed_at"};
constexpr statement<milestone, team_id, pair_id, std::int64_t> find_sql{
    "milestones.find", "SELECT " COLUMNS " FROM milestone WHERE team = $1 AND pair = $2 AND number = $3"};
constexpr statement<milestone, team_id, pair_id> of_pair_sql{
    "milestones.of_pair", "SELECT " COLUMNS " FROM milestone WHERE team = $1 AND pair = $2 ORDER BY number"};
constexpr command<team_id, pair_id, std::int64_t> erase_sql{
    "milestones.erase", "DELETE FROM milestone WHERE team = $1 AND pair = $2 AND number = $3"};
#undef COLUMNS

#define COLUMNS "id, pair, medium, source, started_by, on_day, minutes, logged_by, logged_at, undone_at"
constexpr command<team_id, std::string, pair_id, medium, contact_source, std::optional<person_id>, day,
                  std::optional<std::int64_t>, std::optional<person_id>, instant>
    add_sql{"contacts.add",
            "INSERT INTO contact (team, id, pair, medium, source, started_by, on_day, minutes, "
            "logged_by, logged_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
            "ON CONFLICT DO NOTHING"};
constexpr command<team_id, std::string, instant> undo_contact_sql{
    "contacts.undo", "UPDATE contact SET undone_at = $3 WHERE team = $1 AND id = $2 AND undone_at IS NULL"};
constexpr command<team_id, std::string, person_id> set_started_by_sql{
    "contacts.set_started_by", "UPDATE contact SET started_by = $3 WHERE team = $1 AND id = $2"};
constexpr statement<contact, team_id, std::string> find_contact_sql{
    "contacts.find", "SELECT " COLUMNS " FROM contact WHERE team = $1 AND id = $2"};
constexpr statement<contact, team_id, pair_id, day, day> between_sql{
    "contacts.between", "SELECT " COLUMNS " FROM contact WHERE team = $1 AND pair = $2 AND on_day >= $3 "
                        "AND on_day <= $4 AND undone_at IS NULL ORDER BY on_day, id"};
constexpr statement<contact, team_id, pair_id, std::int64_t> latest_sql{
    "contacts.latest", "SELECT " COLUMNS " FROM contact WHERE team = $1 AND pair = $2 AND undone_at IS NULL "
                       "ORDER BY on_day DESC, id DESC LIMIT $3"};
#undef COLUMNS

} // namespace

std::int64_t check_ins::file(const check_in &what) {
    const auto version = db_.one(versions_sql, team_, what.pair, what.side, what.period)->value + 1;
    db_.run(file_sql, team_, what.pair, what.side, what.period, version, what.filed_by, what.filed_at,
            what.late, what.note, what.answers);
    return version;
}

std::optional<check_in> check_ins::standing(const pair_id &pair, side which, const std::string &period) {
    return db_.one(standing_sql, team_, pair, which, period);
}

std::vector<check_in> check_ins::history(const pair_id &pair, side which, std::int64_t limit) {
    return db_.all(history_sql, team_, pair, which, limit);
}

bool check_ins::undo(const pair_id &pair, side which, const std::string &period, std::int64_t version,
                     instant now) {
    return db_.changed(undo_check_in_sql, team_, pair, which, period, version, now) == 1;
}

void milestones::save(const milestone &what) {
    db_.run(save_sql, team_, what.pair, what.number, what.title, what.due, what.state, what.author,
            what.created_at, what.agreed_by, what.agreed_at, what.done_by, what.done_at, what.changed_at);
}

std::optional<milestone> milestones::find(const pair_id &pair, std::int64_t number) {
    return db_.one(find_sql, team_, pair, number);
}

std::vector<milestone> milestones::of_pair(const pair_id &pair) {
    return db_.all(of_pair_sql, team_, pair);
}

void milestones::erase(const pair_id &pair, std::int64_t number) {
    db_.run(erase_sql, team_, pair, number);
}

void contacts::add(const contact &what) {
    db_.run(add_sql, team_, what.id, what.pair, what.medium, what.source, what.started_by, what.on_day,
            what.minutes, what.logged_by, what.logged_at);
}

bool contacts::undo(const std::string &id, instant now) {
    return db_.changed(undo_contact_sql, team_, id, now) == 1;
}

void contacts::set_started_by(const std::string &id, const person_id &who) {
    db_.run(set_started_by_sql, team_, id, who);
}

std::optional<contact> contacts::find(const std::string &id) {
    return db_.one(find_contact_sql, team_, id);
}

std::vector<contact> contacts::between(const pair_id &pair, const day &first, const day &last) {
    return db_.all(between_sql, team_, pair, first, last);
}

std::vector<contact> contacts::latest(const pair_id &pair, std::int64_t limit) {
    return db_.all(latest_sql, team_, pair, limit);
}

} // namespace rapport::storage
