// What somebody does for another beyond talking: points to a resource, offers an introduction; and the
// month's thought a person was given. That it was done, never why.
#pragma once

#include "mentoring/words.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

struct referral {
    std::string id;
    pair_id pair;
    person_id by_person;
    std::string resource; // its id in the policy
    instant referred_at{};
    std::optional<instant> undone_at;
};

class referrals {
    session &db_;
    team_id team_;

  public:
    referrals(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    void add(const referral &what);
    std::optional<referral> find(const std::string &id);
    std::vector<referral> of_pair(const pair_id &pair); // that were not undone, oldest first
    bool undo(const std::string &id, instant now);
};

enum class consent { yes, no };
RAPPORT_WORDS(consent, 2, {{consent::yes, "yes"}, {consent::no, "no"}})

// `second` is empty where the other one is not of this workspace.
struct introduction {
    std::string id;
    program_slug program;
    person_id by_person;
    person_id first;
    std::optional<person_id> second;
    std::optional<consent> first_said;
    std::optional<consent> second_said;
    instant offered_at{};
    std::optional<instant> ended_at;
};

class introductions {
    session &db_;
    team_id team_;

  public:
    introductions(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    void add(const introduction &what);
    std::optional<introduction> find(const std::string &id);
    // One that these three have under way.
    std::optional<introduction> under_way(const person_id &by, const person_id &first,
                                          const person_id &second);
    void answer(const introduction &what); // keeps what each said, and the end
};

class thoughts {
    session &db_;
    team_id team_;

  public:
    thoughts(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    bool was_given(const person_id &who, const program_slug &program, const std::string &period);
    void give(const person_id &who, const program_slug &program, const std::string &period, instant now);
};

} // namespace rapport::storage
