// A statement or three for each column that names a person; see merging.hpp. $1 is the workspace, $2 who
// stays, $3 who goes.
#include "storage/merging.hpp"

#include "storage/migrations.hpp"
#include "storage/people.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace rapport::storage {
namespace {

using step = command<team_id, person_id, person_id>;
using timed_step = command<team_id, person_id, person_id, instant>;

// `since`: the migration that makes the table.
struct column_row {
    std::string_view column; // "table.column"
    step moves;
    int since = 1;
};

// Of what both may have one of: the older of the two goes, then what is left moves.
struct keyed_row {
    std::string_view column;
    step older_goes, double_goes, moves;
    int since = 1;
};

bool is_there(int migration) {
    const auto shipped = shipped_migrations();
    return migration == 1 || std::any_of(shipped.begin(), shipped.end(),
                                         [&](const auto &one) { return one.number == migration; });
}

#define PLAIN_SINCE(migration, table, column)                                                                \
    column_row {                                                                                             \
        table "." column,                                                                                    \
            step{"merge." table "." column,                                                                  \
                 "UPDATE " table " SET " column " = $2 WHERE team = $1 AND " column " = $3"},                \
            migration                                                                                        \
    }
#define PLAIN(table, column) PLAIN_SINCE(1, table, column)
// `same`: the rest of the key, of o and of the table itself. `when`: the column that says which is newer.
#define KEYED_SINCE(migration, table, column, same, when)                                                    \
    keyed_row {                                                                                              \
        table "." column,                                                                                    \
            step{"merge." table ".older",                                                                    \
                 "DELETE FROM " table " WHERE team = $1 AND " column " = $2 AND EXISTS (SELECT 1 FROM "      \
                 "" table " AS o WHERE o.team = $1 AND o." column " = $3 AND " same " AND o." when           \
                 " > " table "." when ")"},                                                                  \
            step{"merge." table ".double",                                                                   \
                 "DELETE FROM " table " WHERE team = $1 AND " column " = $3 AND EXISTS (SELECT 1 FROM "      \
                 "" table " AS o WHERE o.team = $1 AND o." column " = $2 AND " same ")"},                    \
            step{"merge." table "." column,                                                                  \
                 "UPDATE " table " SET " column " = $2 WHERE team = $1 AND " column " = $3"},                \
            migration                                                                                        \
    }
#define KEYED(table, column, same, when) KEYED_SINCE(1, table, column, same, when)

constexpr std::array keyed{
    KEYED("coordinator", "person", "o.program = coordinator.program", "appointed_at"),
    KEYED("recent_act", "person", "o.fingerprint = recent_act.fingerprint", "done_at"),
    KEYED("attention", "person",
          "o.pair = attention.pair AND o.kind = attention.kind AND o.occasion = attention.occasion",
          "raised_at"),
    KEYED("clearance", "person", "o.program = clearance.program AND o.gate = clearance.gate", "set_at"),
    KEYED("outside_consent", "person", "o.program = outside_consent.program", "set_at"),
    KEYED("interest", "person", "o.program = interest.program", "asked_at"),
    KEYED("import_draft", "person", "o.team = import_draft.team", "made_at"),
    KEYED("mentor_team_member", "person", "o.mentor_team = mentor_team_member.mentor_team", "since_at"),
    KEYED("open_door", "person", "o.team = open_door.team", "changed_at"),
    KEYED("thought", "person", "o.program = thought.program AND o.period = thought.period", "given_at"),
    KEYED("profile_field", "person", "o.field = profile_field.field", "changed_at"),
    KEYED("profile_proposal", "person", "o.field = profile_proposal.field", "made_at"),
    KEYED_SINCE(7, "closing_choice", "person", "o.pair = closing_choice.pair", "chosen_at"),
    KEYED_SINCE(8, "own_choice", "person", "o.team = own_choice.team", "changed_at"),
    KEYED("profile_before", "person", "o.field = profile_before.field", "made_at"),
    KEYED("match_pair", "protege", "o.draft = match_pair.draft", "score"),
    KEYED("match_forbidden", "protege", "o.term = match_forbidden.term AND o.mentor = match_forbidden.mentor",
          "set_at"),
    KEYED("match_forbidden", "mentor",
          "o.term = match_forbidden.term AND o.protege = match_forbidden.protege", "set_at"),
};

// Of a role that both have, what has come further stands.
#define BOTH_IN "o.team = $1 AND o.person = $3 AND o.term = enrolment.term AND o.role = enrolment.role"
constexpr keyed_row enrolments{
    "enrolment.person",
    step{"merge.enrolment.again",
         "UPDATE enrolment SET state = (SELECT o.state FROM enrolment AS o WHERE " BOTH_IN
         "), ended_at = NULL WHERE team = $1 AND person = $2 AND EXISTS "
         "(SELECT 1 FROM enrolment AS o WHERE " BOTH_IN
         " AND ((enrolment.state = 'left' AND o.state <> 'left') OR "
         "(enrolment.state = 'applied' AND o.state IN ('waiting', 'active', 'paused')) OR "
         "(enrolment.state = 'waiting' AND o.state IN ('active', 'paused'))))"},
    step{"merge.enrolment.double",
         "DELETE FROM enrolment WHERE team = $1 AND person = $3 AND EXISTS (SELECT 1 FROM enrolment AS o "
         "WHERE o.team = $1 AND o.person = $2 AND o.term = enrolment.term AND o.role = enrolment.role)"},
    step{"merge.enrolment.person", "UPDATE enrolment SET person = $2 WHERE team = $1 AND person = $3"}};
#undef BOTH_IN

// What only one of may run at a time: the one of the record that goes is over.
#define OVER(table, column, other, set, runs)                                                                \
    timed_step {                                                                                             \
        "merge." table ".over." column,                                                                      \
            "UPDATE " table " SET " set " WHERE team = $1 AND " column " = $3 AND " runs                     \
            " AND EXISTS (SELECT 1 FROM " table " AS o WHERE o.team = $1 AND o." column                      \
            " = $2 AND o.term = " table ".term AND o." other " = " table "." other " AND o." runs ")"        \
    }
constexpr std::array over{
    OVER("pair", "mentor", "protege", "state = 'ended', ended_at = $4, look_again_at = NULL",
         "state <> 'ended'"),
    OVER("pair", "protege", "mentor", "state = 'ended', ended_at = $4, look_again_at = NULL",
         "state <> 'ended'"),
    OVER("mentor_request", "mentor", "protege",
         "state = 'passed', ended_at = $4, look_again_at = NULL, note = '', question = '', reply = ''",
         "ended_at IS NULL"),
    OVER("mentor_request", "protege", "mentor",
         "state = 'passed', ended_at = $4, look_again_at = NULL, note = '', question = '', reply = ''",
         "ended_at IS NULL"),
    OVER("invitation", "mentor", "protege", "state = 'withdrawn', decided_at = $4", "state = 'open'"),
    OVER("invitation", "protege", "mentor", "state = 'withdrawn', decided_at = $4", "state = 'open'"),
    OVER("application", "person", "role", "state = 'withdrawn', decided_at = $4",
         "state IN ('waiting', 'accepted')"),
};
#undef OVER

constexpr timed_step accepted_stands_sql{
    "merge.application.accepted",
    "UPDATE application SET state = 'withdrawn', decided_at = $4 WHERE team = $1 AND person = $2 AND "
    "state = 'waiting' AND EXISTS (SELECT 1 FROM application AS o WHERE o.team = $1 AND o.person = $3 AND "
    "o.term = application.term AND o.role = application.role AND o.state = 'accepted')"};

// Nothing is on its way to somebody without an account; what they are to read is planned anew.
constexpr timed_step unsent_sql{
    "merge.outbox.unsent",
    "UPDATE outbox SET state = 'withdrawn', reason = 'merged', finished_at = $4 WHERE team = $1 "
    "AND person = $3 AND person <> $2 AND finished_at IS NULL"};

constexpr std::array plain{
    PLAIN("outbox", "person"),
    PLAIN("coordinator", "appointed_by"),
    PLAIN("policy", "applied_by"),
    PLAIN("enrolment", "by_person"),
    PLAIN("pair", "mentor"),
    PLAIN("pair", "protege"),
    PLAIN("pair", "made_by"),
    PLAIN("pair", "ended_by"),
    PLAIN("unanswered", "person"),
    PLAIN("reply_clock", "waiting"),
    PLAIN("reply_clock", "owed_by"),
    PLAIN("check_in", "filed_by"),
    PLAIN("milestone", "author"),
    PLAIN("milestone", "agreed_by"),
    PLAIN("milestone", "done_by"),
    PLAIN("contact", "started_by"),
    PLAIN("contact", "logged_by"),
    PLAIN("undo", "person"),
    PLAIN("attention", "cleared_by"),
    PLAIN("nudge", "person"),
    PLAIN("application", "person"),
    PLAIN("application", "decided_by"),
    PLAIN("joining", "by_person"),
    PLAIN("site_session", "tutor"),
    PLAIN("recorded_for", "whose"),
    PLAIN("recorded_for", "by_person"),
    PLAIN("policy_draft", "made_by"),
    PLAIN("policy_draft", "decided_by"),
    PLAIN("invitation", "mentor"),
    PLAIN("invitation", "protege"),
    PLAIN("invitation", "by_person"),
    PLAIN("agreement", "proposed_by"),
    PLAIN("agreement", "agreed_by"),
    PLAIN("goal", "author"),
    PLAIN("goal", "agreed_by"),
    PLAIN("goal", "done_by"),
    PLAIN("plan_paper", "author"),
    PLAIN("plan_paper", "reviewed_by"),
    PLAIN("relay", "by_person"),
    PLAIN("relay", "to_person"),
    PLAIN("meeting", "proposed_by"),
    PLAIN("meeting", "told_by"),
    PLAIN("meeting_change", "by_person"),
    PLAIN("referral", "by_person"),
    PLAIN("introduction", "by_person"),
    PLAIN("introduction", "first"),
    PLAIN("introduction", "second"),
    PLAIN("mentor_request", "protege"),
    PLAIN("mentor_request", "mentor"),
    PLAIN("mentor_request", "ended_by"),
    PLAIN("match_draft", "made_by"),
    PLAIN("match_pair", "mentor"),
    PLAIN("match_forbidden", "by_person"),
    PLAIN("person_address", "person"),
    // leaving
    PLAIN_SINCE(7, "pair_ending", "by_person"),
    PLAIN_SINCE(7, "notice", "by_person"),
    PLAIN_SINCE(7, "bridge", "person"),
    PLAIN_SINCE(7, "bridge", "named_by"),
    PLAIN_SINCE(7, "pause", "by_person"),
    PLAIN_SINCE(7, "pause", "ended_by"),
    PLAIN_SINCE(7, "quote", "person"),
    PLAIN_SINCE(7, "feedback", "person"),
    // attention in people's hands
    PLAIN_SINCE(8, "coordinator_act", "person"),
    PLAIN_SINCE(8, "coordinator_act", "by_person"),
    PLAIN_SINCE(8, "announcement", "by_person"),
    PLAIN_SINCE(19, "preview", "wanted_by"),
};
#undef PLAIN
#undef PLAIN_SINCE
#undef KEYED
#undef KEYED_SINCE

struct one_count {
    std::int64_t value;
};
constexpr statement<one_count, team_id, person_id, person_id> between_sql{
    "merge.between",
    "SELECT (SELECT COUNT(*) FROM pair WHERE team = $1 AND ((mentor = $2 AND protege = $3) OR (mentor = $3 "
    "AND protege = $2))) + (SELECT COUNT(*) FROM mentor_request WHERE team = $1 AND ((mentor = $2 AND "
    "protege = $3) OR (mentor = $3 AND protege = $2))) + (SELECT COUNT(*) FROM invitation WHERE team = $1 "
    "AND ((mentor = $2 AND protege = $3) OR (mentor = $3 AND protege = $2)))"};
constexpr command<team_id, std::string, person_id, instant> keep_address_sql{
    "merge.keep_address", "INSERT INTO person_address (team, email, person, since_at) "
                          "VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"};
constexpr command<team_id, person_id> gone_sql{"merge.gone",
                                               "DELETE FROM person WHERE team = $1 AND id = $2"};

} // namespace

