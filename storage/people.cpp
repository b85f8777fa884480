// The person table's statements and verbs.
#include "storage/people.hpp"

namespace rapport::storage {
namespace {

#define COLUMNS                                                                                              \
    "id, slack, email, name, state, guest, zone, platform_zone, hours, dm, away_from_at, away_until_at, "    \
    "greeted_at, created_at"

constexpr statement<person, team_id, person_id> by_id_sql{
    "people.by_id", "SELECT " COLUMNS " FROM person WHERE team = $1 AND id = $2"};
constexpr statement<person, team_id, slack_id> by_slack_sql{
    "people.by_slack", "SELECT " COLUMNS " FROM person WHERE team = $1 AND slack = $2"};
constexpr statement<person, team_id, std::string> by_email_sql{
    "people.by_email",
    "SELECT " COLUMNS " FROM person WHERE team = $1 AND (email = $2 OR id = (SELECT person FROM "
    "person_address WHERE team = $1 AND email = $2))"};
constexpr statement<person, team_id> all_sql{"people.all",
                                             "SELECT " COLUMNS " FROM person WHERE team = $1 ORDER BY id"};
constexpr command<team_id, person_id, std::optional<slack_id>, std::optional<std::string>, std::string,
                  person_state, bool, std::optional<std::string>, std::optional<std::string>,
                  std::optional<std::string>, std::optional<channel_id>, std::optional<instant>,
                  std::optional<instant>, std::optional<instant>, instant>
    save_sql{"people.save",
             "INSERT INTO person (team, " COLUMNS ") "
             "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) "
             "ON CONFLICT (team, id) DO UPDATE SET slack = excluded.slack, email = excluded.email, "
             "name = excluded.name, state = excluded.state, guest = excluded.guest, "
             "zone = excluded.zone, platform_zone = excluded.platform_zone, "
             "hours = excluded.hours, dm = excluded.dm, away_from_at = excluded.away_from_at, "
             "away_until_at = excluded.away_until_at, greeted_at = excluded.greeted_at"};
constexpr command<team_id, person_id, channel_id> keep_dm_sql{
    "people.keep_dm", "UPDATE person SET dm = $3 WHERE team = $1 AND id = $2"};
constexpr command<team_id, person_id, instant> mark_greeted_sql{
    "people.mark_greeted",
    "UPDATE person SET greeted_at = $3 WHERE team = $1 AND id = $2 AND greeted_at IS NULL"};

#undef COLUMNS

} // namespace

std::optional<person> people::by_id(const person_id &id) {
    return db_.one(by_id_sql, team_, id);
}

std::optional<person> people::by_slack(const slack_id &slack) {
    return db_.one(by_slack_sql, team_, slack);
}

std::optional<person> people::by_email(const std::string &email) {
    return db_.one(by_email_sql, team_, email);
}

std::vector<person> people::all() {
    return db_.all(all_sql, team_);
}

void people::save(const person &who) {
    db_.run(save_sql, team_, who.id, who.slack, who.email, who.name, who.state, who.guest, who.zone,
            who.platform_zone, who.hours, who.dm, who.away_from_at, who.away_until_at, who.greeted_at,
            who.created_at);
}

void people::keep_dm(const person_id &id, const channel_id &dm) {
    db_.run(keep_dm_sql, team_, id, dm);
}

void people::mark_greeted(const person_id &id, instant at) {
    db_.run(mark_greeted_sql, team_, id, at);
}

} // namespace rapport::storage
