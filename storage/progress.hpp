// How a pairing goes, as its people record it: check-ins, milestones, contacts.
#pragma once

#include "mentoring/people.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

// One filing of one side for one period ("2026-11"). `answers` is the form's answers as opaque JSON by
// question id. Read by its author and the program's coordinators, never by the partner (product 5).
struct check_in {
    pair_id pair;
    rapport::side side = side::protege;
    std::string period;
    std::int64_t version = 1;
    person_id filed_by;
    instant filed_at{};
    bool late = false;
    std::string note;
    std::string answers = "{}";
    std::optional<instant> undone_at;

    bool operator==(const check_in &) const = default;
};

class check_ins {
    session &db_;
    team_id team_;

  public:
    check_ins(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    // Files a check-in as the next version of its pair, side and period; gives that version.
    std::int64_t file(const check_in &what);
    // The newest version that was not undone; none if nothing stands.
    std::optional<check_in> standing(const pair_id &pair, side which, const std::string &period);
    // What stands of one side, newest period first.
    std::vector<check_in> history(const pair_id &pair, side which, std::int64_t limit);
    // Takes back one version; false if it was taken back before.
    bool undo(const pair_id &pair, side which, const std::string &period, std::int64_t version, instant now);
};

struct milestone {
    pair_id pair;
    std::int64_t number = 0;
    std::string title;
    std::optional<day> due;
    milestone_state state = milestone_state::open;
    person_id author;
    instant created_at{};
    std::optional<person_id> agreed_by;
    std::optional<instant> agreed_at;
    std::optional<person_id> done_by;
    std::optional<instant> done_at;
    instant changed_at{};

    bool operator==(const milestone &) const = default;
};

class milestones {
    session &db_;
    team_id team_;

  public:
    milestones(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    // Adds the milestone, or replaces every field of the one with this number.
    void save(const milestone &what);
    std::optional<milestone> find(const pair_id &pair, std::int64_t number);
    std::vector<milestone> of_pair(const pair_id &pair); // by number, dropped ones too
    // Takes a milestone out of the record altogether: only an undo does that.
    void erase(const pair_id &pair, std::int64_t number);
};

// seen: in the conversation; logged: by hand; meeting: one that was kept; told: in a check-in or by /nudge.
enum class contact_source { seen, logged, meeting, told };
RAPPORT_WORDS(contact_source, 4,
              {{contact_source::seen, "seen"},
               {contact_source::logged, "logged"},
               {contact_source::meeting, "meeting"},
               {contact_source::told, "told"}})

struct contact {
    std::string id;
    pair_id pair;
    rapport::medium medium = medium::slack;
    contact_source source = contact_source::logged;
    std::optional<person_id> started_by; // none: nobody said who
    day on_day{};
    std::optional<std::int64_t> minutes;
    std::optional<person_id> logged_by;
    instant logged_at{};
    std::optional<instant> undone_at;

    bool operator==(const contact &) const = default;
};

class contacts {
    session &db_;
    team_id team_;

  public:
    contacts(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    // Adds the contact. One seen in the conversation counts once a day and sender: again adds nothing.
    void add(const contact &what);
    bool undo(const std::string &id, instant now);
    void set_started_by(const std::string &id, const person_id &who);
    std::optional<contact> find(const std::string &id);
    // Contacts that stand, on days from `first` up to and with `last`, by day.
    std::vector<contact> between(const pair_id &pair, const day &first, const day &last);
    std::vector<contact> latest(const pair_id &pair, std::int64_t limit); // newest day first
};

} // namespace rapport::storage
