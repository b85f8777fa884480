// The app manifest as a value, and its JSON within the platform's schema. What belongs in it is decided in
// manual.cpp.
#pragma once

#include <string>
#include <vector>

namespace rapport::surface {

struct manifest_command {
    std::string command, description, usage_hint;
};
struct manifest_shortcut {
    std::string name, kind, callback, description; // kind: "global" or "message"
};
struct app_manifest {
    std::string name, description, long_description, color, bot_name;
    std::vector<manifest_command> commands;
    std::vector<manifest_shortcut> shortcuts;
    std::vector<std::string> bot_scopes, bot_events;
};

// Indented JSON, keys in the order the platform's own examples have. Refused (std::logic_error): what the
// platform's schema refuses. No addresses: all comes through Socket Mode.
std::string to_json(const app_manifest &what);

} // namespace rapport::surface
