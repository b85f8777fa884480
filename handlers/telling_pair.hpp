// What the other side of a pair is told of an act: one row for the pair's conversation, held for the minute
// in which an undo is silent (settled 14), with ids and states only. What it says is read when it leaves.
#pragma once

#include "handlers/desk.hpp"
#include "handlers/surface/with_buttons.hpp"

#include <map>
#include <string>
#include <string_view>

namespace rapport {

// Plans it, once a key; gives the key, for an undo. `kind` is a row of the table of intents, `subject` what
// it is about, to withdraw by. `at_once`: not held; for what the other side must know now.
std::string tell_pair(desk &at, const storage::pair &pair, std::string_view kind, std::string subject,
                      std::string key, const std::map<std::string, std::string> &params,
                      bool at_once = false);

// The params of such a row, and what most of them hold.
struct told {
    std::optional<storage::pair> pair;
    std::optional<storage::person> by;
    std::map<std::string, std::string> params;

    std::string operator[](const std::string &name) const;
    std::int64_t number(const std::string &name) const; // 0 for what is none
    // The pair goes on, and the one who acted is known.
    bool holds() const;
};
told told_in(storage::records &on_file, const storage::outbox_row &row);

// An instant as text for params and values of buttons, and "-" for none.
std::string stamp(const std::optional<instant> &at);
std::optional<instant> read_stamp(std::string_view text);

} // namespace rapport
