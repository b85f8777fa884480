// The statements and verbs of match_draft, match_pair and match_forbidden.
#include "storage/match_drafts.hpp"

namespace rapport::storage {
namespace {

#define COLUMNS "id, program, term, state, made_by, made_at, version, changed_at, worst, load_gap"
constexpr command<team_id, draft_id, program_slug, term_id, match_draft_state, person_id, instant,
                  std::int64_t, instant, std::optional<int>, int>
    add_sql{"match_drafts.add",
            "INSERT INTO match_draft (team, " COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
            "$11) ON CONFLICT DO NOTHING"};
constexpr command<team_id, draft_id, match_draft_state, std::int64_t, instant, std::optional<int>, int>
    save_sql{"match_drafts.save",
             "UPDATE match_draft SET state = $3, version = $4, changed_at = $5, worst = $6, "
             "load_gap = $7 WHERE team = $1 AND id = $2"};
constexpr statement<match_draft, team_id, draft_id> by_id_sql{
    "match_drafts.by_id", "SELECT " COLUMNS " FROM match_draft WHERE team = $1 AND id = $2"};
constexpr statement<match_draft, team_id, term_id> open_of_sql{
    "match_drafts.open_of", "SELECT " COLUMNS " FROM match_draft WHERE team = $1 AND term = $2 AND state IN "
                            "('solving', 'draft')"};
#undef COLUMNS
constexpr statement<drafted_pair, team_id, draft_id> pairs_sql{
    "match_drafts.pairs", "SELECT protege, mentor, score, pinned FROM match_pair "
                          "WHERE team = $1 AND draft = $2 ORDER BY score, protege"};
constexpr command<team_id, draft_id, person_id, person_id, int, bool> put_sql{
    "match_drafts.put", "INSERT INTO match_pair (team, draft, protege, mentor, score, pinned) "
                        "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (team, draft, protege) DO UPDATE SET "
                        "mentor = excluded.mentor, score = excluded.score, pinned = excluded.pinned"};
constexpr command<team_id, draft_id, person_id> take_out_sql{
    "match_drafts.take_out", "DELETE FROM match_pair WHERE team = $1 AND draft = $2 AND protege = $3"};
constexpr command<team_id, draft_id> take_out_unpinned_sql{
    "match_drafts.take_out_unpinned", "DELETE FROM match_pair WHERE team = $1 AND draft = $2 AND pinned = 0"};
constexpr statement<forbidden_pair, team_id, term_id> forbidden_sql{
    "match_drafts.forbidden", "SELECT protege, mentor FROM match_forbidden WHERE team = $1 AND term = $2 "
                              "ORDER BY protege, mentor"};
constexpr command<team_id, term_id, person_id, person_id, person_id, instant> forbid_sql{
    "match_drafts.forbid", "INSERT INTO match_forbidden (team, term, protege, mentor, by_person, set_at) "
                           "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING"};
constexpr command<team_id, term_id, person_id, person_id> allow_sql{
    "match_drafts.allow",
    "DELETE FROM match_forbidden WHERE team = $1 AND term = $2 AND protege = $3 AND mentor = $4"};
constexpr statement<draft_to_solve> next_sql{
    "match_drafts.next", "SELECT team, id FROM match_draft WHERE state = 'solving' ORDER BY id LIMIT 1"};

} // namespace

bool match_drafts::add(const match_draft &one) {
    return db_.changed(add_sql, team_, one.id, one.program, one.term, one.state, one.made_by, one.made_at,
                       one.version, one.changed_at, one.worst, one.load_gap) == 1;
}

void match_drafts::save(const match_draft &one) {
    db_.run(save_sql, team_, one.id, one.state, one.version, one.changed_at, one.worst, one.load_gap);
}

std::optional<match_draft> match_drafts::by_id(const draft_id &id) {
    return db_.one(by_id_sql, team_, id);
}

std::optional<match_draft> match_drafts::open_of(const term_id &term) {
    return db_.one(open_of_sql, team_, term);
}

std::vector<drafted_pair> match_drafts::pairs(const draft_id &id) {
    return db_.all(pairs_sql, team_, id);
}

void match_drafts::put(const draft_id &id, const drafted_pair &one) {
    db_.run(put_sql, team_, id, one.protege, one.mentor, one.score, one.pinned);
}

void match_drafts::take_out(const draft_id &id, const person_id &protege) {
    db_.run(take_out_sql, team_, id, protege);
}

void match_drafts::take_out_unpinned(const draft_id &id) {
    db_.run(take_out_unpinned_sql, team_, id);
}

std::vector<forbidden_pair> match_drafts::forbidden(const term_id &term) {
    return db_.all(forbidden_sql, team_, term);
}

void match_drafts::forbid(const term_id &term, const forbidden_pair &two, const person_id &by, instant now) {
    db_.run(forbid_sql, team_, term, two.protege, two.mentor, by, now);
}

void match_drafts::allow(const term_id &term, const forbidden_pair &two) {
    db_.run(allow_sql, team_, term, two.protege, two.mentor);
}

std::optional<draft_to_solve> next_to_solve(session &db) {
    return db.one(next_sql);
}

} // namespace rapport::storage
