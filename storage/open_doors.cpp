// The statements and verbs of open_door and invitation.
#include "storage/open_doors.hpp"

namespace rapport::storage {
namespace {

constexpr statement<open_door, team_id, person_id> door_sql{
    "open_doors.of",
    "SELECT person, is_open, office_hours, changed_at FROM open_door WHERE team = $1 AND person = $2"};
constexpr command<team_id, person_id, bool, std::string, instant> set_sql{
    "open_doors.set", "INSERT INTO open_door (team, person, is_open, office_hours, changed_at) "
                      "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (team, person) DO UPDATE SET "
                      "is_open = excluded.is_open, office_hours = excluded.office_hours, "
                      "changed_at = excluded.changed_at"};

#define INVITATION                                                                                           \
    "SELECT id, program, term, mentor, protege, by_person, state, made_at, decided_at, pair FROM "           \
    "invitation WHERE team = $1"
constexpr command<team_id, std::string, program_slug, term_id, person_id, person_id, person_id,
                  invitation_state, instant>
    add_sql{"invitations.add", "INSERT INTO invitation (team, id, program, term, mentor, protege, by_person, "
                               "state, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr statement<invitation, team_id, std::string> by_id_sql{"invitations.by_id",
                                                                INVITATION " AND id = $2"};
constexpr statement<invitation, team_id, term_id, person_id, person_id> waiting_sql{
    "invitations.waiting", INVITATION " AND term = $2 AND mentor = $3 AND protege = $4 AND state = 'open'"};
constexpr statement<invitation, team_id, person_id> open_of_sql{
    "invitations.open_of", INVITATION " AND by_person = $2 AND state = 'open' ORDER BY made_at, id"};
#undef INVITATION
constexpr command<team_id, std::string, invitation_state, std::optional<pair_id>, std::optional<instant>>
    decide_sql{"invitations.decide", "UPDATE invitation SET state = $3, pair = $4, decided_at = $5 "
                                     "WHERE team = $1 AND id = $2 AND state <> $3"};

} // namespace

std::optional<open_door> open_doors::of(const person_id &who) {
    return db_.one(door_sql, team_, who);
}

void open_doors::set(const open_door &what) {
    db_.run(set_sql, team_, what.person, what.is_open, what.office_hours, what.changed_at);
}

void invitations::add(const invitation &what) {
    db_.run(add_sql, team_, what.id, what.program, what.term, what.mentor, what.protege, what.by_person,
            what.state, what.made_at);
}

std::optional<invitation> invitations::by_id(const std::string &id) {
    return db_.one(by_id_sql, team_, id);
}

std::optional<invitation> invitations::waiting(const term_id &term, const person_id &mentor,
                                               const person_id &protege) {
    return db_.one(waiting_sql, team_, term, mentor, protege);
}

std::vector<invitation> invitations::open_of(const person_id &by) {
    return db_.all(open_of_sql, team_, by);
}

bool invitations::decide(const std::string &id, invitation_state became, const std::optional<pair_id> &pair,
                         std::optional<instant> at) {
    return db_.changed(decide_sql, team_, id, became, pair, at) > 0;
}

} // namespace rapport::storage
