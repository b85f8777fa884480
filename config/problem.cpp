// Problems as operators read them; see problem.hpp.
#include "config/problem.hpp"

#include <fmt/format.h>

namespace rapport::config {

std::string text_of(const problem &what) {
    auto text = what.source;
    if (what.at.line > 0)
        text += fmt::format(":{}:{}", what.at.line, what.at.column);
    text += ": " + what.wrong;
    if (!what.read.empty())
        text += " Read: " + what.read + ".";
    if (!what.mend.empty())
        text += " " + what.mend;
    return text;
}

std::string text_of(const std::vector<problem> &all) {
    std::string text;
    for (const auto &each : all)
        text += text_of(each) + "\n";
    return text;
}

} // namespace rapport::config
