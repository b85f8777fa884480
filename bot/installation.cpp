// Scopes and manifest from the tables; see installation.hpp.
#include "bot/installation.hpp"

#include "handlers/manual.hpp"

#include <algorithm>

namespace rapport::bot {

namespace {

// Each blank-separated scope of a row, noted with what it is for and where it comes from.
void add_scopes(std::vector<needed_scope> &all, std::string_view scopes, std::string_view reason,
                std::string_view of) {
    while (!scopes.empty()) {
        const auto blank = std::min(scopes.find(' '), scopes.size());
        const std::string name(scopes.substr(0, blank));
        scopes.remove_prefix(std::min(blank + 1, scopes.size()));
        if (name.empty())
            continue;
        auto known = std::find_if(all.begin(), all.end(), [&](const auto &one) { return one.name == name; });
        if (known == all.end())
            known = all.insert(all.end(), {name, std::string(reason), {}});
        known->of.emplace_back(of);
    }
}

} // namespace

std::vector<needed_scope> needed_scopes(bool listens, bool reacts) {
    std::vector<needed_scope> all;
    for (const auto &each : called_methods)
        add_scopes(all, each.only.empty() ? facts_of(each.what).scopes : each.only, each.reason,
                   facts_of(each.what).name);
    for (const auto &row : the_tables().events)
        if ((listens || !row.listens) && (reacts || row.kind != "reaction"))
            add_scopes(all, row.scopes,
                       row.kind == "reaction" ? "to see that somebody reacted to a message that waits"
                       : row.listens ? "to see who wrote in a pair's conversation and when, never what"
                                     : "to hear when somebody joins or changes their time zone",
                       row.events);
    if (!the_tables().commands.empty())
        add_scopes(all, "commands", "to be called by its commands", "the commands");
    return all;
}

std::string app_manifest(const config::command_names &shown, bool listens, bool reacts) {
    manifest_wants wants;
    wants.listens = listens;
    wants.reacts = listens && reacts;
    for (auto &each : needed_scopes(listens, listens && reacts))
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
