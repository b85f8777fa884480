// A statement a table, all of one shape; see about_person.hpp. A new table that names people gets its line
// here.
#include "storage/about_person.hpp"

#include "storage/migrations.hpp"

#include <algorithm>
#include <array>

namespace rapport::storage {
namespace {

using about = statement<kept_fact, team_id, person_id>;

// `since`: the migration that makes the table.
struct table_row {
    std::string_view table;
    int since;
    about read;
};

// Of the pairs a person is in: "pair IN (...)".
#define IN_MY_PAIRS "pair IN (SELECT id FROM pair WHERE team = $1 AND (mentor = $2 OR protege = $2))"

// Of a request: whichever side asks.
#define I_ASKED "CASE asked_by WHEN 'protege' THEN protege ELSE mentor END = $2"

constexpr std::array rows{
    table_row{"coordinator", 2,
              about{"about.coordinator",
                    "SELECT 'coordinator', 'coordinates', program, '', appointed_at, removed_at "
                    "FROM coordinator WHERE team = $1 AND person = $2"}},
    table_row{"nudge", 2,
              about{"about.nudge",
                    "SELECT 'nudge', kind, occasion, '', COALESCE(given_at, planned_at), closed_at "
                    "FROM nudge WHERE team = $1 AND person = $2"}},
    table_row{"outbox", 1,
              about{"about.outbox", "SELECT 'outbox', kind, state, '', created_at, finished_at "
                                    "FROM outbox WHERE team = $1 AND person = $2"}},
    table_row{"journal", 1,
              about{"about.journal", "SELECT 'journal', act, subject_kind, '', at, CAST(NULL AS BIGINT) "
                                     "FROM journal WHERE team = $1 AND (actor = $2 OR subject = $2)"}},
    table_row{"attention", 2,
              about{"about.attention", "SELECT 'attention', kind, occasion, '', raised_at, cleared_at "
                                       "FROM attention WHERE team = $1 AND person = $2"}},
    table_row{"reply_clock", 2,
              about{"about.reply_clock",
                    "SELECT 'reply_clock', medium, CASE WHEN waiting = $2 THEN 'you waited' "
                    "ELSE 'you were waited for' END, '', started_at, settled_at "
                    "FROM reply_clock WHERE team = $1 AND (waiting = $2 OR owed_by = $2)"}},
    table_row{"unanswered", 2,
              about{"about.unanswered", "SELECT 'unanswered', 'wrote', '', '', said_at, CAST(NULL AS BIGINT) "
                                        "FROM unanswered WHERE team = $1 AND person = $2"}},
    table_row{"undo", 2,
              about{"about.undo", "SELECT 'undo', act, '', '', until_at, taken_at "
                                  "FROM undo WHERE team = $1 AND person = $2"}},
    table_row{"recent_act", 2,
              about{"about.recent_act", "SELECT 'recent_act', 'said', '', '', done_at, CAST(NULL AS BIGINT) "
                                        "FROM recent_act WHERE team = $1 AND person = $2"}},
    table_row{"inbox", 1,
              about{"about.inbox",
                    "SELECT 'inbox', kind, '', '', received_at, answered_at FROM inbox WHERE team = $1 "
                    "AND to_slack = (SELECT slack FROM person WHERE team = $1 AND id = $2)"}},
    // entering a program
    table_row{"application", 3,
              about{"about.application",
                    "SELECT 'application', role, state, message || ' ' || answers, made_at, "
                    "decided_at FROM application WHERE team = $1 AND person = $2"}},
    table_row{"clearance", 3,
              about{"about.clearance",
                    "SELECT 'clearance', gate, COALESCE(until_day, ''), '', set_at, "
                    "CAST(NULL AS BIGINT) FROM clearance WHERE team = $1 AND person = $2"}},
    table_row{"outside_consent", 3,
              about{"about.outside_consent",
                    "SELECT 'outside_consent', program, fields, '', set_at, CAST(NULL AS BIGINT) "
                    "FROM outside_consent WHERE team = $1 AND person = $2"}},
    table_row{"interest", 3,
              about{"about.interest", "SELECT 'interest', role, program, '', asked_at, told_at "
                                      "FROM interest WHERE team = $1 AND person = $2"}},
    table_row{"joining", 3,
              about{"about.joining",
                    "SELECT 'joining', role, '', '', listed_at, confirmed_at FROM joining WHERE team = $1 "
                    "AND slack = (SELECT slack FROM person WHERE team = $1 AND id = $2)"}},
    table_row{"looked_up", 3,
              about{"about.looked_up",
                    "SELECT 'looked_up', 'address', '', '', listed_at, asked_at FROM looked_up "
                    "WHERE team = $1 AND email = (SELECT email FROM person WHERE team = $1 AND id = $2)"}},
    table_row{"import_draft", 3,
              about{"about.import_draft",
                    "SELECT 'import_draft', program, '', '', made_at, CAST(NULL AS BIGINT) "
                    "FROM import_draft WHERE team = $1 AND person = $2"}},
    table_row{"site_session", 3,
              about{"about.site_session", "SELECT 'site_session', kind, on_day, '', logged_at, undone_at "
                                          "FROM site_session WHERE team = $1 AND tutor = $2"}},
    table_row{"mentor_team_member", 3,
              about{"about.mentor_team_member",
                    "SELECT 'mentor_team_member', 'member', '', '', since_at, left_at "
                    "FROM mentor_team_member WHERE team = $1 AND person = $2"}},
    table_row{"recorded_for", 3,
              about{"about.recorded_for",
                    "SELECT 'recorded_for', what, '', '', at, CAST(NULL AS BIGINT) FROM recorded_for "
                    "WHERE team = $1 AND (whose = $2 OR by_person = $2)"}},
    // finding a way in without a match
    table_row{"open_door", 4,
              about{"about.open_door",
                    "SELECT 'open_door', CASE WHEN is_open = 1 THEN 'open' ELSE 'shut' END, "
                    "office_hours, '', changed_at, CAST(NULL AS BIGINT) "
                    "FROM open_door WHERE team = $1 AND person = $2"}},
    table_row{"invitation", 4,
              about{"about.invitation",
                    "SELECT 'invitation', state, '', '', made_at, decided_at FROM invitation "
                    "WHERE team = $1 AND (mentor = $2 OR protege = $2 OR by_person = $2)"}},
    // attention
    table_row{"own_choice", 8,
              about{"about.own_choice",
                    "SELECT 'own_choice', COALESCE(digest_day, ''), COALESCE(milestones, ''), '', "
                    "changed_at, snoozed_until_at FROM own_choice "
                    "WHERE team = $1 AND person = $2"}},
    table_row{"coordinator_act", 8,
              about{"about.coordinator_act",
                    "SELECT 'coordinator_act', cause, act, '', done_at, undone_at FROM coordinator_act "
                    "WHERE team = $1 AND (person = $2 OR by_person = $2)"}},
    table_row{"announcement", 8,
              about{"about.announcement",
                    "SELECT 'announcement', readers, program, words, made_at, undone_at "
                    "FROM announcement WHERE team = $1 AND by_person = $2"}},
    // through the year
    table_row{"agreement", 5,
              about{"about.agreement", "SELECT 'agreement', pace, place, '', proposed_at, agreed_at "
                                       "FROM agreement WHERE team = $1 AND " IN_MY_PAIRS}},
    table_row{"goal", 5,
              about{"about.goal", "SELECT 'goal', state, kind, title, created_at, done_at "
                                  "FROM goal WHERE team = $1 AND " IN_MY_PAIRS}},
    table_row{"plan_paper", 5,
              about{"about.plan_paper", "SELECT 'plan_paper', part, state, link, changed_at, reviewed_at "
                                        "FROM plan_paper WHERE team = $1 AND " IN_MY_PAIRS}},
    table_row{"relay", 5,
              about{"about.relay", "SELECT 'relay', kind, state, '', made_at, ended_at "
                                   "FROM relay WHERE team = $1 AND (by_person = $2 OR to_person = $2)"}},
    table_row{"meeting", 5,
              about{"about.meeting", "SELECT 'meeting', state, session, place, starts_at, confirmed_at "
                                     "FROM meeting WHERE team = $1 AND " IN_MY_PAIRS}},
    table_row{"meeting_change", 5,
              about{"about.meeting_change",
                    "SELECT 'meeting_change', what, '', '', changed_at, CAST(NULL AS BIGINT) "
                    "FROM meeting_change WHERE team = $1 AND by_person = $2"}},
    table_row{"referral", 5,
              about{"about.referral", "SELECT 'referral', resource, '', '', referred_at, undone_at "
                                      "FROM referral WHERE team = $1 AND by_person = $2"}},
    table_row{"introduction", 5,
              about{"about.introduction",
                    "SELECT 'introduction', program, '', '', offered_at, ended_at FROM introduction "
                    "WHERE team = $1 AND (by_person = $2 OR first = $2 OR second = $2)"}},
    table_row{"thought", 5,
              about{"about.thought", "SELECT 'thought', program, period, '', given_at, CAST(NULL AS BIGINT) "
                                     "FROM thought WHERE team = $1 AND person = $2"}},
    // leaving and going on
    table_row{"pair_ending", 7,
              about{"about.pair_ending",
                    "SELECT 'pair_ending', kind, CASE WHEN early = 1 THEN 'early' ELSE '' END, '', ended_at, "
                    "CAST(NULL AS BIGINT) FROM pair_ending WHERE team = $1 AND " IN_MY_PAIRS}},
    table_row{"notice", 7,
              about{"about.notice", "SELECT 'notice', state, last_day, '', given_at, ended_at "
                                    "FROM notice WHERE team = $1 AND by_person = $2"}},
    table_row{"bridge", 7,
              about{"about.bridge", "SELECT 'bridge', from_day, until_day, '', named_at, undone_at "
                                    "FROM bridge WHERE team = $1 AND person = $2"}},
    table_row{"pause", 7,
              about{"about.pause", "SELECT 'pause', cause, '', '', from_at, ended_at "
                                   "FROM pause WHERE team = $1 AND " IN_MY_PAIRS}},
    table_row{"closing_choice", 7,
              about{"about.closing_choice",
                    "SELECT 'closing_choice', choice, '', '', chosen_at, CAST(NULL AS BIGINT) "
                    "FROM closing_choice WHERE team = $1 AND person = $2"}},
    table_row{"pair_outcome", 7,
              about{"about.pair_outcome",
                    "SELECT 'pair_outcome', became, '', '', settled_at, CAST(NULL AS BIGINT) "
                    "FROM pair_outcome WHERE team = $1 AND " IN_MY_PAIRS}},
    table_row{"quote", 7,
              about{"about.quote", "SELECT 'quote', state, CASE WHEN named = 1 THEN 'with your name' ELSE "
                                   "'without your name' END, words, made_at, decided_at "
                                   "FROM quote WHERE team = $1 AND person = $2"}},
    table_row{
        "feedback", 7,
        about{"about.feedback",
              "SELECT 'feedback', moment, CASE WHEN to_partner = 1 THEN 'shared' ELSE '' END, went_well "
              "|| ' ' || would_help, given_at, CAST(NULL AS BIGINT) "
              "FROM feedback WHERE team = $1 AND person = $2"}},
    // finding each other
    table_row{"profile_field", 6,
              about{"about.profile_field",
                    "SELECT 'profile_field', field, seen_by, words, changed_at, "
                    "CAST(NULL AS BIGINT) FROM profile_field WHERE team = $1 AND person = $2"}},
    table_row{"profile_proposal", 6,
              about{"about.profile_proposal",
                    "SELECT 'profile_proposal', field, '', words, made_at, CAST(NULL AS BIGINT) "
                    "FROM profile_proposal WHERE team = $1 AND person = $2"}},
    table_row{"mentor_request", 6,
              about{"about.mentor_request",
                    "SELECT 'mentor_request', CASE WHEN " I_ASKED
                    " THEN 'you asked' ELSE 'you were asked' END, "
                    "state, CASE WHEN " I_ASKED " THEN note ELSE question END, asked_at, ended_at "
                    "FROM mentor_request WHERE team = $1 AND (protege = $2 OR mentor = $2)"}},
    table_row{"profile_before", 9,
              about{"about.profile_before",
                    "SELECT 'profile_before', field, seen_by, words, made_at, "
                    "CAST(NULL AS BIGINT) FROM profile_before WHERE team = $1 AND person = $2"}},
    table_row{"person_address", 9,
              about{"about.person_address",
                    "SELECT 'person_address', 'address', '', email, since_at, CAST(NULL AS BIGINT) "
                    "FROM person_address WHERE team = $1 AND person = $2"}},
};
#undef IN_MY_PAIRS
#undef I_ASKED

// The first six by the records of their own; the others name nobody, or belong to the program: a draft of a
// match and who made it is a coordinator's working paper, empty of words, and goes when it is published.
constexpr std::array<std::string_view, 25> otherwise{"person",
                                                     "enrolment",
                                                     "pair",
                                                     "check_in",
                                                     "milestone",
                                                     "contact",
                                                     "program",
                                                     "policy",
                                                     "term",
                                                     "conversation",
                                                     "fact",
                                                     "journal_heads",
                                                     "room_probe",
                                                     "rapport_migrations",
                                                     "invited",
                                                     "site",
                                                     "mentor_team",
                                                     "goal_count",
                                                     "match_draft",
                                                     "match_pair",
                                                     "match_forbidden",
                                                     "policy_draft",
                                                     "turning",
                                                     "preview",
                                                     "preview_line"};

bool is_there(const table_row &row) {
    const auto shipped = shipped_migrations();
    return std::any_of(shipped.begin(), shipped.end(),
                       [&](const auto &one) { return one.number == row.since; });
}

} // namespace

std::vector<kept_fact> kept_about(session &db, const team_id &team, const person_id &who) {
    std::vector<kept_fact> all;
    for (const auto &each : rows)
        if (is_there(each))
            for (auto &row : db.all(each.read, team, who))
                all.push_back(std::move(row));
    std::stable_sort(all.begin(), all.end(), [](const auto &a, const auto &b) { return a.at > b.at; });
    return all;
}

bool is_told_of(std::string_view table) {
    return std::any_of(rows.begin(), rows.end(), [&](const table_row &row) { return row.table == table; }) ||
           std::find(otherwise.begin(), otherwise.end(), table) != otherwise.end();
}

} // namespace rapport::storage
