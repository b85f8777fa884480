// The coming seven days of whoever runs a program, if nothing changes: lines that will need them, about how
// many minutes, and how many reminders go out by themselves.
#pragma once

#include "handlers/registry.hpp"

#include <vector>

namespace rapport {

result<answer> show_forecast(desk &at); // /program forecast [PROGRAM]

struct day_load {
    day date{};
    int lines = 0, minutes = 0, reminders = 0;

    bool operator==(const day_load &) const = default;
};
// Seven days from today in the program's zone. Pairs of the one who asks are left out.
std::vector<day_load> load_ahead(desk &at, const program_slug &program);

} // namespace rapport
