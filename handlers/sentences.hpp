// Sentences that may follow one another in a text.
#pragma once

#include "handlers/surface/mrkdwn.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace rapport {

// The words with a blank before them; nothing where there are none. An argument of a text is brought to one
// line without blanks around it, so the blank cannot stand in the words.
inline surface::mrkdwn further(std::string_view words) {
    const auto line = surface::one_line(words);
    return line.empty() ? surface::mrkdwn{} : surface::mrkdwn{" " + surface::escaped(line)};
}

// "1 pair", "3 pairs".
inline std::string counted(std::int64_t n, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", n, n == 1 ? one : many);
}

} // namespace rapport
