// Sides that are no single person: a site whose pupils are nowhere on record, and a team of mentors of whom
// the first with room takes a request.
#pragma once

#include "mentoring/words.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

// What a session was; a program may mix the two.
enum class site_session_kind { tutoring, mentoring };
RAPPORT_WORDS(site_session_kind, 2,
              {{site_session_kind::tutoring, "tutoring"}, {site_session_kind::mentoring, "mentoring"}})

struct site {
    std::string id;
    program_slug program;
    std::string name;
    instant made_at{};
    std::optional<instant> ended_at;
};

// `heads` is a count of pupils; nothing more is known of them.
struct site_session {
    std::string id;
    std::string site;
    term_id term;
    person_id tutor;
    site_session_kind kind = site_session_kind::tutoring;
    day on_day;
    std::int64_t minutes = 0, heads = 0;
    instant logged_at{};
    std::optional<instant> undone_at;
};

class sites {
    session &db_;
    team_id team_;

  public:
    sites(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    void add(const site &one);
    std::optional<site> by_id(const std::string &id);
    std::vector<site> of(const program_slug &program); // those that go on, by name
    void end(const std::string &id, std::optional<instant> at);

    void log(const site_session &one);
    std::optional<site_session> session_by_id(const std::string &id);
    bool undo_session(const std::string &id, instant now);   // false if it was undone before
    std::vector<site_session> sessions(const term_id &term); // not undone, newest first
};

struct mentor_team {
    std::string id;
    program_slug program;
    std::string name;
    instant made_at{};
    std::optional<instant> ended_at;
};

class mentor_teams {
    session &db_;
    team_id team_;

  public:
    mentor_teams(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    void add(const mentor_team &one);
    std::optional<mentor_team> by_id(const std::string &id);
    std::vector<mentor_team> of(const program_slug &program); // those that go on, by name
    void end(const std::string &id, std::optional<instant> at);
    void join(const std::string &id, const person_id &who, instant now);
    void leave(const std::string &id, const person_id &who, instant now);
    std::vector<person_id> members(const std::string &id); // those who are in it, first come first
};

} // namespace rapport::storage
