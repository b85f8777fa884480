// The statements and verbs of application, clearance, outside_consent, interest, import_draft and invited.
#include "storage/entering.hpp"

namespace rapport::storage {
namespace {

#define COLUMNS                                                                                              \
    "id, program, term, person, role, state, answers, message, committed_until, answer_by, made_at, "        \
    "decided_at, decided_by"
constexpr command<team_id, application_id, program_slug, term_id, person_id, role, application_state,
                  std::string, std::string, std::optional<day>, std::optional<day>, instant,
                  std::optional<instant>, std::optional<person_id>>
    add_sql{"applications.add", "INSERT INTO application (team, " COLUMNS ") "
                                "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"};
constexpr statement<application, team_id, application_id> by_id_sql{
    "applications.by_id", "SELECT " COLUMNS " FROM application WHERE team = $1 AND id = $2"};
constexpr statement<application, team_id, term_id, person_id, role> standing_sql{
    "applications.standing", "SELECT " COLUMNS " FROM application WHERE team = $1 AND term = $2 "
                             "AND person = $3 AND role = $4 AND state IN ('waiting', 'accepted')"};
constexpr statement<application, team_id, person_id> of_person_sql{
    "applications.of_person", "SELECT " COLUMNS " FROM application WHERE team = $1 AND person = $2 "
                              "ORDER BY made_at, id"};
constexpr statement<application, team_id, term_id> of_term_sql{
    "applications.of_term", "SELECT " COLUMNS " FROM application WHERE team = $1 AND term = $2 "
                            "ORDER BY made_at, id"};
#undef COLUMNS
constexpr command<team_id, application_id, application_state, application_state, std::optional<instant>,
                  std::optional<person_id>>
    move_sql{"applications.move", "UPDATE application SET state = $4, decided_at = $5, decided_by = $6 "
                                  "WHERE team = $1 AND id = $2 AND state = $3"};

#define COLUMNS "program, person, gate, until_day, said_by, set_at"
constexpr command<team_id, program_slug, person_id, gate_kind, std::optional<day>, cleared_by, instant>
    set_clearance_sql{"clearances.set",
                      "INSERT INTO clearance (team, " COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7) "
                      "ON CONFLICT (team, program, person, gate) DO UPDATE SET "
                      "until_day = excluded.until_day, said_by = excluded.said_by, "
                      "set_at = excluded.set_at"};
constexpr command<team_id, program_slug, person_id, gate_kind> take_clearance_sql{
    "clearances.take",
    "DELETE FROM clearance WHERE team = $1 AND program = $2 AND person = $3 AND gate = $4"};
constexpr statement<clearance, team_id, program_slug, person_id, gate_kind> find_clearance_sql{
    "clearances.find", "SELECT " COLUMNS " FROM clearance WHERE team = $1 AND program = $2 AND person = $3 "
                       "AND gate = $4"};
constexpr statement<clearance, team_id, program_slug, person_id> clearances_of_sql{
    "clearances.of", "SELECT " COLUMNS " FROM clearance WHERE team = $1 AND program = $2 AND person = $3 "
                     "ORDER BY gate"};
constexpr statement<clearance, team_id, program_slug> clearances_in_sql{
    "clearances.of_program", "SELECT " COLUMNS " FROM clearance WHERE team = $1 AND program = $2 "
                             "ORDER BY person, gate"};
#undef COLUMNS

struct one_text {
    std::string value;
};
constexpr command<team_id, program_slug, person_id, std::string, instant> set_consent_sql{
    "outside_consents.set", "INSERT INTO outside_consent (team, program, person, fields, set_at) "
                            "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (team, program, person) DO UPDATE SET "
                            "fields = excluded.fields, set_at = excluded.set_at"};
constexpr statement<one_text, team_id, program_slug, person_id> consent_sql{
    "outside_consents.of",
    "SELECT fields FROM outside_consent WHERE team = $1 AND program = $2 AND person = $3"};

#define COLUMNS "program, person, role, asked_at, told_at"
constexpr command<team_id, program_slug, person_id, role, instant> ask_sql{
    "interests.ask", "INSERT INTO interest (team, program, person, role, asked_at) "
                     "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (team, program, person) DO UPDATE SET "
                     "role = excluded.role, asked_at = excluded.asked_at, told_at = NULL "
                     "WHERE interest.told_at IS NOT NULL"};
constexpr command<team_id, program_slug, person_id> withdraw_sql{
    "interests.withdraw", "DELETE FROM interest WHERE team = $1 AND program = $2 AND person = $3"};
constexpr statement<interest, team_id, program_slug, person_id> find_interest_sql{
    "interests.find", "SELECT " COLUMNS " FROM interest WHERE team = $1 AND program = $2 AND person = $3"};
constexpr statement<interest, team_id, program_slug> waiting_sql{
    "interests.waiting", "SELECT " COLUMNS " FROM interest WHERE team = $1 AND program = $2 "
                         "AND told_at IS NULL ORDER BY asked_at, person"};
constexpr command<team_id, program_slug, person_id, instant> told_sql{
    "interests.told", "UPDATE interest SET told_at = $4 WHERE team = $1 AND program = $2 AND person = $3"};
#undef COLUMNS

constexpr command<instant> old_drafts_sql{"import_drafts.old", "DELETE FROM import_draft WHERE made_at < $1"};
constexpr command<team_id, person_id, std::string, program_slug, std::string, instant> keep_draft_sql{
    "import_drafts.keep", "INSERT INTO import_draft (team, person, id, program, list, made_at) "
                          "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (team, person) DO UPDATE SET "
                          "id = excluded.id, program = excluded.program, list = excluded.list, "
                          "made_at = excluded.made_at"};
constexpr statement<import_draft, team_id, person_id, std::string> find_draft_sql{
    "import_drafts.find", "SELECT id, program, list, made_at FROM import_draft "
                          "WHERE team = $1 AND person = $2 AND id = $3"};
constexpr command<team_id, person_id> drop_draft_sql{
    "import_drafts.drop", "DELETE FROM import_draft WHERE team = $1 AND person = $2"};

constexpr command<team_id, term_id, std::string, std::int64_t> set_invited_sql{
    "invited_counts.set", "INSERT INTO invited (team, term, partner, people) VALUES ($1, $2, $3, $4) "
                          "ON CONFLICT (team, term, partner) DO UPDATE SET people = excluded.people"};
constexpr statement<invited_through, team_id, term_id> invited_sql{
    "invited_counts.of",
    "SELECT partner, people FROM invited WHERE team = $1 AND term = $2 ORDER BY partner"};

constexpr days drafts_are_kept{1};

} // namespace

