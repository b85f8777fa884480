// The statements and verbs of pair_ending, notice, bridge and pause.
#include "storage/leaving.hpp"

namespace rapport::storage {
namespace {

struct kind_count {
    std::string kind;
    bool early = false;
    std::int64_t count = 0;
};

constexpr command<team_id, pair_id, ending_kind, bool, std::optional<person_id>, instant> note_sql{
    "endings.note",
    "INSERT INTO pair_ending (team, pair, kind, early, by_person, ended_at) VALUES ($1, $2, $3, $4, $5, $6) "
    "ON CONFLICT (team, pair) DO UPDATE SET kind = excluded.kind, early = excluded.early, by_person = "
    "excluded.by_person, ended_at = excluded.ended_at"};
constexpr statement<pair_ending, team_id, pair_id> of_sql{
    "endings.of",
    "SELECT pair, kind, early, by_person, ended_at FROM pair_ending WHERE team = $1 AND pair = $2"};
constexpr command<team_id, pair_id> erase_sql{"endings.erase",
                                              "DELETE FROM pair_ending WHERE team = $1 AND pair = $2"};
constexpr statement<kind_count, team_id, term_id> count_sql{
    "endings.count",
    "SELECT pair_ending.kind, pair_ending.early, COUNT(*) FROM pair_ending JOIN pair ON pair.team = "
    "pair_ending.team AND pair.id = pair_ending.pair WHERE pair.team = $1 AND pair.term = $2 AND pair.state "
    "= "
    "'ended' GROUP BY pair_ending.kind, pair_ending.early"};

#define COLUMNS "id, pair, by_person, given_at, last_day, bridge_until_day, stays, state, ended_at"
#define NOTICE "SELECT " COLUMNS " FROM notice WHERE team = $1"
constexpr command<team_id, std::string, pair_id, person_id, instant, day, day, bool, notice_state,
                  std::optional<instant>>
    add_notice_sql{"notices.add", "INSERT INTO notice (team, " COLUMNS ") "
                                  "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};
constexpr statement<notice, team_id, std::string> notice_by_id_sql{"notices.by_id", NOTICE " AND id = $2"};
constexpr statement<notice, team_id, pair_id> running_notice_sql{"notices.running", NOTICE
                                                                 " AND pair = $2 AND state = 'running'"};
constexpr statement<notice, team_id, pair_id> latest_notice_sql{
    "notices.latest", NOTICE " AND pair = $2 ORDER BY given_at DESC, id DESC LIMIT 1"};
constexpr command<team_id, std::string, notice_state, std::optional<instant>> move_sql{
    "notices.move", "UPDATE notice SET state = $3, ended_at = $4 WHERE team = $1 AND id = $2"};
#undef NOTICE
#undef COLUMNS

#define COLUMNS "id, notice, person, from_day, until_day, named_by, named_at"
constexpr command<team_id, std::string, std::string, person_id, day, day, person_id, instant> name_sql{
    "bridge_people.name", "INSERT INTO bridge (team, " COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr statement<bridge, team_id, std::string> of_notice_sql{
    "bridge_people.of",
    "SELECT " COLUMNS " FROM bridge WHERE team = $1 AND notice = $2 AND undone_at IS NULL "
    "ORDER BY named_at, id"};
constexpr command<team_id, std::string, instant> unname_sql{
    "bridge_people.undo",
    "UPDATE bridge SET undone_at = $3 WHERE team = $1 AND id = $2 AND undone_at IS NULL"};
#undef COLUMNS

#define COLUMNS "id, pair, cause, by_person, from_at, until_at, ended_at, ended_by"
#define PAUSE "SELECT " COLUMNS " FROM pause WHERE team = $1"
constexpr command<team_id, std::string, pair_id, pause_cause, std::optional<person_id>, instant,
                  std::optional<instant>, std::optional<instant>, std::optional<person_id>>
    add_pause_sql{"pauses.add",
                  "INSERT INTO pause (team, " COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr statement<pause, team_id, std::string> pause_by_id_sql{"pauses.by_id", PAUSE " AND id = $2"};
constexpr statement<pause, team_id, pair_id> running_pause_sql{"pauses.running",
                                                               PAUSE " AND pair = $2 AND ended_at IS NULL"};
constexpr statement<pause, team_id, pair_id> pauses_of_sql{"pauses.of_pair",
                                                           PAUSE " AND pair = $2 ORDER BY from_at, id"};
constexpr command<team_id, std::string, std::optional<person_id>, instant> end_pause_sql{
    "pauses.end",
    "UPDATE pause SET ended_by = $3, ended_at = $4 WHERE team = $1 AND id = $2 AND ended_at IS NULL"};
constexpr command<team_id, std::string> run_again_sql{
    "pauses.run_again", "UPDATE pause SET ended_by = NULL, ended_at = NULL WHERE team = $1 AND id = $2"};
constexpr command<team_id, std::string> erase_pause_sql{"pauses.erase",
                                                        "DELETE FROM pause WHERE team = $1 AND id = $2"};
constexpr command<team_id, std::string> for_account_sql{
    "pauses.for_account",
    "UPDATE pause SET cause = 'account', until_at = NULL WHERE team = $1 AND id = $2 AND ended_at IS NULL"};
#undef PAUSE
#undef COLUMNS

} // namespace

void endings::note(const pair_ending &what) {
    db_.run(note_sql, team_, what.pair, what.kind, what.early, what.by, what.ended_at);
}

std::optional<pair_ending> endings::of(const pair_id &pair) {
    return db_.one(of_sql, team_, pair);
}

void endings::erase(const pair_id &pair) {
    db_.run(erase_sql, team_, pair);
}

ending_counts count_endings(session &db, const team_id &team, const term_id &term) {
    ending_counts out;
    for (const auto &row : db.all(count_sql, team, term)) {
        ending_kind kind{};
        if (!parse_text(row.kind, kind))
            continue;
        switch (kind) {
        case ending_kind::completed:
            out.completed += row.count;
            out.early += row.early ? row.count : 0;
            break;
        case ending_kind::cancelled:
            out.cancelled += row.count;
            break;
        case ending_kind::notice:
            out.notice += row.count;
            break;
        case ending_kind::left:
            out.left += row.count;
            break;
        }
    }
    return out;
}

void notices::add(const notice &what) {
    db_.run(add_notice_sql, team_, what.id, what.pair, what.by, what.given_at, what.last_day,
            what.bridge_until, what.stays, what.state, what.ended_at);
}

std::optional<notice> notices::by_id(const std::string &id) {
    return db_.one(notice_by_id_sql, team_, id);
}

std::optional<notice> notices::running(const pair_id &pair) {
    return db_.one(running_notice_sql, team_, pair);
}

std::optional<notice> notices::latest(const pair_id &pair) {
    return db_.one(latest_notice_sql, team_, pair);
}

void notices::move(const std::string &id, notice_state to, std::optional<instant> ended_at) {
    db_.run(move_sql, team_, id, to, ended_at);
}

void bridge_people::name(const bridge &what) {
    db_.run(name_sql, team_, what.id, what.notice, what.person, what.from, what.until, what.named_by,
            what.named_at);
}

std::vector<bridge> bridge_people::of(const std::string &notice) {
    return db_.all(of_notice_sql, team_, notice);
}

bool bridge_people::undo(const std::string &id, instant now) {
    return db_.changed(unname_sql, team_, id, now) == 1;
}

void pauses::add(const pause &what) {
    db_.run(add_pause_sql, team_, what.id, what.pair, what.cause, what.by, what.from_at, what.until_at,
            what.ended_at, what.ended_by);
}

std::optional<pause> pauses::by_id(const std::string &id) {
    return db_.one(pause_by_id_sql, team_, id);
}

std::optional<pause> pauses::running(const pair_id &pair) {
    return db_.one(running_pause_sql, team_, pair);
}

std::vector<pause> pauses::of_pair(const pair_id &pair) {
    return db_.all(pauses_of_sql, team_, pair);
}

void pauses::end(const std::string &id, const std::optional<person_id> &by, instant now) {
    db_.run(end_pause_sql, team_, id, by, now);
}

void pauses::run_again(const std::string &id) {
    db_.run(run_again_sql, team_, id);
}

void pauses::erase(const std::string &id) {
    db_.run(erase_pause_sql, team_, id);
}

void pauses::for_account(const std::string &id) {
    db_.run(for_account_sql, team_, id);
}

} // namespace rapport::storage
