// The statements and verbs of attention and fact.
#include "storage/attention.hpp"

namespace rapport::storage {
namespace {

struct one_text {
    std::string value;
};

#define LINE                                                                                                 \
    "SELECT program, pair, kind, occasion, person, since_at, raised_at, cleared_at, cleared_by FROM "        \
    "attention WHERE team = $1"
constexpr command<team_id, program_slug, pair_id, std::string, std::string, person_id, instant, instant>
    raise_sql{"attention.raise",
              "INSERT INTO attention (team, program, pair, kind, occasion, person, since_at, "
              "raised_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING"};
constexpr statement<attention_line, team_id, program_slug> open_sql{
    "attention.open", LINE " AND program = $2 AND cleared_at IS NULL ORDER BY since_at, pair, kind"};
constexpr statement<attention_line, team_id, pair_id> open_of_pair_sql{
    "attention.open_of_pair", LINE " AND pair = $2 AND cleared_at IS NULL ORDER BY since_at, kind"};
constexpr statement<attention_line, team_id, pair_id, std::string, std::string, person_id> find_sql{
    "attention.find", LINE " AND pair = $2 AND kind = $3 AND occasion = $4 AND person = $5"};
constexpr command<team_id, pair_id, std::string, std::string, person_id, std::optional<person_id>, instant>
    clear_sql{"attention.clear",
              "UPDATE attention SET cleared_by = $6, cleared_at = $7 WHERE team = $1 AND pair = $2 "
              "AND kind = $3 AND occasion = $4 AND person = $5 AND cleared_at IS NULL"};
constexpr command<team_id, pair_id, std::string, std::string, person_id> reopen_sql{
    "attention.reopen",
    "UPDATE attention SET cleared_by = NULL, cleared_at = NULL WHERE team = $1 AND pair = $2 "
    "AND kind = $3 AND occasion = $4 AND person = $5 AND cleared_at IS NOT NULL"};
constexpr command<team_id, pair_id, instant> clear_pair_sql{
    "attention.clear_pair",
    "UPDATE attention SET cleared_at = $3 WHERE team = $1 AND pair = $2 AND cleared_at IS NULL"};
#undef LINE

constexpr statement<one_text, team_id, std::string> get_sql{
    "facts.get", "SELECT value FROM fact WHERE team = $1 AND name = $2"};
constexpr command<team_id, std::string, std::string> set_sql{
    "facts.set", "INSERT INTO fact (team, name, value) VALUES ($1, $2, $3) "
                 "ON CONFLICT (team, name) DO UPDATE SET value = excluded.value"};

} // namespace

bool attention::raise(const attention_line &line) {
    return db_.changed(raise_sql, team_, line.program, line.pair, line.kind, line.occasion, line.person,
                       line.since_at, line.raised_at) == 1;
}

std::vector<attention_line> attention::open(const program_slug &program) {
    return db_.all(open_sql, team_, program);
}

std::vector<attention_line> attention::open_of_pair(const pair_id &pair) {
    return db_.all(open_of_pair_sql, team_, pair);
}

std::optional<attention_line> attention::find(const pair_id &pair, const std::string &kind,
                                              const std::string &occasion, const person_id &about) {
    return db_.one(find_sql, team_, pair, kind, occasion, about);
}

bool attention::clear(const pair_id &pair, const std::string &kind, const std::string &occasion,
                      const person_id &about, const std::optional<person_id> &by, instant now) {
    return db_.changed(clear_sql, team_, pair, kind, occasion, about, by, now) > 0;
}

bool attention::reopen(const pair_id &pair, const std::string &kind, const std::string &occasion,
                       const person_id &about) {
    return db_.changed(reopen_sql, team_, pair, kind, occasion, about) > 0;
}

void attention::clear_pair(const pair_id &pair, instant now) {
    db_.run(clear_pair_sql, team_, pair, now);
}

std::optional<std::string> facts::get(const std::string &name) {
    auto row = db_.one(get_sql, team_, name);
    return row ? std::optional(std::move(row->value)) : std::nullopt;
}

void facts::set(const std::string &name, const std::string &text) {
    db_.run(set_sql, team_, name, text);
}

} // namespace rapport::storage
