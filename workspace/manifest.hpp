// The app as its manifest registers it: which commands and events reach it, which shortcuts it has, what its
// bot token may do. With no manifest everything is delivered and allowed.
#pragma once

#include "workspace/json.hpp"

#include <optional>
#include <set>
#include <string>

namespace workspace {

class manifest {
  public:
    // Empty: taken. Otherwise what is wrong with it, in words; the one before stays.
    std::string take(const json &from);
    void forget();
    const json &raw() const {
        return raw_;
    }

    bool registered() const {
        return !raw_.is_null();
    }
    bool has_command(std::string_view command) const;
    bool escapes(std::string_view command) const;  // should_escape
    bool subscribes(std::string_view event) const; // "message.im", "app_home_opened"
    bool has_shortcut(std::string_view type, std::string_view callback_id) const; // type: message or global
    bool home_tab() const;
    bool messages_tab() const;
    bool messages_tab_writable() const;
    bool interactive() const;

    // The bot token's scopes; nothing: all of them.
    const std::optional<std::set<std::string>> &scopes() const {
        return scopes_;
    }
    void grant(std::optional<std::set<std::string>> scopes);
    bool granted(std::string_view scope) const;
    std::string granted_list() const; // comma-separated, as X-OAuth-Scopes says it

    json commands() const; // [{command, description, usage_hint}]
    json shortcuts() const;

  private:
    json raw_;
    std::optional<std::set<std::string>> scopes_;
};

} // namespace workspace