void applications::add(const application &one) {
    db_.run(add_sql, team_, one.id, one.program, one.term, one.person, one.role, one.state, one.answers,
            one.message, one.committed_until, one.answer_by, one.made_at, one.decided_at, one.decided_by);
}

std::optional<application> applications::by_id(const application_id &id) {
    return db_.one(by_id_sql, team_, id);
}

std::optional<application> applications::standing(const term_id &term, const person_id &who, role as) {
    return db_.one(standing_sql, team_, term, who, as);
}

std::vector<application> applications::of_person(const person_id &who) {
    return db_.all(of_person_sql, team_, who);
}

std::vector<application> applications::of_term(const term_id &term) {
    return db_.all(of_term_sql, team_, term);
}

bool applications::move(const application_id &id, application_state from, application_state to,
                        std::optional<instant> decided_at, const std::optional<person_id> &by) {
    return db_.changed(move_sql, team_, id, from, to, decided_at, by) == 1;
}

void clearances::set(const clearance &one) {
    db_.run(set_clearance_sql, team_, one.program, one.person, one.gate, one.until, one.said_by, one.set_at);
}

void clearances::take(const program_slug &program, const person_id &who, gate_kind gate) {
    db_.run(take_clearance_sql, team_, program, who, gate);
}

std::optional<clearance> clearances::find(const program_slug &program, const person_id &who, gate_kind gate) {
    return db_.one(find_clearance_sql, team_, program, who, gate);
}

std::vector<clearance> clearances::of(const program_slug &program, const person_id &who) {
    return db_.all(clearances_of_sql, team_, program, who);
}

std::vector<clearance> clearances::of_program(const program_slug &program) {
    return db_.all(clearances_in_sql, team_, program);
}

void outside_consents::set(const program_slug &program, const person_id &who,
                           const std::vector<std::string> &fields, instant now) {
    std::string text;
    for (const auto &each : fields)
        text += (text.empty() ? "" : " ") + each;
    db_.run(set_consent_sql, team_, program, who, text, now);
}

std::optional<std::vector<std::string>> outside_consents::of(const program_slug &program,
                                                             const person_id &who) {
    const auto row = db_.one(consent_sql, team_, program, who);
    if (!row)
        return std::nullopt;
    std::vector<std::string> fields;
    for (std::size_t at = 0; at < row->value.size();) {
        const auto end = std::min(row->value.find(' ', at), row->value.size());
        fields.push_back(row->value.substr(at, end - at));
        at = end + 1;
    }
    return fields;
}

bool interests::ask(const program_slug &program, const person_id &who, role as, instant now) {
    return db_.changed(ask_sql, team_, program, who, as, now) == 1;
}

void interests::withdraw(const program_slug &program, const person_id &who) {
    db_.run(withdraw_sql, team_, program, who);
}

std::optional<interest> interests::find(const program_slug &program, const person_id &who) {
    return db_.one(find_interest_sql, team_, program, who);
}

std::vector<interest> interests::waiting(const program_slug &program) {
    return db_.all(waiting_sql, team_, program);
}

void interests::told(const program_slug &program, const person_id &who, instant now) {
    db_.run(told_sql, team_, program, who, now);
}

void import_drafts::keep(const person_id &whose, const import_draft &one) {
    db_.run(old_drafts_sql, one.made_at - drafts_are_kept);
    db_.run(keep_draft_sql, team_, whose, one.id, one.program, one.list, one.made_at);
}

std::optional<import_draft> import_drafts::find(const person_id &whose, const std::string &id) {
    return db_.one(find_draft_sql, team_, whose, id);
}

void import_drafts::drop(const person_id &whose) {
    db_.run(drop_draft_sql, team_, whose);
}

void invited_counts::set(const term_id &term, const std::string &partner, std::int64_t people) {
    db_.run(set_invited_sql, team_, term, partner, people);
}

std::vector<invited_through> invited_counts::of(const term_id &term) {
    return db_.all(invited_sql, team_, term);
}

} // namespace rapport::storage
