// A command line inside a button: what was typed is kept while one thing is asked back. All of it could as
// well be typed by whoever presses, so nothing in it needs to be trusted.
#pragma once

#include "handlers/desk.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rapport {

struct carried_line {
    command_name command = command_name::mentoring;
    std::string words;           // with the verb, as the platform escapes them
    std::optional<pair_id> pair; // the one that was chosen
    bool sure = false;           // it is not the same one as before

    bool operator==(const carried_line &) const = default;
};

// A button's value, or none where it would be too long for one.
std::optional<std::string> in_a_button(const carried_line &line);
std::optional<carried_line> from_a_button(std::string_view value);

// Runs the line of the button that was pressed, and puts what it says in the place of the question.
result<answer> run_carried(desk &at);

} // namespace rapport
