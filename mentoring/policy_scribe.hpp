// Reading, telling and changing the text of a policy, lent by config/ to those who may not see it: a table of
// functions, without state.
#pragma once

#include "mentoring/program.hpp"
#include "mentoring/result.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rapport {

// What is wrong in a text: where (from 1), what stands there, why it cannot, what to write instead.
struct policy_problem {
    int line = 0, column = 0;
    std::string read, wrong, mend;
};

struct policy_text_read {
    std::optional<program> value;         // where nothing is wrong
    std::vector<policy_problem> problems; // in the order of the text
};

// A part of a policy in plain sentences.
struct policy_chapter {
    std::string heading;
    std::vector<std::string> sentences;
};

// One key that differs; an empty value is not promised. `whom` it concerns: "everyone", "mentors", ...
struct policy_change {
    std::string key, before, after, whom;
};

// A key and its new value, as it is written but for the quotes of a text: "reply.target", "2 days". Empty:
// the key is taken out.
struct policy_setting {
    std::string key, value;
};

// What somebody says who drafts a program of their own, in the order in which it is asked (rules 48, 49).
struct founding_answers {
    program_slug slug;
    std::string name;
    std::string audience;                  // who is mentored, in their words
    bool a_site = false;                   // a school or the like: no pupil is ever on record
    std::vector<std::string> mentor_kinds; // who can mentor
    bool teams = false;                    // teams mentor: the first member with room
    int per_month = 2;                     // contacts, at the least; 0: no number
    std::optional<day_range> term;         // none: without end
    bool formal = true;
    contact_card contact;
    zone where;
};

struct policy_scribe {
    policy_text_read (*read)(std::string_view text);
    // The values of a text that was in force once, as far as they can be read; no proofs. None: no policy.
    std::optional<program> (*recall)(std::string_view text);
    std::vector<policy_chapter> (*explain)(const program &rules);
    std::vector<policy_change> (*compare)(const program &before, const program &after);
    // A key's value as it stands in the text, a text without its quotes; empty where it is not written.
    std::string (*written)(std::string_view text, std::string_view key);
    // The text with these keys set, all else (comments too) as it was. Refused: a key that does not exist.
    // Whether the result can stand is read's to say.
    result<std::string> (*rewritten)(std::string_view text, std::span<const policy_setting> keys);
    // A whole policy of these answers, commented, which read takes.
    std::string (*founded)(const founding_answers &from);
};

} // namespace rapport
