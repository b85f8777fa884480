// How pairs end and rest: endings, notices with the days of their hand-over, pauses. What a day of it does is
// decided in handlers/; no reason has a place here.
#pragma once

#include "mentoring/leaving.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

// `by`: none for the calendar. `early`: before the last day that was planned.
struct pair_ending {
    pair_id pair;
    ending_kind kind = ending_kind::completed;
    bool early = false;
    std::optional<person_id> by;
    instant ended_at{};

    bool operator==(const pair_ending &) const = default;
};

class endings {
    session &db_;
    team_id team_;

  public:
    endings(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    // Notes it, in the place of what was noted before.
    void note(const pair_ending &what);
    std::optional<pair_ending> of(const pair_id &pair);
    // The pair goes on after all: an undo.
    void erase(const pair_id &pair);
};

// How many pairs of a term ended in which way; `early` are among the completed.
struct ending_counts {
    std::int64_t completed = 0, early = 0, cancelled = 0, notice = 0, left = 0;

    bool operator==(const ending_counts &) const = default;
};
ending_counts count_endings(session &db, const team_id &team, const term_id &term);

enum class notice_state { running, withdrawn, done };
RAPPORT_WORDS(notice_state, 3,
              {{notice_state::running, "running"},
               {notice_state::withdrawn, "withdrawn"},
               {notice_state::done, "done"}})

// `last_day` is the pair's, in its program's zone; `stays`: who leaves would like another pair.
struct notice {
    std::string id;
    pair_id pair;
    person_id by;
    instant given_at{};
    day last_day{};
    day bridge_until{};
    bool stays = false;
    notice_state state = notice_state::running;
    std::optional<instant> ended_at;

    bool operator==(const notice &) const = default;
};

class notices {
    session &db_;
    team_id team_;

  public:
    notices(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    void add(const notice &what);
    std::optional<notice> by_id(const std::string &id);
    std::optional<notice> running(const pair_id &pair);
    std::optional<notice> latest(const pair_id &pair); // in whatever state
    // Ends a running one, or (running) lets one run again: only an undo does that.
    void move(const std::string &id, notice_state to, std::optional<instant> ended_at);
};

// One person for some days of a hand-over.
struct bridge {
    std::string id;
    std::string notice;
    person_id person;
    day from{}, until{};
    person_id named_by;
    instant named_at{};

    bool operator==(const bridge &) const = default;
};

class bridge_people {
    session &db_;
    team_id team_;

  public:
    bridge_people(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    void name(const bridge &what);
    std::vector<bridge> of(const std::string &notice); // as they were named; what was undone is left out
    bool undo(const std::string &id, instant now);
};

struct pause {
    std::string id;
    pair_id pair;
    pause_cause cause = pause_cause::asked;
    std::optional<person_id> by;
    instant from_at{};
    std::optional<instant> until_at;
    std::optional<instant> ended_at;
    std::optional<person_id> ended_by;

    bool operator==(const pause &) const = default;
};

class pauses {
    session &db_;
    team_id team_;

  public:
    pauses(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    void add(const pause &what);
    std::optional<pause> by_id(const std::string &id);
    std::optional<pause> running(const pair_id &pair);
    std::vector<pause> of_pair(const pair_id &pair); // by time
    void end(const std::string &id, const std::optional<person_id> &by, instant now);
    void run_again(const std::string &id); // only an undo does that
    void erase(const std::string &id);     // the same, of one that was never meant
    // The account went: from here on nothing but a person lets the pair go on.
    void for_account(const std::string &id);
};

} // namespace rapport::storage
