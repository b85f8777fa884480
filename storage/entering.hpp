// What is on record about people on their way into a program: applications, clearances, consents, and who
// asked to be told when it opens. Opened by who needs them: `on_file.open<storage::applications>()`.
#pragma once

#include "mentoring/entering.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

using application_id = strong_id<struct application_tag>;

// `answers` is what was chosen of what the policy offers, packed; `message` is for the coordinators.
struct application {
    application_id id;
    program_slug program;
    term_id term;
    person_id person;
    rapport::role role = role::protege;
    application_state state = application_state::waiting;
    std::string answers, message;
    std::optional<day> committed_until, answer_by;
    instant made_at{};
    std::optional<instant> decided_at;
    std::optional<person_id> decided_by;

    bool operator==(const application &) const = default;
};

class applications {
    session &db_;
    team_id team_;

  public:
    applications(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    void add(const application &one);
    std::optional<application> by_id(const application_id &id);
    // The one that waits or was accepted.
    std::optional<application> standing(const term_id &term, const person_id &who, role as);
    std::vector<application> of_person(const person_id &who); // by time
    std::vector<application> of_term(const term_id &term);    // by time
    // False where it is not in the state `from` any more.
    bool move(const application_id &id, application_state from, application_state to,
              std::optional<instant> decided_at, const std::optional<person_id> &by);
};

// Until when somebody's gate in a program is open: none, without end. What is not cleared has no row.
struct clearance {
    program_slug program;
    person_id person;
    gate_kind gate = gate_kind::training;
    std::optional<day> until;
    cleared_by said_by = cleared_by::coordinator;
    instant set_at{};

    bool operator==(const clearance &) const = default;
};

class clearances {
    session &db_;
    team_id team_;

  public:
    clearances(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    // Adds it, or replaces the one that is there.
    void set(const clearance &one);
    // Nothing stays of it.
    void take(const program_slug &program, const person_id &who, gate_kind gate);
    std::optional<clearance> find(const program_slug &program, const person_id &who, gate_kind gate);
    std::vector<clearance> of(const program_slug &program, const person_id &who); // by gate
    std::vector<clearance> of_program(const program_slug &program);               // by person, gate
};

// The fields of their profile that a person lets a mentor from outside see.
class outside_consents {
    session &db_;
    team_id team_;

  public:
    outside_consents(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    void set(const program_slug &program, const person_id &who, const std::vector<std::string> &fields,
             instant now);
    // None where they were never asked: then nothing may be shown.
    std::optional<std::vector<std::string>> of(const program_slug &program, const person_id &who);
};

struct interest {
    program_slug program;
    person_id person;
    rapport::role role = role::protege;
    instant asked_at{};
    std::optional<instant> told_at;
};

class interests {
    session &db_;
    team_id team_;

  public:
    interests(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    // Puts them on the list, anew if they were told before. False if they are on it already.
    bool ask(const program_slug &program, const person_id &who, role as, instant now);
    void withdraw(const program_slug &program, const person_id &who);
    std::optional<interest> find(const program_slug &program, const person_id &who);
    std::vector<interest> waiting(const program_slug &program); // by time
    void told(const program_slug &program, const person_id &who, instant now);
};

// A pasted list that waits for its "yes": one a person at a time.
struct import_draft {
    std::string id;
    program_slug program;
    std::string list;
    instant made_at{};
};

class import_drafts {
    session &db_;
    team_id team_;

  public:
    import_drafts(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    // In place of an earlier one of theirs; what is a day old goes by the way.
    void keep(const person_id &whose, const import_draft &one);
    std::optional<import_draft> find(const person_id &whose, const std::string &id);
    void drop(const person_id &whose);
};

// How many were invited through a recruiting partner.
struct invited_through {
    std::string partner;
    std::int64_t people = 0;
};

class invited_counts {
    session &db_;
    team_id team_;

  public:
    invited_counts(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    void set(const term_id &term, const std::string &partner, std::int64_t people);
    std::vector<invited_through> of(const term_id &term); // by name
};

} // namespace rapport::storage
