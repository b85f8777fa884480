// The five commands and what they are called here: slash commands share one namespace with every other app,
// so the settings may rename each. Help, errors, examples and the manifest show the names given here.
#pragma once

#include "mentoring/words.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace rapport {

enum class command_name { checkin, milestone, nudge, mentoring, program };
RAPPORT_WORDS(command_name, 5,
              {{command_name::checkin, "checkin"},
               {command_name::milestone, "milestone"},
               {command_name::nudge, "nudge"},
               {command_name::mentoring, "mentoring"},
               {command_name::program, "program"}})

class command_names {
    std::array<std::string, 5> shown_{"/checkin", "/milestone", "/nudge", "/mentoring", "/program"};

  public:
    // Refused (false): what the platform would refuse ("/" and 1 to 31 of a-z 0-9 - _), and a name that
    // another of the five has.
    bool rename(command_name which, std::string shown);
    const std::string &shown(command_name which) const;
    // The command somebody typed, in any case; none if it is not one of ours.
    std::optional<command_name> find(std::string_view typed) const;

    // "/milestone add Draft résumé": the name shown, then the rest if there is any.
    std::string line(command_name which, std::string_view rest = {}) const;
};

} // namespace rapport
