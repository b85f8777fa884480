// Times the two of a pair set to meet, what became of them, and how long before they were changed.
#pragma once

#include "mentoring/words.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

enum class meeting_state { proposed, confirmed, cancelled, kept, missed };
RAPPORT_WORDS(meeting_state, 5,
              {{meeting_state::proposed, "proposed"},
               {meeting_state::confirmed, "confirmed"},
               {meeting_state::cancelled, "cancelled"},
               {meeting_state::kept, "kept"},
               {meeting_state::missed, "missed"}})

// What kind of session it is (rule 60).
enum class session_kind { mentoring, tutoring, both };
RAPPORT_WORDS(session_kind, 3,
              {{session_kind::mentoring, "mentoring"},
               {session_kind::tutoring, "tutoring"},
               {session_kind::both, "both"}})

// `proposed_by`: whose date it is, so the other one confirms. `told_by`: who said whether it happened.
// `contact`: the contact a kept one counts as. `sequence` counts its changes.
struct meeting {
    std::string id;
    pair_id pair;
    std::int64_t number = 0;
    instant starts_at{};
    std::int64_t minutes = 30;
    std::string place;
    session_kind session = session_kind::mentoring;
    meeting_state state = meeting_state::proposed;
    person_id proposed_by;
    std::optional<instant> confirmed_at;
    std::optional<person_id> told_by;
    std::optional<std::string> contact;
    std::int64_t sequence = 0;
    instant created_at{};
    instant changed_at{};

    bool operator==(const meeting &) const = default;
    bool is_on() const {
        return state == meeting_state::proposed || state == meeting_state::confirmed;
    }
};

enum class meeting_act { moved, cancelled };
RAPPORT_WORDS(meeting_act, 2, {{meeting_act::moved, "moved"}, {meeting_act::cancelled, "cancelled"}})

struct meeting_change {
    std::string meeting;
    std::int64_t sequence = 0;
    meeting_act what = meeting_act::moved;
    person_id by_person;
    instant changed_at{};
    std::int64_t notice_minutes = 0; // before the time that was set; below 0: after it
};

class meetings {
    session &db_;
    team_id team_;

  public:
    meetings(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    // The next number of the pair. A meeting is never taken out of the record, so no number comes twice.
    std::int64_t next_number(const pair_id &pair);
    // Adds the meeting, or replaces every field of the one with this id.
    void save(const meeting &what);
    std::optional<meeting> by_id(const std::string &id);
    std::optional<meeting> find(const pair_id &pair, std::int64_t number);
    // By time; those that start at `from` or later.
    std::vector<meeting> from(const pair_id &pair, instant from);
    void note_change(const meeting_change &what);
    std::vector<meeting_change> changes_of(const std::string &meeting); // in order
};

} // namespace rapport::storage
