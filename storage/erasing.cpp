// A statement a table, all of one shape; see erasing.hpp. A table with words of a person gets its line here.
#include "storage/erasing.hpp"

#include "storage/inbox.hpp"
#include "storage/people.hpp"

#include <algorithm>
#include <array>

namespace rapport::storage {
namespace {

struct table_row {
    std::string_view table;
    command<team_id, person_id> erase;
};

// What a person was part of ends now.
struct ending_row {
    std::string_view table;
    command<team_id, person_id, instant> end;
};

#define MINE " WHERE team = $1 AND person = $2"
#define MY_SLACK "(SELECT slack FROM person WHERE team = $1 AND id = $2)"
#define MY_EMAILS                                                                                            \
    "(SELECT email FROM person WHERE team = $1 AND id = $2 UNION "                                           \
    "SELECT email FROM person_address WHERE team = $1 AND person = $2)"
// Check-ins of the side they have in each pair, whoever typed them.
#define MY_SIDE                                                                                              \
    "((side = 'mentor' AND pair IN (SELECT id FROM pair WHERE team = $1 AND mentor = $2)) OR "               \
    "(side = 'protege' AND pair IN (SELECT id FROM pair WHERE team = $1 AND protege = $2)))"

constexpr std::array endings{
    ending_row{
        "coordinator",
        {"erase.coordinator", "UPDATE coordinator SET removed_at = $3" MINE " AND removed_at IS NULL"}},
    ending_row{
        "enrolment",
        {"erase.enrolment", "UPDATE enrolment SET state = 'left', ended_at = COALESCE(ended_at, $3)" MINE}},
    ending_row{"mentor_team_member",
               {"erase.mentor_team_member",
                "UPDATE mentor_team_member SET left_at = $3" MINE " AND left_at IS NULL"}},
};

// The person comes last: the lines before it read their ids.
constexpr std::array lines{
    table_row{"nudge", {"erase.nudge", "UPDATE nudge SET channel = NULL, ts = NULL" MINE}},
    table_row{"attention", {"erase.attention", "DELETE FROM attention" MINE " AND cleared_at IS NULL"}},
    table_row{"unanswered", {"erase.unanswered", "DELETE FROM unanswered" MINE}},
    table_row{"undo", {"erase.undo", "DELETE FROM undo" MINE}},
    table_row{"recent_act", {"erase.recent_act", "DELETE FROM recent_act" MINE}},
    table_row{
        "check_in",
        {"erase.check_in", "UPDATE check_in SET note = '', answers = '{}' WHERE team = $1 AND " MY_SIDE}},
    table_row{"milestone",
              {"erase.milestone", "UPDATE milestone SET title = '(erased)' WHERE team = $1 AND author = $2"}},
    // entering
    table_row{"application", {"erase.application", "UPDATE application SET message = '', answers = ''" MINE}},
    table_row{"clearance", {"erase.clearance", "DELETE FROM clearance" MINE}},
    table_row{"outside_consent", {"erase.outside_consent", "DELETE FROM outside_consent" MINE}},
    table_row{"interest", {"erase.interest", "DELETE FROM interest" MINE}},
    table_row{"joining", {"erase.joining", "DELETE FROM joining WHERE team = $1 AND slack = " MY_SLACK}},
    table_row{"looked_up",
              {"erase.looked_up", "DELETE FROM looked_up WHERE team = $1 AND email IN " MY_EMAILS}},
    table_row{"import_draft", {"erase.import_draft", "DELETE FROM import_draft" MINE}},
    // finding a way in without a match
    table_row{"open_door", {"erase.open_door", "DELETE FROM open_door" MINE}},
    // attention
    table_row{"own_choice", {"erase.own_choice", "DELETE FROM own_choice" MINE}},
    table_row{"announcement",
              {"erase.announcement",
               "UPDATE announcement SET words = '(erased)' WHERE team = $1 AND by_person = $2"}},
    // through the year
    table_row{"goal", {"erase.goal", "UPDATE goal SET title = '(erased)' WHERE team = $1 AND author = $2"}},
    table_row{"plan_paper", {"erase.plan_paper", "DELETE FROM plan_paper WHERE team = $1 AND author = $2"}},
    table_row{"meeting",
              {"erase.meeting", "UPDATE meeting SET place = '' WHERE team = $1 AND proposed_by = $2"}},
    table_row{"referral",
              {"erase.referral", "DELETE FROM referral WHERE team = $1 AND pair IN (SELECT id FROM pair "
                                 "WHERE team = $1 AND (protege = $2 OR mentor = $2))"}},
    // finding each other
    table_row{"profile_field", {"erase.profile_field", "DELETE FROM profile_field" MINE}},
    table_row{"profile_proposal", {"erase.profile_proposal", "DELETE FROM profile_proposal" MINE}},
    table_row{"profile_before", {"erase.profile_before", "DELETE FROM profile_before" MINE}},
    table_row{"person_address",
              {"erase.person_address", "DELETE FROM person_address" MINE}}, // after looked_up
    table_row{"mentor_request",
              {"erase.mentor_request", "UPDATE mentor_request SET note = '', question = '', reply = '' "
                                       "WHERE team = $1 AND (protege = $2 OR mentor = $2)"}},
    // leaving
    table_row{"quote", {"erase.quote", "DELETE FROM quote" MINE}},
    table_row{"feedback", {"erase.feedback", "DELETE FROM feedback" MINE}},
    table_row{"person",
              {"erase.person", "UPDATE person SET slack = NULL, email = NULL, name = '', state = 'gone', "
                               "guest = 0, zone = NULL, platform_zone = NULL, hours = NULL, dm = NULL, "
                               "away_from_at = NULL, away_until_at = NULL, greeted_at = NULL "
                               "WHERE team = $1 AND id = $2"}},
};

// In these two by their own verbs.
constexpr std::array<std::string_view, 2> engine_room{"inbox", "outbox"};

// Nothing in these but ids that lead to nobody afterwards, dates, words of a list, or what is the program's.
constexpr auto nothing_to_erase = std::to_array<std::string_view>({
    "journal",      "journal_heads",  "room_probe",     "rapport_migrations",
    "program",      "policy",         "term",           "conversation",
    "pair",         "reply_clock",    "contact",        "fact",
    "invited",      "site",           "site_session",   "mentor_team",
    "recorded_for", "turning",        "invitation",     "agreement",
    "goal_count",   "relay",          "meeting_change", "introduction",
    "thought",      "match_draft",    "match_pair",     "match_forbidden",
    "policy_draft", "pair_ending",    "notice",         "bridge",
    "pause",        "closing_choice", "pair_outcome",   "coordinator_act",
    "preview",      "preview_line",
});

constexpr statement<known_of, team_id, person_id> known_sql{
    "erase.known",
    "SELECT (SELECT COUNT(*) FROM check_in WHERE team = $1 AND (note <> '' OR answers <> '{}') AND " MY_SIDE
    "), (SELECT COUNT(*) FROM milestone WHERE team = $1 AND author = $2) + "
    "(SELECT COUNT(*) FROM goal WHERE team = $1 AND author = $2), "
    "(SELECT COUNT(*) FROM profile_field" MINE "), "
    "(SELECT COUNT(DISTINCT sent_ts) FROM outbox" MINE " AND sent_ts IS NOT NULL AND verb = 'post' AND "
    "sent_channel = (SELECT dm FROM person WHERE team = $1 AND id = $2))"};

constexpr statement<sent_message, team_id, person_id> messages_sql{
    "erase.messages",
    "SELECT DISTINCT sent_channel, sent_ts FROM outbox" MINE " AND sent_ts IS NOT NULL AND verb = 'post' "
    "AND sent_channel = (SELECT dm FROM person WHERE team = $1 AND id = $2) ORDER BY sent_ts"};

constexpr command<> taken_back_sql{"erase.taken_back", "DELETE FROM outbox WHERE kind = 'forget.message' AND "
                                                       "finished_at IS NOT NULL"};

#define OF_TERMS                                                                                             \
    "pair IN (SELECT p.id FROM pair p JOIN term t ON t.team = p.team AND t.id = p.term WHERE p.team = $1 "   \
    "AND t.program = $2 AND t.state = 'closed' AND t.closes_at < $3)"
using old = command<team_id, program_slug, instant>;
constexpr old old_check_ins{"let_go.check_ins",
                            "UPDATE check_in SET note = '', answers = '{}' WHERE team = $1 AND "
                            "(note <> '' OR answers <> '{}') AND " OF_TERMS};
constexpr old old_feedback{"let_go.feedback",
                           "UPDATE feedback SET went_well = '', would_help = '' WHERE team = $1 AND "
                           "(went_well <> '' OR would_help <> '') AND " OF_TERMS};
constexpr old old_contacts{"let_go.contacts",
                           "UPDATE contact SET on_day = substr(on_day, 1, 8) || '01', started_by = NULL, "
                           "logged_by = NULL WHERE team = $1 AND (started_by IS NOT NULL OR logged_by IS "
                           "NOT NULL OR on_day <> substr(on_day, 1, 8) || '01') AND " OF_TERMS};
// Of people of such a term who are in none that runs, waits or closed later.
constexpr old old_profiles{
    "let_go.profiles",
    "DELETE FROM profile_field WHERE team = $1 AND person IN (SELECT e.person FROM enrolment e JOIN term t "
    "ON t.team = e.team AND t.id = e.term WHERE e.team = $1 AND t.program = $2 AND t.state = 'closed' AND "
    "t.closes_at < $3) AND person NOT IN (SELECT e.person FROM enrolment e JOIN term t ON t.team = e.team "
    "AND t.id = e.term WHERE e.team = $1 AND (t.state <> 'closed' OR t.closes_at >= $3))"};

#undef OF_TERMS
#undef MY_SIDE
#undef MY_EMAILS
#undef MY_SLACK
#undef MINE

} // namespace

known_of count_known(session &db, const team_id &team, const person_id &who) {
    return db.one(known_sql, team, who).value();
}

std::vector<sent_message> messages_to(session &db, const team_id &team, const person_id &who) {
    return db.all(messages_sql, team, who);
}

void erase(session &db, const team_id &team, const person_id &who, instant now) {
    if (const auto them = people(db, team).by_id(who); them && them->slack)
        inbox(db).forget_person(team, *them->slack);
    outbox(db).forget_person(team, who);
    for (const auto &line : endings)
        db.run(line.end, team, who, now);
    for (const auto &line : lines)
        db.run(line.erase, team, who);
}

bool is_erased_from(std::string_view table) {
    const auto named = [&](const auto &row) { return row.table == table; };
    return std::any_of(lines.begin(), lines.end(), named) ||
           std::any_of(endings.begin(), endings.end(), named) ||
           std::find(engine_room.begin(), engine_room.end(), table) != engine_room.end() ||
           std::find(nothing_to_erase.begin(), nothing_to_erase.end(), table) != nothing_to_erase.end();
}

void forget_taken_back(session &db) {
    db.run(taken_back_sql);
}

std::int64_t let_go(session &db, const team_id &team, const program_slug &program, const kept_until &before) {
    return db.changed(old_check_ins, team, program, before.check_ins) +
           db.changed(old_feedback, team, program, before.check_ins) +
           db.changed(old_contacts, team, program, before.contacts) +
           db.changed(old_profiles, team, program, before.profiles);
}

} // namespace rapport::storage
