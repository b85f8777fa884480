// The outbox's statements and verbs; see outbox.hpp. Every change of state names the state it comes from, so
// a worker who comes late changes nothing.
#include "storage/outbox.hpp"

#include <algorithm>
#include <tuple>

namespace rapport::storage {
namespace {

#define OUTBOX_COLUMNS                                                                                       \
    "team, id, key, verb, kind, policy, person, channel, pair, subject, params, not_before_at, created_at, " \
    "state, attempts, again, lease_token, finished_at, reason, sent_channel, sent_ts"

constexpr command<team_id, outbox_id, std::string, outbox_verb, std::string, send_policy,
                  std::optional<person_id>, std::optional<channel_id>, std::optional<pair_id>, std::string,
                  std::string, instant, instant>
    insert{"outbox.add",
           "INSERT INTO outbox (team, id, key, verb, kind, policy, person, channel, pair, subject, params, "
           "not_before_at, created_at, state, attempts, again, reason) "
           "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'waiting', 0, 0, '') "
           "ON CONFLICT (team, key) DO NOTHING"};

constexpr statement<outbox_row, instant, int, std::string, instant> claim_due{
    "outbox.claim",
    "WITH due AS MATERIALIZED (SELECT team AS t, id AS i FROM outbox "
    "WHERE finished_at IS NULL AND state = 'waiting' AND not_before_at <= $1 "
    "ORDER BY not_before_at, id LIMIT $2 /* postgres: FOR UPDATE SKIP LOCKED */) "
    "UPDATE outbox SET state = 'leased', lease_token = $3, lease_until = $4, attempts = attempts + 1 "
    "WHERE (team, id) IN (SELECT t, i FROM due) RETURNING " OUTBOX_COLUMNS};

constexpr statement<outbox_row, team_id, person_id, std::string, instant, int, std::string, instant>
    claim_lines{"outbox.claim_for_person",
                "WITH due AS MATERIALIZED (SELECT team AS t, id AS i FROM outbox "
                "WHERE finished_at IS NULL AND team = $1 AND person = $2 AND state = 'waiting' "
                "AND substr(kind, 1, length($3)) = $3 AND not_before_at <= $4 "
                "ORDER BY not_before_at, id LIMIT $5 /* postgres: FOR UPDATE SKIP LOCKED */) "
                "UPDATE outbox SET state = 'leased', lease_token = $6, lease_until = $7, "
                "attempts = attempts + 1 WHERE (team, id) IN (SELECT t, i FROM due) "
                "RETURNING " OUTBOX_COLUMNS};

constexpr command<team_id, outbox_id, std::string, instant> begin_send{
    "outbox.start_sending", "UPDATE outbox SET send_started_at = $4 WHERE team = $1 AND id = $2 "
                            "AND lease_token = $3 AND state = 'leased' AND send_started_at IS NULL"};

constexpr command<team_id, outbox_id, std::string, channel_id, std::string, instant> mark_sent{
    "outbox.sent", "UPDATE outbox SET state = 'sent', sent_channel = $4, sent_ts = $5, finished_at = $6, "
                   "reason = '', lease_token = NULL, lease_until = NULL WHERE team = $1 AND id = $2 "
                   "AND lease_token = $3 AND state IN ('leased', 'ambiguous')"};

constexpr command<team_id, outbox_id, std::string, instant, std::string> put_off{
    "outbox.later",
    "UPDATE outbox SET state = 'waiting', not_before_at = $4, reason = $5, lease_token = NULL, "
    "lease_until = NULL, send_started_at = NULL "
    "WHERE team = $1 AND id = $2 AND lease_token = $3 AND state = 'leased'"};

constexpr command<team_id, outbox_id, std::string, instant, std::string, instant> mark_failed{
    "outbox.failed",
    "UPDATE outbox SET reason = $5, "
    "state = CASE WHEN policy = 'at_least_once' THEN 'waiting' ELSE 'ambiguous' END, "
    "again = CASE WHEN policy = 'at_least_once' THEN 1 ELSE again END, "
    "not_before_at = CASE WHEN policy = 'at_least_once' THEN $4 ELSE not_before_at END, "
    "finished_at = CASE WHEN policy = 'at_least_once' THEN NULL ELSE $6 END, "
    "lease_token = CASE WHEN policy = 'at_least_once' THEN NULL ELSE lease_token END, "
    "send_started_at = CASE WHEN policy = 'at_least_once' THEN NULL ELSE send_started_at END, "
    "lease_until = NULL WHERE team = $1 AND id = $2 AND lease_token = $3 AND state = 'leased'"};

constexpr command<team_id, outbox_id, std::string, outbox_state, std::string, instant> finish{
    "outbox.finish",
    "UPDATE outbox SET state = $4, reason = $5, finished_at = $6, lease_token = NULL, "
    "lease_until = NULL WHERE team = $1 AND id = $2 AND lease_token = $3 AND state = 'leased'"};

#define WITHDRAWING                                                                                          \
    "UPDATE outbox SET state = 'withdrawn', reason = $3, finished_at = $4, lease_token = NULL, "             \
    "lease_until = NULL WHERE finished_at IS NULL AND send_started_at IS NULL AND team = $1 AND "

constexpr command<team_id, std::string, std::string, instant> withdraw_key{"outbox.withdraw",
                                                                           WITHDRAWING "key = $2"};
constexpr command<team_id, std::string, std::string, instant, std::string> withdraw_keys{
    "outbox.withdraw_prefix", WITHDRAWING "key >= $2 AND key < $5"};
constexpr command<team_id, std::string, std::string, instant> withdraw_about{"outbox.withdraw_subject",
                                                                             WITHDRAWING "subject = $2"};

// The three fates of a lease that ended without a word: not begun, begun and repeatable, begun and not.
#define OVER "WHERE finished_at IS NULL AND state = 'leased' AND lease_until <= $1 AND "
constexpr command<instant> free_unbegun{"outbox.free_unbegun",
                                        "UPDATE outbox SET state = 'waiting', lease_token = NULL, "
                                        "lease_until = NULL " OVER "send_started_at IS NULL"};
constexpr command<instant> free_repeatable{
    "outbox.free_repeatable", "UPDATE outbox SET state = 'waiting', again = 1, reason = 'unknown_end', "
                              "lease_token = NULL, lease_until = NULL, send_started_at = NULL " OVER
                              "send_started_at IS NOT NULL AND policy = 'at_least_once'"};
constexpr statement<outbox_row, instant, instant> give_up{
    "outbox.give_up",
    "UPDATE outbox SET state = 'ambiguous', reason = 'unknown_end', finished_at = $2, lease_until = "
    "NULL " OVER "send_started_at IS NOT NULL AND policy = 'at_most_once' RETURNING " OUTBOX_COLUMNS};

constexpr statement<outbox_row, team_id, std::string> by_key{
    "outbox.find", "SELECT " OUTBOX_COLUMNS " FROM outbox WHERE team = $1 AND key = $2"};
constexpr statement<outbox_row, team_id, outbox_id> by_id_sql{
    "outbox.by_id", "SELECT " OUTBOX_COLUMNS " FROM outbox WHERE team = $1 AND id = $2"};
constexpr statement<sent_message, team_id, std::string> where_sent{
    "outbox.sent_as", "SELECT sent_channel, sent_ts FROM outbox WHERE team = $1 AND key = $2 "
                      "AND state = 'sent' AND sent_channel IS NOT NULL AND sent_ts IS NOT NULL"};
constexpr statement<outbox_row, int> all_ambiguous{
    "outbox.ambiguous",
    "SELECT " OUTBOX_COLUMNS " FROM outbox WHERE state = 'ambiguous' ORDER BY finished_at DESC LIMIT $1"};
constexpr statement<outbox_row, int> all_parked{
    "outbox.parked",
    "SELECT " OUTBOX_COLUMNS " FROM outbox WHERE state = 'parked' ORDER BY finished_at DESC LIMIT $1"};

struct moment {
    std::optional<instant> at;
};
struct number {
    std::int64_t n;
};
constexpr statement<moment> next_due{
    "outbox.due_at", "SELECT MIN(not_before_at) FROM outbox WHERE finished_at IS NULL AND state = 'waiting'"};
constexpr statement<number> count_waiting{
    "outbox.count_waiting", "SELECT COUNT(*) FROM outbox WHERE finished_at IS NULL AND state = 'waiting'"};
constexpr statement<number> count_leased{
    "outbox.count_leased", "SELECT COUNT(*) FROM outbox WHERE finished_at IS NULL AND state = 'leased'"};
constexpr statement<number> count_ambiguous{"outbox.count_ambiguous",
                                            "SELECT COUNT(*) FROM outbox WHERE state = 'ambiguous'"};
constexpr statement<number> count_parked{"outbox.count_parked",
                                         "SELECT COUNT(*) FROM outbox WHERE state = 'parked'"};

constexpr command<instant, int> drop_finished{
    "outbox.prune", "DELETE FROM outbox WHERE (team, id) IN (SELECT team, id FROM outbox "
                    "WHERE finished_at IS NOT NULL AND finished_at < $1 ORDER BY finished_at LIMIT $2)"};
constexpr command<team_id, person_id> erase{"outbox.forget_person",
                                            "DELETE FROM outbox WHERE team = $1 AND person = $2"};

// RETURNING has no order of its own.
std::vector<outbox_row> oldest_first(std::vector<outbox_row> rows) {
    std::sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) {
        return std::tie(a.not_before_at, a.id, a.team) < std::tie(b.not_before_at, b.id, b.team);
    });
    return rows;
}

