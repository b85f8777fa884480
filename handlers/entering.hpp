// What every way into a program shares: which term it is about, who is meant, how somebody's gates stand and
// in which words, and what bars a pairing. Applying, clearing, lists and channels are files of their own.
#pragma once

#include "handlers/desk.hpp"
#include "handlers/surface/with_buttons.hpp"
#include "mentoring/entering.hpp"
#include "storage/entering.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rapport {

// The term that people enter now: the one that is open, else the next one that is planned.
std::optional<storage::term> entering_term(storage::records &on_file, const program_slug &slug);
// The same; refused where the program has none.
result<storage::term> term_to_enter(const desk &at, const program_slug &slug);
// The term that applications are for: the next one while it is planned, else the one that is open.
result<storage::term> term_to_apply_for(const desk &at, const program_slug &slug);

// The person of an argument that is a mention or an address. Refused: nobody by it on record; a mention of
// who cannot take part (settled 5).
result<storage::person> person_meant(const desk &at, std::string_view argument, const std::string &example);

// How to name somebody in a line of a command: "<@U1>", or the address of who has no account here.
std::string in_a_line(const storage::person &who);

// "mentor" in the program's words.
std::string role_in_words(const program &rules, role as);

// The program's day.
inline day today_of(const program &rules, instant now) {
    return rules.where.day_of(now);
}

// How somebody's gates stand today.
std::vector<gate_view> gates_now(storage::records &on_file, const program &rules, const person_id &who,
                                 role as, instant now);

// Everything that is still missing before somebody in this role may be paired: the application, then the
// gates. Empty: nothing.
struct still_missing {
    bool application = false;
    std::vector<gate_view> gates;

    bool none() const {
        return !application && gates.empty();
    }
};
still_missing missing_now(storage::records &on_file, const program &rules, const storage::enrolment &who,
                          instant now);
// "application not decided, check expired": for coordinators. Empty where nothing is missing.
std::string in_words(const still_missing &what);

// Why two cannot be paired now, for coordinators; none: nothing bars it. Whoever makes a pair asks this
// first.
std::optional<refusal> barred_from_pairing(const desk &at, const program &rules, const storage::term &term,
                                           const storage::person &who, role as);
// The same for who makes pairs without a desk; the sentence for coordinators, empty where nothing bars it.
std::string pairing_bar(storage::records &on_file, const program &rules, const storage::term &term,
                        const storage::person &who, role as, instant now);

// Brings an enrolment in line with its gates: waiting while one is missing, active else. Applied, paused and
// left stay as they are.
void settle_enrolments(storage::records &on_file, const program &rules, const program_slug &slug,
                       const person_id &who, instant now);

// The contact card in a line: "The office, office@example.org, +1 555 0100".
std::string contact_of(const program &rules);

// A journal row about a person: ids and words of a fixed list.
void note_about(desk &at, const char *act, const person_id &whom, std::string detail);

// The programs of a word: by slug or name; "" where there is only one gives that. None: `refused` says why.
result<program_slug> program_meant(const desk &at, const std::string &word, const std::string &example);

// Raises a line that names a person and no pair, and tells the coordinators. Raised before and cleared: open
// again.
void raise_about(storage::records &on_file, const house &here, const program_slug &program,
                 std::string_view kind, const std::string &occasion, const person_id &whom, instant now);
// Clears it, and strikes it out where a coordinator read it. `by` as in storage::attention::clear.
void settle_about(storage::records &on_file, std::string_view kind, const std::string &occasion,
                  const person_id &whom, const std::optional<person_id> &by, instant now);

} // namespace rapport
