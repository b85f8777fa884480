// `rapport policy apply FILE` and `dryrun`: what is asked of the running service, as one line, and carrying
// it out in a transaction. Beside PostgreSQL, or where no service runs, the verb does the same itself.
#pragma once

#include "handlers/desk.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rapport::bot {

// `from`: a day ("2026-12-01") in the program's zone; empty: now. `source` names the file in problems.
struct policy_order {
    bool applies = false; // else it is only tried
    std::string text, from, source;
};

// The words an order begins with at the door of the service.
inline constexpr std::string_view policy_words = "policy ";
std::string line_of(const policy_order &order);
std::optional<policy_order> policy_order_of(std::string_view line);

struct policy_outcome {
    bool done = false; // else refused, and nothing was saved
    std::string told;  // lines for people
};
// Checks, tries, applies. A program that is not on file is opened by applying its policy.
policy_outcome carry_out(storage::session &db, const team_id &team, const house &here,
                         const policy_order &order, instant now);

// The outcome as one answer of the door, and back.
std::string answer_of(const policy_outcome &what);
policy_outcome policy_outcome_of(std::string_view answer);

} // namespace rapport::bot
