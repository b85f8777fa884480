// Requests and first requests as things owed: what is due in them is planned like what is due in a pair, and
// ends by itself when its time is over. A line about one carries the request's or enrolment's id where others
// carry a pair's.
#pragma once

#include "handlers/outgoing.hpp"
#include "mentoring/obligations.hpp"
#include "storage/mentor_requests.hpp"
#include "storage/records.hpp"

#include <optional>
#include <vector>

namespace rapport {

struct house;

// Looks at up to `limit` requests and at protégés who have asked nobody yet, over all workspaces. Gives the
// rows added to the outbox.
int watch_requests(storage::session &db, id_source &ids, const house &here, instant now, int limit);
// When that is to be done next.
std::optional<instant> next_request_watch(storage::session &db);

// The notice reached somebody: the time to answer begins.
void request_was_told(storage::records &on_file, const storage::outbox_row &row, instant now);

// What somebody owes about requests, each with a stand-in for the pair there is not: its id is that of the
// request or enrolment.
struct owed_request {
    storage::pair stands_for;
    good_hours when;
    std::vector<obligation> owed;
};
std::vector<owed_request> requests_owed_by(storage::records &on_file, const house &here,
                                           const storage::person &who, instant now);
// The stand-in of a line's subject; none if it is neither.
std::optional<storage::pair> stand_in_for(storage::records &on_file, const pair_id &subject);

// Lines about a request are over: withdrawn, or shown as settled where they were read.
void settle_request_lines(storage::records &on_file, const storage::mentor_request &one, instant now);
// The same for "you can ask a mentor now".
void settle_outreach(storage::records &on_file, const person_id &protege, const term_id &term, instant now);

} // namespace rapport
