// The statements and verbs of referral, introduction and thought.
#include "storage/helping.hpp"

namespace rapport::storage {
namespace {

struct number {
    std::int64_t value = 0;
};

#define COLUMNS "id, pair, by_person, resource, referred_at, undone_at"
constexpr command<team_id, std::string, pair_id, person_id, std::string, instant> refer_sql{
    "referrals.add",
    "INSERT INTO referral (team, id, pair, by_person, resource, referred_at) VALUES ($1, $2, "
    "$3, $4, $5, $6)"};
constexpr statement<referral, team_id, std::string> find_referral_sql{
    "referrals.find", "SELECT " COLUMNS " FROM referral WHERE team = $1 AND id = $2"};
constexpr statement<referral, team_id, pair_id> referrals_of_sql{
    "referrals.of_pair",
    "SELECT " COLUMNS " FROM referral WHERE team = $1 AND pair = $2 AND undone_at IS NULL ORDER BY id"};
constexpr command<team_id, std::string, instant> undo_referral_sql{
    "referrals.undo", "UPDATE referral SET undone_at = $3 WHERE team = $1 AND id = $2 AND undone_at IS NULL"};
#undef COLUMNS

#define COLUMNS "id, program, by_person, first, second, first_said, second_said, offered_at, ended_at"
constexpr command<team_id, std::string, program_slug, person_id, person_id, std::optional<person_id>, instant>
    offer_sql{"introductions.add", "INSERT INTO introduction (team, id, program, by_person, first, second, "
                                   "offered_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr statement<introduction, team_id, std::string> find_introduction_sql{
    "introductions.find", "SELECT " COLUMNS " FROM introduction WHERE team = $1 AND id = $2"};
constexpr statement<introduction, team_id, person_id, person_id, person_id> under_way_sql{
    "introductions.under_way",
    "SELECT " COLUMNS " FROM introduction WHERE team = $1 AND by_person = $2 AND first = $3 AND second = $4 "
    "AND ended_at IS NULL ORDER BY id LIMIT 1"};
constexpr command<team_id, std::string, std::optional<consent>, std::optional<consent>,
                  std::optional<instant>>
    answer_sql{"introductions.answer", "UPDATE introduction SET first_said = $3, second_said = $4, ended_at "
                                       "= $5 WHERE team = $1 AND id = $2"};
#undef COLUMNS

constexpr statement<number, team_id, person_id, program_slug, std::string> was_given_sql{
    "thoughts.was_given", "SELECT CAST(COUNT(*) AS BIGINT) FROM thought WHERE team = $1 AND person = $2 AND "
                          "program = $3 AND period = $4"};
constexpr command<team_id, person_id, program_slug, std::string, instant> give_sql{
    "thoughts.give", "INSERT INTO thought (team, person, program, period, given_at) VALUES ($1, $2, $3, $4, "
                     "$5) ON CONFLICT DO NOTHING"};

} // namespace

void referrals::add(const referral &what) {
    db_.run(refer_sql, team_, what.id, what.pair, what.by_person, what.resource, what.referred_at);
}

std::optional<referral> referrals::find(const std::string &id) {
    return db_.one(find_referral_sql, team_, id);
}

std::vector<referral> referrals::of_pair(const pair_id &pair) {
    return db_.all(referrals_of_sql, team_, pair);
}

bool referrals::undo(const std::string &id, instant now) {
    return db_.changed(undo_referral_sql, team_, id, now) == 1;
}

void introductions::add(const introduction &what) {
    db_.run(offer_sql, team_, what.id, what.program, what.by_person, what.first, what.second,
            what.offered_at);
}

std::optional<introduction> introductions::find(const std::string &id) {
    return db_.one(find_introduction_sql, team_, id);
}

std::optional<introduction> introductions::under_way(const person_id &by, const person_id &first,
                                                     const person_id &second) {
    return db_.one(under_way_sql, team_, by, first, second);
}

void introductions::answer(const introduction &what) {
    db_.run(answer_sql, team_, what.id, what.first_said, what.second_said, what.ended_at);
}

bool thoughts::was_given(const person_id &who, const program_slug &program, const std::string &period) {
    return db_.one(was_given_sql, team_, who, program, period)->value > 0;
}

void thoughts::give(const person_id &who, const program_slug &program, const std::string &period,
                    instant now) {
    db_.run(give_sql, team_, who, program, period, now);
}

} // namespace rapport::storage
