// A policy's text changed key by key, with its comments left as they were; and the table of functions that
// lends all of this to those who may not see config/.
#pragma once

#include "mentoring/policy_scribe.hpp"

namespace rapport::config {

// A key's value as it stands in the text; a text without its quotes, a list of texts with commas between.
// Empty where it is not written, or the text is no TOML.
std::string written(std::string_view toml, std::string_view key);

// The text with these keys set; see policy_scribe. Refused too: a list of tables ([[...]]), which has no line
// of its own, and a text that is no TOML.
result<std::string> rewritten(std::string_view toml, std::span<const policy_setting> keys);

// A policy of a group's own, of the answers of its founder; every key says its rule in words.
std::string founded(const founding_answers &from);

// All of config's knowledge of policy texts.
const policy_scribe &scribe();

} // namespace rapport::config