// The least text above every text that begins with `prefix`.
std::string end_of(std::string prefix) {
    if (prefix.empty() || static_cast<unsigned char>(prefix.back()) >= 0x7f)
        throw std::logic_error("outbox.withdraw_prefix: a prefix is ASCII and not empty");
    ++prefix.back();
    return prefix;
}

} // namespace

outbox_claim claim_of(const outbox_row &row) {
    if (!row.token)
        throw std::logic_error("outbox: the row is not claimed");
    return {row.team, row.id, *row.token};
}

bool outbox::add(const outbox_item &item) {
    return db_.changed(insert, item.team, item.id, item.key, item.verb, item.kind, item.policy, item.person,
                       item.channel, item.pair, item.subject, item.params, item.not_before_at,
                       item.created_at) == 1;
}

std::vector<outbox_row> outbox::claim(instant now, int limit, span_of_time lease, const std::string &token) {
    return oldest_first(db_.all(claim_due, now, limit, token, db_.engine_now() + lease));
}

std::vector<outbox_row> outbox::claim_for_person(const team_id &team, const person_id &person,
                                                 const std::string &kinds, instant due_by, int limit,
                                                 span_of_time lease, const std::string &token) {
    return oldest_first(
        db_.all(claim_lines, team, person, kinds, due_by, limit, token, db_.engine_now() + lease));
}

