// What people typed, as the platform hands it over in commands: entities and tokens back to words and ids.
// Fields of forms come unescaped and need none of this.
#pragma once

#include "mentoring/ids.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rapport::surface {

// The person of "<@U123>" or "<@U123|name>"; nothing for any other text.
std::optional<slack_id> typed_person(std::string_view word);

// The channel of "<#C123>" or "<#C123|name>"; nothing for any other text.
std::optional<channel_id> typed_channel(std::string_view word);

// Words without markup: "<@U1|ana>" is "@ana", "<https://a|b>" is its address, "&lt;" is "<". Cleaned, on one
// line. What comes out is raw text again: it is escaped where it is shown.
std::string typed_words(std::string_view typed);

} // namespace rapport::surface
