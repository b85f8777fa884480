// What is to be sent, as intents: planned once by key, claimed under a lease, finished under its token
// (settled 11, 15, 16, 25, 26). Rendering, caps and the calls themselves are the courier's.
//
// A row's life: waiting -> leased -> sent | missed | withdrawn | parked; leased -> waiting again (later, or
// the lease ran out before sending began); leased with the send begun and its end unknown -> ambiguous, or
// waiting again if it may be sent twice.
#pragma once

#include "mentoring/words.hpp"
#include "storage/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rapport::storage {

using outbox_id = strong_id<struct outbox_tag>;

// What the platform is asked to do.
enum class outbox_verb { open_conversation, post, post_ephemeral, update, remove, pin, publish_home };
RAPPORT_WORDS(outbox_verb, 7,
              {{outbox_verb::open_conversation, "open_conversation"},
               {outbox_verb::post, "post"},
               {outbox_verb::post_ephemeral, "post_ephemeral"},
               {outbox_verb::update, "update"},
               {outbox_verb::remove, "remove"},
               {outbox_verb::pin, "pin"},
               {outbox_verb::publish_home, "publish_home"}})

// What becomes of a row whose send may or may not have happened.
enum class send_policy { at_most_once, at_least_once };
RAPPORT_WORDS(send_policy, 2,
              {{send_policy::at_most_once, "at_most_once"}, {send_policy::at_least_once, "at_least_once"}})

enum class outbox_state { waiting, leased, sent, withdrawn, missed, ambiguous, parked };
RAPPORT_WORDS(outbox_state, 7,
              {{outbox_state::waiting, "waiting"},
               {outbox_state::leased, "leased"},
               {outbox_state::sent, "sent"},
               {outbox_state::withdrawn, "withdrawn"},
               {outbox_state::missed, "missed"},
               {outbox_state::ambiguous, "ambiguous"},
               {outbox_state::parked, "parked"}})

// What a handler or the planner asks to be sent.
struct outbox_item {
    team_id team;
    outbox_id id;    // 26 characters of an id_source: ties between equal times go to the older
    std::string key; // unique in the workspace: planning twice plans once
    outbox_verb verb = outbox_verb::post;
    std::string kind; // a short word of the one who plans it: "nudge.reply"
    send_policy policy = send_policy::at_most_once;
    std::optional<person_id> person = {};   // whom it is for
    std::optional<channel_id> channel = {}; // where it goes, if that is known when it is planned
    std::optional<pair_id> pair = {};
    std::string subject = {}; // what it is about, to withdraw by: "ask:01J..."
    std::string params = {};  // ids and dates only, opaque here
    instant not_before_at{};
    instant created_at{};

    bool operator==(const outbox_item &) const = default;
};

// A row as it stands.
struct outbox_row {
    team_id team;
    outbox_id id;
    std::string key;
    outbox_verb verb{};
    std::string kind;
    send_policy policy{};
    std::optional<person_id> person;
    std::optional<channel_id> channel;
    std::optional<pair_id> pair;
    std::string subject, params;
    instant not_before_at, created_at;
    outbox_state state{};
    int attempts = 0;   // claims so far, this one included
    bool again = false; // it may have been sent before: say so
    std::optional<std::string> token;
    std::optional<instant> finished_at;
    std::string reason; // a short word; empty if all went well
    std::optional<channel_id> sent_channel;
    std::optional<std::string> sent_ts;
};

// Which claimed row, and by which claim: what every outcome must show.
struct outbox_claim {
    team_id team;
    outbox_id id;
    std::string token;
};
outbox_claim claim_of(const outbox_row &row); // std::logic_error if the row is not claimed

struct sent_message {
    channel_id channel;
    std::string ts;

    bool operator==(const sent_message &) const = default;
};

struct outbox_counts {
    std::int64_t waiting = 0, leased = 0, ambiguous = 0, parked = 0;
    std::optional<instant> oldest_waiting; // its not_before_at
};

class outbox {
    session &db_;

  public:
    explicit outbox(session &db) : db_(db) {}

    // False if the key is there already, in whatever state: then nothing is changed.
    bool add(const outbox_item &item);

    // Takes up to `limit` waiting rows due at `now`, over all workspaces, oldest due first. The lease runs on
    // the engine's clock; `token` must be new for every call (an id of an id_source).
    std::vector<outbox_row> claim(instant now, int limit, span_of_time lease, const std::string &token);

    // Takes a person's waiting rows whose kind begins with `kinds` ("nudge."), due by `due_by`: the lines of
    // one message of the day.
    std::vector<outbox_row> claim_for_person(const team_id &team, const person_id &person,
                                             const std::string &kinds, instant due_by, int limit,
                                             span_of_time lease, const std::string &token);

    // The call is about to be made: commit this before making it. False if the claim is no longer ours: then
    // the call must not be made.
    bool start_sending(const outbox_claim &claim, instant now);

    // The outcomes. Each is false, and changes nothing, if the claim is no longer ours; only `sent` is still
    // taken from the one whose row became ambiguous meanwhile, for he knows.
    bool sent(const outbox_claim &claim, const channel_id &channel, const std::string &ts, instant now);
    bool later(const outbox_claim &claim, instant not_before_at, const std::string &reason); // surely unsent
    // Perhaps sent (no answer, 5xx): ambiguous, or waiting again from `not_before_at` with the mark `again`.
    bool failed(const outbox_claim &claim, instant not_before_at, const std::string &reason, instant now);
    bool refused(const outbox_claim &claim, const std::string &reason, instant now); // parked: will never go
    bool missed(const outbox_claim &claim, const std::string &reason, instant now);  // too late to make sense
    bool unwanted(const outbox_claim &claim, const std::string &reason,
                  instant now); // withdrawn at the claim

    // Withdraw what was not begun to be sent; the number of rows. What was sent stays as it is: see
    // sent_message.
    std::int64_t withdraw(const team_id &team, const std::string &key, const std::string &reason,
                          instant now);
    std::int64_t withdraw_prefix(const team_id &team, const std::string &prefix, const std::string &reason,
                                 instant now); // prefix: ASCII, not empty
    std::int64_t withdraw_subject(const team_id &team, const std::string &subject, const std::string &reason,
                                  instant now);

    // Leases that ran out: back to waiting, or what the policy says if sending had begun. The rows that
    // became ambiguous, for the log.
    std::vector<outbox_row> resolve_expired(instant now);
    // The same for every lease: at the start of an engine whose clock starts with the process (settled 25).
    std::int64_t free_leases_of_the_process_before(instant now);

    std::optional<outbox_row> find(const team_id &team, const std::string &key);
    std::optional<outbox_row> by_id(const team_id &team, const outbox_id &id);
    // Where a sent row is, to update it in place.
    std::optional<sent_message> sent_as(const team_id &team, const std::string &key);
    // Rows that need a person's decision, newest first: ambiguous or parked.
    std::vector<outbox_row> troubled(outbox_state state, int limit);

    // When the next waiting row is due: until then there is nothing to claim.
    std::optional<instant> due_at();
    outbox_counts counts();

    // Drops up to `limit` rows finished before `before`; their keys may then be planned again.
    std::int64_t prune(instant before, int limit);
    // Drops every row for a person (erasure).
    std::int64_t forget_person(const team_id &team, const person_id &person);
};

} // namespace rapport::storage
