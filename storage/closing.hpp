// What is said at the end of a pair: how each would like to go on and what came of it, words that may be
// published, and feedback. Who reads which of it is in handlers/permission.hpp.
#pragma once

#include "mentoring/leaving.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

struct closing_wish {
    pair_id pair;
    person_id person;
    closing_choice choice = closing_choice::stop;
    bool shows_address = false; // the other one may keep their address
    instant chosen_at{};

    bool operator==(const closing_wish &) const = default;
};

class closing_wishes {
    session &db_;
    team_id team_;

  public:
    closing_wishes(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    void choose(const closing_wish &what); // in the place of what they chose before
    std::optional<closing_wish> of(const pair_id &pair, const person_id &who);
    std::vector<closing_wish> of_pair(const pair_id &pair);
    void erase(const pair_id &pair, const person_id &who); // only an undo does that
};

// `next`: the pair of the next term, once it was made.
struct pair_outcome {
    pair_id pair;
    closing_choice became = closing_choice::stop;
    std::optional<pair_id> next;
    instant settled_at{};

    bool operator==(const pair_outcome &) const = default;
};

class pair_outcomes {
    session &db_;
    team_id team_;

  public:
    pair_outcomes(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    // Settles it; false if it was settled before.
    bool settle(const pair_outcome &what);
    std::optional<pair_outcome> of(const pair_id &pair);
    // Pairs of a program that go on in the next term and have no pair there yet, by id.
    std::vector<pair_outcome> waiting(const program_slug &program);
    void carried(const pair_id &pair, const pair_id &next);
    void erase(const pair_id &pair); // only an undo of a closing does that
};

enum class quote_state { proposed, approved, withdrawn };
RAPPORT_WORDS(quote_state, 3,
              {{quote_state::proposed, "proposed"},
               {quote_state::approved, "approved"},
               {quote_state::withdrawn, "withdrawn"}})

struct quote {
    std::string id;
    pair_id pair;
    program_slug program;
    term_id term;
    person_id person;
    std::string words;
    bool named = false; // with its author's first name
    quote_state state = quote_state::proposed;
    instant made_at{};
    std::optional<instant> decided_at;

    bool operator==(const quote &) const = default;
};

class quotes {
    session &db_;
    team_id team_;

  public:
    quotes(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    void add(const quote &what);
    std::optional<quote> by_id(const std::string &id);
    // False where it is not in the state `from` any more.
    bool move(const std::string &id, quote_state from, quote_state to, instant now);
    std::vector<quote> approved(const program_slug &program); // newest first
    std::vector<quote> approved_of(const pair_id &pair);      // by time
};

struct feedback_row {
    pair_id pair;
    rapport::side side = rapport::side::mentor;
    feedback_time moment = feedback_time::end;
    person_id person;
    std::string went_well, would_help;
    bool to_partner = false;
    instant given_at{};

    bool operator==(const feedback_row &) const = default;
};

class feedbacks {
    session &db_;
    team_id team_;

  public:
    feedbacks(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    void give(const feedback_row &what); // in the place of what they gave at this moment before
    std::optional<feedback_row> of(const pair_id &pair, rapport::side by, feedback_time when);
    std::vector<feedback_row> of_pair(const pair_id &pair);
    std::vector<feedback_row> of_program(const program_slug &program);     // newest first
    void erase(const pair_id &pair, rapport::side by, feedback_time when); // only an undo does that
};

} // namespace rapport::storage
