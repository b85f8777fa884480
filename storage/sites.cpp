// The statements and verbs of site, site_session, mentor_team and mentor_team_member.
#include "storage/sites.hpp"

namespace rapport::storage {
namespace {

constexpr command<team_id, std::string, program_slug, std::string, instant> add_site_sql{
    "sites.add", "INSERT INTO site (team, id, program, name, made_at) VALUES ($1, $2, $3, $4, $5)"};
constexpr statement<site, team_id, std::string> site_by_id_sql{
    "sites.by_id", "SELECT id, program, name, made_at, ended_at FROM site WHERE team = $1 AND id = $2"};
constexpr statement<site, team_id, program_slug> sites_of_sql{
    "sites.of", "SELECT id, program, name, made_at, ended_at FROM site WHERE team = $1 AND program = $2 "
                "AND ended_at IS NULL ORDER BY name, id"};
constexpr command<team_id, std::string, std::optional<instant>> end_site_sql{
    "sites.end", "UPDATE site SET ended_at = $3 WHERE team = $1 AND id = $2"};

#define COLUMNS "id, site, term, tutor, kind, on_day, minutes, heads, logged_at, undone_at"
constexpr command<team_id, std::string, std::string, term_id, person_id, site_session_kind, day, std::int64_t,
                  std::int64_t, instant>
    log_sql{"sites.log",
            "INSERT INTO site_session (team, id, site, term, tutor, kind, on_day, minutes, heads, "
            "logged_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};
constexpr statement<site_session, team_id, std::string> session_by_id_sql{
    "sites.session_by_id", "SELECT " COLUMNS " FROM site_session WHERE team = $1 AND id = $2"};
constexpr command<team_id, std::string, instant> undo_session_sql{
    "sites.undo_session",
    "UPDATE site_session SET undone_at = $3 WHERE team = $1 AND id = $2 AND undone_at IS NULL"};
constexpr statement<site_session, team_id, term_id> sessions_sql{
    "sites.sessions", "SELECT " COLUMNS " FROM site_session WHERE team = $1 AND term = $2 "
                      "AND undone_at IS NULL ORDER BY on_day DESC, id DESC"};
#undef COLUMNS

constexpr command<team_id, std::string, program_slug, std::string, instant> add_team_sql{
    "mentor_teams.add",
    "INSERT INTO mentor_team (team, id, program, name, made_at) VALUES ($1, $2, $3, $4, $5)"};
constexpr statement<mentor_team, team_id, std::string> team_by_id_sql{
    "mentor_teams.by_id",
    "SELECT id, program, name, made_at, ended_at FROM mentor_team WHERE team = $1 AND id = $2"};
constexpr statement<mentor_team, team_id, program_slug> teams_of_sql{
    "mentor_teams.of", "SELECT id, program, name, made_at, ended_at FROM mentor_team WHERE team = $1 "
                       "AND program = $2 AND ended_at IS NULL ORDER BY name, id"};
constexpr command<team_id, std::string, std::optional<instant>> end_team_sql{
    "mentor_teams.end", "UPDATE mentor_team SET ended_at = $3 WHERE team = $1 AND id = $2"};
constexpr command<team_id, std::string, person_id, instant> join_sql{
    "mentor_teams.join",
    "INSERT INTO mentor_team_member (team, mentor_team, person, since_at) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (team, mentor_team, person) DO UPDATE SET since_at = excluded.since_at, left_at = NULL "
    "WHERE mentor_team_member.left_at IS NOT NULL"};
constexpr command<team_id, std::string, person_id, instant> leave_sql{
    "mentor_teams.leave", "UPDATE mentor_team_member SET left_at = $4 "
                          "WHERE team = $1 AND mentor_team = $2 AND person = $3 AND left_at IS NULL"};
struct one_person {
    person_id id;
};
constexpr statement<one_person, team_id, std::string> members_sql{
    "mentor_teams.members", "SELECT person FROM mentor_team_member WHERE team = $1 AND mentor_team = $2 "
                            "AND left_at IS NULL ORDER BY since_at, person"};

} // namespace

void sites::add(const site &one) {
    db_.run(add_site_sql, team_, one.id, one.program, one.name, one.made_at);
}
std::optional<site> sites::by_id(const std::string &id) {
    return db_.one(site_by_id_sql, team_, id);
}
std::vector<site> sites::of(const program_slug &program) {
    return db_.all(sites_of_sql, team_, program);
}
void sites::end(const std::string &id, std::optional<instant> at) {
    db_.run(end_site_sql, team_, id, at);
}
void sites::log(const site_session &one) {
    db_.run(log_sql, team_, one.id, one.site, one.term, one.tutor, one.kind, one.on_day, one.minutes,
            one.heads, one.logged_at);
}
std::optional<site_session> sites::session_by_id(const std::string &id) {
    return db_.one(session_by_id_sql, team_, id);
}
bool sites::undo_session(const std::string &id, instant now) {
    return db_.changed(undo_session_sql, team_, id, now) == 1;
}
std::vector<site_session> sites::sessions(const term_id &term) {
    return db_.all(sessions_sql, team_, term);
}

void mentor_teams::add(const mentor_team &one) {
    db_.run(add_team_sql, team_, one.id, one.program, one.name, one.made_at);
}
std::optional<mentor_team> mentor_teams::by_id(const std::string &id) {
    return db_.one(team_by_id_sql, team_, id);
}
std::vector<mentor_team> mentor_teams::of(const program_slug &program) {
    return db_.all(teams_of_sql, team_, program);
}
void mentor_teams::end(const std::string &id, std::optional<instant> at) {
    db_.run(end_team_sql, team_, id, at);
}
void mentor_teams::join(const std::string &id, const person_id &who, instant now) {
    db_.run(join_sql, team_, id, who, now);
}
void mentor_teams::leave(const std::string &id, const person_id &who, instant now) {
    db_.run(leave_sql, team_, id, who, now);
}
std::vector<person_id> mentor_teams::members(const std::string &id) {
    std::vector<person_id> all;
    for (auto &row : db_.all(members_sql, team_, id))
        all.push_back(std::move(row.id));
    return all;
}

} // namespace rapport::storage
