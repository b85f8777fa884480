// The statements and verbs of relay.
#include "storage/relays.hpp"

namespace rapport::storage {
namespace {

#define COLUMNS                                                                                              \
    "id, kind, program, pair, by_person, to_person, due_by_at, state, made_at, ended_at, channel, ts, clock"
constexpr command<team_id, std::string, relay_kind, program_slug, std::optional<pair_id>, person_id,
                  person_id, std::optional<instant>, relay_state, instant>
    add_sql{"relays.add",
            "INSERT INTO relay (team, id, kind, program, pair, by_person, to_person, due_by_at, state, "
            "made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};
constexpr statement<relay, team_id, std::string> find_sql{
    "relays.find", "SELECT " COLUMNS " FROM relay WHERE team = $1 AND id = $2"};
constexpr statement<relay, team_id, pair_id> of_pair_sql{
    "relays.of_pair", "SELECT " COLUMNS " FROM relay WHERE team = $1 AND pair = $2 ORDER BY id"};
constexpr command<team_id, std::string> begin_sql{
    "relays.begin", "UPDATE relay SET state = 'sending' WHERE team = $1 AND id = $2 AND state = 'composed'"};
constexpr command<team_id, std::string, channel_id, std::string, instant> posted_sql{
    "relays.posted", "UPDATE relay SET state = 'posted', channel = $3, ts = $4, ended_at = $5 WHERE team = "
                     "$1 AND id = $2"};
constexpr command<team_id, std::string, relay_state, instant> end_sql{
    "relays.end", "UPDATE relay SET state = $3, ended_at = $4 WHERE team = $1 AND id = $2"};
constexpr command<team_id, std::string, std::string> run_clock_sql{
    "relays.run_clock", "UPDATE relay SET clock = $3 WHERE team = $1 AND id = $2"};
constexpr command<team_id, std::string, std::optional<instant>> set_due_sql{
    "relays.set_due", "UPDATE reply_clock SET due_by_at = $3 WHERE team = $1 AND id = $2"};
#undef COLUMNS

} // namespace

void relays::add(const relay &what) {
    db_.run(add_sql, team_, what.id, what.kind, what.program, what.pair, what.by_person, what.to_person,
            what.due_by_at, what.state, what.made_at);
}

std::optional<relay> relays::find(const std::string &id) {
    return db_.one(find_sql, team_, id);
}

std::vector<relay> relays::of_pair(const pair_id &pair) {
    return db_.all(of_pair_sql, team_, pair);
}

bool relays::begin(const std::string &id) {
    return db_.changed(begin_sql, team_, id) == 1;
}

void relays::posted(const std::string &id, const channel_id &channel, const std::string &ts, instant now) {
    db_.run(posted_sql, team_, id, channel, ts, now);
}

void relays::end(const std::string &id, relay_state as, instant now) {
    db_.run(end_sql, team_, id, as, now);
}

void relays::run_clock(const std::string &id, const std::string &clock) {
    db_.run(run_clock_sql, team_, id, clock);
}

void relays::set_due(const std::string &clock, const std::optional<instant> &due_by_at) {
    db_.run(set_due_sql, team_, clock, due_by_at);
}

} // namespace rapport::storage
