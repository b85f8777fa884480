// What the outbox holds, by kind: where it goes and what it says when it leaves. The message of the day has a
// place of its own (message_of_the_day.hpp); all else stands alone and is one row here.
#pragma once

#include "handlers/surface/blocks.hpp"
#include "storage/outbox.hpp"
#include "storage/records.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace rapport {

struct house;

// An intent about to leave, in the transaction that claimed it.
struct leaving {
    storage::records &on_file;
    const house &here;
    const storage::outbox_row &row;
    std::string lease;
    instant now{};
};

// Where a post goes: the direct conversation of the row's person, or the conversation of its pair. Either is
// opened first where it is not known yet. An update goes where its message is.
enum class goes_to { person, pair, message };

// `says` renders from what is on file now; none: it is not wanted any more. `at`: of an update, the message
// that it replaces. `missed_is_fine`: its refusal concerns nobody (a correction of what was read long ago).
struct intent_row {
    std::string_view kind;
    goes_to where = goes_to::person;
    std::optional<surface::message> (*says)(const leaving &) = nullptr;
    std::optional<storage::sent_message> (*at)(const leaving &) = nullptr;
    bool missed_is_fine = false;
};

// The row of a kind; none for a kind that no version of this program sends.
const intent_row *intent_of(std::string_view kind);

// Every kind there is.
std::span<const intent_row> all_intents();

} // namespace rapport
