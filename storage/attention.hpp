// What waits for a coordinator: lines that name a pair, a cause and since when. A line is cleared when its
// cause ends or a coordinator has seen to it.
#pragma once

#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

// `person` is whom the cause is about (who owes the reply); `kind` and `occasion` are those of the
// obligation.
struct attention_line {
    program_slug program;
    pair_id pair;
    std::string kind;
    std::string occasion;
    person_id person;
    instant since_at{};
    instant raised_at{};
    std::optional<instant> cleared_at;
    std::optional<person_id> cleared_by; // none: its cause ended

    bool operator==(const attention_line &) const = default;
};

class attention {
    session &db_;
    team_id team_;

  public:
    attention(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    // Adds the line; false if it was raised before, cleared or not.
    bool raise(const attention_line &line);
    std::vector<attention_line> open(const program_slug &program); // by since, pair
    std::vector<attention_line> open_of_pair(const pair_id &pair);
    std::optional<attention_line> find(const pair_id &pair, const std::string &kind,
                                       const std::string &occasion, const person_id &about);
    // `by`: the coordinator who has seen to it; none: its cause ended. False if it was cleared before.
    bool clear(const pair_id &pair, const std::string &kind, const std::string &occasion,
               const person_id &about, const std::optional<person_id> &by, instant now);
    // What was cleared waits again: an undo. False where it was open, or never raised.
    bool reopen(const pair_id &pair, const std::string &kind, const std::string &occasion,
                const person_id &about);
    void clear_pair(const pair_id &pair, instant now);
};

// Small facts about the service in one workspace, by name.
class facts {
    session &db_;
    team_id team_;

  public:
    facts(session &db, team_id team) : db_(db), team_(std::move(team)) {}
    std::optional<std::string> get(const std::string &name);
    void set(const std::string &name, const std::string &text);
};

} // namespace rapport::storage
