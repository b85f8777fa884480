// The statements and verbs of profile_field and profile_proposal.
#include "storage/profiles.hpp"

namespace rapport::storage {
namespace {

struct field_of_one {
    profile_field field;
    std::string words;
    seen_by seen;
};
struct field_of_many {
    person_id person;
    profile_field field;
    std::string words;
    seen_by seen;
};
struct proposal {
    profile_field field;
    std::string words;
};

constexpr statement<field_of_one, team_id, person_id> of_sql{
    "profiles.of", "SELECT field, words, seen_by FROM profile_field WHERE team = $1 AND person = $2"};
constexpr statement<field_of_many, team_id, term_id> of_term_sql{
    "profiles.of_term",
    "SELECT person, field, words, seen_by FROM profile_field WHERE team = $1 AND person IN "
    "(SELECT person FROM enrolment WHERE team = $1 AND term = $2)"};
constexpr command<team_id, person_id, profile_field, std::string, seen_by, instant> set_sql{
    "profiles.set", "INSERT INTO profile_field (team, person, field, words, seen_by, changed_at) "
                    "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (team, person, field) DO UPDATE SET "
                    "words = excluded.words, seen_by = excluded.seen_by, changed_at = excluded.changed_at"};
constexpr command<team_id, person_id, profile_field> take_out_sql{
    "profiles.take_out", "DELETE FROM profile_field WHERE team = $1 AND person = $2 AND field = $3"};
constexpr command<team_id, person_id, profile_field, std::string, instant> propose_sql{
    "profiles.propose", "INSERT INTO profile_proposal (team, person, field, words, made_at) "
                        "VALUES ($1, $2, $3, $4, $5)"};
constexpr statement<proposal, team_id, person_id> proposed_sql{
    "profiles.proposed", "SELECT field, words FROM profile_proposal WHERE team = $1 AND person = $2"};
constexpr command<team_id, person_id> forget_sql{
    "profiles.forget_proposed", "DELETE FROM profile_proposal WHERE team = $1 AND person = $2"};
constexpr command<team_id, person_id, profile_field, std::string, std::string, seen_by, instant>
    keep_before_sql{"profiles.keep_before",
                    "INSERT INTO profile_before (team, person, field, change, words, seen_by, made_at) "
                    "VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr statement<field_of_one, team_id, person_id, std::string> before_sql{
    "profiles.before",
    "SELECT field, words, seen_by FROM profile_before WHERE team = $1 AND person = $2 AND change = $3"};
constexpr command<team_id, person_id> forget_before_sql{
    "profiles.forget_before", "DELETE FROM profile_before WHERE team = $1 AND person = $2"};
constexpr command<instant> forget_old_before_sql{"profiles.forget_old_before",
                                                 "DELETE FROM profile_before WHERE made_at < $1"};
constexpr command<instant> forget_old_sql{"profiles.forget_proposals",
                                          "DELETE FROM profile_proposal WHERE made_at < $1"};

} // namespace

profile_words profiles::of(const person_id &who) {
    profile_words out;
    for (auto &row : db_.all(of_sql, team_, who))
        out[row.field] = {std::move(row.words), row.seen};
    return out;
}

std::map<person_id, profile_words> profiles::of_term(const term_id &term) {
    std::map<person_id, profile_words> out;
    for (auto &row : db_.all(of_term_sql, team_, term))
        out[row.person][row.field] = {std::move(row.words), row.seen};
    return out;
}

void profiles::set(const person_id &who, profile_field which, const profile_entry &entry, instant now) {
    if (entry.words.empty())
        db_.run(take_out_sql, team_, who, which);
    else
        db_.run(set_sql, team_, who, which, entry.words, entry.seen, now);
}

void profiles::keep_before(const person_id &who, const std::string &change, const profile_words &before,
                           instant now) {
    forget_before(who);
    for (const auto &[which, entry] : before)
        db_.run(keep_before_sql, team_, who, which, change, entry.words, entry.seen, now);
}

profile_words profiles::before(const person_id &who, const std::string &change) {
    profile_words out;
    for (auto &row : db_.all(before_sql, team_, who, change))
        out[row.field] = {std::move(row.words), row.seen};
    return out;
}

void profiles::forget_before(const person_id &who) {
    db_.run(forget_before_sql, team_, who);
}

void forget_before(session &db, instant before) {
    db.run(forget_old_before_sql, before);
}

void profiles::propose(const person_id &who, const std::map<profile_field, std::string> &all, instant now) {
    db_.run(forget_sql, team_, who);
    for (const auto &[which, words] : all)
        db_.run(propose_sql, team_, who, which, words, now);
}

std::map<profile_field, std::string> profiles::proposed(const person_id &who) {
    std::map<profile_field, std::string> out;
    for (auto &row : db_.all(proposed_sql, team_, who))
        out[row.field] = std::move(row.words);
    return out;
}

void profiles::forget_proposed(const person_id &who) {
    db_.run(forget_sql, team_, who);
}

void forget_proposals(session &db, instant before) {
    db.run(forget_old_sql, before);
}

} // namespace rapport::storage
