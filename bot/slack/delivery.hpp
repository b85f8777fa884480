// What the platform delivers, as plain values: commands, interactions and events. What people said in
// conversations has no field here and so cannot be stored or logged. Every string may be empty: the platform
// promises none of them. Ids and timestamps are opaque text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace rapport::slack {

// Whose installation a delivery belongs to: the enterprise's where the app was installed for a whole one,
// else the workspace's. `team` is the workspace it happened in, where that is known.
struct origin {
    std::string team;
    std::string enterprise;
    bool enterprise_install = false;
    std::string app_id;

    // The key of the installation: the enterprise's id for an enterprise install, else the workspace's.
    const std::string &installation() const {
        return enterprise_install && !enterprise.empty() ? enterprise : team;
    }
    bool operator==(const origin &) const = default;
};

struct slash_command {
    std::string user, user_name;
    std::string channel, channel_name; // the name is "directmessage" in a DM
    std::string command;               // "/checkin"
    std::string escaped;               // the words as sent: mentions are <@U1|ana>; read with pieces_of()
    std::string text;                  // the same unescaped, for titles and notes; mentions still <@U1|ana>
    std::string response_url, trigger;
};

// One element of a form or message that a person used. `values` holds what was chosen or typed: nothing for
// an element left empty, several for a multi-select. Typed text is unescaped; a date is "2026-12-01", a time
// "14:30", a date and time Unix seconds.
struct form_value {
    std::string block, action;
    std::string type; // "plain_text_input", "button", ...
    std::vector<std::string> values;
    std::string at; // action_ts; for presses only

    bool operator==(const form_value &) const = default;
};

struct view_seen {
    std::string id, hash, callback, external_id;
    std::string type; // "modal" or "home"
    std::string private_metadata;
    std::string root, previous;
};

struct block_action {
    std::string user, user_name;
    std::string channel;               // empty in a view
    std::string message_ts, thread_ts; // empty in a view
    bool ephemeral = false;            // the message can be changed by response_url only
    std::optional<view_seen> view;     // where it was pressed in a form or App Home
    std::vector<form_value> presses;   // usually one
    std::vector<form_value> form;      // what the inputs around it hold
    std::string response_url, trigger;
};

struct view_submission {
    std::string user, user_name;
    view_seen view;
    std::vector<form_value> form;
    std::string trigger;
};

struct view_closed {
    std::string user;
    view_seen view;
    bool whole_stack = false;
};

struct shortcut {
    std::string user, user_name;
    std::string callback, trigger, at;
};

// A person picked one message and handed it over on purpose; the only place where a message's text is kept,
// unescaped, for the form that is shown to that person alone. Not to be stored or logged.
struct message_action {
    std::string user, user_name;
    std::string callback, trigger, at;
    std::string channel, message_ts, thread_ts, author;
    std::string picked_text;
    std::string response_url;
};

struct block_suggestion {
    std::string user;
    std::string block, action;
    std::string typed; // unescaped
    std::optional<view_seen> view;
};

enum class message_kind { plain, file, me, broadcast, bot, other };

// Who wrote, where and when; never what.
struct message_seen {
    std::string channel;
    std::string channel_type; // channel, group, im, mpim
    std::string user;
    std::string ts, thread_ts; // a thread's reply has a thread_ts that differs from its ts
    message_kind kind = message_kind::plain;
    bool is_bot = false;  // any bot, ours too
    bool is_ours = false; // our own bot's
};

struct message_changed {
    std::string channel, channel_type, user, ts;
};

struct message_deleted {
    std::string channel, channel_type;
    std::string user; // who had written it, where the platform says so
    std::string ts;   // of the message that is gone
};

struct app_home_opened {
    std::string user, channel, tab;
    std::optional<view_seen> view; // none the first time
};

// A person as the platform describes them.
struct person_seen {
    std::string id, team;
    std::string name; // display name, else real name, else handle
    std::string tz;   // IANA; empty for some
    std::string email;
    std::string locale;
    bool deleted = false;
    bool guest = false; // multi- or single-channel guest
    bool single_channel_guest = false;
    bool bot = false;      // also the platform's own bot
    bool stranger = false; // of a connected workspace
    bool admin = false;
    std::int64_t updated = 0; // Unix seconds
};

struct team_join {
    person_seen person;
};
struct user_change {
    person_seen person;
};

struct member_joined {
    std::string user, channel, channel_type, inviter;
    bool is_ours = false; // our bot itself was added
};
struct member_left {
    std::string user, channel, channel_type;
    bool is_ours = false;
};

struct reaction_added {
    std::string user, reaction, channel, ts, author;
};
struct reaction_removed {
    std::string user, reaction, channel, ts, author;
};

enum class channel_change { archived, unarchived, renamed, id_changed, deleted, left };

struct channel_changed {
    channel_change what = channel_change::archived;
    std::string channel;
    std::string name;   // renamed: the new name
    std::string new_id; // id_changed: the new id
    std::string user;
};

struct app_uninstalled {};
struct tokens_revoked {
    std::vector<std::string> bots, people; // user ids
};
// The platform dropped events of a minute: what was sent in it is unknown.
struct app_rate_limited {
    std::int64_t minute = 0; // Unix seconds
};

// Acknowledged, counted and left alone.
struct other_delivery {
    std::string kind; // "slash_commands", "interactive", "events_api" or a new one
    std::string type; // the event's or interaction's type
};

using delivered =
    std::variant<slash_command, block_action, view_submission, view_closed, shortcut, message_action,
                 block_suggestion, message_seen, message_changed, message_deleted, app_home_opened, team_join,
                 user_change, member_joined, member_left, reaction_added, reaction_removed, channel_changed,
                 app_uninstalled, tokens_revoked, app_rate_limited, other_delivery>;

// The keys under which a delivery has its one effect. The same delivery always has the same keys; it is a
// duplicate if either was seen. `secondary` may be empty.
struct dedupe_keys {
    std::string primary, secondary;

    bool operator==(const dedupe_keys &) const = default;
};

enum class delivery_kind { command, interactive, event, other };

struct delivery {
    std::string envelope_id;
    delivery_kind kind = delivery_kind::other;
    bool accepts_payload = false; // an answer may travel in the acknowledgement
    int retry_attempt = 0;        // never a reason to drop: the first attempt may have been lost
    std::string retry_reason;
    origin from;
    dedupe_keys keys;
    delivered what;
};

} // namespace rapport::slack
