// People of a workspace: who they are, where they are in time, when they are away. What they are in a program
// is in programs.hpp; sides are read from pairs.hpp.
#pragma once

#include "mentoring/people.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

// One of `slack` and `email` is always there, except of somebody who asked to be forgotten (`gone`). `hours`
// is the good-hours choice in the words of mentoring/good_hours; `zone` is the person's own choice and goes
// before `platform_zone`.
struct person {
    person_id id;
    std::optional<slack_id> slack;
    std::optional<std::string> email;
    std::string name;
    person_state state = person_state::active;
    bool guest = false;
    std::optional<std::string> zone;
    std::optional<std::string> platform_zone;
    std::optional<std::string> hours;
    std::optional<channel_id> dm;
    std::optional<instant> away_from_at;
    std::optional<instant> away_until_at;
    std::optional<instant> greeted_at;
    instant created_at{};

    bool operator==(const person &) const = default;
};

class people {
    session &db_;
    team_id team_;

  public:
    people(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    std::optional<person> by_id(const person_id &id);
    std::optional<person> by_slack(const slack_id &slack);
    std::optional<person> by_email(const std::string &email); // lower case; any of theirs
    std::vector<person> all();                                // by id
    // Adds the person, or replaces every field of the one with this id.
    void save(const person &who);
    // The bot's direct conversation with the person, once it was opened.
    void keep_dm(const person_id &id, const channel_id &dm);
    // The first message reached the person; kept only the first time.
    void mark_greeted(const person_id &id, instant at);
};

} // namespace rapport::storage
