// Shown names of the commands; see names.hpp.
#include "handlers/names.hpp"

#include "handlers/usage_shape.hpp"

#include <algorithm>

namespace rapport {

bool command_names::rename(command_name which, std::string shown) {
    const bool fine = shown.size() >= 2 && shown.size() <= 32 && shown[0] == '/' &&
                      std::all_of(shown.begin() + 1, shown.end(), [](char c) {
                          return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
                      });
    const auto taken = find(shown);
    if (!fine || (taken && *taken != which))
        return false;
    shown_[static_cast<std::size_t>(which)] = std::move(shown);
    return true;
}

const std::string &command_names::shown(command_name which) const {
    return shown_[static_cast<std::size_t>(which)];
}

std::optional<command_name> command_names::find(std::string_view typed) const {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    for (std::size_t i = 0; i < shown_.size(); ++i)
        if (std::equal(typed.begin(), typed.end(), shown_[i].begin(), shown_[i].end(),
                       [&](char a, char b) { return lower(a) == b; }))
            return static_cast<command_name>(i);
    return std::nullopt;
}

std::string command_names::line(command_name which, std::string_view rest) const {
    return rest.empty() ? shown(which) : shown(which) + " " + std::string(rest);
}

} // namespace rapport
