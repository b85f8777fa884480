// The statements and verbs of policy_draft.
#include "storage/drafts.hpp"

namespace rapport::storage {
namespace {

#define DRAFT                                                                                                \
    "SELECT id, program, kind, state, text, made_by, made_at, applies_at, decided_by, decided_at FROM "      \
    "policy_draft WHERE team = $1"
constexpr command<team_id, std::string, program_slug, draft_kind, draft_state, std::string,
                  std::optional<person_id>, instant, std::optional<instant>>
    add_sql{"drafts.add", "INSERT INTO policy_draft (team, id, program, kind, state, text, made_by, made_at, "
                          "applies_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr statement<policy_draft, team_id, std::string> by_id_sql{"drafts.by_id", DRAFT " AND id = $2"};
constexpr statement<policy_draft, team_id, program_slug, draft_kind, draft_state> newest_sql{
    "drafts.newest",
    DRAFT " AND program = $2 AND kind = $3 AND state = $4 ORDER BY made_at DESC, id DESC LIMIT 1"};
constexpr statement<policy_draft, team_id, draft_kind, draft_state> all_sql{
    "drafts.all", DRAFT " AND kind = $2 AND state = $3 ORDER BY made_at, id"};
#undef DRAFT
constexpr command<team_id, std::string, std::string> rewrite_sql{
    "drafts.rewrite", "UPDATE policy_draft SET text = $3 WHERE team = $1 AND id = $2 AND state = 'open'"};
constexpr command<team_id, std::string, instant, std::optional<person_id>, instant> schedule_sql{
    "drafts.schedule", "UPDATE policy_draft SET state = 'scheduled', applies_at = $3, decided_by = $4, "
                       "decided_at = $5 WHERE team = $1 AND id = $2"};
constexpr command<team_id, std::string, draft_state, std::optional<person_id>, instant> decide_sql{
    "drafts.decide", "UPDATE policy_draft SET state = $3, decided_by = $4, decided_at = $5 "
                     "WHERE team = $1 AND id = $2"};

} // namespace

void drafts::add(const policy_draft &what) {
    db_.run(add_sql, team_, what.id, what.program, what.kind, what.state, what.text, what.made_by,
            what.made_at, what.applies_at);
}

std::optional<policy_draft> drafts::by_id(const std::string &id) {
    return db_.one(by_id_sql, team_, id);
}

std::optional<policy_draft> drafts::newest(const program_slug &program, draft_kind kind, draft_state state) {
    return db_.one(newest_sql, team_, program, kind, state);
}

std::vector<policy_draft> drafts::all(draft_kind kind, draft_state state) {
    return db_.all(all_sql, team_, kind, state);
}

void drafts::rewrite(const std::string &id, const std::string &text) {
    db_.run(rewrite_sql, team_, id, text);
}

void drafts::schedule(const std::string &id, instant applies_at, const std::optional<person_id> &by,
                      instant now) {
    db_.run(schedule_sql, team_, id, applies_at, by, now);
}

void drafts::decide(const std::string &id, draft_state became, const std::optional<person_id> &by,
                    instant now) {
    db_.run(decide_sql, team_, id, became, by, now);
}

} // namespace rapport::storage
