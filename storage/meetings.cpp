// The statements and verbs of meeting and meeting_change.
#include "storage/meetings.hpp"

namespace rapport::storage {
namespace {

struct number {
    std::int64_t value = 0;
};

#define COLUMNS                                                                                              \
    "id, pair, number, starts_at, minutes, place, session, state, proposed_by, confirmed_at, told_by, "      \
    "contact, sequence, created_at, changed_at"
constexpr statement<number, team_id, pair_id> last_number_sql{
    "meetings.last_number",
    "SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM meeting WHERE team = $1 AND pair = $2"};
constexpr command<team_id, std::string, pair_id, std::int64_t, instant, std::int64_t, std::string,
                  session_kind, meeting_state, person_id, std::optional<instant>, std::optional<person_id>,
                  std::optional<std::string>, std::int64_t, instant, instant>
    save_sql{"meetings.save",
             "INSERT INTO meeting (team, " COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, "
             "$12, $13, $14, $15, $16) ON CONFLICT (team, id) DO UPDATE SET starts_at = excluded.starts_at, "
             "minutes = excluded.minutes, place = excluded.place, session = excluded.session, state = "
             "excluded.state, proposed_by = excluded.proposed_by, confirmed_at = excluded.confirmed_at, "
             "told_by = excluded.told_by, contact = excluded.contact, sequence = excluded.sequence, "
             "changed_at = excluded.changed_at"};
constexpr statement<meeting, team_id, std::string> by_id_sql{
    "meetings.by_id", "SELECT " COLUMNS " FROM meeting WHERE team = $1 AND id = $2"};
constexpr statement<meeting, team_id, pair_id, std::int64_t> find_sql{
    "meetings.find", "SELECT " COLUMNS " FROM meeting WHERE team = $1 AND pair = $2 AND number = $3"};
constexpr statement<meeting, team_id, pair_id, instant> from_sql{
    "meetings.from", "SELECT " COLUMNS " FROM meeting WHERE team = $1 AND pair = $2 AND starts_at >= $3 "
                     "ORDER BY starts_at, number"};
#undef COLUMNS

#define COLUMNS "meeting, sequence, what, by_person, changed_at, notice_minutes"
constexpr command<team_id, std::string, std::int64_t, meeting_act, person_id, instant, std::int64_t> note_sql{
    "meetings.note_change",
    "INSERT INTO meeting_change (team, " COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr statement<meeting_change, team_id, std::string> changes_sql{
    "meetings.changes",
    "SELECT " COLUMNS " FROM meeting_change WHERE team = $1 AND meeting = $2 ORDER BY sequence"};
#undef COLUMNS

} // namespace

std::int64_t meetings::next_number(const pair_id &pair) {
    return db_.one(last_number_sql, team_, pair)->value + 1;
}

void meetings::save(const meeting &what) {
    db_.run(save_sql, team_, what.id, what.pair, what.number, what.starts_at, what.minutes, what.place,
            what.session, what.state, what.proposed_by, what.confirmed_at, what.told_by, what.contact,
            what.sequence, what.created_at, what.changed_at);
}

std::optional<meeting> meetings::by_id(const std::string &id) {
    return db_.one(by_id_sql, team_, id);
}

std::optional<meeting> meetings::find(const pair_id &pair, std::int64_t number) {
    return db_.one(find_sql, team_, pair, number);
}

std::vector<meeting> meetings::from(const pair_id &pair, instant from) {
    return db_.all(from_sql, team_, pair, from);
}

void meetings::note_change(const meeting_change &what) {
    db_.run(note_sql, team_, what.meeting, what.sequence, what.what, what.by_person, what.changed_at,
            what.notice_minutes);
}

std::vector<meeting_change> meetings::changes_of(const std::string &meeting) {
    return db_.all(changes_sql, team_, meeting);
}

} // namespace rapport::storage
