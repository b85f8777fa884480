// "I'm stuck": a line to whoever runs the program that names nobody but its author and asks for no reason.
#pragma once

#include "handlers/registry.hpp"

namespace rapport {

result<answer> stuck(desk &at);       // /mentoring stuck [PROGRAM]
result<answer> press_stuck(desk &at); // a button; its value is a program
result<surface::mrkdwn> not_stuck(desk &at, const storage::undo_offer &offer);

inline constexpr std::string_view stuck_button = "stuck.in", stuck_act = "stuck";

} // namespace rapport
