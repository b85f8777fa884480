// Which program a coordinator's line means: the one that is named, else the only one they coordinate, else
// they are asked to name it.
#pragma once

#include "handlers/desk.hpp"

#include <string>

namespace rapport {

// The program by its slug or name among those the caller coordinates. `word` empty: the only one. Refused:
// none by that name (whether it exists elsewhere is not said), or several and none named: the line that was
// typed is suggested with a program behind it. `example` is a line without the program, for those who typed
// none.
result<program_slug> coordinated_program(const desk &at, const std::string &word, const std::string &example);

// The term that runs; refused where none does.
result<storage::term> running_term(const desk &at, const program_slug &slug);

// A person of the workspace who may take part (settled 5), by their mention. Refused alike: not known, a bot,
// of another workspace; and, named so, deactivated.
result<storage::person> participant(const desk &at, const slack_id &who, const std::string &example);

} // namespace rapport
