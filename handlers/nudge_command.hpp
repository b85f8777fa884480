// /nudge: "I'm waiting". The one who waits hears when the other will be reminded, never what the other was
// told or whether they are late.
#pragma once

#include "handlers/registry.hpp"

namespace rapport {

result<answer> say_i_wait(desk &at);

// With nothing known it asks one thing: how and when did you write?
inline constexpr std::string_view wrote_form = "nudge.wrote";
result<answer> wrote_on(desk &at);

inline constexpr std::string_view told_act = "nudge.told";
result<surface::mrkdwn> untell_waiting(desk &at, const storage::undo_offer &offer);

} // namespace rapport
