// How people and pairs are named in what Rapport says: first names in private messages, mentions where a
// coordinator needs the person.
#pragma once

#include "handlers/surface/mrkdwn.hpp"
#include "mentoring/program.hpp"
#include "storage/pairs.hpp"
#include "storage/people.hpp"

#include <string>

namespace rapport {

// "Ana" of "Ana Lima"; the whole name where it is one word; the e-mail address before @ where there is no
// name.
std::string first_name(const storage::person &who);

// The mention of somebody of the workspace; the whole name, and the address, of somebody known by e-mail
// only.
surface::mrkdwn named(const storage::person &who);

// "your mentor" in the program's word, as the other side says it.
std::string your_word(const program &rules, side which);

// "November" for "2026-11", as people say it; anything else as it stands.
std::string month_in_words(std::string_view period);

} // namespace rapport
