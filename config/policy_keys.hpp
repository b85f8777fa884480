// THE TABLE of policy keys: each row reads its key, shows and explains it, says whom it concerns and proves
// that it can be kept. The policy reader, `policy explain` and `policy diff` are loops over it.
#pragma once

#include "config/policy_values.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace rapport::config {

// Whom a change of a key concerns.
enum class concerns { everyone, mentors, proteges, coordinators };
RAPPORT_WORDS(concerns, 4,
              {{concerns::everyone, "everyone"},
               {concerns::mentors, "mentors"},
               {concerns::proteges, "protégés"},
               {concerns::coordinators, "coordinators"}})

// Why a key cannot stand, although it could be read.
struct finding {
    std::string wrong, mend;
};

struct key_row {
    std::string_view key;     // "reply.target": its table and its name
    std::string_view example; // its value as it may be copied
    concerns whom = concerns::everyone;
    std::string_view says;   // what it means to people; {} is its value, {mentor} ... the words of the roles
    std::string_view unless; // the same where it is not promised, or "no"; empty: nothing is said then
    bool required = false;
    std::string (*what)() = nullptr;
    // Reads the value; false: it is not what `what` says. Lists of tables complain of their parts themselves.
    bool (*read)(const node &from, program &to, complaints &out) = nullptr;
    std::string (*show)(const program &from) = nullptr; // empty: not promised
    std::optional<finding> (*prove)(const program &rules) = nullptr;
    // Everything there is of the value, also what people are not told: ids, links. For comparing.
    std::string (*full)(const program &from) = nullptr;
};

std::span<const key_row> policy_keys();

// A table of the file that stands for a promise: without it, the program does not promise that.
struct group_row {
    std::string_view table;
    bool (*promised)(const program &);
    void (*promise)(program &);
    std::string_view unless; // what is said where it is not promised
};
std::span<const group_row> policy_groups();

// The table part of a key: "reply" of "reply.target"; empty for keys at the top.
std::string_view table_of(std::string_view key);
// Whether the program promises the table of this key.
bool is_promised(const program &rules, std::string_view key);

} // namespace rapport::config
