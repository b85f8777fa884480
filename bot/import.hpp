// `rapport import`: a list of people into a program, by the running service where there is one, else in the
// database itself. The line between the two carries the whole list.
#pragma once

#include "handlers/desk.hpp"
#include "storage/session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rapport::bot {

// What the verb asks the service: "import emap dry-run LIST" or "import emap apply LIST", the list with its
// line ends and backslashes written as \n and \\.
std::string import_line(std::string_view program, bool dry, std::string_view list);
// "import-profile U0ANA dry-run SIZE FILE SIZE FILE": the files of an export, written the same way.
std::string import_profile_line(std::string_view member, bool dry, const std::vector<std::string> &files);
bool is_import_line(std::string_view asked);

// The answer: what each row comes to, and the counts; its first character is '0' or '1', the exit status.
std::string import_answer(storage::session &db, const team_id &team, const house &here,
                          std::string_view asked, instant now);

} // namespace rapport::bot
