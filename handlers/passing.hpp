// The journey of words that pass through (answer.hpp): begun in one transaction, made by bot/ as one call,
// recorded in another. The words themselves are never here; whoever wrote them hears when they were lost.
#pragma once

#include "handlers/outgoing.hpp"
#include "handlers/surface/blocks.hpp"
#include "storage/records.hpp"
#include "storage/relays.hpp"

namespace rapport {

// Puts it on record that words will pass, and plans the word to their author in case nothing more is ever
// heard of them. Gives the relay's id.
std::string will_pass(storage::records &on_file, storage::relay what, instant now);

// How long until words of which nothing was heard count as lost.
inline constexpr minutes lost_after{2};

// To be committed before the call is made. False: they count as lost by now, or were begun before; the call
// must not be made.
bool begin_passing(storage::session &db, id_source &ids, const team_id &team, const std::string &relay);

// Records what became of the call. An ask that was posted is waited for from now on; what surely was not
// posted is said at once.
void settle_passing(storage::session &db, id_source &ids, const house &here, const team_id &team,
                    const std::string &relay, const call_outcome &became, instant now);

// The word to the author, when it leaves; none where the words arrived.
inline constexpr std::string_view words_lost_kind = "relay.lost";
std::optional<surface::message> words_lost(storage::records &on_file, const house &here,
                                           const storage::outbox_row &row, instant now);

} // namespace rapport
