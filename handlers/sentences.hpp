// Sentences that may follow one another in a text.
#pragma once

#include "handlers/surface/mrkdwn.hpp"

#include <string>
#include <string_view>

namespace rapport {

// The words with a blank before them; nothing where there are none. An argument of a text is brought to one
// line without blanks around it, so the blank cannot stand in the words.
inline surface::mrkdwn further(std::string_view words) {
    const auto line = surface::one_line(words);
    return line.empty() ? surface::mrkdwn{} : surface::mrkdwn{" " + surface::escaped(line)};
}

} // namespace rapport
