// What people did lately: acts that may be taken back, and fingerprints that catch the same act twice.
#pragma once

#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

// An act its author may take back until `until_at`. `act` and `subject` mean something to the handler that
// wrote them (ids, numbers and states only); `told` is the outbox key of the message that tells the partner,
// if there is one.
struct undo_offer {
    std::string id;
    person_id person;
    std::string act;
    std::string subject;
    std::optional<std::string> told;
    instant until_at{};
    std::optional<instant> taken_at;

    bool operator==(const undo_offer &) const = default;
};

class acts {
    session &db_;
    team_id team_;

  public:
    acts(session &db, team_id team) : db_(db), team_(std::move(team)) {}

    void offer_undo(const undo_offer &what);
    std::optional<undo_offer> undo_by_id(const std::string &id);
    // Marks the offer as taken; false if it was taken before.
    bool take_undo(const std::string &id, instant now);

    // When the person last did what has this fingerprint; none if not since `since`.
    std::optional<instant> done_lately(const person_id &who, const std::string &fingerprint, instant since);
    void remember(const person_id &who, const std::string &fingerprint, instant now);
};

// Deletes, over all workspaces, undo offers that ended and fingerprints from before these times.
void prune_acts(session &db, instant undos_before, instant fingerprints_before);

} // namespace rapport::storage
