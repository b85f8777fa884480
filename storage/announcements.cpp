// The statements and verbs of announcement.
#include "storage/announcements.hpp"

namespace rapport::storage {
namespace {

constexpr command<team_id, std::string, program_slug, person_id, std::string, announced_to, instant> add_sql{
    "announcements.add", "INSERT INTO announcement (team, id, program, by_person, words, readers, made_at) "
                         "VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr statement<announcement, team_id, std::string> by_id_sql{
    "announcements.by_id", "SELECT id, program, by_person, words, readers, made_at, undone_at "
                           "FROM announcement WHERE team = $1 AND id = $2"};
constexpr command<team_id, std::string, instant> undo_sql{
    "announcements.undo",
    "UPDATE announcement SET undone_at = $3 WHERE team = $1 AND id = $2 AND undone_at IS NULL"};

} // namespace

void announcements::add(const announcement &what) {
    db_.run(add_sql, team_, what.id, what.program, what.by_person, what.words, what.readers, what.made_at);
}

std::optional<announcement> announcements::by_id(const std::string &id) {
    return db_.one(by_id_sql, team_, id);
}

bool announcements::undo(const std::string &id, instant now) {
    return db_.changed(undo_sql, team_, id, now) > 0;
}

} // namespace rapport::storage
