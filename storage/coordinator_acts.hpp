// What a coordinator did about a line of the queue: which kind of act, about what, when. Never words.
#pragma once

#include "mentoring/words.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

// seen: it is looked after, no more is said. The others say how.
enum class act_kind { seen, wrote, spoke, changed, not_needed };
RAPPORT_WORDS(act_kind, 5,
              {{act_kind::seen, "seen"},
               {act_kind::wrote, "wrote"},
               {act_kind::spoke, "spoke"},
               {act_kind::changed, "changed"},
               {act_kind::not_needed, "not-needed"}})

// `cause`, `occasion`, `pair` and `person` are those of the attention line; the last two may be empty.
struct coordinator_act {
    std::string id;
    program_slug program;
    pair_id pair;
    std::string cause;
    std::string occasion;
    person_id person;
    act_kind act = act_kind::seen;
    person_id by_person;
    instant done_at{};
    std::optional<instant> undone_at;

    bool operator==(const coordinator_act &) const = default;
};

class coordinator_acts {
    session &db_;
    team_id team_;

  public:
    coordinator_acts(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    void add(const coordinator_act &what);
    // Those that stand, of a program since then, oldest first.
    std::vector<coordinator_act> since(const program_slug &program, instant from);
    // What was done last about a line takes another kind, or is taken back; false where nothing was done.
    bool undo(const pair_id &pair, const std::string &cause, const std::string &occasion,
              const person_id &about, instant now);
};

} // namespace rapport::storage
