// A person's own settings in one form: when reminders reach them and in which zone, on which day the digest
// comes, how many messages a week, how firmly their own milestones are followed.
#pragma once

#include "handlers/registry.hpp"

namespace rapport {

result<answer> own_settings(desk &at);      // /mentoring settings: opens the form
result<answer> open_own_settings(desk &at); // a button
result<answer> keep_own_settings(desk &at); // the form
result<surface::mrkdwn> undo_own_settings(desk &at, const storage::undo_offer &offer);

inline constexpr std::string_view own_settings_form = "own.settings", own_settings_open = "own.settings.open",
                                  own_settings_act = "own-settings";

// A zone as people write it, "europe/london" and "America/New York" too; none where there is no such zone.
std::optional<zone> zone_written(std::string_view typed);

} // namespace rapport
