// What a handler has before it: the request, who asks, what is on file, the rules and the words understood. A
// handler decides with the rules, writes rows and outbox items, and returns what to say; it does no I/O of
// its own, so it may be run again from the start.
#pragma once

#include "handlers/answer.hpp"
#include "handlers/caller.hpp"
#include "handlers/names.hpp"
#include "handlers/request.hpp"
#include "handlers/usage.hpp"
#include "mentoring/policies.hpp"
#include "mentoring/policy_scribe.hpp"
#include "storage/records.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace rapport {

struct tables; // registry.hpp

// What holds for a workspace while the service runs: from the settings and the policies in force.
struct house {
    std::vector<slack_id> owners;
    command_names names;
    policies rules;
    const policy_scribe *scribe = nullptr; // of policy texts
};

struct desk {
    const request &asked;
    const house &here;
    const tables &rows;
    storage::records &on_file;
    const caller &who;
    arguments words = {}; // of a command, by the names of its usage
    // The pair a command is about: set where its row is about one (registry.hpp), so that pair() holds.
    std::optional<storage::pair> chosen = {};

    instant now() const {
        return asked.at;
    }
    const policies &rules() const {
        return here.rules;
    }
    // "/milestone add Draft résumé", by the name it has here.
    std::string line(command_name which, std::string_view rest = {}) const {
        return here.names.line(which, rest);
    }
    // The part of the request a handler is for; another one is a bug (std::bad_variant_access).
    const button_pressed &pressed() const {
        return std::get<button_pressed>(asked.what);
    }
    const form_sent &sent() const {
        return std::get<form_sent>(asked.what);
    }
    const storage::pair &pair() const {
        if (!chosen)
            throw std::logic_error("desk: the row is about no pair");
        return *chosen;
    }
    template <class T>
    const T &as() const {
        return std::get<T>(asked.what);
    }
};

// A refusal is completed by dispatch: what was read and a line that works, where the handler left them empty.
using handler = result<answer> (*)(desk &);

} // namespace rapport
