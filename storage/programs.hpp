// Programs and their terms: the policy texts that were applied, who coordinates, who is enrolled as what.
#pragma once

#include "mentoring/people.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

struct program_row {
    program_slug slug;
    std::int64_t version = 0; // of the policy in force
    instant opened_at{};
    std::optional<instant> closed_at;
};

struct policy_row {
    std::int64_t version = 0;
    std::string text;
    instant applied_at{};
    std::optional<person_id> applied_by; // none: at start, from its file
};

struct term {
    term_id id;
    program_slug program;
    std::string name;
    term_state state = term_state::open;
    instant opens_at{};
    std::optional<instant> closes_at;

    bool operator==(const term &) const = default;
};

struct enrolment {
    enrolment_id id;
    term_id term;
    person_id person;
    rapport::role role = role::protege;
    enrolment_state state = enrolment_state::active;
    std::optional<person_id> by_person;
    instant since_at{};
    std::optional<instant> ended_at;

    bool operator==(const enrolment &) const = default;
};

// An enrolment of somebody with the program its term belongs to.
struct membership {
    enrolment_id id;
    term_id term;
    program_slug program;
    rapport::role role = role::protege;
    enrolment_state state = enrolment_state::active;
    term_state term_is = term_state::open;
    instant since_at{};
};

class programs {
    session &db_;
    team_id team_;

  public:
    programs(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    std::optional<program_row> find(const program_slug &slug);
    std::vector<program_row> all(); // by slug
    std::optional<policy_row> policy_in_force(const program_slug &slug);
    std::vector<policy_row> policy_history(const program_slug &slug); // newest first
    // Another word whenever what is in force changed; empty before the first policy.
    std::string policies_stamp();
    // Opens the program with version 1, or puts a new version in force; the same text again changes nothing.
    // Gives the version now in force.
    std::int64_t apply_policy(const program_slug &slug, const std::string &text, instant now,
                              const std::optional<person_id> &by);

    void appoint(const program_slug &slug, const person_id &who, const std::optional<person_id> &by,
                 instant now);
    void dismiss(const program_slug &slug, const person_id &who, instant now);
    bool coordinates(const program_slug &slug, const person_id &who);
    std::vector<person_id> coordinators(const program_slug &slug); // by id

    void add_term(const term &which);
    void set_term_state(const term_id &id, term_state state, std::optional<instant> closes_at);
    void set_term_dates(const term_id &id, instant opens_at, std::optional<instant> closes_at);
    std::optional<term> term_by_id(const term_id &id);
    std::optional<term> open_term(const program_slug &slug); // the newest that is open
    std::vector<term> terms(const program_slug &slug);       // by opening

    // Adds the enrolment or, where the person already has this role in this term, sets its state.
    void enrol(const enrolment &who);
    void set_enrolment_state(const enrolment_id &id, enrolment_state state, std::optional<instant> ended_at);
    std::optional<enrolment> enrolment_by_id(const enrolment_id &id);
    std::optional<enrolment> enrolled(const term_id &term, const person_id &who, role as);
    std::vector<membership> memberships(const person_id &who); // by time
    std::vector<enrolment> enrolments(const term_id &term);    // by time
};

} // namespace rapport::storage
