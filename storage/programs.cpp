// The statements and verbs of program, policy, coordinator, term and enrolment.
#include "storage/programs.hpp"

#include "storage/attention.hpp"

#include <fmt/format.h>

#include <functional>

namespace rapport::storage {
namespace {

const std::string stamp_fact = "policies";

struct one_person {
    person_id id;
};

constexpr statement<program_row, team_id, program_slug> find_sql{
    "programs.find", "SELECT slug, version, opened_at, closed_at FROM program WHERE team = $1 AND slug = $2"};
constexpr statement<program_row, team_id> all_sql{
    "programs.all", "SELECT slug, version, opened_at, closed_at FROM program WHERE team = $1 ORDER BY slug"};
constexpr statement<policy_row, team_id, program_slug> policy_sql{
    "programs.policy", "SELECT policy.version, policy.text, policy.applied_at, policy.applied_by FROM policy "
                       "JOIN program ON program.team = policy.team AND program.slug = policy.program "
                       "AND program.version = policy.version WHERE policy.team = $1 AND policy.program = $2"};
constexpr statement<policy_row, team_id, program_slug> history_sql{
    "programs.policy_history", "SELECT version, text, applied_at, applied_by FROM policy "
                               "WHERE team = $1 AND program = $2 ORDER BY version DESC"};
constexpr command<team_id, program_slug, std::int64_t, instant> put_in_force_sql{
    "programs.put_in_force", "INSERT INTO program (team, slug, version, opened_at) VALUES ($1, $2, $3, $4) "
                             "ON CONFLICT (team, slug) DO UPDATE SET version = excluded.version"};
constexpr command<team_id, program_slug, std::int64_t, std::string, instant, std::optional<person_id>>
    keep_policy_sql{"programs.keep_policy",
                    "INSERT INTO policy (team, program, version, text, applied_at, applied_by) "
                    "VALUES ($1, $2, $3, $4, $5, $6)"};

constexpr command<team_id, program_slug, person_id, std::optional<person_id>, instant> appoint_sql{
    "programs.appoint", "INSERT INTO coordinator (team, program, person, appointed_by, appointed_at) "
                        "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (team, program, person) DO UPDATE "
                        "SET appointed_by = excluded.appointed_by, appointed_at = excluded.appointed_at, "
                        "removed_at = NULL WHERE coordinator.removed_at IS NOT NULL"};
constexpr command<team_id, program_slug, person_id, instant> dismiss_sql{
    "programs.dismiss", "UPDATE coordinator SET removed_at = $4 "
                        "WHERE team = $1 AND program = $2 AND person = $3 AND removed_at IS NULL"};
constexpr statement<one_person, team_id, program_slug, person_id> coordinates_sql{
    "programs.coordinates", "SELECT person FROM coordinator "
                            "WHERE team = $1 AND program = $2 AND person = $3 AND removed_at IS NULL"};
constexpr statement<one_person, team_id, program_slug> coordinators_sql{
    "programs.coordinators", "SELECT person FROM coordinator "
                             "WHERE team = $1 AND program = $2 AND removed_at IS NULL ORDER BY person"};

#define TERM "SELECT id, program, name, state, opens_at, closes_at FROM term WHERE team = $1"
constexpr command<team_id, term_id, program_slug, std::string, term_state, instant, std::optional<instant>>
    add_term_sql{"programs.add_term",
                 "INSERT INTO term (team, id, program, name, state, opens_at, closes_at) "
                 "VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr command<team_id, term_id, term_state, std::optional<instant>> set_term_state_sql{
    "programs.set_term_state", "UPDATE term SET state = $3, closes_at = $4 WHERE team = $1 AND id = $2"};
constexpr command<team_id, term_id, instant, std::optional<instant>> set_term_dates_sql{
    "programs.set_term_dates", "UPDATE term SET opens_at = $3, closes_at = $4 WHERE team = $1 AND id = $2"};
constexpr statement<term, team_id, term_id> term_by_id_sql{"programs.term_by_id", TERM " AND id = $2"};
constexpr statement<term, team_id, program_slug> open_term_sql{
    "programs.open_term",
    TERM " AND program = $2 AND state = 'open' ORDER BY opens_at DESC, id DESC LIMIT 1"};
constexpr statement<term, team_id, program_slug> terms_sql{"programs.terms",
                                                           TERM " AND program = $2 ORDER BY opens_at, id"};
#undef TERM

#define ENROLMENT                                                                                            \
    "SELECT id, term, person, role, state, by_person, since_at, ended_at FROM enrolment WHERE team = $1"
constexpr command<team_id, enrolment_id, term_id, person_id, role, enrolment_state, std::optional<person_id>,
                  instant, std::optional<instant>>
    enrol_sql{"programs.enrol",
              "INSERT INTO enrolment (team, id, term, person, role, state, by_person, since_at, ended_at) "
              "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (team, term, person, role) DO UPDATE "
              "SET state = excluded.state, by_person = excluded.by_person, ended_at = excluded.ended_at, "
              // who comes back is in it since then
              "since_at = CASE WHEN enrolment.state = 'left' THEN excluded.since_at "
              "ELSE enrolment.since_at END"};
constexpr command<team_id, enrolment_id, enrolment_state, std::optional<instant>> set_enrolment_state_sql{
    "programs.set_enrolment_state",
    "UPDATE enrolment SET state = $3, ended_at = $4 WHERE team = $1 AND id = $2"};
constexpr statement<enrolment, team_id, enrolment_id> enrolment_by_id_sql{"programs.enrolment_by_id",
                                                                          ENROLMENT " AND id = $2"};
constexpr statement<enrolment, team_id, term_id, person_id, role> enrolled_sql{
    "programs.enrolled", ENROLMENT " AND term = $2 AND person = $3 AND role = $4"};
constexpr statement<enrolment, team_id, term_id> enrolments_sql{"programs.enrolments", ENROLMENT
                                                                " AND term = $2 ORDER BY since_at, id"};
#undef ENROLMENT
constexpr statement<membership, team_id, person_id> memberships_sql{
    "programs.memberships",
    "SELECT enrolment.id, term.id, term.program, enrolment.role, enrolment.state, term.state, "
    "enrolment.since_at "
    "FROM enrolment JOIN term ON term.team = enrolment.team AND term.id = enrolment.term "
    "WHERE enrolment.team = $1 AND enrolment.person = $2 ORDER BY enrolment.since_at, enrolment.id"};

} // namespace

std::optional<program_row> programs::find(const program_slug &slug) {
    return db_.one(find_sql, team_, slug);
}

std::vector<program_row> programs::all() {
    return db_.all(all_sql, team_);
}

std::optional<policy_row> programs::policy_in_force(const program_slug &slug) {
    return db_.one(policy_sql, team_, slug);
}

std::int64_t programs::apply_policy(const program_slug &slug, const std::string &text, instant now,
                                    const std::optional<person_id> &by) {
    const auto before = policy_in_force(slug);
    if (before && before->text == text)
        return before->version;
    const auto version = before ? before->version + 1 : 1;
    db_.run(put_in_force_sql, team_, slug, version, now);
    db_.run(keep_policy_sql, team_, slug, version, text, now, by);
    // the text is in it, so that a version lost with its transaction is not taken for the next of its number
    facts(db_, team_)
        .set(stamp_fact, fmt::format("{} {} {} {:x}", slug.str(), version, now.time_since_epoch().count(),
                                     std::hash<std::string>()(text)));
    return version;
}

std::vector<policy_row> programs::policy_history(const program_slug &slug) {
    return db_.all(history_sql, team_, slug);
}

std::string programs::policies_stamp() {
    return facts(db_, team_).get(stamp_fact).value_or("");
}

void programs::appoint(const program_slug &slug, const person_id &who, const std::optional<person_id> &by,
                       instant now) {
    db_.run(appoint_sql, team_, slug, who, by, now);
}

void programs::dismiss(const program_slug &slug, const person_id &who, instant now) {
    db_.run(dismiss_sql, team_, slug, who, now);
}

bool programs::coordinates(const program_slug &slug, const person_id &who) {
    return db_.one(coordinates_sql, team_, slug, who).has_value();
}

std::vector<person_id> programs::coordinators(const program_slug &slug) {
    std::vector<person_id> ids;
    for (auto &row : db_.all(coordinators_sql, team_, slug))
        ids.push_back(std::move(row.id));
    return ids;
}

void programs::add_term(const term &which) {
    db_.run(add_term_sql, team_, which.id, which.program, which.name, which.state, which.opens_at,
            which.closes_at);
}

void programs::set_term_state(const term_id &id, term_state state, std::optional<instant> closes_at) {
    db_.run(set_term_state_sql, team_, id, state, closes_at);
}

void programs::set_term_dates(const term_id &id, instant opens_at, std::optional<instant> closes_at) {
    db_.run(set_term_dates_sql, team_, id, opens_at, closes_at);
}

std::optional<term> programs::term_by_id(const term_id &id) {
    return db_.one(term_by_id_sql, team_, id);
}

std::optional<term> programs::open_term(const program_slug &slug) {
    return db_.one(open_term_sql, team_, slug);
}

std::vector<term> programs::terms(const program_slug &slug) {
    return db_.all(terms_sql, team_, slug);
}

void programs::enrol(const enrolment &who) {
    db_.run(enrol_sql, team_, who.id, who.term, who.person, who.role, who.state, who.by_person, who.since_at,
            who.ended_at);
}

void programs::set_enrolment_state(const enrolment_id &id, enrolment_state state,
                                   std::optional<instant> ended_at) {
    db_.run(set_enrolment_state_sql, team_, id, state, ended_at);
}

std::optional<enrolment> programs::enrolment_by_id(const enrolment_id &id) {
    return db_.one(enrolment_by_id_sql, team_, id);
}

std::optional<enrolment> programs::enrolled(const term_id &term, const person_id &who, role as) {
    return db_.one(enrolled_sql, team_, term, who, as);
}

std::vector<membership> programs::memberships(const person_id &who) {
    return db_.all(memberships_sql, team_, who);
}

std::vector<enrolment> programs::enrolments(const term_id &term) {
    return db_.all(enrolments_sql, team_, term);
}

} // namespace rapport::storage
