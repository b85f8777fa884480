// The statements and verbs of undo and recent_act.
#include "storage/acts.hpp"

namespace rapport::storage {
namespace {

struct one_instant {
    instant value{};
};

constexpr command<team_id, std::string, person_id, std::string, std::string, std::optional<std::string>,
                  instant>
    offer_sql{"acts.offer_undo", "INSERT INTO undo (team, id, person, act, subject, told, until_at) "
                                 "VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr statement<undo_offer, team_id, std::string> by_id_sql{
    "acts.undo_by_id",
    "SELECT id, person, act, subject, told, until_at, taken_at FROM undo WHERE team = $1 AND id = $2"};
constexpr command<team_id, std::string, instant> take_sql{
    "acts.take_undo", "UPDATE undo SET taken_at = $3 WHERE team = $1 AND id = $2 AND taken_at IS NULL"};
constexpr statement<one_instant, team_id, person_id, std::string, instant> lately_sql{
    "acts.done_lately", "SELECT done_at FROM recent_act WHERE team = $1 AND person = $2 AND fingerprint = $3 "
                        "AND done_at >= $4"};
constexpr command<team_id, person_id, std::string, instant> remember_sql{
    "acts.remember", "INSERT INTO recent_act (team, person, fingerprint, done_at) VALUES ($1, $2, $3, $4) "
                     "ON CONFLICT (team, person, fingerprint) DO UPDATE SET done_at = excluded.done_at"};
constexpr command<instant> prune_undo_sql{"acts.prune_undo", "DELETE FROM undo WHERE until_at < $1"};
constexpr command<instant> prune_recent_sql{"acts.prune_recent", "DELETE FROM recent_act WHERE done_at < $1"};

} // namespace

void acts::offer_undo(const undo_offer &what) {
    db_.run(offer_sql, team_, what.id, what.person, what.act, what.subject, what.told, what.until_at);
}

std::optional<undo_offer> acts::undo_by_id(const std::string &id) {
    return db_.one(by_id_sql, team_, id);
}

bool acts::take_undo(const std::string &id, instant now) {
    return db_.changed(take_sql, team_, id, now) == 1;
}

std::optional<instant> acts::done_lately(const person_id &who, const std::string &fingerprint,
                                         instant since) {
    const auto row = db_.one(lately_sql, team_, who, fingerprint, since);
    return row ? std::optional(row->value) : std::nullopt;
}

void acts::remember(const person_id &who, const std::string &fingerprint, instant now) {
    db_.run(remember_sql, team_, who, fingerprint, now);
}

void prune_acts(session &db, instant undos_before, instant fingerprints_before) {
    db.run(prune_undo_sql, undos_before);
    db.run(prune_recent_sql, fingerprints_before);
}

} // namespace rapport::storage
