// The part of `rapport check` that asks the platform: are the tokens good, what were they given, do the
// clocks agree, are the owners people? Reads only: no message is sent, nothing is opened but a link's ticket.
#pragma once

#include "bot/findings.hpp"
#include "config/settings.hpp"

namespace rapport::bot {

// A finding each for the bot token, every scope it needs, the app token, the clock and every owner. Tokens
// that are not set are left out: the settings say so. `listens` and `reacts` as in installation.hpp.
void look_at_platform(const config::settings &from, bool listens, instant now, findings &to,
                      bool reacts = false);

// What X-OAuth-Scopes says, against what is needed: a finding a scope, and one for what was given beyond
// that.
void look_at_scopes(std::string_view given, bool listens, findings &to, bool reacts = false);

// The hour of an HTTP Date header against ours.
void look_at_clock(std::string_view date, instant now, findings &to);

} // namespace rapport::bot
