// Changing the policy of a program that runs: whether a text can stand, what it would do to the pairs there
// are (a dry run, which writes nothing), and putting it in force, now or from a date.
#pragma once

#include "handlers/desk.hpp"
#include "storage/drafts.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rapport {

// A text as the next policy of a program; its rules where nothing is wrong with it.
struct checked_text {
    std::optional<program> rules;
    std::vector<policy_problem> problems;
};
// What the text says by itself, and beside what is on file: another slug, dates over a term that is archived.
// `slug` empty: whichever the text names.
checked_text check_text(storage::records &on_file, const house &here, const program_slug &slug,
                        std::string_view text);
// The first problems as one sentence each, with their places; at most `most` of them.
std::string in_words(const std::vector<policy_problem> &problems, std::size_t most);

// What other rules would mean today for the pairs of a program, by the very rules that plan: a pure reading.
struct policy_trial {
    int pairs = 0;                  // that are looked after now
    int changed = 0;                // of these, pairs where something else is owed, or nudged otherwise
    int written_to = 0, before = 0; // people who get a message until midnight, with these rules and as it is
    int raised = 0, raised_before = 0; // lines that come to the coordinators until then
};
policy_trial try_policy(storage::records &on_file, const house &here, const program &rules, instant now);
// "Would send 37 messages today (31 as it is); 12 of 180 pairs change state."
std::string in_words(const policy_trial &what);

// Puts checked rules in force with their text, of a program on file or a new one: the terms get their dates,
// every pair is looked at again, the journal says who changed which keys. What runs keeps the version its
// clock started under (settled 8). `actor`: "operator" on the command line; else who `by` is. Gives the
// version.
std::int64_t put_in_force(storage::records &on_file, const house &here, const program &rules,
                          const std::string &text, const std::optional<person_id> &by, std::string_view actor,
                          instant now);

// The same on a day to come: the draft waits, and comes into force at that instant.
void put_in_force_later(storage::records &on_file, const storage::policy_draft &draft, instant from,
                        const std::optional<person_id> &by, std::string_view actor, instant now);
inline constexpr std::string_view policy_applies_turning = "applies";
// Its day has come: the turning's subject is the draft's id. A text that cannot stand any more is put before
// the coordinators.
void apply_scheduled(storage::records &on_file, const house &here, const std::string &draft, instant now);

// What a change says to people, a line each: "reply.target: 3 days becomes 2 days (everyone)".
std::vector<std::string> change_lines(const house &here, const program &before, const program &after);

} // namespace rapport
