// A statement a table, all of one shape; see about_person.hpp. A new table that names people gets its line
// here.
#include "storage/about_person.hpp"

#include <algorithm>
#include <array>

namespace rapport::storage {
namespace {

using about = statement<kept_fact, team_id, person_id>;

constexpr std::array statements{
    about{"about.coordinator", "SELECT 'coordinator', 'coordinates', program, appointed_at, removed_at "
                               "FROM coordinator WHERE team = $1 AND person = $2"},
    about{"about.nudge", "SELECT 'nudge', kind, occasion, COALESCE(given_at, planned_at), closed_at "
                         "FROM nudge WHERE team = $1 AND person = $2"},
    about{"about.outbox", "SELECT 'outbox', kind, state, created_at, finished_at "
                          "FROM outbox WHERE team = $1 AND person = $2"},
    about{"about.journal", "SELECT 'journal', act, subject_kind, at, NULL "
                           "FROM journal WHERE team = $1 AND (actor = $2 OR subject = $2)"},
    about{"about.attention", "SELECT 'attention', kind, occasion, raised_at, cleared_at "
                             "FROM attention WHERE team = $1 AND person = $2"},
    about{"about.reply_clock", "SELECT 'reply_clock', medium, CASE WHEN waiting = $2 THEN 'you waited' "
                               "ELSE 'you were waited for' END, started_at, settled_at "
                               "FROM reply_clock WHERE team = $1 AND (waiting = $2 OR owed_by = $2)"},
    about{"about.unanswered", "SELECT 'unanswered', 'wrote', '', said_at, NULL "
                              "FROM unanswered WHERE team = $1 AND person = $2"},
    about{"about.undo",
          "SELECT 'undo', act, '', until_at, taken_at FROM undo WHERE team = $1 AND person = $2"},
    about{"about.recent_act", "SELECT 'recent_act', 'said', '', done_at, NULL "
                              "FROM recent_act WHERE team = $1 AND person = $2"},
    about{"about.inbox",
          "SELECT 'inbox', kind, '', received_at, answered_at FROM inbox "
          "WHERE team = $1 AND to_slack = (SELECT slack FROM person WHERE team = $1 AND id = $2)"},
};

constexpr std::array<std::string_view, 10> listed_tables{
    "coordinator", "nudge",      "outbox", "journal",    "attention",
    "reply_clock", "unanswered", "undo",   "recent_act", "inbox"};
static_assert(listed_tables.size() == statements.size());

// The first six by the records of their own; the others name nobody.
constexpr std::array<std::string_view, 14> otherwise{
    "person", "enrolment", "pair",         "check_in", "milestone",     "contact",    "program",
    "policy", "term",      "conversation", "fact",     "journal_heads", "room_probe", "rapport_migrations"};

} // namespace

std::vector<kept_fact> kept_about(session &db, const team_id &team, const person_id &who) {
    std::vector<kept_fact> all;
    for (const auto &each : statements)
        for (auto &row : db.all(each, team, who))
            all.push_back(std::move(row));
    std::stable_sort(all.begin(), all.end(), [](const auto &a, const auto &b) { return a.at > b.at; });
    return all;
}

std::span<const std::string_view> tables_listed() {
    return listed_tables;
}
std::span<const std::string_view> tables_given_otherwise() {
    return otherwise;
}

} // namespace rapport::storage
