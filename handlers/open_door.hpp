// Being there beyond the pair's own talk: a mentor's open door and office hours, and one's own web: everybody
// one may turn to, over all programs, for that person's eyes alone.
#pragma once

#include "handlers/registry.hpp"

#include <string_view>

namespace rapport {

result<answer> set_open_door(desk &at); // /mentoring open-door [on|off|office hours TEXT]
inline constexpr std::string_view open_door_act = "open-door";
result<surface::mrkdwn> undo_open_door(desk &at, const storage::undo_offer &offer);

// "Priya's door is open today. Office hours: Tue 3 to 5." Empty where the mentor says nothing of the kind.
surface::mrkdwn door_line(desk &at, const person_id &mentor);

result<answer> show_web(desk &at); // /mentoring web

} // namespace rapport
