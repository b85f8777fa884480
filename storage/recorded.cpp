// The statements and verbs of recorded_for.
#include "storage/recorded.hpp"

namespace rapport::storage {
namespace {

constexpr command<team_id, pair_id, recorded_what, std::string, person_id, person_id, instant> add_sql{
    "recorded.add", "INSERT INTO recorded_for (team, pair, what, ref, whose, by_person, at) "
                    "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (team, pair, what, ref) DO NOTHING"};
constexpr command<team_id, pair_id, recorded_what, std::string> take_sql{
    "recorded.take", "DELETE FROM recorded_for WHERE team = $1 AND pair = $2 AND what = $3 AND ref = $4"};
constexpr statement<recorded_row, team_id, pair_id, recorded_what, std::string> find_sql{
    "recorded.find", "SELECT pair, what, ref, whose, by_person, at FROM recorded_for "
                     "WHERE team = $1 AND pair = $2 AND what = $3 AND ref = $4"};

} // namespace

void recorded::add(const recorded_row &one) {
    db_.run(add_sql, team_, one.pair, one.what, one.ref, one.whose, one.by_person, one.at);
}

void recorded::take(const pair_id &pair, recorded_what what, const std::string &ref) {
    db_.run(take_sql, team_, pair, what, ref);
}

std::optional<recorded_row> recorded::find(const pair_id &pair, recorded_what what, const std::string &ref) {
    return db_.one(find_sql, team_, pair, what, ref);
}

} // namespace rapport::storage
