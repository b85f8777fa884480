// See second_thoughts.hpp.
#include "storage/second_thoughts.hpp"

namespace rapport::storage {
namespace {

constexpr statement<attention_line, team_id, program_slug, std::string, person_id> open_sql{
    "second_thoughts.open_about",
    "SELECT program, pair, kind, occasion, person, since_at, raised_at, cleared_at, cleared_by FROM "
    "attention "
    "WHERE team = $1 AND program = $2 AND kind = $3 AND person = $4 AND cleared_at IS NULL "
    "ORDER BY since_at, occasion LIMIT 1"};
constexpr command<team_id, pair_id, std::string, std::string, person_id> wait_again_sql{
    "second_thoughts.wait_again",
    "UPDATE attention SET cleared_at = NULL, cleared_by = NULL WHERE team = $1 AND pair = $2 AND kind = $3 "
    "AND occasion = $4 AND person = $5 AND cleared_at IS NOT NULL"};
constexpr command<team_id, std::string> never_given_sql{"second_thoughts.never_given",
                                                        "DELETE FROM nudge WHERE team = $1 AND id = $2"};
constexpr command<team_id, std::string> stand_again_sql{
    "second_thoughts.stand_again",
    "UPDATE nudge SET closed_at = NULL, outcome = NULL WHERE team = $1 AND id = $2"};

} // namespace

std::optional<attention_line> second_thoughts::open_about(const program_slug &program,
                                                          const std::string &kind, const person_id &who) {
    return db_.one(open_sql, team_, program, kind, who);
}

bool second_thoughts::wait_again(const attention_line &line) {
    return db_.changed(wait_again_sql, team_, line.pair, line.kind, line.occasion, line.person) == 1;
}

void second_thoughts::never_given(const std::string &nudge) {
    db_.run(never_given_sql, team_, nudge);
}

void second_thoughts::stand_again(const std::string &nudge) {
    db_.run(stand_again_sql, team_, nudge);
}

} // namespace rapport::storage
