// Policy texts that are not in force: a program that waits for an owner's word, and changes of programs that
// run, open or with a date from which they hold.
#pragma once

#include "mentoring/words.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

enum class draft_kind { founding, change };
RAPPORT_WORDS(draft_kind, 2, {{draft_kind::founding, "founding"}, {draft_kind::change, "change"}})

enum class draft_state { open, scheduled, applied, declined, dropped };
RAPPORT_WORDS(draft_state, 5,
              {{draft_state::open, "open"},
               {draft_state::scheduled, "scheduled"},
               {draft_state::applied, "applied"},
               {draft_state::declined, "declined"},
               {draft_state::dropped, "dropped"}})

struct policy_draft {
    std::string id;
    program_slug program;
    draft_kind kind = draft_kind::change;
    draft_state state = draft_state::open;
    std::string text;
    std::optional<person_id> made_by; // none: by the operator, on the command line
    instant made_at{};
    std::optional<instant> applies_at;
    std::optional<person_id> decided_by;
    std::optional<instant> decided_at;

    bool operator==(const policy_draft &) const = default;
};

class drafts {
    session &db_;
    team_id team_;

  public:
    drafts(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    void add(const policy_draft &what);
    std::optional<policy_draft> by_id(const std::string &id);
    // The newest of a program in this state; of a kind.
    std::optional<policy_draft> newest(const program_slug &program, draft_kind kind, draft_state state);
    std::vector<policy_draft> all(draft_kind kind, draft_state state); // oldest first
    // A new text of one that is open.
    void rewrite(const std::string &id, const std::string &text);
    void schedule(const std::string &id, instant applies_at, const std::optional<person_id> &by, instant now);
    void decide(const std::string &id, draft_state became, const std::optional<person_id> &by, instant now);
};

} // namespace rapport::storage
