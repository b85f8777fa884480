// The manual and the app manifest, printed from the tables, so that neither can drift from what the program
// does.
#pragma once

#include "handlers/registry.hpp"

#include <span>
#include <string>
#include <vector>

namespace rapport {

// docs/manual.md.
std::string manual(const tables &rows = the_tables(), const command_names &names = {});

// What the manifest needs to know from elsewhere.
struct manifest_wants {
    std::vector<std::string> scopes; // of the Web API methods that are called (bot/slack/api.hpp)
    std::vector<std::string> events; // the process's own: "app_uninstalled", "tokens_revoked"
    bool reacts = false;             // some program takes a reaction for an answer
    bool listens = true;             // false: no message events and no history scopes (product 4.13)
};

// The manifest's JSON. A command without rows is not in it.
std::string manifest(const manifest_wants &wants, const tables &rows = the_tables(),
                     const command_names &names = {});

} // namespace rapport
