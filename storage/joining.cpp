// The statements and verbs of joining and looked_up.
#include "storage/joining.hpp"

namespace rapport::storage {
namespace {

#define COLUMNS "slack, term, role, by_person, batch, listed_at, confirmed_at, asked_at"
constexpr command<team_id, slack_id, term_id, role, person_id, std::string, instant> list_sql{
    "joining.list", "INSERT INTO joining (team, slack, term, role, by_person, batch, listed_at) "
                    "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (team, slack, term, role) DO UPDATE SET "
                    "by_person = excluded.by_person, batch = excluded.batch, "
                    "listed_at = excluded.listed_at WHERE joining.confirmed_at IS NULL"};
constexpr statement<joining_member, team_id, std::string> of_batch_sql{
    "joining.of_batch", "SELECT " COLUMNS " FROM joining WHERE team = $1 AND batch = $2 ORDER BY slack"};
constexpr statement<joining_member, team_id, slack_id> of_sql{
    "joining.of", "SELECT " COLUMNS " FROM joining WHERE team = $1 AND slack = $2 "
                  "AND confirmed_at IS NOT NULL ORDER BY term, role"};
#undef COLUMNS
constexpr command<team_id, std::string, instant> confirm_sql{
    "joining.confirm", "UPDATE joining SET confirmed_at = $3 WHERE team = $1 AND batch = $2"};
constexpr command<team_id, slack_id, term_id, role> done_sql{
    "joining.done", "DELETE FROM joining WHERE team = $1 AND slack = $2 AND term = $3 AND role = $4"};
constexpr command<team_id, slack_id> drop_sql{"joining.drop",
                                              "DELETE FROM joining WHERE team = $1 AND slack = $2"};
constexpr command<team_id, std::string> drop_batch_sql{"joining.drop_batch",
                                                       "DELETE FROM joining WHERE team = $1 AND batch = $2"};
struct one_number {
    std::int64_t value;
};
constexpr statement<one_number, team_id, term_id> waiting_sql{
    "joining.waiting",
    "SELECT COUNT(*) FROM joining WHERE team = $1 AND term = $2 AND confirmed_at IS NOT NULL"};

struct one_text {
    std::string value;
};
constexpr command<team_id, std::string, instant> list_address_sql{
    "lookups.list", "INSERT INTO looked_up (team, email, listed_at) VALUES ($1, $2, $3) "
                    "ON CONFLICT (team, email) DO NOTHING"};
constexpr statement<one_text, team_id, std::string> listed_sql{
    "lookups.listed", "SELECT email FROM looked_up WHERE team = $1 AND email = $2"};

struct next_member {
    team_id team;
    slack_id slack;
};
struct next_address {
    team_id team;
    std::string email;
};
constexpr statement<next_member> next_member_sql{
    "joining.next", "SELECT team, slack FROM joining WHERE confirmed_at IS NOT NULL AND asked_at IS NULL "
                    "ORDER BY confirmed_at, slack LIMIT 1"};
constexpr command<team_id, slack_id, std::optional<instant>> asked_member_sql{
    "joining.asked", "UPDATE joining SET asked_at = $3 WHERE team = $1 AND slack = $2"};
constexpr statement<next_address> next_address_sql{
    "lookups.next",
    "SELECT team, email FROM looked_up WHERE asked_at IS NULL ORDER BY listed_at, email LIMIT 1"};
constexpr command<team_id, std::string, std::optional<instant>> asked_address_sql{
    "lookups.asked", "UPDATE looked_up SET asked_at = $3 WHERE team = $1 AND email = $2"};

void mark(session &db, const to_be_asked &whom, std::optional<instant> at) {
    if (whom.slack)
        db.run(asked_member_sql, whom.team, *whom.slack, at);
    else
        db.run(asked_address_sql, whom.team, whom.email, at);
}

} // namespace

void joining::list(const joining_member &one) {
    db_.run(list_sql, team_, one.slack, one.term, one.role, one.by_person, one.batch, one.listed_at);
}

std::vector<joining_member> joining::of_batch(const std::string &batch) {
    return db_.all(of_batch_sql, team_, batch);
}

std::vector<joining_member> joining::of(const slack_id &who) {
    return db_.all(of_sql, team_, who);
}

void joining::confirm(const std::string &batch, instant now) {
    db_.run(confirm_sql, team_, batch, now);
}

void joining::done(const slack_id &who, const term_id &term, role as) {
    db_.run(done_sql, team_, who, term, as);
}

void joining::drop(const slack_id &who) {
    db_.run(drop_sql, team_, who);
}

void joining::drop_batch(const std::string &batch) {
    db_.run(drop_batch_sql, team_, batch);
}

std::int64_t joining::waiting(const term_id &term) {
    return db_.one(waiting_sql, team_, term)->value;
}

void lookups::list(const std::string &email, instant now) {
    db_.run(list_address_sql, team_, email, now);
}

bool lookups::listed(const std::string &email) {
    return db_.one(listed_sql, team_, email).has_value();
}

std::optional<to_be_asked> next_to_ask(session &db, instant now) {
    std::optional<to_be_asked> whom;
    if (auto member = db.one(next_member_sql))
        whom = to_be_asked{std::move(member->team), std::move(member->slack), {}};
    else if (auto address = db.one(next_address_sql))
        whom = to_be_asked{std::move(address->team), std::nullopt, std::move(address->email)};
    if (whom)
        mark(db, *whom, now);
    return whom;
}

void ask_again(session &db, const to_be_asked &whom) {
    mark(db, whom, std::nullopt);
}

} // namespace rapport::storage
