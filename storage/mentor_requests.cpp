// The statements and verbs of mentor_request.
#include "storage/mentor_requests.hpp"

namespace rapport::storage {
namespace {

struct one_instant {
    std::optional<instant> at;
};

#define COLUMNS                                                                                              \
    "id, program, term, protege, mentor, asked_by, team_name, turn, note, question, reply, state, "          \
    "asked_at, notified_at, ended_at, ended_by, pair, look_again_at"
#define ONE "SELECT " COLUMNS " FROM mentor_request WHERE team = $1"

template <class... First>
using all_of_it = command<First..., request_id, program_slug, term_id, person_id, person_id, side,
                          std::string, std::int64_t, std::string, std::string, std::string, request_state,
                          instant, std::optional<instant>, std::optional<instant>, std::optional<person_id>,
                          std::optional<pair_id>, std::optional<instant>>;

constexpr all_of_it<team_id> add_sql{"mentor_requests.add",
                                     "INSERT INTO mentor_request (team, " COLUMNS
                                     ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, "
                                     "$12, $13, $14, $15, $16, $17, $18, $19) ON CONFLICT DO NOTHING"};
constexpr command<team_id, request_id, std::string, std::string, std::string, request_state,
                  std::optional<instant>, std::optional<instant>, std::optional<person_id>,
                  std::optional<pair_id>, std::optional<instant>, person_id>
    save_sql{"mentor_requests.save",
             "UPDATE mentor_request SET note = $3, question = $4, reply = $5, state = $6, notified_at = $7, "
             "ended_at = $8, ended_by = $9, pair = $10, look_again_at = $11, mentor = $12 "
             "WHERE team = $1 AND id = $2"};
constexpr statement<mentor_request, team_id, request_id> by_id_sql{"mentor_requests.by_id",
                                                                   ONE " AND id = $2"};
constexpr statement<mentor_request, team_id, person_id> of_protege_sql{
    "mentor_requests.of_protege", ONE " AND protege = $2 ORDER BY asked_at, id"};
#define ASKER                                                                                                \
    "CASE asked_by WHEN 'protege' THEN protege ELSE mentor END = $2 AND (protege = $2 OR mentor = $2)"
#define ASKED                                                                                                \
    "CASE asked_by WHEN 'protege' THEN mentor ELSE protege END = $2 AND (protege = $2 OR mentor = $2)"
constexpr statement<mentor_request, team_id, person_id> by_asker_sql{"mentor_requests.by_asker", ONE
                                                                     " AND " ASKER " ORDER BY asked_at, id"};
constexpr statement<mentor_request, team_id, person_id> open_by_asker_sql{
    "mentor_requests.open_by_asker", ONE " AND " ASKER " AND ended_at IS NULL ORDER BY turn, asked_at, id"};
constexpr statement<mentor_request, team_id, person_id> open_to_sql{
    "mentor_requests.open_to", ONE " AND " ASKED " AND ended_at IS NULL ORDER BY asked_at, id"};
#undef ASKER
#undef ASKED
constexpr statement<mentor_request, team_id, term_id> of_term_sql{"mentor_requests.of_term",
                                                                  ONE " AND term = $2 ORDER BY asked_at, id"};
constexpr command<team_id, request_id, std::optional<instant>> look_again_sql{
    "mentor_requests.look_again", "UPDATE mentor_request SET look_again_at = $3 WHERE team = $1 AND id = $2"};
constexpr command<team_id, request_id, instant> notified_sql{
    "mentor_requests.notified", "UPDATE mentor_request SET notified_at = $3, look_again_at = $3 "
                                "WHERE team = $1 AND id = $2 AND notified_at IS NULL AND ended_at IS NULL"};
constexpr statement<due_request, instant, std::int64_t> to_look_at_sql{
    "mentor_requests.to_look_at", "SELECT team, id, look_again_at FROM mentor_request "
                                  "WHERE look_again_at <= $1 ORDER BY look_again_at, id LIMIT $2"};
constexpr statement<one_instant> next_look_sql{
    "mentor_requests.next_look",
    "SELECT MIN(look_again_at) FROM mentor_request WHERE look_again_at IS NOT NULL"};

struct one_team {
    team_id team;
};
constexpr statement<one_team> teams_sql{"mentor_requests.teams",
                                        "SELECT DISTINCT team FROM term WHERE state = 'open' ORDER BY team"};

#undef ONE
#undef COLUMNS

} // namespace

bool mentor_requests::add(const mentor_request &one) {
    return db_.changed(add_sql, team_, one.id, one.program, one.term, one.protege, one.mentor, one.asked_by,
                       one.team_name, one.turn, one.note, one.question, one.reply, one.state, one.asked_at,
                       one.notified_at, one.ended_at, one.ended_by, one.pair, one.look_again_at) == 1;
}

void mentor_requests::save(const mentor_request &one) {
    db_.run(save_sql, team_, one.id, one.note, one.question, one.reply, one.state, one.notified_at,
            one.ended_at, one.ended_by, one.pair, one.look_again_at, one.mentor);
}

std::optional<mentor_request> mentor_requests::by_id(const request_id &id) {
    return db_.one(by_id_sql, team_, id);
}

std::vector<mentor_request> mentor_requests::of_protege(const person_id &who) {
    return db_.all(of_protege_sql, team_, who);
}

std::vector<mentor_request> mentor_requests::by_asker(const person_id &who) {
    return db_.all(by_asker_sql, team_, who);
}

std::vector<mentor_request> mentor_requests::open_by_asker(const person_id &who) {
    return db_.all(open_by_asker_sql, team_, who);
}

std::vector<mentor_request> mentor_requests::open_to(const person_id &who) {
    return db_.all(open_to_sql, team_, who);
}

std::vector<mentor_request> mentor_requests::of_term(const term_id &term) {
    return db_.all(of_term_sql, team_, term);
}

void mentor_requests::look_again(const request_id &id, const std::optional<instant> &at) {
    db_.run(look_again_sql, team_, id, at);
}

void mentor_requests::notified(const request_id &id, instant at) {
    db_.run(notified_sql, team_, id, at);
}

std::vector<due_request> requests_to_look_at(session &db, instant now, std::int64_t limit) {
    return db.all(to_look_at_sql, now, limit);
}

std::optional<instant> next_request_look(session &db) {
    return db.one(next_look_sql)->at;
}

std::vector<team_id> teams_with_terms(session &db) {
    std::vector<team_id> out;
    for (auto &row : db.all(teams_sql))
        out.push_back(std::move(row.team));
    return out;
}

} // namespace rapport::storage
