// Scopes and manifest from the tables; see installation.hpp.
#include "bot/installation.hpp"

#include "handlers/manual.hpp"

#include <algorithm>

namespace rapport::bot {

std::vector<needed_scope> needed_scopes() {
    std::vector<needed_scope> all;
    for (const auto &each : called_methods) {
        auto rest = each.only.empty() ? facts_of(each.what).scopes : each.only;
        while (!rest.empty()) {
            const auto blank = std::min(rest.find(' '), rest.size());
            const std::string name(rest.substr(0, blank));
            rest.remove_prefix(std::min(blank + 1, rest.size()));
            const auto same = [&](const needed_scope &one) { return one.name == name; };
            if (!name.empty() && std::none_of(all.begin(), all.end(), same))
                all.push_back({name, std::string(each.reason)});
        }
    }
    return all;
}

std::string app_manifest(const config::command_names &shown) {
    manifest_wants wants;
    for (auto &each : needed_scopes())
        wants.scopes.push_back(std::move(each.name));
    for (const auto event : own_events)
        wants.events.emplace_back(event);
    command_names names;
    for (const auto &[own, name] : shown) {
        command_name which{};
        if (parse_text(own, which))
            names.rename(which, name);
    }
    return manifest(wants, the_tables(), names);
}

} // namespace rapport::bot
