// The statements and verbs of own_choice.
#include "storage/own_choices.hpp"

namespace rapport::storage {
namespace {

#define COLUMNS                                                                                              \
    "person, snoozed_from_at, snoozed_until_at, digest_day, per_week, milestones, tells_away, changed_at"
constexpr statement<own_choice, team_id, person_id> of_sql{
    "own_choices.of", "SELECT " COLUMNS " FROM own_choice WHERE team = $1 AND person = $2"};
constexpr command<team_id, person_id, std::optional<instant>, std::optional<instant>,
                  std::optional<std::string>, std::optional<std::int64_t>, std::optional<std::string>, bool,
                  instant>
    save_sql{"own_choices.save",
             "INSERT INTO own_choice (team, " COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
             "ON CONFLICT (team, person) DO UPDATE SET snoozed_from_at = excluded.snoozed_from_at, "
             "snoozed_until_at = excluded.snoozed_until_at, digest_day = excluded.digest_day, "
             "per_week = excluded.per_week, milestones = excluded.milestones, "
             "tells_away = excluded.tells_away, changed_at = excluded.changed_at"};
#undef COLUMNS
// Rows that were put off by good hours or caps carry that word, and are judged anew; an hour that somebody
// chose carries none.
constexpr command<team_id, person_id, instant> wake_sql{
    "own_choices.wake", "UPDATE outbox SET not_before_at = $3 WHERE team = $1 AND person = $2 AND "
                        "state = 'waiting' AND reason IN ('hours', 'caps') AND not_before_at > $3"};

} // namespace

own_choice own_choices::of(const person_id &who) {
    auto found = db_.one(of_sql, team_, who);
    return found ? std::move(*found) : own_choice{who, {}, {}, {}, {}, {}, false, {}};
}

void own_choices::save(const own_choice &what) {
    db_.run(save_sql, team_, what.person, what.snoozed_from_at, what.snoozed_until_at, what.digest_day,
            what.per_week, what.milestones, what.tells_away, what.changed_at);
}

int own_choices::wake(const person_id &who, instant now) {
    return static_cast<int>(db_.changed(wake_sql, team_, who, now));
}

} // namespace rapport::storage
