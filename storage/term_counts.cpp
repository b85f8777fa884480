// One statement a number; see term_counts.hpp.
#include "storage/term_counts.hpp"

namespace rapport::storage {
namespace {

struct one_number {
    std::int64_t value = 0;
};

#define ENROLLED(role)                                                                                       \
    "SELECT COUNT(*) FROM enrolment WHERE team = $1 AND term = $2 AND role = '" role "' AND state <> 'left'"
#define OF_PAIRS(table)                                                                                      \
    "SELECT COUNT(*) FROM " table " JOIN pair ON pair.team = " table ".team AND pair.id = " table ".pair "   \
    "WHERE pair.team = $1 AND pair.term = $2"
constexpr statement<one_number, team_id, term_id> mentors_sql{"counts.mentors", ENROLLED("mentor")};
constexpr statement<one_number, team_id, term_id> proteges_sql{"counts.proteges", ENROLLED("protege")};
constexpr statement<one_number, team_id, term_id> pairs_sql{
    "counts.pairs", "SELECT COUNT(*) FROM pair WHERE team = $1 AND term = $2"};
constexpr statement<one_number, team_id, term_id> running_sql{
    "counts.running", "SELECT COUNT(*) FROM pair WHERE team = $1 AND term = $2 AND state <> 'ended'"};
constexpr statement<one_number, team_id, term_id> contacts_sql{
    "counts.contacts", OF_PAIRS("contact") " AND contact.undone_at IS NULL"};
constexpr statement<one_number, team_id, term_id> check_ins_sql{
    "counts.check_ins", OF_PAIRS("check_in") " AND check_in.version = 1 AND check_in.undone_at IS NULL"};
constexpr statement<one_number, team_id, term_id> milestones_sql{
    "counts.milestones", OF_PAIRS("milestone") " AND milestone.state <> 'dropped'"};
constexpr statement<one_number, team_id, term_id> done_sql{
    "counts.milestones_done", OF_PAIRS("milestone") " AND milestone.state = 'done'"};
#undef ENROLLED
#undef OF_PAIRS

} // namespace

term_counts count_term(session &db, const team_id &team, const term_id &term) {
    const auto number = [&](const statement<one_number, team_id, term_id> &what) {
        return db.one(what, team, term).value_or(one_number{}).value;
    };
    return {number(mentors_sql),  number(proteges_sql),  number(pairs_sql),      number(running_sql),
            number(contacts_sql), number(check_ins_sql), number(milestones_sql), number(done_sql)};
}

} // namespace rapport::storage