bool outbox::start_sending(const outbox_claim &claim, instant now) {
    return db_.changed(begin_send, claim.team, claim.id, claim.token, now) == 1;
}

bool outbox::sent(const outbox_claim &claim, const channel_id &channel, const std::string &ts, instant now) {
    return db_.changed(mark_sent, claim.team, claim.id, claim.token, channel, ts, now) == 1;
}

bool outbox::later(const outbox_claim &claim, instant not_before_at, const std::string &reason) {
    return db_.changed(put_off, claim.team, claim.id, claim.token, not_before_at, reason) == 1;
}

bool outbox::failed(const outbox_claim &claim, instant not_before_at, const std::string &reason,
                    instant now) {
    return db_.changed(mark_failed, claim.team, claim.id, claim.token, not_before_at, reason, now) == 1;
}

bool outbox::refused(const outbox_claim &claim, const std::string &reason, instant now) {
    return db_.changed(finish, claim.team, claim.id, claim.token, outbox_state::parked, reason, now) == 1;
}

bool outbox::missed(const outbox_claim &claim, const std::string &reason, instant now) {
    return db_.changed(finish, claim.team, claim.id, claim.token, outbox_state::missed, reason, now) == 1;
}

bool outbox::unwanted(const outbox_claim &claim, const std::string &reason, instant now) {
    return db_.changed(finish, claim.team, claim.id, claim.token, outbox_state::withdrawn, reason, now) == 1;
}

std::int64_t outbox::withdraw(const team_id &team, const std::string &key, const std::string &reason,
                              instant now) {
    return db_.changed(withdraw_key, team, key, reason, now);
}

std::int64_t outbox::withdraw_prefix(const team_id &team, const std::string &prefix,
                                     const std::string &reason, instant now) {
    return db_.changed(withdraw_keys, team, prefix, reason, now, end_of(prefix));
}

std::int64_t outbox::withdraw_subject(const team_id &team, const std::string &subject,
                                      const std::string &reason, instant now) {
    return db_.changed(withdraw_about, team, subject, reason, now);
}

std::vector<outbox_row> outbox::resolve_expired(instant now) {
    const auto over = db_.engine_now();
    db_.run(free_unbegun, over);
    db_.run(free_repeatable, over);
    return oldest_first(db_.all(give_up, over, now));
}

std::int64_t outbox::free_leases_of_the_process_before(instant now) {
    const auto all = instant::max();
    auto freed = db_.changed(free_unbegun, all);
    freed += db_.changed(free_repeatable, all);
    return freed + static_cast<std::int64_t>(db_.all(give_up, all, now).size());
}

std::optional<outbox_row> outbox::find(const team_id &team, const std::string &key) {
    return db_.one(by_key, team, key);
}

std::optional<outbox_row> outbox::by_id(const team_id &team, const outbox_id &id) {
    return db_.one(by_id_sql, team, id);
}

std::optional<sent_message> outbox::sent_as(const team_id &team, const std::string &key) {
    return db_.one(where_sent, team, key);
}

std::vector<outbox_row> outbox::troubled(outbox_state state, int limit) {
    if (state == outbox_state::ambiguous)
        return db_.all(all_ambiguous, limit);
    if (state == outbox_state::parked)
        return db_.all(all_parked, limit);
    throw std::logic_error("outbox.troubled: only ambiguous and parked rows are in trouble");
}

std::optional<instant> outbox::due_at() {
    return db_.one(next_due).value_or(moment{}).at;
}

outbox_counts outbox::counts() {
    const auto count = [this](const auto &what) { return db_.one(what).value().n; };
    return {count(count_waiting), count(count_leased), count(count_ambiguous), count(count_parked), due_at()};
}

std::int64_t outbox::prune(instant before, int limit) {
    return db_.changed(drop_finished, before, limit);
}

std::int64_t outbox::forget_person(const team_id &team, const person_id &person) {
    return db_.changed(erase, team, person);
}

} // namespace rapport::storage
