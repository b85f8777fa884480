// The sums; see census.hpp.
#include "storage/census.hpp"

#include "storage/codec.hpp"

namespace rapport::storage {
namespace {

struct state_count {
    std::string state;
    std::int64_t rows = 0;
};
constexpr statement<state_count, team_id> by_state{
    "census.reminders",
    "SELECT state, COUNT(*) FROM outbox WHERE team = $1 AND kind LIKE 'nudge.%' GROUP BY state ORDER BY 1"};

struct total {
    std::int64_t rows = 0;
};
constexpr statement<total, team_id> all_reminders{
    "census.all", "SELECT COUNT(*) FROM outbox WHERE team = $1 AND kind LIKE 'nudge.%'"};

struct one_pair {
    pair_id id;
};
constexpr statement<one_pair, team_id, instant> unseen{
    "census.unseen", "SELECT id FROM pair WHERE team = $1 AND state = 'open' AND "
                     "(look_again_at IS NULL OR look_again_at < $2) ORDER BY id"};
constexpr statement<one_pair, team_id> open_ones{
    "census.open_pairs", "SELECT id FROM pair WHERE team = $1 AND state = 'open' ORDER BY id"};

constexpr statement<raised_line, team_id> raised{
    "census.lines", "SELECT pair, kind, person, raised_at, cleared_at FROM attention WHERE team = $1 "
                    "ORDER BY raised_at, pair, kind, person"};

std::vector<pair_id> ids_of(std::vector<one_pair> rows) {
    std::vector<pair_id> out;
    for (auto &each : rows)
        out.push_back(std::move(each.id));
    return out;
}

} // namespace

reminder_census count_reminders(session &db, const team_id &team) {
    reminder_census out;
    if (const auto all = db.one(all_reminders, team))
        out.planned = all->rows;
    for (const auto &[state, rows] : db.all(by_state, team)) {
        if (state == "sent")
            out.sent += rows;
        else if (state == "withdrawn")
            out.withdrawn += rows;
        else if (state == "missed")
            out.missed += rows;
        else if (state == "parked")
            out.parked += rows;
        else if (state == "ambiguous")
            out.ambiguous += rows;
        else if (state == "waiting" || state == "leased")
            out.pending += rows;
    }
    return out;
}

std::vector<pair_id> not_looked_at(session &db, const team_id &team, instant by) {
    return ids_of(db.all(unseen, team, by));
}

std::vector<pair_id> open_pairs(session &db, const team_id &team) {
    return ids_of(db.all(open_ones, team));
}

std::vector<raised_line> lines_raised(session &db, const team_id &team) {
    return db.all(raised, team);
}

} // namespace rapport::storage
