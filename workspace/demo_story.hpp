// What the demo begins with: its people, the two weeks behind them as acts of theirs, and the guided first
// minute. All of it goes through the commands that anybody types; nothing is written into a table.
#pragma once

#include "workspace/json.hpp"

#include <chrono>
#include <span>
#include <string_view>
#include <variant>

namespace workspace {

// A coordinator, three mentors and four protégés in two channels, as add_cast reads them.
json demo_cast();

// One act of the weeks before. `day` counts back from the start of the demo; `at` is the time of day of that
// start.
struct typed_line {
    std::string_view who;
    std::string_view line; // a command with its slash, or words for a conversation
    std::string_view with =
        {}; // the other side of the pair whose conversation it is typed in; empty: the app's direct one
};
struct pressed_button {
    std::string_view who;
    std::string_view label; // of the newest button that begins so, among all this person sees
};
struct demo_act {
    int days_before;
    std::variant<typed_line, pressed_button> what;
};

std::span<const demo_act> demo_acts();

// The two who play the first minute, and where; ids of the platform.
struct guided_pair {
    std::string protege;
    std::string mentor;
    std::string conversation;
};
inline constexpr std::string_view guided_protege = "U0ANA";
inline constexpr std::string_view guided_mentor = "U0PRIYA";

// The steps of page/guide.js.
json demo_guide(const guided_pair &of);

} // namespace workspace
