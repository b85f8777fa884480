// One row a person and how it comes to wait again; see home_pages.hpp. The hash stands where other rows keep
// the place of their message.
#include "storage/home_pages.hpp"

namespace rapport::storage {
namespace {

// A row that ended waits once more; `excluded` is what was offered.
constexpr command<team_id, outbox_id, std::string, outbox_verb, std::string, send_policy, person_id,
                  std::string, instant>
    wait_again{
        "home_pages.want",
        "INSERT INTO outbox (team, id, key, verb, kind, policy, person, subject, params, not_before_at, "
        "created_at, state, attempts, again, reason) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', $9, $9, 'waiting', 0, 0, '') "
        "ON CONFLICT (team, key) DO UPDATE SET "
        "not_before_at = CASE WHEN outbox.finished_at IS NOT NULL OR (outbox.state = 'waiting' AND "
        "outbox.attempts = 0 AND excluded.not_before_at < outbox.not_before_at) "
        "THEN excluded.not_before_at ELSE outbox.not_before_at END, "
        "again = CASE WHEN outbox.state = 'leased' THEN 1 ELSE 0 END, "
        "attempts = CASE WHEN outbox.finished_at IS NOT NULL THEN 0 ELSE outbox.attempts END, "
        "state = CASE WHEN outbox.finished_at IS NOT NULL THEN 'waiting' ELSE outbox.state END, "
        "reason = CASE WHEN outbox.finished_at IS NOT NULL THEN '' ELSE outbox.reason END, "
        "lease_token = CASE WHEN outbox.finished_at IS NOT NULL THEN NULL ELSE outbox.lease_token END, "
        "send_started_at = CASE WHEN outbox.finished_at IS NOT NULL THEN NULL "
        "ELSE outbox.send_started_at END, "
        "finished_at = NULL"};

constexpr command<team_id, outbox_id, std::string, outbox_verb, std::string, send_policy, person_id,
                  std::string, std::string, instant>
    note_opened{
        "home_pages.opened",
        "INSERT INTO outbox (team, id, key, verb, kind, policy, person, subject, params, not_before_at, "
        "created_at, state, attempts, again, reason, finished_at, sent_ts) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', $10, $10, 'sent', 0, 0, 'opened', $10, $9) "
        "ON CONFLICT (team, key) DO UPDATE SET sent_ts = excluded.sent_ts, "
        "again = CASE WHEN outbox.state = 'leased' THEN 1 ELSE outbox.again END"};

struct counted_rows {
    std::int64_t n;
};
constexpr statement<counted_rows, team_id, std::string> count_rows{
    "home_pages.is_followed", "SELECT COUNT(*) FROM outbox WHERE team = $1 AND key = $2"};

constexpr command<team_id, std::string> forget_hash{
    "home_pages.shown_otherwise",
    "UPDATE outbox SET sent_ts = NULL, again = CASE WHEN state = 'leased' THEN 1 ELSE again END "
    "WHERE team = $1 AND key = $2"};

} // namespace

std::string home_pages::key_of(const person_id &whose) {
    return "home:" + whose.str();
}

void home_pages::want(const outbox_id &id, const person_id &whose, const std::string &kind, instant at) {
    const auto key = key_of(whose);
    db_.run(wait_again, team_, id, key, outbox_verb::publish_home, kind, send_policy::at_least_once, whose,
            key, at);
}

void home_pages::opened(const outbox_id &id, const person_id &whose, const std::string &kind,
                        const std::string &seal, instant at) {
    const auto key = key_of(whose);
    db_.run(note_opened, team_, id, key, outbox_verb::publish_home, kind, send_policy::at_least_once, whose,
            key, seal, at);
}

bool home_pages::is_followed(const person_id &whose) {
    return db_.one(count_rows, team_, key_of(whose))->n > 0;
}

void home_pages::shown_otherwise(const person_id &whose) {
    db_.run(forget_hash, team_, key_of(whose));
}

} // namespace rapport::storage
