// What leaves Rapport by itself: due intents are claimed, asked again whether they are still wanted, merged
// and rendered; what became of each call is recorded. The calls themselves, and pacing, are bot/'s.
//
// `ids` makes row ids and lease tokens. One round: claim -> (pacing) -> begin_sending, committed -> the call
// -> settle. Each is one transaction.
#pragma once

#include "mentoring/ids.hpp"
#include "mentoring/words.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport {

struct house; // desk.hpp: the owners, the names of the commands, the policies in force

// One call to make. `method` is the platform's name ("chat.postMessage", "conversations.open", "chat.update",
// "chat.delete", "pins.add", "views.publish"), `body` its JSON without a token. `channel` is where it goes,
// for pacing; none for calls that go nowhere yet. `rows` are the outbox rows it carries, all under `lease`.
// `reader`: whose do-not-disturb holds it back; none: nobody's does (answers, what an hour was chosen for).
struct shipment {
    team_id team;
    std::string method;
    std::string body;
    std::optional<channel_id> channel;
    std::vector<std::string> rows;
    std::string lease;
    std::optional<slack_id> reader = {};

    bool operator==(const shipment &) const = default;
};

// What became of a call.
//   sent       the platform said ok (also: already_pinned)
//   later      surely not done, may be done at `retry_at`: rate limits, no connection, no slot
//   failed     surely not done, and the fault is in what was sent (invalid_blocks, msg_too_long): listed
//   refused    surely not done, the target is gone (user_disabled, channel_not_found, is_archived): listed,
//              and the coordinators are told
//   ambiguous  perhaps done: no answer after the request had left, or a 5xx
enum class delivery_word { sent, later, failed, refused, ambiguous };
RAPPORT_WORDS(delivery_word, 5,
              {{delivery_word::sent, "sent"},
               {delivery_word::later, "later"},
               {delivery_word::failed, "failed"},
               {delivery_word::refused, "refused"},
               {delivery_word::ambiguous, "ambiguous"}})

// `reason` is the platform's word or a short one of ours. `channel` and `ts` are those of the answer: of a
// post both, of conversations.open the channel.
struct call_outcome {
    delivery_word word = delivery_word::sent;
    std::optional<instant> retry_at;
    std::string reason;
    std::optional<channel_id> channel;
    std::optional<std::string> ts;
};

// Leases what is due at `now` and gives the calls to make, oldest due first: at most `limit` of them, over
// all workspaces. What is no longer wanted is withdrawn, what must wait (caps, good hours, away) is put off,
// in the same transaction; so fewer calls than rows may come out, also none.
std::vector<shipment> claim(storage::session &db, id_source &ids, const house &here, instant now, int limit);

// To be committed before the call is made. False: somebody settled a part of it meanwhile, or the lease ran
// out; the call must not be made, and what is left of it is claimed again.
bool begin_sending(storage::session &db, const shipment &what, instant now);

// Records what became of a call, and adds the step that follows it (opened: introduce; posted: pin).
void settle(storage::session &db, id_source &ids, const house &here, const shipment &what,
            const call_outcome &became, instant now);

// When something must be planned or sent next; none: not before something happens. May be in the past.
std::optional<instant> next_due(storage::session &db);

} // namespace rapport
