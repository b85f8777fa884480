// What others hear and see of somebody's days away: partners only if that person wants it, whoever runs the
// program always; a reason is nowhere.
#pragma once

#include "handlers/registry.hpp"
#include "storage/outbox.hpp"

#include <optional>

namespace rapport {

// Whether somebody is away at `now`, or will be.
bool is_away(const storage::person &who, instant now);

// Each partner once, in their next good hour, a minute from now at the soonest. Gives how many hear of it.
int tell_away(desk &at, const storage::person &who);
// What was told of an absence that does not hold any more goes, or is struck out.
void untell_away(desk &at, const storage::person &before);
// Of one that ends early only what was not said yet goes: what was said was true.
void withdraw_away_notices(desk &at, const storage::person &who);

// What a partner reads; none where it is over, or another day was set since.
inline constexpr std::string_view away_kind = "away.told";
std::optional<surface::message> away_notice(storage::records &on_file, const house &here,
                                            const storage::outbox_row &row);

// For whoever runs a program: who of it is away now or soon, and until when. Nothing where nobody is.
surface::mrkdwn who_is_away(desk &at, const program_slug &program);

} // namespace rapport