bool may_be_one(session &db, const team_id &team, const person_id &one, const person_id &other) {
    return one != other && db.one(between_sql, team, one, other)->value == 0;
}

void make_one(session &db, const team_id &team, const person_id &into, const person_id &from, instant now) {
    people all(db, team);
    auto stays = all.by_id(into);
    const auto goes = all.by_id(from);
    if (!stays || !goes || into == from)
        throw std::logic_error("merging: two people are needed");
    db.run(accepted_stands_sql, team, into, from, now);
    for (const auto &each : over)
        db.run(each, team, into, from, now);
    db.run(unsent_sql, team, into, from, now);
    for (const auto &each : keyed) {
        if (!is_there(each.since))
            continue;
        db.run(each.older_goes, team, into, from);
        db.run(each.double_goes, team, into, from);
        db.run(each.moves, team, into, from);
    }
    for (const auto &each : {enrolments.older_goes, enrolments.double_goes, enrolments.moves})
        db.run(each, team, into, from);
    for (const auto &each : plain)
        if (is_there(each.since))
            db.run(each.moves, team, into, from);
    db.run(gone_sql, team, from);
    stays->created_at = std::min(stays->created_at, goes->created_at);
    if (!stays->zone)
        stays->zone = goes->zone;
    if (!stays->hours)
        stays->hours = goes->hours;
    if (!stays->away_until_at) {
        stays->away_from_at = goes->away_from_at;
        stays->away_until_at = goes->away_until_at;
    }
    if (goes->email) {
        if (!stays->email)
            stays->email = goes->email;
        else
            db.run(keep_address_sql, team, *goes->email, into, now);
    }
    all.save(*stays);
}

std::vector<std::string_view> merged_columns() {
    std::vector<std::string_view> out{enrolments.column};
    for (const auto &each : keyed)
        out.push_back(each.column);
    for (const auto &each : plain)
        out.push_back(each.column);
    return out;
}

} // namespace rapport::storage
